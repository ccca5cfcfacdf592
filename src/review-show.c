/* One mail before the clinician: how it stands, what was read from it, what the calendar says, and the mail itself.
 * In: a ledger. Out: a text for people. */
#include "review-show.h"

#include "data/pack.h"
#include "ledger/review.h"
#include "out/add-link.h"
#include "out/columns.h"
#include "out/marked.h"
#include "out/show.h"
#include "review-list.h"

void review_chart_free(struct chart *chart)
{
        if (!chart)
                return;
        entry_free(chart->entry);
        reading_free(chart->reading);
        g_free(chart->revision);
        if (chart->decisions)
                g_ptr_array_unref(chart->decisions);
        g_ptr_array_unref(chart->maintenances);
        g_free(chart);
}

static bool add_maintenances(struct ledger *ledger, struct chart *chart, GError **error)
{
        for (guint i = 0; i < chart->entry->maintenances->len; i++) {
                g_autoptr(GError) wrong = NULL;
                struct maintenance *maintenance = ledger_maintenance(ledger, chart->entry->maintenances->pdata[i], &wrong);
                if (maintenance)
                        g_ptr_array_add(chart->maintenances, maintenance);
                if (wrong) {
                        g_propagate_error(error, g_steal_pointer(&wrong));
                        return false;
                }
        }
        return true;
}

struct chart *review_chart(struct ledger *ledger, gint64 mail, GError **error)
{
        struct chart *chart = g_new0(struct chart, 1);
        chart->maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free);
        chart->revision = review_revision(ledger, mail, error);
        if (chart->revision)
                chart->entry = ledger_mail(ledger, mail, &chart->reading, error);
        if (chart->entry)
                chart->decisions = review_decisions(ledger, mail, 0, error);
        if (chart->decisions && add_maintenances(ledger, chart, error))
                return chart;
        review_chart_free(chart);
        return NULL;
}

char *review_chart_file(const struct chart *chart, const char *directory)
{
        return chart->entry->raw ? g_build_filename(directory, chart->entry->raw, NULL) : NULL;
}

/* Caller frees. */
static char *minute_text(gint64 at)
{
        g_autoptr(GDateTime) time = at == MAINTENANCE_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%a %F %R") : g_strdup("?");
}

void review_events(const struct paint *paint, const GPtrArray *maintenances)
{
        static const struct column heads[] = {{0}, {0}, {0}, {0}};
        struct columns *columns = columns_new(heads, G_N_ELEMENTS(heads));
        for (guint i = 0; i < maintenances->len; i++) {
                const struct maintenance *maintenance = maintenances->pdata[i];
                for (guint k = 0; k < maintenance->events->len; k++) {
                        const struct event *event = maintenance->events->pdata[k];
                        g_autofree char *start = minute_text(event->start), *end = minute_text(event->end);
                        g_autofree char *when = g_strdup_printf("%s to %s UTC", start, end);
                        columns_add(columns, (struct cell[]){{.text = maintenance->key, .style = STYLE_BOLD},
                                                             {.text = state_word(event->state)},
                                                             {.text = when},
                                                             {.text = event->is_checked ? NULL : "CHECK", .style = STYLE_YELLOW}});
                }
                if (!maintenance->events->len)
                        columns_add(columns,
                                    (struct cell[]){{.text = maintenance->key, .style = STYLE_BOLD},
                                                    {.text = maintenance->is_tombstone ? "cancelled before it was announced" : "no event"},
                                                    {0},
                                                    {0}});
        }
        columns_print(columns, paint, 2);
        columns_free(columns);
}

static void print_decisions(const struct paint *paint, const GPtrArray *decisions)
{
        if (decisions->len)
                paint_print(paint, STYLE_BOLD, "Decided\n");
        for (guint i = 0; i < decisions->len; i++) {
                const struct decision *decision = decisions->pdata[i];
                g_autofree char *at = minute_text(decision->at);
                paint_print(paint, STYLE_PLAIN, "  %s UTC  %s  %s%s%s\n", at, decision->by, deed_word(decision->deed),
                            decision->text ? ": " : "", decision->text ? decision->text : "");
        }
}

void review_chart_brief(const struct paint *paint, const struct chart *chart)
{
        const struct entry *entry = chart->entry;
        paint_print(paint, STYLE_BOLD, "mail %" G_GINT64_FORMAT ", revision %s: %s\n", entry->id, chart->revision,
                    resolution_done(entry->resolution, entry->reasons));
        for (guint i = 0; i < entry->reasons->len; i++)
                paint_print(paint, entry->resolution == RESOLUTION_REVIEW ? STYLE_YELLOW : STYLE_PLAIN, "  %s\n",
                            (char *)entry->reasons->pdata[i]);
        if (chart->maintenances->len)
                paint_print(paint, STYLE_BOLD, "In the calendar\n");
        review_events(paint, chart->maintenances);
        print_decisions(paint, chart->decisions);
}

void review_chart_print(const struct paint *paint, const struct chart *chart, const struct reading *again, const GPtrArray *lines)
{
        const struct entry *entry = chart->entry;
        bool is_same = again && again->kind == chart->reading->kind && again->confidence == chart->reading->confidence;
        review_chart_brief(paint, chart);
        paint_print(paint, STYLE_PLAIN, "\n");
        show_reading(paint, is_same ? again : chart->reading, entry->source ? entry->source : "delivered", chart->reading->vendor_name);
        if (again && !is_same)
                paint_print(paint, STYLE_YELLOW, "The filters of today read it otherwise: 'mailclinic explain' shows how.\n");
        if (lines)
                marked_print(paint, lines, is_same ? again->evidence : chart->reading->evidence);
        else
                paint_print(paint, STYLE_DIM, "The mail itself is not at hand.\n");
}

/* Of an event that is called off there is nothing to add. */
static char *add_link_of(const struct maintenance *maintenance, guint i)
{
        const struct listed listed = {maintenance, maintenance->events->pdata[i]};
        return listed.event->state == STATE_CANCELLED ? NULL : add_link(&listed);
}

void review_add_links(const struct paint *paint, const struct chart *chart)
{
        paint_print(paint, STYLE_BOLD, "To add by hand\n");
        for (guint i = 0; i < chart->maintenances->len; i++) {
                const struct maintenance *maintenance = chart->maintenances->pdata[i];
                for (guint k = 0; k < maintenance->events->len; k++) {
                        g_autofree char *link = add_link_of(maintenance, k);
                        if (link)
                                paint_print(paint, STYLE_PLAIN, "  %s\n", link);
                }
        }
}

json_t *review_chart_json(const struct chart *chart)
{
        json_t *maintenances = json_array(), *decisions = json_array();
        for (guint i = 0; i < chart->maintenances->len; i++)
                json_array_append_new(maintenances, maintenance_to_json(chart->maintenances->pdata[i]));
        for (guint i = 0; i < chart->decisions->len; i++)
                json_array_append_new(decisions, decision_to_json(chart->decisions->pdata[i]));
        return json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o}", "id", (json_int_t)chart->entry->id, "revision", chart->revision,
                         "resolution", resolution_word(chart->entry->resolution), "why", pack_texts(chart->entry->reasons), "reading",
                         reading_to_json(chart->reading), "maintenances", maintenances, "decisions", decisions);
}
