/* What was read from a mail, for the page: who sent it, what it tells, when, which circuits, how sure, and why.
 * In: a reading. Out: HTML. */
#include "desk-reading.h"

#include "out/show.h"

#include <string.h>

enum { SHOWN_CIRCUITS = 8, MOST_CIRCUITS = 500, MOST_NOTICES = 50, MOST_MATCHES = 200, KEY_NOTICES = 3, KEY_WINDOWS = 2 };

#define NOISE "filter noise/"
#define TOLD  "it says: "

static void write_row(struct markup *markup, const char *label, const char *class, const char *text)
{
        if (!text || !*text)
                return;
        markup_open(markup, "div");
        markup_element(markup, "dt", NULL, label);
        markup_element(markup, "dd", class, text);
        markup_close(markup);
}

static void write_circuit(struct markup *markup, const struct circuit *circuit)
{
        const char *impact = impact_word(circuit->impact);
        markup_open(markup, "li");
        markup_element(markup, "code", NULL, circuit->circuit_id);
        if (impact)
                markup_element(markup, "span", circuit->impact == IMPACT_OUTAGE ? "chip bad" : "chip", impact);
        markup_close(markup);
}

static void write_circuits(struct markup *markup, const GPtrArray *circuits)
{
        if (!circuits->len)
                return;
        bool is_long = circuits->len > SHOWN_CIRCUITS;
        if (is_long) {
                markup_open(markup, "details");
                markup_open(markup, "summary");
                markup_print(markup, "%u circuits", circuits->len);
                markup_close(markup);
        }
        frame_open(markup, "ul", "circuits");
        for (guint i = 0; i < MIN(circuits->len, MOST_CIRCUITS); i++)
                write_circuit(markup, circuits->pdata[i]);
        markup_close(markup);
        if (circuits->len > MOST_CIRCUITS)
                markup_element(markup, "p", "note", "The rest stands in the mail.");
        if (is_long)
                markup_close(markup);
}

static void write_window(struct markup *markup, const struct window *window)
{
        const char *status = status_word(window->status);
        frame_open(markup, "div", "window");
        markup_open(markup, "strong");
        frame_span(markup, window->start, window->end, false);
        markup_close(markup);
        if (window->role == ROLE_BACKUP)
                markup_element(markup, "span", "chip", "backup");
        if (status)
                markup_element(markup, "span", "chip", status);
        if (window->written)
                markup_element(markup, "span", "written", window->written);
        write_circuits(markup, window->circuits);
        markup_close(markup);
}

static void write_notice(struct markup *markup, const struct notice *notice)
{
        const char *status = status_word(notice->status);
        frame_open(markup, "div", "notice");
        markup_open(markup, "h3");
        markup_text(markup, notice->maintenance_id ? notice->maintenance_id : "no reference");
        if (status)
                markup_element(markup, "span", "chip", status);
        markup_close(markup);
        for (guint i = 0; i < notice->windows->len; i++)
                write_window(markup, notice->windows->pdata[i]);
        if (!notice->windows->len)
                markup_element(markup, "p", "note", "no times");
        write_circuits(markup, notice->circuits);
        markup_open(markup, "dl");
        write_row(markup, "What", NULL, notice->summary);
        write_row(markup, "Account", NULL, notice->account);
        write_row(markup, "Site", NULL, notice->location);
        write_row(markup, "Revision", NULL, notice->revision);
        markup_close(markup);
        markup_close(markup);
}

static void write_kind(struct markup *markup, const struct reading *reading)
{
        const char *word = reading_kind(reading);
        g_autofree char *kind = g_strdup_printf("%s: %s", word ? word : "none", reading->other ? reading->other : show_kind(reading->kind));
        write_row(markup, "It tells", NULL, reading->root ? word : kind);
        write_row(markup, "Emergency", "bad", reading->emergency ? "yes" : NULL);
        write_row(markup, "Test", NULL, reading->is_test ? "the vendor's own dry run" : NULL);
        if (reading->stream == STREAM_ROOT)
                return;
        static const char *const sure[] = {[CONFIDENCE_LOW] = "bad", [CONFIDENCE_MEDIUM] = "doubt", [CONFIDENCE_HIGH] = "good"};
        static const char *const sent[] = {[SENDER_UNCHECKED] = "doubt", [SENDER_PASSED] = "good", [SENDER_FAILED] = "bad"};
        write_row(markup, "How sure", sure[reading->confidence], confidence_word(reading->confidence));
        write_row(markup, "Sender", sent[reading->sender], show_sender(reading->sender));
}

void reading_write(struct markup *markup, const struct reading *reading)
{
        frame_open(markup, "dl", "facts");
        write_kind(markup, reading);
        if (reading->root)
                for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                        write_row(markup, root_field_word((enum root_field)i), NULL, reading->root->field[i]);
        markup_close(markup);
        for (guint i = 0; i < MIN(reading->notices->len, MOST_NOTICES); i++)
                write_notice(markup, reading->notices->pdata[i]);
        if (reading->notices->len > MOST_NOTICES)
                markup_print(markup, "and %u more notices", reading->notices->len - MOST_NOTICES);
}

void reading_write_key(struct markup *markup, const struct reading *reading)
{
        if (reading->stream == STREAM_ROOT || !reading->notices->len)
                return;
        frame_open(markup, "ul", "key");
        for (guint i = 0; i < MIN(reading->notices->len, KEY_NOTICES); i++) {
                const struct notice *notice = reading->notices->pdata[i];
                markup_open(markup, "li");
                markup_print(markup, "%s: %s", notice->maintenance_id ? notice->maintenance_id : "no reference", show_kind(reading->kind));
                for (guint k = 0; k < MIN(notice->windows->len, KEY_WINDOWS); k++) {
                        const struct window *window = notice->windows->pdata[k];
                        markup_text(markup, ", ");
                        frame_span(markup, window->start, window->end, window->is_all_day);
                }
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_phrases(struct markup *markup, const char *heading, const GPtrArray *phrases)
{
        if (!phrases->len)
                return;
        markup_element(markup, "h3", NULL, heading);
        frame_open(markup, "ul", "why");
        for (guint i = 0; i < phrases->len; i++)
                markup_element(markup, "li", NULL, phrases->pdata[i]);
        markup_close(markup);
}

static char *line_id(const struct evidence *evidence)
{
        return g_strdup_printf("%s-%d", evidence->where, evidence->line);
}

/* The ids of the lines on the page. Caller frees. */
static GHashTable *ids_of(const GPtrArray *lines)
{
        GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (guint i = 0; lines && i < lines->len; i++)
                g_hash_table_add(ids, line_id(lines->pdata[i]));
        return ids;
}

static void write_rule(struct markup *markup, const char *rule)
{
        frame_open(markup, "td", "rule");
        if (rule) {
                markup_open(markup, "details");
                markup_element(markup, "summary", NULL, "rule");
                markup_element(markup, "code", NULL, rule);
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_match(struct markup *markup, const struct evidence *match, GHashTable *ids)
{
        g_autofree char *id = line_id(match);
        markup_open(markup, "tr");
        markup_open(markup, "th");
        markup_attribute(markup, "scope", "row");
        markup_text(markup, match->field);
        markup_close(markup);
        markup_element(markup, "td", NULL, match->value);
        markup_open(markup, "td");
        if (g_hash_table_contains(ids, id)) {
                frame_link(markup, "cited", "#%s", id);
                markup_print(markup, "%s:%d", match->where, match->line);
                markup_close(markup);
        } else if (match->line > 0) {
                markup_print(markup, "%s:%d", match->where, match->line);
        } else {
                markup_text(markup, match->where);
        }
        markup_close(markup);
        write_rule(markup, match->rule);
        markup_close(markup);
}

static void write_matches(struct markup *markup, const GPtrArray *evidence, const GPtrArray *lines)
{
        static const char *const heads[] = {"Field", "Value", "Where", "Rule"};
        if (!evidence->len)
                return;
        g_autoptr(GHashTable) ids = ids_of(lines);
        markup_element(markup, "h3", NULL, "What matched");
        frame_open(markup, "div", "scroll");
        markup_attribute(markup, "tabindex", "0");
        markup_attribute(markup, "role", "region");
        markup_attribute(markup, "aria-label", "What matched");
        markup_open(markup, "table");
        markup_heads(markup, heads, G_N_ELEMENTS(heads));
        markup_open(markup, "tbody");
        for (guint i = 0; i < MIN(evidence->len, MOST_MATCHES); i++)
                write_match(markup, evidence->pdata[i], ids);
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
}

void reading_write_why(struct markup *markup, const struct reading *reading, const GPtrArray *evidence, const GPtrArray *lines)
{
        markup_open(markup, "details");
        markup_element(markup, "summary", NULL, "Why it was read so");
        write_phrases(markup, "Reasons", reading->reasons);
        write_matches(markup, evidence, lines);
        write_phrases(markup, "What the nearest other filters lacked", reading->tried);
        markup_close(markup);
}

char *reading_request(const struct reading *reading)
{
        for (guint i = 0; i < reading->reasons->len; i++) {
                const char *reason = reading->reasons->pdata[i], *colon = strrchr(reason, ':');
                if (g_str_has_prefix(reason, NOISE) && colon)
                        return g_strstrip(g_strdup(colon + 1));
        }
        return NULL;
}

GPtrArray *reading_told(const struct reading *reading)
{
        GPtrArray *told = g_ptr_array_new();
        for (guint i = 0; i < reading->reasons->len; i++) {
                char *reason = reading->reasons->pdata[i];
                if (g_str_has_prefix(reason, TOLD))
                        g_ptr_array_add(told, reason + strlen(TOLD));
        }
        return told;
}
