/* Carrying out a person's decision on a mail, with the care that two reviewers need: what the terminal and the page do alike.
 * In: a decision, and the revision that it was made upon. Out: a verdict, recorded; or what would have come of it. */
#include "review-decide.h"

#include "base/day.h"
#include "base/fail.h"
#include "data/lapse.h"
#include "deciding.h"
#include "ledger/issues.h"
#include "ledger/journal.h"

#define USUAL_SNOOZE "7d"

void decided_mail_release(struct decided_mail *decided)
{
        verdict_free(decided->verdict);
        decided->verdict = NULL;
}

struct decision *review_decision(enum deed deed)
{
        struct decision *decision = decision_new(deed);
        decision->by = g_strdup(g_get_user_name());
        decision->at = g_get_real_time() / G_USEC_PER_SEC;
        return decision;
}

/* Whether somebody else was faster: the revision is another, or (where none is named) another person's decision stands. */
static bool is_overtaken(struct ledger *ledger, gint64 mail, const char *revision, const struct decision *decision, bool *is_late,
                         GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct decision *standing = review_standing(ledger, mail, &wrong);
        bool is_others = standing && g_strcmp0(standing->by, decision->by) != 0;
        decision_free(standing);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        *is_late = revision ? g_ascii_strcasecmp(revision, decision->revision) != 0 : is_others && decision->deed != DEED_NOTE;
        return true;
}

static bool carry_out(struct ledger *ledger, const struct settings *settings, struct decision *decision, struct verdict **verdict,
                      GError **error)
{
        struct deciding deciding;
        deciding_init(&deciding, settings, NULL, ledger);
        bool is_done = review_carry_out(ledger, decision, &deciding.policy, verdict, error);
        deciding_release(&deciding);
        return is_done;
}

/* What is in the ledger is decided, whatever becomes of the journal: it is made up for before the next decision. */
static void write_journal(struct ledger *ledger)
{
        g_autoptr(GError) wrong = NULL;
        if (!journal_write(ledger, &wrong))
                g_printerr("mailclinic: this is decided, but not written down yet: %s\n", wrong->message);
}

/* Within the transaction that was begun. */
static bool decide_in(struct ledger *ledger, const struct settings *settings, gint64 mail, const char *revision, struct decision *decision,
                      struct decided_mail *decided, GError **error)
{
        decision->revision = review_revision(ledger, mail, error);
        if (!decision->revision || !review_name(ledger, mail, decision, error) ||
            !is_overtaken(ledger, mail, revision, decision, &decided->is_late, error) ||
            !carry_out(ledger, settings, decision, &decided->verdict, error))
                return false;
        if (decided->is_late)
                return true;
        if (!ledger_commit(ledger, error))
                return false;
        write_journal(ledger);
        return true;
}

bool review_decide(struct ledger *ledger, const struct settings *settings, gint64 mail, const char *revision, struct decision *decision,
                   struct decided_mail *decided, GError **error)
{
        *decided = (struct decided_mail){0};
        bool is_fine = journal_write(ledger, error) && ledger_begin(ledger, error) &&
                       decide_in(ledger, settings, mail, revision, decision, decided, error);
        ledger_rollback(ledger);
        return is_fine;
}

struct verdict *review_rehearse(struct ledger *ledger, const struct settings *settings, gint64 mail, struct decision *decision,
                                GError **error)
{
        struct verdict *verdict = NULL;
        if (ledger_begin(ledger, error) && review_name(ledger, mail, decision, error))
                carry_out(ledger, settings, decision, &verdict, error);
        ledger_rollback(ledger);
        return verdict;
}

/* "2026-12-01": its beginning; "10 days": from now on. */
static bool read_until(const char *text, gint64 now, gint64 *until)
{
        gint64 seconds;
        if (day_read(text, until))
                return true;
        if (!lapse_read(text, &seconds))
                return false;
        *until = now + seconds;
        return true;
}

static bool read_task(const char *text, gint64 *task)
{
        guint64 number;
        if (!g_ascii_string_to_unsigned(text + (g_ascii_toupper(*text) == 'T'), 10, 1, G_MAXINT, &number, NULL))
                return false;
        *task = (gint64)number;
        return true;
}

bool review_detail(struct ledger *ledger, struct decision *decision, const char *text, GError **error)
{
        text = text ? text : decision->deed == DEED_SNOOZE ? USUAL_SNOOZE : "";
        switch (decision->deed) {
        case DEED_SNOOZE:
                if (read_until(text, decision->at, &decision->until))
                        return true;
                g_set_error(error, FAIL, FAIL_USAGE, "snooze: '%s' is neither a day such as 2026-12-01 nor a length of time such as 7d",
                            text);
                return false;
        case DEED_MERGE:
                decision->into = *text ? ledger_issue_name(ledger, text, error) : NULL;
                if (!*text)
                        g_set_error(error, FAIL, FAIL_USAGE, "merge: which issue it is the same as is not said");
                return decision->into != NULL;
        case DEED_LINK:
                if (read_task(text, &decision->task))
                        return true;
                g_set_error(error, FAIL, FAIL_USAGE, "link: '%s' is no task; expected is one like T123", text);
                return false;
        default:
                return true;
        }
}

bool review_wish(struct ledger *ledger, struct decision *decision, GError **error)
{
        if (!journal_write(ledger, error) || !ledger_begin(ledger, error))
                return false;
        if (review_name_last(ledger, decision, error) && review_carry_out(ledger, decision, NULL, NULL, error) &&
            ledger_commit(ledger, error)) {
                write_journal(ledger);
                return true;
        }
        ledger_rollback(ledger);
        return false;
}
