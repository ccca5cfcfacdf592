/* Decisions of a file carried out again, each after the mail that it came after.
 * In: decisions.jsonl, the mails that are recorded. Out: the ledger as it was. */
#include "base/fail.h"
#include "ledger/decisions.h"
#include "ledger/journal.h"
#include "ledger/review.h"

#include <stdlib.h>

struct redo {
        struct ledger *ledger; /* borrowed */
        GPtrArray *decisions;  /* struct decision: all of the file */
        guint next, n_done;
        GPtrArray *faults; /* char * */
};

void redo_free(struct redo *redo)
{
        if (!redo)
                return;
        g_ptr_array_unref(redo->decisions);
        g_ptr_array_unref(redo->faults);
        g_free(redo);
}

static bool is_same(const struct decision *a, const struct decision *b)
{
        json_t *one = decision_to_json(a), *other = decision_to_json(b);
        bool is_equal = json_equal(one, other);
        json_decref(one);
        json_decref(other);
        return is_equal;
}

/* Whether the ledger's decisions are the first ones of the file; how many: redo->next. */
static bool skip_known(struct redo *redo, const char *path, GError **error)
{
        g_autoptr(GPtrArray) known = decisions_list(redo->ledger, 0, 0, error);
        if (!known)
                return false;
        guint n = MIN(known->len, redo->decisions->len);
        for (guint i = 0; i < n; i++)
                if (!is_same(known->pdata[i], redo->decisions->pdata[i])) {
                        g_set_error(error, FAIL, FAIL_DATA, "%s:%u: the ledger has another decision in its place", path, i + 1);
                        return false;
                }
        redo->next = n;
        return true;
}

struct redo *redo_new(struct ledger *ledger, const char *path, GError **error)
{
        const char *directory = ledger_directory(ledger);
        g_autofree char *own = path || !directory ? NULL : g_build_filename(directory, "decisions.jsonl", NULL);
        const char *file = path ? path : own;
        if (path && !g_file_test(path, G_FILE_TEST_EXISTS)) {
                g_set_error(error, FAIL, FAIL_INPUT, "%s: there is no such file", path);
                return NULL;
        }
        GPtrArray *decisions = file ? journal_read(file, error) : g_ptr_array_new_with_free_func((GDestroyNotify)decision_free);
        if (!decisions)
                return NULL;
        struct redo *redo = g_new0(struct redo, 1);
        redo->ledger = ledger;
        redo->decisions = decisions;
        redo->faults = g_ptr_array_new_with_free_func(g_free);
        if (skip_known(redo, file, error))
                return redo;
        redo_free(redo);
        return NULL;
}

static void add_fault(struct redo *redo, const struct decision *decision, const char *why)
{
        const char *mail = decision->mail.message_id ? decision->mail.message_id : decision->mail.text_hash;
        g_ptr_array_add(redo->faults,
                        g_strdup_printf("decision %" G_GINT64_FORMAT " (%s by %s on %s): %s", decision->number, deed_word(decision->deed),
                                        decision->by, decision->issue ? decision->issue : mail, why));
}

/* What it rests on should be as it was then: that is how a rebuilt ledger is known to be the same. */
static void compare(struct redo *redo, const struct decision *decision)
{
        struct mail_key key = {
                .stream = decision->mail.stream, .message_id = decision->mail.message_id, .text_hash = decision->mail.text_hash};
        gint64 mail = ledger_find(redo->ledger, &key, NULL);
        g_autofree char *revision = mail > 0 ? review_revision(redo->ledger, mail, NULL) : NULL;
        if (revision && decision->revision && g_strcmp0(revision, decision->revision) != 0)
                add_fault(redo, decision, "the mail is read or decided otherwise than when it was made");
}

static bool carry_out(struct redo *redo, const struct policy *policy, GError **error)
{
        struct decision *decision = redo->decisions->pdata[redo->next++];
        g_autoptr(GError) wrong = NULL;
        compare(redo, decision);
        if (review_carry_out(redo->ledger, decision, policy, NULL, &wrong)) {
                redo->n_done++;
                return true;
        }
        if (fail_status(wrong) != FAIL_USAGE && fail_status(wrong) != FAIL_INPUT) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        add_fault(redo, decision, wrong->message);
        return review_pass_over(redo->ledger, decision, error);
}

static bool is_named(const struct mail_name *name, const struct mail_key *key)
{
        return name->stream == key->stream && g_strcmp0(name->message_id, key->message_id) == 0 &&
               g_strcmp0(name->text_hash, key->text_hash) == 0;
}

bool redo_after(struct redo *redo, const struct mail_key *key, const struct policy *policy, GError **error)
{
        while (redo->next < redo->decisions->len) {
                const struct decision *decision = redo->decisions->pdata[redo->next];
                if (!is_named(&decision->after, key))
                        return true;
                if (!carry_out(redo, policy, error))
                        return false;
        }
        return true;
}

bool redo_rest(struct redo *redo, const struct policy *policy, GError **error)
{
        while (redo->next < redo->decisions->len)
                if (!carry_out(redo, policy, error))
                        return false;
        return true;
}

guint redo_done(const struct redo *redo)
{
        return redo->n_done;
}

const GPtrArray *redo_faults(const struct redo *redo)
{
        return redo->faults;
}
