/* What the files of the ledger share: nobody else includes it.
 * In: a ledger. Out: its database, and transactions around single steps. */
#ifndef MAILCLINIC_LEDGER_INSIDE_H
#define MAILCLINIC_LEDGER_INSIDE_H

#include "ledger/ledger.h"
#include "ledger/sql.h"

/* A mail's date, as the index mail_by_date has it. */
#define UNDATED   "-9223372036854775808"
#define MAIL_WHEN "ifnull(date, " UNDATED ")"

struct ledger {
        struct sql *sql;
        char *directory; /* NULL: in memory */
};

/* The schema of the database (ledger/schema.c). */
const struct sql_schema *ledger_schema(void);

/* Begin a transaction unless one was begun; *is_own says which. step_end() commits or takes back what is our own, and gives `is_fine`. */
bool step_begin(struct ledger *ledger, bool *is_own, GError **error);
bool step_end(struct ledger *ledger, bool is_own, bool is_fine, GError **error);

/* An act's kind as its rows spell it. */
const char *act_word(enum act_kind kind);

/* Keep a maintenance with its look-up rows in place of what was known of it. `mail` is the id of the mail that did it. */
bool keep_maintenance(struct ledger *ledger, const struct maintenance *maintenance, gint64 mail, GError **error);

/* The maintenance of a JSON text of the database; NULL and an error that names its key. Caller frees. */
struct maintenance *maintenance_of_text(const char *text, const char *key, GError **error);

/* A circuit's id as it is looked up: without blanks, capitals. Caller frees. */
char *circuit_key(const char *circuit_id);

#endif
