/* A reading for people: who, what, when, how sure and why, and which line matched what.
 * In: a reading. Out: a short text on a stream. */
#include "out/show.h"

#include "out/columns.h"
#include "out/show-root.h"

#include <string.h>

enum { SHOWN_CIRCUITS = 12, SHOWN_WINDOWS = 12, SHOWN_NOTICES = 20, SHOWN_EVIDENCE = 40, INDENT = 2 };

static const char *const kinds[KIND_COUNT] = {
        [KIND_NONE] = "unknown",
        [KIND_NEW] = "new work",
        [KIND_CONFIRMED] = "the work is confirmed",
        [KIND_UPDATE] = "details have changed",
        [KIND_RESCHEDULE] = "moved to another time",
        [KIND_POSTPONED] = "put off, without a new time",
        [KIND_EXTENDED] = "takes longer",
        [KIND_REMINDER] = "a reminder, nothing new",
        [KIND_STARTED] = "the work has begun",
        [KIND_COMPLETED] = "the work is done",
        [KIND_FAILED] = "the work has failed",
        [KIND_CANCELLED] = "the work is called off",
        [KIND_REPLACED] = "replaced by other work",
        [KIND_OUTAGE] = "an outage report, no planned work",
        [KIND_OTHER] = "no notice of work",
};

static const struct {
        const char *words;
        enum style style;
} senders[] = {
        [SENDER_UNCHECKED] = {"nobody we trust has checked the sender", STYLE_YELLOW},
        [SENDER_PASSED] = {"the sender was checked and is true", STYLE_GREEN},
        [SENDER_FAILED] = {"the check of the sender failed", STYLE_RED},
};

static const enum style confidence_style[] = {
        [CONFIDENCE_LOW] = STYLE_RED,
        [CONFIDENCE_MEDIUM] = STYLE_YELLOW,
        [CONFIDENCE_HIGH] = STYLE_GREEN,
};

static const enum style impact_style[IMPACT_COUNT] = {
        [IMPACT_OUTAGE] = STYLE_RED,
        [IMPACT_DEGRADED] = STYLE_YELLOW,
        [IMPACT_REDUCED_REDUNDANCY] = STYLE_YELLOW,
};

const char *show_kind(enum kind kind)
{
        return kinds[kind];
}

const char *show_sender(enum sender sender)
{
        return senders[sender].words;
}

/* "2021-11-14 08:01", without a zone: all that is shown is UTC. Caller frees. */
static char *minute_text(gint64 at)
{
        g_autoptr(GDateTime) time = at == READING_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time == NULL ? g_strdup("?") : g_date_time_format(time, "%a %Y-%m-%d %H:%M");
}

/* "02:00", or the day too where the end is on another one. Caller frees. */
static char *end_text(gint64 start, gint64 end)
{
        g_autofree char *first = minute_text(start), *last = minute_text(end);
        gsize day = strlen("Sun 2021-11-14 ");
        bool is_same_day = start != READING_NO_TIME && end != READING_NO_TIME && strncmp(first, last, day) == 0;
        return g_strdup(is_same_day ? last + day : last);
}

static void show_gap(const struct paint *paint)
{
        paint_print(paint, STYLE_PLAIN, "\n");
}

/* One line "label  text"; nothing where there is no text. */
static void show_field(const struct paint *paint, const char *label, enum style style, const char *text)
{
        if (text == NULL || *text == '\0')
                return;
        paint_print(paint, STYLE_DIM, "  %-9s ", label);
        paint_print(paint, style, "%s\n", text);
}

static void show_head(const struct paint *paint, const struct reading *reading, const char *source, const char *vendor)
{
        g_autofree char *sent = reading->date == READING_NO_TIME ? NULL : minute_text(reading->date);
        g_autofree char *when = sent == NULL ? NULL : g_strconcat(sent, " UTC", NULL);
        paint_print(paint, STYLE_BOLD, "%s\n", source);
        show_field(paint, "subject", STYLE_PLAIN, reading->subject);
        show_field(paint, "from", STYLE_PLAIN, reading->from);
        show_field(paint, "sent", STYLE_PLAIN, when);
        if (reading->stream == STREAM_ROOT)
                return;
        show_field(paint, "vendor", STYLE_BOLD, vendor != NULL ? vendor : reading->vendor != NULL ? reading->vendor : "unknown");
        g_autofree char *sender = g_strdup_printf("%s: %s", sender_word(reading->sender), senders[reading->sender].words);
        show_field(paint, "sender", senders[reading->sender].style, sender);
}

static void show_verdict(const struct paint *paint, const struct reading *reading)
{
        const char *word = kind_word(reading->kind);
        g_autoptr(GString) kind = g_string_new(word == NULL ? "none" : word);
        g_string_append_printf(kind, ": %s", reading->other != NULL ? reading->other : show_kind(reading->kind));
        if (reading->is_noise)
                g_string_append(kind, " (noise)");
        show_field(paint, "kind", STYLE_BOLD, kind->str);
        show_field(paint, "emergency", STYLE_RED, reading->emergency ? "yes" : NULL);
        show_field(paint, "test", STYLE_YELLOW, reading->is_test ? "the vendor's own dry run: it never acts" : NULL);
        show_field(paint, "sure", confidence_style[reading->confidence], confidence_word(reading->confidence));
        show_field(paint, "needs you", STYLE_YELLOW,
                   reading->needs_person ? "a person must look at this mail, whatever else it says" : NULL);
}

static void show_more(const struct paint *paint, guint n, guint shown, const char *what)
{
        if (n > shown)
                paint_print(paint, STYLE_DIM, "    and %u more %s\n", n - shown, what);
}

static void show_circuits(const struct paint *paint, const GPtrArray *circuits, const char *of)
{
        if (circuits->len == 0)
                return;
        g_autofree char *count = g_strdup_printf("%u%s", circuits->len, of);
        show_field(paint, "circuits", STYLE_PLAIN, count);
        struct columns *columns = columns_new((struct column[]){{.head = NULL}, {.head = NULL}}, 2);
        for (guint i = 0; i < MIN(circuits->len, SHOWN_CIRCUITS); i++) {
                const struct circuit *circuit = circuits->pdata[i];
                const char *impact = impact_word(circuit->impact);
                columns_add(columns, (struct cell[]){{.text = circuit->circuit_id},
                                                     {.text = impact != NULL ? impact : "impact not said",
                                                      .style = impact != NULL ? impact_style[circuit->impact] : STYLE_DIM}});
        }
        columns_print(columns, paint, 2 * INDENT);
        columns_free(columns);
        show_more(paint, circuits->len, SHOWN_CIRCUITS, "circuits");
}

/* The times, what the mail wrote for them, and circuits that are the window's alone. */
static void show_window(const struct paint *paint, const struct window *window)
{
        g_autofree char *start = minute_text(window->start), *end = end_text(window->start, window->end);
        const char *status = status_word(window->status);
        g_autofree char *span = g_strdup_printf("%s to %s UTC%s%s", start, end, status != NULL ? ", " : "", status != NULL ? status : "");
        bool is_whole = window->start != READING_NO_TIME && window->end != READING_NO_TIME;
        show_field(paint, window->role == ROLE_BACKUP ? "backup" : "window", is_whole ? STYLE_BOLD : STYLE_YELLOW, span);
        show_field(paint, "", STYLE_DIM, window->written);
        show_circuits(paint, window->circuits, " of this window alone");
}

static void show_windows(const struct paint *paint, const GPtrArray *windows)
{
        if (windows->len == 0)
                show_field(paint, "window", STYLE_DIM, "none");
        for (guint i = 0; i < MIN(windows->len, SHOWN_WINDOWS); i++)
                show_window(paint, windows->pdata[i]);
        show_more(paint, windows->len, SHOWN_WINDOWS, "windows");
}

static void show_notice(const struct paint *paint, const struct notice *notice)
{
        const char *status = status_word(notice->status);
        show_gap(paint);
        paint_print(paint, STYLE_BOLD, "  %s", notice->maintenance_id != NULL ? notice->maintenance_id : "no reference");
        paint_print(paint, STYLE_PLAIN, "  %s\n", status != NULL ? status : "status not said");
        show_field(paint, "title", STYLE_PLAIN, notice->summary);
        show_field(paint, "revision", STYLE_PLAIN, notice->revision);
        show_field(paint, "account", STYLE_PLAIN, notice->account);
        show_field(paint, "location", STYLE_PLAIN, notice->location);
        show_windows(paint, notice->windows);
        show_circuits(paint, notice->circuits, "");
}

static void show_phrases(const struct paint *paint, const char *heading, const GPtrArray *phrases)
{
        if (phrases->len == 0)
                return;
        show_gap(paint);
        paint_print(paint, STYLE_BOLD, "  %s\n", heading);
        for (guint i = 0; i < phrases->len; i++)
                paint_print(paint, STYLE_PLAIN, "    - %s\n", (const char *)phrases->pdata[i]);
}

static void show_evidence(const struct paint *paint, const GPtrArray *evidence)
{
        if (evidence->len == 0)
                return;
        show_gap(paint);
        paint_print(paint, STYLE_BOLD, "  What matched\n");
        const struct column heads[] = {{.head = "FIELD"}, {.head = "VALUE", .widest = 40}, {.head = "WHERE"}, {.head = "RULE"}};
        struct columns *columns = columns_new(heads, G_N_ELEMENTS(heads));
        for (guint i = 0; i < MIN(evidence->len, SHOWN_EVIDENCE); i++) {
                const struct evidence *item = evidence->pdata[i];
                g_autofree char *where = item->line > 0 ? g_strdup_printf("%s:%d", item->where, item->line) : g_strdup(item->where);
                columns_add(columns, (struct cell[]){{.text = item->field},
                                                     {.text = item->value},
                                                     {.text = where},
                                                     {.text = item->rule, .style = STYLE_DIM}});
        }
        columns_print(columns, paint, 2 * INDENT);
        columns_free(columns);
        show_more(paint, evidence->len, SHOWN_EVIDENCE, "matches");
}

void show_reading(const struct paint *paint, const struct reading *reading, const char *source, const char *vendor)
{
        show_head(paint, reading, source, vendor);
        if (reading->root)
                show_root(paint, reading->root);
        else
                show_verdict(paint, reading);
        for (guint i = 0; i < MIN(reading->notices->len, SHOWN_NOTICES); i++)
                show_notice(paint, reading->notices->pdata[i]);
        show_more(paint, reading->notices->len, SHOWN_NOTICES, "notices");
        show_phrases(paint, "Why", reading->reasons);
        show_evidence(paint, reading->evidence);
        show_phrases(paint, "What the nearest other filters lacked", reading->tried);
}
