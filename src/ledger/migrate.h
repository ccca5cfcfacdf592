/* Versions of a database's schema: what a file is, and the way to the newest one.
 * In: a database, a schema. Out: the database brought up, or refused and left as it is. */
#ifndef MAILCLINIC_MIGRATE_H
#define MAILCLINIC_MIGRATE_H

#include "ledger/sql.h"

/* PRAGMA user_version. */
bool migrate_version(struct sql *sql, gint64 *version, GError **error);

/* Whether the database is one of ours or empty, and not newer than the schema; its version. Nothing is written. */
bool migrate_look(struct sql *sql, const struct sql_schema *schema, gint64 *version, GError **error);

/* Take the steps that are missing, in one transaction, so that of several processes one does it. */
bool migrate(struct sql *sql, const struct sql_schema *schema, GError **error);

#endif
