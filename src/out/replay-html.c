/* Replayed mails as one page that stands by itself: what needs a person and why, maintenances and issues, what differs from the ledger.
 * In: gathered mails. Out: HTML. */
#include "out/replay-html.h"

#include "out/difference.h"
#include "out/markup.h"
#include "out/replay-group.h"
#include "out/sheet-css.h"
#include "out/tell.h"

#include <string.h>

static void write_tiles(struct markup *markup, const struct replay_page *page)
{
        guint n[RESOLUTION_REVIEW + 1] = {0};
        for (guint i = 0; i < page->mails->len; i++)
                n[((const struct gathered *)page->mails->pdata[i])->resolution]++;
        markup_open(markup, "ul");
        markup_attribute(markup, "class", "tiles");
        for (int i = RESOLUTION_REVIEW; i >= RESOLUTION_NONE; i--) {
                markup_open(markup, "li");
                markup_attribute(markup, "class", i == RESOLUTION_REVIEW && n[i] ? "look" : NULL);
                markup_open(markup, "b");
                markup_print(markup, "%u", n[i]);
                markup_close(markup);
                markup_text(markup, resolution_phrase((enum resolution)i));
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_why(struct markup *markup, const GPtrArray *grounds)
{
        markup_open(markup, "ul");
        markup_attribute(markup, "class", "why");
        for (guint i = 0; i < grounds->len; i++) {
                const struct ground *ground = grounds->pdata[i];
                markup_open(markup, "li");
                markup_text(markup, ground->reason);
                markup_element(markup, "q", "soft", ground->cited);
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_badge(struct markup *markup, enum resolution resolution)
{
        static const char *const classes[] = {
                [RESOLUTION_CALENDAR] = "badge go", [RESOLUTION_TASK] = "badge go", [RESOLUTION_REVIEW] = "badge look"};
        markup_element(markup, "span", classes[resolution] ? classes[resolution] : "badge", resolution_phrase(resolution));
}

static void write_mail(struct markup *markup, const struct gathered *mail, bool is_why)
{
        g_autofree char *sent = tell_minute(mail->date);
        markup_open(markup, "tr");
        markup_element(markup, "td", "time", sent);
        markup_open(markup, "td");
        write_badge(markup, mail->resolution);
        markup_close(markup);
        markup_element(markup, "td", NULL, mail->vendor ? mail->vendor : "unknown");
        markup_open(markup, "td");
        markup_text(markup, mail->kind ? mail->kind : "none");
        markup_text(markup, mail->emergency ? ", emergency" : NULL);
        markup_close(markup);
        markup_element(markup, "td", NULL, confidence_word(mail->confidence));
        markup_open(markup, "td");
        markup_text(markup, mail->subject);
        if (is_why)
                write_why(markup, mail->grounds);
        markup_close(markup);
        markup_close(markup);
}

static void write_mails(struct markup *markup, const GPtrArray *mails, const struct replay_page *page)
{
        static const char *const heads[] = {"sent (UTC)", "comes to", "vendor or host", "kind", "sure", "subject"};
        markup_open(markup, "div");
        markup_attribute(markup, "class", "scroll");
        markup_open(markup, "table");
        markup_heads(markup, heads, G_N_ELEMENTS(heads));
        for (guint i = 0; i < mails->len; i++) {
                const struct gathered *mail = mails->pdata[i];
                write_mail(markup, mail, page->is_why || mail->resolution == RESOLUTION_REVIEW);
        }
        markup_close(markup);
        markup_close(markup);
}

static void write_group(struct markup *markup, const struct mail_group *group, const struct replay_page *page)
{
        const struct gathered *first = group->mails->pdata[0], *last = group->mails->pdata[group->mails->len - 1];
        markup_open(markup, "details");
        if (group->n_review && group->name)
                markup_flag(markup, "open");
        markup_open(markup, "summary");
        markup_element(markup, "b", NULL, group->name ? group->name : "Of no maintenance and no issue");
        markup_print(markup, "%u mail%s ", group->mails->len, group->mails->len == 1 ? "" : "s");
        if (group->n_review)
                markup_element(markup, "span", "badge look", "needs you");
        if (group->name)
                markup_element(markup, "span", "soft", first->title ? first->title : last->windows);
        markup_close(markup);
        write_mails(markup, group->mails, page);
        markup_close(markup);
}

static void write_differences(struct markup *markup, const GPtrArray *differences)
{
        markup_element(markup, "h2", NULL, "Otherwise than in the ledger");
        if (differences->len == 0)
                markup_element(markup, "p", NULL, "All as the ledger has it.");
        for (guint i = 0; i < differences->len; i++) {
                const struct difference *difference = differences->pdata[i];
                markup_element(markup, "h3", NULL, difference->about);
                markup_element(markup, "p", "soft", difference->is_new ? "not in the ledger" : NULL);
                markup_open(markup, "ul");
                markup_attribute(markup, "class", "why");
                for (guint k = 0; k < difference->changes->len; k++)
                        markup_element(markup, "li", NULL, difference->changes->pdata[k]);
                markup_close(markup);
        }
}

void replay_html_print(FILE *out, const struct replay_page *page)
{
        struct markup *markup = markup_page("What the mails come to", sheet_css());
        g_autoptr(GPtrArray) groups = replay_groups(page->mails);
        markup_element(markup, "h1", NULL, "What the mails come to");
        write_tiles(markup, page);
        if (page->differences)
                write_differences(markup, page->differences);
        markup_element(markup, "h2", NULL, "Maintenances and issues");
        for (guint i = 0; i < groups->len; i++)
                write_group(markup, groups->pdata[i], page);
        gsize length;
        g_autofree char *html = markup_finish(markup, &length);
        fwrite(html, 1, length, out);
}
