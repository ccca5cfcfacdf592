/* How things stand, as a page: what a person must see to, then what `mailclinic status` shows.
 * In: a view. Out: HTML. */
#include "desk-status.h"

#include "desk-frame.h"
#include "out/tell.h"
#include "standing.h"

static void begin_part(struct markup *markup, const char *heading)
{
        markup_open(markup, "section");
        markup_attribute(markup, "class", "part");
        markup_element(markup, "h2", NULL, heading);
        frame_open(markup, "dl", "facts");
}

static void end_part(struct markup *markup)
{
        markup_close(markup);
        markup_close(markup);
}

static void write_fact(struct markup *markup, const char *label, const char *class, const char *format, ...) G_GNUC_PRINTF(4, 5);
static void write_fact(struct markup *markup, const char *label, const char *class, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_autofree char *text = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        markup_open(markup, "div");
        markup_element(markup, "dt", NULL, label);
        markup_element(markup, "dd", class, text);
        markup_close(markup);
}

static void write_worries(struct markup *markup, const struct standing *standing)
{
        g_autoptr(GPtrArray) worries = standing_worries(standing);
        if (!worries->len)
                return;
        frame_open(markup, "ul", "worries");
        for (guint i = 0; i < worries->len; i++)
                markup_element(markup, "li", NULL, worries->pdata[i]);
        markup_close(markup);
}

static void write_mails(struct markup *markup, const struct ledger_counts *counts)
{
        begin_part(markup, "Mails");
        write_fact(markup, "all", NULL, "%" G_GINT64_FORMAT, counts->mails);
        for (int i = 0; i <= RESOLUTION_REVIEW; i++)
                write_fact(markup, resolution_phrase((enum resolution)i), i == RESOLUTION_REVIEW && counts->resolution[i] ? "doubt" : NULL,
                           "%" G_GINT64_FORMAT, counts->resolution[i]);
        if (counts->oldest_review != READING_NO_TIME) {
                markup_open(markup, "div");
                markup_element(markup, "dt", NULL, "the oldest of them");
                markup_open(markup, "dd");
                frame_time(markup, counts->oldest_review, false);
                markup_close(markup);
                markup_close(markup);
        }
        if (counts->unread)
                write_fact(markup, "of them unread", "bad", "the reader failed on %" G_GINT64_FORMAT, counts->unread);
        write_fact(markup, "maintenances", NULL, "%" G_GINT64_FORMAT ", with %" G_GINT64_FORMAT " events", counts->maintenances,
                   counts->events);
        end_part(markup);
}

static void write_target(struct markup *markup, const struct target *target, gint64 now)
{
        g_autofree char *age = target->flushed == READING_NO_TIME ? NULL : tell_age(now - target->flushed);
        g_autofree char *flushed = age ? g_strdup_printf("flushed %s ago", age) : g_strdup("never flushed");
        g_autofree char *undone = g_strdup_printf("%u to be done, %u of them parked", target->undone, target->parked);
        write_fact(markup, target->name,
                   target->parked || target->alert ? "bad"
                   : target->undone                ? "doubt"
                                                   : "good",
                   "%s; %s", target->undone ? undone : "all is done", flushed);
        if (target->alert)
                write_fact(markup, "since then", "bad", "%s", target->alert);
        for (guint i = 0; i < target->acts->len; i++) {
                const struct pending *act = target->acts->pdata[i];
                if (act->is_parked)
                        write_fact(markup, "parked", "bad", "%s: %s", act->uid, act->why ? act->why : "?");
        }
}

static void write_outbox(struct markup *markup, const struct standing *standing)
{
        begin_part(markup, "On its way out");
        for (guint i = 0; i < standing->targets->len; i++)
                write_target(markup, &g_array_index(standing->targets, struct target, i), standing->now);
        if (!standing->targets->len)
                write_fact(markup, "outbox", NULL, "%" G_GINT64_FORMAT " acts, and no calendar or tracker yet", standing->counts.acts);
        end_part(markup);
}

static void write_machine(struct markup *markup, const struct standing *standing)
{
        begin_part(markup, "Here");
        write_fact(markup, "ledger", standing->fault ? "bad" : "good", "%s%s%s", standing->directory, standing->fault ? ": " : "",
                   standing->fault        ? standing->fault
                   : standing->is_checked ? ", whole"
                                          : "");
        write_fact(markup, "size", NULL, "%.1f MB", (double)standing->counts.bytes / 1e6);
        write_fact(markup, "spool", standing->spool.mails ? "doubt" : "good", "%u mails wait, %u were not taken in whole",
                   standing->spool.mails, standing->spool.unfinished);
        write_fact(markup, "maildir", standing->counts.unfiled ? "doubt" : "good", "%" G_GINT64_FORMAT " mails are to be filed",
                   standing->counts.unfiled);
        write_fact(markup, "reader", standing_is_loose(standing) ? "doubt" : "good", "%s", standing->how);
        write_fact(markup, "filters", standing->left_out ? "doubt" : "good", "%u vendors, %u files left out", standing->filters,
                   standing->left_out);
        if (standing->roster.now)
                write_fact(markup, "duty", NULL, "%s, then %s", standing->roster.now, standing->roster.next);
        end_part(markup);
}

/* That takes the longer the larger it is, and the page is to be there at once. */
static void write_look(struct markup *markup, const struct standing *standing)
{
        if (standing->is_checked || standing->fault)
                return;
        frame_open(markup, "nav", "turns");
        markup_attribute(markup, "aria-label", "More of the ledger");
        frame_link(markup, "button quiet", "/status?look=through");
        markup_text(markup, "Look all through the ledger");
        markup_close(markup);
        markup_close(markup);
}

struct answer *status_page(const struct view *view, G_GNUC_UNUSED GError **error)
{
        static const char *const words[] = {
                [HEALTH_OK] = "All is well", [HEALTH_WARNING] = "Somebody should look", [HEALTH_CRITICAL] = "The ledger needs somebody"};
        struct standing standing = {0};
        const char *how = view->desk->reader ? confined_how(view->desk->reader) : "no reader can be had";
        standing_look(view->desk->setup, how, request_query(view->request, "look") != NULL, &standing);
        struct markup *markup = frame_begin(view, TAB_STATUS, "Status");
        enum health health = standing_health(&standing);
        frame_open(markup, "div", "heading");
        markup_element(markup, "h1", health == HEALTH_OK ? "good" : health == HEALTH_CRITICAL ? "bad" : "doubt", words[health]);
        write_look(markup, &standing);
        markup_close(markup);
        write_worries(markup, &standing);
        frame_open(markup, "div", "parts");
        write_mails(markup, &standing.counts);
        write_outbox(markup, &standing);
        write_machine(markup, &standing);
        markup_close(markup);
        standing_release(&standing);
        return frame_end(markup, 200);
}
