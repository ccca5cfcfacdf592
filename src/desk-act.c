/* What forms of the desk do: decisions on a mail, carried out as `mailclinic review` does.
 * In: a form. Out: decisions in the ledger; 303 to the next mail, or a page that says why nothing was done. */
#include "desk-act.h"

#include "base/fail.h"
#include "desk-correct.h"
#include "desk-done.h"
#include "desk-field.h"
#include "desk-form.h"
#include "desk-mail.h"
#include "desk-queue.h"

static gint64 number_of(const struct request *request, const char *name)
{
        guint64 id = 0;
        const char *text = request_form(request, name);
        return text && g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &id, NULL) ? (gint64)id : 0;
}

static gint64 mail_of(const struct request *request)
{
        return number_of(request, "mail");
}

/* What the form says. NULL and an error. Caller frees. */
static struct decision *decision_of(const struct request *request, enum deed deed, GError **error)
{
        struct decision *decision = review_decision(deed);
        struct correct_options options = {0};
        bool is_fine = true;
        if (deed == DEED_CORRECT && (is_fine = correct_take(request, &options, error))) {
                is_fine = correct_options_any(&options) && correct_options_take(&options, &decision->correction, error);
                if (!correct_options_any(&options))
                        g_set_error(error, FAIL, FAIL_USAGE, "nothing in the form was changed: say what is otherwise than read");
        }
        correct_options_clear(&options);
        if (is_fine)
                return decision;
        decision_free(decision);
        return NULL;
}

/* Somebody else was faster: both versions. */
static struct answer *late_page(const struct view *view, const struct verdict *mine, GError **error)
{
        struct chart *chart = review_chart(view->ledger, mail_of(view->request), error);
        if (!chart)
                return NULL;
        struct markup *markup = frame_begin(view, TAB_NONE, "Nothing was done");
        frame_open(markup, "section", "late");
        markup_element(markup, "h1", NULL, "Nothing was done: the mail is not as it was when you looked");
        markup_element(markup, "p", NULL, chart->entry->subject);
        frame_open(markup, "div", "versions");
        markup_open(markup, "div");
        markup_element(markup, "h2", NULL, "It stands so");
        struct verdict now = {
                .resolution = chart->entry->resolution, .reasons = chart->entry->reasons, .maintenances = chart->maintenances};
        mail_write_verdict(markup, &now, true);
        done_write_list(markup, chart->decisions);
        frame_link(markup, "button", "/mail?id=%" G_GINT64_FORMAT, chart->entry->id);
        markup_text(markup, "Leave it so");
        markup_close(markup);
        markup_close(markup);
        markup_open(markup, "div");
        markup_element(markup, "h2", NULL, "Your decision would make of it");
        mail_write_verdict(markup, mine, false);
        form_write_again(markup, view, chart, "Decide so all the same");
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
        review_chart_free(chart);
        return frame_end(markup, 409);
}

/* Why nothing was done, on the mail's own page: the form as it was filled in, beside the mail. */
static struct answer *refused_page(const struct view *view, const GError *refused)
{
        bool is_usage = g_error_matches(refused, FAIL, FAIL_USAGE) || g_error_matches(refused, FAIL, FAIL_INPUT);
        g_autofree char *field = NULL, *why = field_refused(view->request, refused->message, &field);
        const struct refusal refusal = {why, field, is_usage};
        struct answer *answer = mail_refused(view, mail_of(view->request), &refusal);
        return answer ? answer : frame_fault(view, refused);
}

/* What a form would come to; nothing is done. */
static struct answer *preview_page(const struct view *view, struct decision *decision)
{
        g_autoptr(GError) refused = NULL;
        gint64 mail = mail_of(view->request);
        struct verdict *verdict = review_rehearse(view->ledger, view->desk->setup->settings, mail, decision, &refused);
        struct answer *answer = verdict ? mail_previewed(view, mail, verdict) : refused_page(view, refused);
        verdict_free(verdict);
        return answer;
}

/* A remark beside a decision, of the same form. */
static void remark(const struct view *view, gint64 mail)
{
        const char *text = request_form(view->request, "note");
        if (!text || !*text)
                return;
        struct decided_mail decided = {0};
        struct decision *note = review_decision(DEED_NOTE);
        note->text = g_strdup(text);
        review_decide(view->ledger, view->desk->setup->settings, mail, NULL, note, &decided, NULL);
        decided_mail_release(&decided);
        decision_free(note);
}

/* To the next mail of the queue, or back to the list. */
static struct answer *go_on(gint64 next, gint64 done)
{
        if (next && next != done)
                return answer_elsewhere(g_strdup_printf("/mail?id=%" G_GINT64_FORMAT "&done=%" G_GINT64_FORMAT, next, done));
        return answer_elsewhere(g_strdup_printf("/?done=%" G_GINT64_FORMAT, done));
}

/* Carry out; NULL: it was done. What was done before somebody else is told of, and lost in no case. */
static struct answer *carry_out(const struct view *view, struct decision *decision, GError **error)
{
        const char *told = request_form(view->request, "revision"), *revision = decision->deed == DEED_NOTE ? NULL : told ? told : "";
        struct decided_mail decided = {0};
        g_autoptr(GError) wrong = NULL;
        struct answer *answer = NULL;
        if (!review_decide(view->ledger, view->desk->setup->settings, mail_of(view->request), revision, decision, &decided, &wrong))
                answer = refused_page(view, wrong);
        else if (decided.is_late)
                answer = late_page(view, decided.verdict, error);
        decided_mail_release(&decided);
        return answer;
}

struct answer *act_decide(const struct view *view, GError **error)
{
        gint64 mail = mail_of(view->request), next = queue_beside(view, mail, false);
        int deed = deed_from_word(request_form(view->request, "deed"));
        g_autoptr(GError) wrong = NULL;
        struct decision *decision =
                deed == DEED_ACCEPT || deed == DEED_CORRECT ? decision_of(view->request, (enum deed)deed, &wrong) : NULL;
        if (!decision) {
                if (!wrong)
                        g_set_error(&wrong, FAIL, FAIL_USAGE, "the form does not say what is to be done");
                return refused_page(view, wrong);
        }
        bool is_preview = request_form(view->request, "preview") != NULL;
        struct answer *answer = is_preview ? preview_page(view, decision) : carry_out(view, decision, error);
        decision_free(decision);
        if (answer || (error && *error))
                return answer;
        remark(view, mail);
        return go_on(next ? next : queue_beside(view, mail, true), mail);
}

struct answer *act_undo(const struct view *view, GError **error)
{
        gint64 mail = mail_of(view->request);
        struct decision *decision = review_decision(DEED_UNDO);
        struct answer *answer = carry_out(view, decision, error);
        decision_free(decision);
        if (answer || (error && *error))
                return answer;
        return answer_elsewhere(g_strdup_printf("/mail?id=%" G_GINT64_FORMAT "&done=%" G_GINT64_FORMAT, mail, mail));
}

struct answer *act_note(const struct view *view, GError **error)
{
        const char *text = request_form(view->request, "text");
        gint64 mail = mail_of(view->request);
        struct decision *decision = review_decision(DEED_NOTE);
        decision->text = g_strdup(text ? text : "");
        struct answer *answer = carry_out(view, decision, error);
        decision_free(decision);
        if (answer || (error && *error))
                return answer;
        gint64 done = number_of(view->request, "done");
        g_autofree char *bar = done ? g_strdup_printf("&done=%" G_GINT64_FORMAT, done) : g_strdup("");
        return answer_elsewhere(g_strdup_printf("/mail?id=%" G_GINT64_FORMAT "&noted=%" G_GINT64_FORMAT "%s", mail, mail, bar));
}
