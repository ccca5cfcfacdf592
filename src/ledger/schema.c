/* The tables of the ledger, version by version.
 * In: nothing. Out: the steps that bring a database to the newest version. */
#include "ledger/inside.h"

/* Texts that are looked up stand in columns, all else in JSON. Times are Unix seconds, NULL where unknown. */
static const char *const steps[] = {
        /* 1 */
        "CREATE TABLE mail (id INTEGER PRIMARY KEY, stream TEXT NOT NULL, message_id TEXT NOT NULL, text_hash TEXT NOT NULL, raw TEXT,"
        " source TEXT, vendor TEXT, kind TEXT, sender TEXT, subject TEXT, date INTEGER, resolution TEXT NOT NULL, reasons TEXT NOT NULL,"
        " cell TEXT, reading TEXT NOT NULL, UNIQUE (message_id, stream, text_hash));"
        "CREATE INDEX mail_resolution ON mail (resolution, id);"
        "CREATE TABLE maintenance (key TEXT PRIMARY KEY, vendor TEXT NOT NULL, is_open INTEGER NOT NULL, last_end INTEGER,"
        " mail INTEGER NOT NULL REFERENCES mail, json TEXT NOT NULL) WITHOUT ROWID;"
        "CREATE INDEX maintenance_end ON maintenance (last_end);"
        "CREATE TABLE alias (alias TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (alias, key)) WITHOUT ROWID;"
        "CREATE INDEX alias_key ON alias (key);"
        "CREATE TABLE event (uid TEXT PRIMARY KEY, key TEXT NOT NULL, vendor TEXT NOT NULL, start INTEGER) WITHOUT ROWID;"
        "CREATE INDEX event_key ON event (key);"
        "CREATE INDEX event_start ON event (vendor, start);"
        "CREATE TABLE circuit (vendor TEXT NOT NULL, circuit TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (vendor, circuit, key)) WITHOUT "
        "ROWID;"
        "CREATE INDEX circuit_key ON circuit (key);"
        "CREATE TABLE touched (mail INTEGER NOT NULL REFERENCES mail, key TEXT NOT NULL, PRIMARY KEY (mail, key)) WITHOUT ROWID;"
        "CREATE INDEX touched_key ON touched (key, mail);"
        "CREATE TABLE act (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, uid TEXT NOT NULL, sequence INTEGER NOT NULL, mail INTEGER "
        "REFERENCES mail,"
        " UNIQUE (uid, sequence, kind));"
        "CREATE TABLE fate (act INTEGER NOT NULL REFERENCES act, target TEXT NOT NULL, is_done INTEGER NOT NULL DEFAULT 0,"
        " is_parked INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0, why TEXT,"
        " PRIMARY KEY (act, target)) WITHOUT ROWID;"
        "CREATE TABLE copy (target TEXT NOT NULL, uid TEXT NOT NULL, href TEXT, etag TEXT, sha256 TEXT, sequence INTEGER NOT NULL,"
        " PRIMARY KEY (target, uid)) WITHOUT ROWID;"
        "CREATE TABLE note (target TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (target, name)) WITHOUT ROWID;",
        /* 2: people's decisions; `before` is what stood before, NULL where nothing was changed */
        "CREATE TABLE decision (id INTEGER PRIMARY KEY, mail INTEGER REFERENCES mail, deed TEXT NOT NULL, is_standing INTEGER NOT NULL,"
        " json TEXT NOT NULL, before TEXT);"
        "CREATE INDEX decision_mail ON decision (mail);",
        /* 3: mails that are still to be put into their folder */
        "CREATE TABLE unfiled (mail INTEGER PRIMARY KEY REFERENCES mail);",
        /* 4: problems of root@ mail. `via` is the issue that grouping gave, `issue` the one that people merged it into, NULL where the mail
         * does not count; head.json is of decide/group.h */
        "CREATE TABLE head (head TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL);"
        "CREATE TABLE issue (fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, template TEXT, fields TEXT NOT NULL,"
        " sightings INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, phase TEXT NOT NULL,"
        " quiet_after INTEGER NOT NULL, returns INTEGER NOT NULL, wish TEXT NOT NULL, snoozed_until INTEGER NOT NULL, merged_into TEXT,"
        " is_sensitive INTEGER NOT NULL, is_fileable INTEGER NOT NULL, newest_id TEXT, newest_mail INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE issue_host (issue TEXT NOT NULL, host TEXT NOT NULL, sightings INTEGER NOT NULL, first_seen INTEGER NOT NULL,"
        " last_seen INTEGER NOT NULL, PRIMARY KEY (issue, host)) WITHOUT ROWID;"
        "CREATE TABLE sighting (mail INTEGER PRIMARY KEY REFERENCES mail, issue TEXT, via TEXT NOT NULL, at INTEGER NOT NULL, host TEXT,"
        " is_ours INTEGER NOT NULL);"
        "CREATE INDEX sighting_issue ON sighting (issue, at);"
        "CREATE INDEX sighting_at ON sighting (at);"
        "CREATE TABLE task (fingerprint TEXT PRIMARY KEY, state TEXT NOT NULL, started_at INTEGER NOT NULL, number INTEGER, phid TEXT,"
        " is_adopted INTEGER NOT NULL DEFAULT 0, told_at INTEGER NOT NULL DEFAULT 0, told_of INTEGER NOT NULL DEFAULT 0,"
        " told_until INTEGER NOT NULL DEFAULT 0, told_phase TEXT) WITHOUT ROWID;"
        "CREATE UNIQUE INDEX task_number ON task (number);"
        "CREATE TABLE telling (fingerprint TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL);"
        "CREATE INDEX telling_at ON telling (at);"
        "ALTER TABLE decision ADD COLUMN issue TEXT;"
        "CREATE INDEX decision_issue ON decision (issue);",
        /* 5: the queue and what is resolved, by date, for pages */
        "CREATE INDEX mail_by_date ON mail (resolution = 'review', ifnull(date, -9223372036854775808), id);",
};

const struct sql_schema *ledger_schema(void)
{
        static const struct sql_schema schema = {.id = 0x4d436c6e /* "MCln" */, .steps = steps, .n = G_N_ELEMENTS(steps)};
        return &schema;
}
