/* What the YAML files of the program may hold, as const tables for libcyaml.
 * In: nothing. Out: rows of the tables, for data/schema-load.c and data/place.c. */
#include "data/schema.h"

#include "data/filter.h"
#include "data/roster.h"
#include "data/schema-rows.h"
#include "data/settings.h"

/* A text is told apart by which of these its row refers to. */
static const cyaml_schema_value_t text = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t pattern = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t short_pattern = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t network = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t form = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};

static const cyaml_strval_t statuses[] = {
        {"CANCELLED", STATUS_CANCELLED},   {"COMPLETED", STATUS_COMPLETED}, {"RE-SCHEDULED", STATUS_RESCHEDULED},
        {"IN-PROCESS", STATUS_IN_PROCESS}, {"TENTATIVE", STATUS_TENTATIVE}, {"CONFIRMED", STATUS_CONFIRMED},
        {"NO-CHANGE", STATUS_NO_CHANGE},
};
static const cyaml_strval_t impacts[] = {
        {"OUTAGE", IMPACT_OUTAGE},
        {"DEGRADED", IMPACT_DEGRADED},
        {"REDUCED-REDUNDANCY", IMPACT_REDUCED_REDUNDANCY},
        {"NO-IMPACT", IMPACT_NO_IMPACT},
};
static const cyaml_strval_t kinds[] = {{"new", KIND_NEW},
                                       {"confirmed", KIND_CONFIRMED},
                                       {"update", KIND_UPDATE},
                                       {"reschedule", KIND_RESCHEDULE},
                                       {"postponed", KIND_POSTPONED},
                                       {"extended", KIND_EXTENDED},
                                       {"reminder", KIND_REMINDER},
                                       {"started", KIND_STARTED},
                                       {"completed", KIND_COMPLETED},
                                       {"failed", KIND_FAILED},
                                       {"cancelled", KIND_CANCELLED},
                                       {"replaced", KIND_REPLACED},
                                       {"outage", KIND_OUTAGE},
                                       {"other", KIND_OTHER}};
static const cyaml_strval_t roles[] = {{"primary", ROLE_PRIMARY}, {"backup", ROLE_BACKUP}};
static const cyaml_strval_t bodies[] = {{"html", BODY_HTML}, {"text", BODY_TEXT}, {"ics", BODY_ICS}};
static const cyaml_strval_t resolutions[] = {{"none", RESOLUTION_NONE}, {"review", RESOLUTION_REVIEW}};
static const cyaml_strval_t demands[] = {
        {"none", DEMAND_NONE},   {"ref", DEMAND_REF},           {"status", DEMAND_STATUS},   {"windows", DEMAND_WINDOWS},
        {"start", DEMAND_START}, {"circuits", DEMAND_CIRCUITS}, {"account", DEMAND_ACCOUNT}, {"impact", DEMAND_IMPACT},
};
enum { DEMANDS_EXPECT = G_N_ELEMENTS(demands), DEMANDS_MUST = DEMANDS_EXPECT - 1 }; /* impact can only be expected */

static const cyaml_strval_t consents[] = {{"yes", CONSENT_YES}, {"no", CONSENT_NO}};
static const cyaml_strval_t leaves[] = {{"act", TRUST_ACT}, {"check", TRUST_CHECK}};
static const cyaml_strval_t precisions[] = {{"time", PRECISION_TIME}, {"day", PRECISION_DAY}};

/* CYAML_BOOL takes any word that is not false for true. */
static const cyaml_strval_t yes_no[] = {{"yes", true}, {"no", false}, {"true", true}, {"false", false}};

static const cyaml_schema_value_t body = {CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, enum body, bodies, G_N_ELEMENTS(bodies))};

/* Maps of a closed word to a list: arrays of struct words, by enum. */
struct by_status {
        struct words of[STATUS_COUNT];
};
struct by_impact {
        struct words of[IMPACT_COUNT];
};
struct by_nature {
        struct words of[NATURE_COUNT];
};

static const cyaml_schema_field_t status_fields[] = {
        WORDS("CANCELLED", struct by_status, of[STATUS_CANCELLED], pattern),
        WORDS("COMPLETED", struct by_status, of[STATUS_COMPLETED], pattern),
        WORDS("RE-SCHEDULED", struct by_status, of[STATUS_RESCHEDULED], pattern),
        WORDS("IN-PROCESS", struct by_status, of[STATUS_IN_PROCESS], pattern),
        WORDS("TENTATIVE", struct by_status, of[STATUS_TENTATIVE], pattern),
        WORDS("CONFIRMED", struct by_status, of[STATUS_CONFIRMED], pattern),
        WORDS("NO-CHANGE", struct by_status, of[STATUS_NO_CHANGE], pattern),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t impact_fields[] = {
        WORDS("OUTAGE", struct by_impact, of[IMPACT_OUTAGE], pattern),
        WORDS("DEGRADED", struct by_impact, of[IMPACT_DEGRADED], pattern),
        WORDS("REDUCED-REDUNDANCY", struct by_impact, of[IMPACT_REDUCED_REDUNDANCY], pattern),
        WORDS("NO-IMPACT", struct by_impact, of[IMPACT_NO_IMPACT], pattern),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t nature_fields[] = {
        WORDS("emergency", struct by_nature, of[NATURE_EMERGENCY], pattern),
        WORDS("reminder", struct by_nature, of[NATURE_REMINDER], pattern),
        WORDS("update", struct by_nature, of[NATURE_UPDATE], pattern),
        WORDS("confirmed", struct by_nature, of[NATURE_CONFIRMED], pattern),
        WORDS("extended", struct by_nature, of[NATURE_EXTENDED], pattern),
        WORDS("postponed", struct by_nature, of[NATURE_POSTPONED], pattern),
        WORDS("failed", struct by_nature, of[NATURE_FAILED], pattern),
        WORDS("replaced", struct by_nature, of[NATURE_REPLACED], pattern),
        WORDS("outage", struct by_nature, of[NATURE_OUTAGE], pattern),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t label_fields[] = {
        WORDS("ref", struct labels, field[FIELD_REF], text),
        WORDS("revision", struct labels, field[FIELD_REVISION], text),
        WORDS("status", struct labels, field[FIELD_STATUS], text),
        WORDS("title", struct labels, field[FIELD_TITLE], text),
        WORDS("account", struct labels, field[FIELD_ACCOUNT], text),
        WORDS("location", struct labels, field[FIELD_LOCATION], text),
        WORDS("impact", struct labels, field[FIELD_IMPACT], text),
        WORDS("circuit", struct labels, field[FIELD_CIRCUIT], text),
        WORDS("alias", struct labels, field[FIELD_ALIAS], text),
        WORDS("zone", struct labels, field[FIELD_ZONE], text),
        WORDS("start", struct labels, field[FIELD_START], text),
        WORDS("end", struct labels, field[FIELD_END], text),
        WORDS("date", struct labels, field[FIELD_DATE], text),
        WORDS("start_date", struct labels, field[FIELD_START_DATE], text),
        WORDS("start_time", struct labels, field[FIELD_START_TIME], text),
        WORDS("end_date", struct labels, field[FIELD_END_DATE], text),
        WORDS("end_time", struct labels, field[FIELD_END_TIME], text),
        WORDS("duration", struct labels, field[FIELD_DURATION], text),
        WORDS("near", struct labels, field[FIELD_NEAR], text),
        WORDS("backup", struct labels, field[FIELD_BACKUP], text),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t assume_fields[] = {
        ONE_OF("status", WORD, struct assume, status, statuses),
        ONE_OF("impact", WORD, struct assume, impact, impacts),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t zone_word_fields[] = {
        TEXT("text", CYAML_FLAG_POINTER, struct zone_word, text),
        TEXT("is", CYAML_FLAG_POINTER, struct zone_word, is),
        CYAML_FIELD_END,
};
static const cyaml_schema_value_t zone_word = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct zone_word, zone_word_fields)};

static const cyaml_schema_field_t row_fields[] = {
        TEXT("part", OPTIONAL, struct row_reader, part),
        WORDS("after", struct row_reader, after, pattern),
        WORDS("before", struct row_reader, before, pattern),
        WORDS("head", struct row_reader, head, pattern),
        WORDS("each", struct row_reader, each, pattern),
        MAP_PTR("table", struct row_reader, table, label_fields),
        MAP_PTR("labels", struct row_reader, labels, label_fields),
        ONE_OF("role", WORD, struct row_reader, role, roles),
        CYAML_FIELD_END,
};
static const cyaml_schema_value_t row_reader = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct row_reader, row_fields)};

/* The keys marked V N in FILTERS.md. */
#define SCOPE(structure)                                                                                                                   \
        TEXT("zone", OPTIONAL, structure, scope.zone), MAP("nature", structure, scope.nature, nature_fields),                              \
                LIST("body", structure, scope.body, scope.body_n, body), WORDS("after", structure, scope.after, pattern),                  \
                WORDS("before", structure, scope.before, pattern), MAP_PTR("labels", structure, scope.labels, label_fields),               \
                WORDS("find", structure, scope.find, pattern), WORDS("dates", structure, scope.dates, form),                               \
                LIST("windows", structure, scope.windows.reader, scope.windows.n, row_reader),                                             \
                LIST("circuits", structure, scope.circuits.reader, scope.circuits.n, row_reader),                                          \
                MAP_PTR("assume", structure, scope.assume, assume_fields), SOME_OF("must", structure, scope.must, demands, DEMANDS_MUST),  \
                SOME_OF("expect", structure, scope.expect, demands, DEMANDS_EXPECT), WORDS("skip", structure, scope.skip, pattern),        \
                WORDS("doubt", structure, scope.doubt, pattern)

static const cyaml_schema_field_t notice_fields[] = {
        WORDS("subject", struct notice_filter, subject, pattern),
        WORDS("says", struct notice_filter, says, pattern),
        TEXT("part", OPTIONAL, struct notice_filter, part),
        ONE_OF("kind", WORD, struct notice_filter, kind, kinds),
        SCOPE(struct notice_filter),
        CYAML_FIELD_END,
};
static const cyaml_schema_value_t notice = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct notice_filter, notice_fields)};

static const cyaml_schema_field_t vendor_fields[] = {
        TEXT("vendor", CYAML_FLAG_POINTER, struct vendor_filter, vendor),
        TEXT("name", OPTIONAL, struct vendor_filter, name),
        WORDS("from", struct vendor_filter, from, short_pattern),
        WORDS("dkim", struct vendor_filter, dkim, short_pattern),
        WORDS("list", struct vendor_filter, list, short_pattern),
        WORDS("says", struct vendor_filter, says, pattern),
        LIST("zones", struct vendor_filter, zones, zones_n, zone_word),
        WORDS("empty", struct vendor_filter, empty, text),
        MAP("status", struct vendor_filter, status, status_fields),
        MAP("impact", struct vendor_filter, impact, impact_fields),
        WORDS("test", struct vendor_filter, test, pattern),
        ONE_OF("unseen", WORD, struct vendor_filter, unseen, yes_no),
        SCOPE(struct vendor_filter),
        LIST("notices", struct vendor_filter, notices, notices_n, notice),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t noise_fields[] = {
        TEXT("reason", CYAML_FLAG_POINTER, struct noise_filter, reason),
        WORDS("from", struct noise_filter, from, short_pattern),
        WORDS("list", struct noise_filter, list, short_pattern),
        WORDS("header", struct noise_filter, header, short_pattern),
        WORDS("subject", struct noise_filter, subject, pattern),
        WORDS("says", struct noise_filter, says, pattern),
        WORDS("unless", struct noise_filter, unless, pattern),
        WORDS("tells", struct noise_filter, tells, pattern),
        ONE_OF("despite_work", WORD, struct noise_filter, despite_work, yes_no),
        ONE_OF("resolution", CYAML_FLAG_STRICT, struct noise_filter, resolution, resolutions),
        CYAML_FIELD_END,
};
static const cyaml_strval_t root_keys[] = {
        {"host", ROOT_HOST},       {"user", ROOT_USER}, {"job", ROOT_JOB},     {"unit", ROOT_UNIT},       {"device", ROOT_DEVICE},
        {"service", ROOT_SERVICE}, {"exit", ROOT_EXIT}, {"event", ROOT_EVENT}, {"address", ROOT_ADDRESS}, {"body", ROOT_BODY},
};
static const cyaml_schema_value_t root_key = {CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, enum root_field, root_keys, G_N_ELEMENTS(root_keys))};
static const cyaml_schema_field_t root_mask_fields[] = {
        TEXT("find", CYAML_FLAG_POINTER, struct root_mask, find),
        TEXT("as", CYAML_FLAG_POINTER, struct root_mask, as),
        CYAML_FIELD_END,
};
static const cyaml_schema_value_t root_mask = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct root_mask, root_mask_fields)};
static const cyaml_schema_field_t root_when_fields[] = {
        TEXT("host", OPTIONAL, struct root_when, of[ROOT_HOST]),       TEXT("user", OPTIONAL, struct root_when, of[ROOT_USER]),
        TEXT("job", OPTIONAL, struct root_when, of[ROOT_JOB]),         TEXT("unit", OPTIONAL, struct root_when, of[ROOT_UNIT]),
        TEXT("device", OPTIONAL, struct root_when, of[ROOT_DEVICE]),   TEXT("service", OPTIONAL, struct root_when, of[ROOT_SERVICE]),
        TEXT("exit", OPTIONAL, struct root_when, of[ROOT_EXIT]),       TEXT("event", OPTIONAL, struct root_when, of[ROOT_EVENT]),
        TEXT("address", OPTIONAL, struct root_when, of[ROOT_ADDRESS]), CYAML_FIELD_END};
static const cyaml_schema_field_t root_owner_fields[] = {
        MAP("when", struct root_owner, when, root_when_fields),
        WORDS("projects", struct root_owner, projects, text),
        WORDS("subscribers", struct root_owner, subscribers, text),
        CYAML_FIELD_END,
};
static const cyaml_schema_value_t root_owner = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct root_owner, root_owner_fields)};
static const cyaml_schema_field_t root_open_fields[] = {
        TEXT("after", OPTIONAL, struct root_open, after),
        TEXT("within", OPTIONAL, struct root_open, within),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t root_fields[] = {
        TEXT("kind", CYAML_FLAG_POINTER, struct root_filter, kind),
        WORDS("subject", struct root_filter, subject, pattern),
        WORDS("from", struct root_filter, from, short_pattern),
        WORDS("says", struct root_filter, says, pattern),
        WORDS("find", struct root_filter, find, pattern),
        LIST("key", struct root_filter, key, key_n, root_key),
        LIST("masks", struct root_filter, masks, masks_n, root_mask),
        WORDS("ignore", struct root_filter, ignore, pattern),
        LIST("owners", struct root_filter, owners, owners_n, root_owner),
        MAP("open", struct root_filter, open, root_open_fields),
        TEXT("quiet", OPTIONAL, struct root_filter, quiet),
        TEXT("title", OPTIONAL, struct root_filter, title),
        WORDS("well", struct root_filter, well, pattern),
        ONE_OF("sensitive", WORD, struct root_filter, sensitive, yes_no),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t zones_fields[] = {
        LIST("zones", struct zone_words, zones, zones_n, zone_word),
        CYAML_FIELD_END,
};
static const cyaml_schema_field_t words_fields[] = {
        MAP("status", struct doubt_words, status, status_fields), MAP("sentence", struct doubt_words, sentence, status_fields),
        WORDS("backup", struct doubt_words, backup, pattern),     WORDS("reserve", struct doubt_words, reserve, pattern),
        WORDS("past", struct doubt_words, past, pattern),         WORDS("extended", struct doubt_words, extended, pattern),
        WORDS("harmless", struct doubt_words, harmless, pattern), WORDS("hit", struct doubt_words, hit, pattern),
        WORDS("spared", struct doubt_words, spared, pattern),     WORDS("suffered", struct doubt_words, suffered, pattern),
        WORDS("work", struct doubt_words, work, pattern),         CYAML_FIELD_END};
static const cyaml_schema_field_t stream_fields[] = {WORDS("maint", struct stream_settings, address[STREAM_MAINT], text),
                                                     WORDS("root", struct stream_settings, address[STREAM_ROOT], text), CYAML_FIELD_END};
static const cyaml_schema_field_t trust_fields[] = {ONE_OF("unchecked", WORD, struct trust, unchecked, leaves), CYAML_FIELD_END};
static const cyaml_schema_field_t vendor_setting_fields[] = {
        TEXT("vendor", CYAML_FLAG_POINTER, struct vendor_setting, vendor), MAP("trust", struct vendor_setting, trust, trust_fields),
        ONE_OF("precision", WORD, struct vendor_setting, precision, precisions), CYAML_FIELD_END};
static const cyaml_schema_value_t vendor_setting = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct vendor_setting, vendor_setting_fields)};
static const cyaml_schema_field_t keep_fields[] = {MAYBE(struct keep_settings, mails), MAYBE(struct keep_settings, history),
                                                   CYAML_FIELD_END};
static const cyaml_schema_field_t folder_fields[] = {TEXT("calendar", OPTIONAL, struct folder_settings, of[RESOLUTION_CALENDAR]),
                                                     TEXT("none", OPTIONAL, struct folder_settings, of[RESOLUTION_NONE]),
                                                     TEXT("task", OPTIONAL, struct folder_settings, of[RESOLUTION_TASK]),
                                                     TEXT("review", OPTIONAL, struct folder_settings, of[RESOLUTION_REVIEW]),
                                                     CYAML_FIELD_END};
static const cyaml_schema_field_t maildir_fields[] = {TEXT("path", CYAML_FLAG_POINTER, struct maildir_settings, path),
                                                      MAP("folders", struct maildir_settings, folders, folder_fields), CYAML_FIELD_END};
static const cyaml_schema_field_t kind_fields[] = {TEXT("kind", CYAML_FLAG_POINTER, struct kind_setting, kind),
                                                   MAP("open", struct kind_setting, open, root_open_fields),
                                                   MAYBE(struct kind_setting, quiet), CYAML_FIELD_END};
static const cyaml_schema_value_t kind_setting = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct kind_setting, kind_fields)};
static const cyaml_schema_field_t roster_setting_fields[] = {TEXT("file", CYAML_FLAG_POINTER, struct roster_settings, file),
                                                             MAYBE(struct roster_settings, zone), CYAML_FIELD_END};
static const cyaml_schema_field_t person_fields[] = {TEXT("name", CYAML_FLAG_POINTER, struct person, name),
                                                     TEXT("user", CYAML_FLAG_POINTER, struct person, user), CYAML_FIELD_END};
static const cyaml_schema_value_t person = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct person, person_fields)};
static const cyaml_schema_field_t week_fields[] = {TEXT("week", CYAML_FLAG_POINTER, struct roster_entry, week),
                                                   WORDS("names", struct roster_entry, names, text), MAYBE(struct roster_entry, team),
                                                   CYAML_FIELD_END};
static const cyaml_schema_value_t week = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct roster_entry, week_fields)};
static const cyaml_schema_field_t roster_fields[] = {
        CYAML_FIELD_SEQUENCE_COUNT("weeks", CYAML_FLAG_POINTER, struct roster_file, weeks, weeks_n, &week, 1, CYAML_UNLIMITED),
        CYAML_FIELD_END};
static const cyaml_schema_field_t settings_fields[] = {
        WORDS("authserv_ids", struct settings, authserv_ids, text),
        WORDS("sealers", struct settings, sealers, text),
        TEXT("filters", OPTIONAL, struct settings, filters),
        TEXT("ledger", OPTIONAL, struct settings, ledger),
        MAP("streams", struct settings, streams, stream_fields),
        LIST("vendors", struct settings, vendors, vendors_n, vendor_setting),
        ONE_OF("publish_review", WORD, struct settings, publish_review, consents),
        TEXT("link_template", OPTIONAL, struct settings, link_template),
        TEXT("act_from", OPTIONAL, struct settings, act_from),
        MAP("keep", struct settings, keep, keep_fields),
        MAP("maildir", struct settings, maildir, maildir_fields),
        WORDS("internal", struct settings, internal, network),
        MAP("open", struct settings, open, root_open_fields),
        TEXT("quiet", OPTIONAL, struct settings, quiet),
        LIST("kinds", struct settings, kinds, kinds_n, kind_setting),
        MAP("publish", struct settings, publish, schema_publish_fields),
        LIST("calendars", struct settings, calendars, calendars_n, schema_calendar),
        MAP("tracker", struct settings, tracker, schema_tracker_fields),
        LIST("owners", struct settings, owners, owners_n, schema_owner),
        MAP("roster", struct settings, roster, roster_setting_fields),
        LIST("people", struct settings, people, people_n, person),
        CYAML_FIELD_END,
};

static const cyaml_schema_value_t files[SCHEMA_COUNT] = {
        [SCHEMA_VENDOR] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct vendor_filter, vendor_fields)},
        [SCHEMA_NOISE] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct noise_filter, noise_fields)},
        [SCHEMA_ROOT] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct root_filter, root_fields)},
        [SCHEMA_ZONES] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct zone_words, zones_fields)},
        [SCHEMA_WORDS] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct doubt_words, words_fields)},
        [SCHEMA_SETTINGS] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct settings, settings_fields)},
        [SCHEMA_ROSTER] = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct roster_file, roster_fields)},
};

/* What libcyaml cannot say: that of some keys one must be given. */
static const struct choice {
        const cyaml_schema_field_t *fields;
        const char *const keys[6];
        bool only_one;
} choices[] = {
        {row_fields, {"each", "table", "labels"}, true},
        {noise_fields, {"from", "list", "header", "subject", "says"}, false},
        {root_fields, {"subject", "from", "says"}, false},
};

/* Texts that are the value of a key, not a member of a list: rows within rows, known by their key. */
static const struct {
        const cyaml_schema_field_t *fields;
        const char *key;
        enum schema_text is;
} single_texts[] = {
        {row_fields, "part", TEXT_SHORT_PATTERN},
        {notice_fields, "part", TEXT_SHORT_PATTERN},
        {notice_fields, "zone", TEXT_ZONE},
        {vendor_fields, "zone", TEXT_ZONE},
        {zone_word_fields, "text", TEXT_SHORT_PATTERN},
        {zone_word_fields, "is", TEXT_ZONE},
        {root_mask_fields, "find", TEXT_PATTERN},
        {root_open_fields, "after", TEXT_COUNT},
        {root_open_fields, "within", TEXT_SPAN},
        {root_fields, "quiet", TEXT_SPAN},
        {root_fields, "title", TEXT_TITLE},
        {schema_caps_fields, "tasks_per_day", TEXT_COUNT},
        {schema_caps_fields, "tasks_per_run", TEXT_COUNT},
        {schema_caps_fields, "comments_per_day", TEXT_COUNT},
        {schema_tracker_fields, "patience", TEXT_COUNT},
        {kind_fields, "quiet", TEXT_SPAN},
        {settings_fields, "quiet", TEXT_SPAN},
        {roster_setting_fields, "zone", TEXT_ZONE},
        {week_fields, "week", TEXT_MONDAY},
};

const struct schema *schema_of(enum schema_file file)
{
        return (const struct schema *)&files[file];
}

const char *const *schema_choice(const struct schema *schema, bool *only_one)
{
        for (guint i = 0; i < G_N_ELEMENTS(choices); i++)
                if (choices[i].fields == ((const cyaml_schema_value_t *)schema)->mapping.fields) {
                        *only_one = choices[i].only_one;
                        return choices[i].keys;
                }
        return NULL;
}

enum schema_text schema_text(const struct schema *schema)
{
        const cyaml_schema_value_t *value = (const cyaml_schema_value_t *)schema;

        if (value == &pattern)
                return TEXT_PATTERN;
        if (value == &short_pattern)
                return TEXT_SHORT_PATTERN;
        if (value == &form)
                return TEXT_FORM;
        if (value == &network)
                return TEXT_NETWORK;
        for (guint i = 0; i < G_N_ELEMENTS(single_texts); i++)
                for (const cyaml_schema_field_t *field = single_texts[i].fields; field->key; field++)
                        if (value == &field->value && g_str_equal(field->key, single_texts[i].key))
                                return single_texts[i].is;
        for (const cyaml_schema_field_t *field = root_when_fields; field->key; field++)
                if (value == &field->value)
                        return TEXT_SHORT_PATTERN;
        return TEXT_ANY;
}
