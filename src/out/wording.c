/* The words of an event for people: its title and its description (CALENDAR.md 1).
 * In: a maintenance and one of its events. Out: plain text. */
#include "out/wording.h"

#include "base/visible.h"
#include "data/reading.h"

#include <string.h>

enum {
        MOST_TITLE = 120,
        MOST_NAME = 40, /* of a vendor, a reference, a circuit within the title */
        MOST_LINE = 200,
        MOST_SUMMARY = 500,
        MOST_CIRCUITS = 20,
        MOST_POSTS = 10,
};

static char *replace(const char *text, const char *what, const char *with)
{
        g_auto(GStrv) parts = g_strsplit(text, what, -1);
        return g_strjoinv(with, parts);
}

/* At most so many characters, cut at a word unless that would leave less than half. */
static char *cut(const char *text, int most)
{
        if (g_utf8_strlen(text, -1) <= most)
                return g_strdup(text);
        if (most < 1)
                return g_strdup("");
        g_autofree char *head = g_utf8_substring(text, 0, most - 1);
        char *blank = strrchr(head, ' ');
        if (blank && blank - head > (gssize)strlen(head) / 2)
                *blank = '\0';
        return g_strconcat(head, "…", NULL);
}

char *wording_plain(const char *text, int most)
{
        g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
        g_auto(GStrv) words = g_strsplit_set(valid, " \t\r\n\v\f", -1);
        g_autoptr(GString) line = g_string_new(NULL);
        for (char **word = words; *word; word++)
                if (**word)
                        g_string_append_printf(line, "%s%s", line->len ? " " : "", *word);
        g_autofree char *visible = visible_text(line->str);
        g_autofree char *opened = replace(visible, "<", "‹");
        g_autofree char *closed = replace(opened, ">", "›");
        return cut(closed, most);
}

bool wording_is_doubted(const struct event *event)
{
        return !event->is_checked || event->state == STATE_REVIEW;
}

const GPtrArray *wording_circuits(const struct maintenance *maintenance, const struct event *event)
{
        return event->circuits->len ? event->circuits : maintenance->circuits;
}

enum impact wording_impact(const struct maintenance *maintenance, const struct event *event)
{
        enum impact worst = IMPACT_NONE;
        for (guint i = 0; i < event->circuits->len; i++) {
                enum impact impact = ((const struct circuit *)event->circuits->pdata[i])->impact;
                if (impact != IMPACT_NONE && (worst == IMPACT_NONE || impact < worst))
                        worst = impact;
        }
        return worst != IMPACT_NONE ? worst : maintenance->impact;
}

const char *wording_status(const struct event *event)
{
        static const enum status statuses[STATE_COUNT] = {
                [STATE_NONE] = STATUS_TENTATIVE,      [STATE_TENTATIVE] = STATUS_TENTATIVE,   [STATE_CONFIRMED] = STATUS_CONFIRMED,
                [STATE_COMPLETED] = STATUS_COMPLETED, [STATE_IN_PROCESS] = STATUS_IN_PROCESS, [STATE_CANCELLED] = STATUS_CANCELLED,
                [STATE_REVIEW] = STATUS_TENTATIVE,
        };
        return status_word(event->is_postponed && event->state == STATE_CONFIRMED ? STATUS_TENTATIVE : statuses[event->state]);
}

/* Everything that matches is taken out of *text. */
static void strip(char **text, const char *pattern)
{
        g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
        char *left = regex ? g_regex_replace_literal(regex, *text, -1, 0, "", 0, NULL) : NULL;
        if (!left)
                return;
        g_free(*text);
        *text = left;
}

static void strip_name(char **text, const char *name)
{
        if (!name || !*name)
                return;
        g_autofree char *quoted = g_regex_escape_string(name, -1);
        g_autofree char *pattern = g_strdup_printf("[\\[(#]*(?<!\\w)%s(?!\\w)[\\])]*", quoted);
        strip(text, pattern);
}

/* A subject less answers' and lists' marks, and what the title says anyway. */
static char *bare_subject(const struct maintenance *maintenance)
{
        g_autofree char *text = wording_plain(maintenance->subject, MOST_SUMMARY);
        strip(&text, "^(?:\\s*(?:(?:re|fwd?|aw|wg|sv)\\s*:|\\[[^\\]]*\\]))+");
        strip_name(&text, maintenance->maintenance_id);
        strip_name(&text, maintenance->vendor_name);
        strip_name(&text, maintenance->vendor);
        strip(&text, "^[\\s:,;|#–-]+|[\\s:,;|#–-]+$|\\s(?=\\s)");
        return wording_plain(text, MOST_SUMMARY);
}

/* What it is about, in the words that tell most. */
static char *title_matter(const struct maintenance *maintenance, const struct event *event)
{
        const GPtrArray *circuits = wording_circuits(maintenance, event);
        if (circuits->len) {
                g_autofree char *first = wording_plain(((const struct circuit *)circuits->pdata[0])->circuit_id, MOST_NAME);
                return circuits->len == 1 ? g_steal_pointer(&first) : g_strdup_printf("%s +%u", first, circuits->len - 1);
        }
        if (maintenance->location)
                return wording_plain(maintenance->location, MOST_TITLE);
        return maintenance->summary ? wording_plain(maintenance->summary, MOST_TITLE) : bare_subject(maintenance);
}

static char *title_start(const struct event *event)
{
        const char *state = event->state == STATE_CANCELLED                                 ? "CANCELLED: "
                            : event->is_postponed && event->state != STATE_COMPLETED        ? "POSTPONED: "
                            : event->state == STATE_TENTATIVE && !wording_is_doubted(event) ? "TENTATIVE: "
                                                                                            : "";
        return g_strconcat(wording_is_doubted(event) ? "CHECK: " : "", state, NULL);
}

static char *title_end(const struct maintenance *maintenance, const struct event *event)
{
        g_autofree char *reference = wording_plain(maintenance->maintenance_id, MOST_NAME);
        const char *impact = impact_word(wording_impact(maintenance, event));
        GString *end = g_string_new(NULL);
        if (impact)
                g_string_append_printf(end, ": %s", impact);
        if (*reference)
                g_string_append_printf(end, " (%s)", reference);
        if (event->role == ROLE_BACKUP)
                g_string_append(end, " (backup)");
        if (event->is_all_day && !event->is_day)
                g_string_append(end, " (time TBD)");
        if (event->start != MAINTENANCE_NO_TIME && event->end == MAINTENANCE_NO_TIME)
                g_string_append(end, " (end not known)");
        return g_string_free(end, FALSE);
}

char *wording_title(const struct maintenance *maintenance, const struct event *event)
{
        g_autofree char *start = title_start(event);
        g_autofree char *vendor = wording_plain(maintenance->vendor_name ? maintenance->vendor_name : maintenance->vendor, MOST_NAME);
        g_autofree char *end = title_end(maintenance, event);
        g_autofree char *matter = title_matter(maintenance, event);
        int taken = (int)(g_utf8_strlen(start, -1) + g_utf8_strlen(vendor, -1) + g_utf8_strlen(end, -1));
        g_autofree char *fitting = cut(matter, MOST_TITLE - taken - 1);
        return g_strconcat(start, vendor, *fitting ? " " : "", fitting, end, NULL);
}

static void say(GString *out, const char *label, const char *text, int most)
{
        g_autofree char *plain = wording_plain(text, most);
        if (*plain)
                g_string_append_printf(out, "%s: %s\n", label, plain);
}

static void say_circuits(GString *out, const GPtrArray *circuits)
{
        if (circuits->len)
                g_string_append(out, "Circuits:\n");
        for (guint i = 0; i < MIN(circuits->len, MOST_CIRCUITS); i++) {
                const struct circuit *circuit = circuits->pdata[i];
                g_autofree char *name = wording_plain(circuit->circuit_id, MOST_LINE);
                const char *impact = impact_word(circuit->impact);
                g_string_append_printf(out, "- %s%s%s\n", name, impact ? ": " : "", impact ? impact : "");
        }
        if (circuits->len > MOST_CIRCUITS)
                g_string_append_printf(out, "+%u more\n", circuits->len - MOST_CIRCUITS);
}

static char *instant(gint64 at, const char *format)
{
        g_autoptr(GDateTime) time = at == MAINTENANCE_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, format) : g_strdup("not told");
}

static void say_times(GString *out, const struct event *event)
{
        g_autofree char *start = instant(event->start, "%Y-%m-%d %H:%M"), *end = instant(event->end, "%Y-%m-%d %H:%M");
        g_autofree char *day = instant(event->start, "%Y-%m-%d "), *clock = instant(event->end, "%H:%M");
        bool is_same_day = event->start != MAINTENANCE_NO_TIME && g_str_has_prefix(end, day);
        if (event->start == MAINTENANCE_NO_TIME)
                g_string_append(out, "When: not told\n");
        else if (event->end == MAINTENANCE_NO_TIME)
                g_string_append_printf(out, "When: from %s UTC, the end is not told\n", start);
        else
                g_string_append_printf(out, "When: %s to %s UTC\n", start, is_same_day ? clock : end);
        say(out, "As written", event->written, MOST_LINE);
        if (event->is_postponed)
                g_string_append(out, "Postponed: no new date yet; the times are the old ones\n");
}

static bool concerns(const struct post *post, const struct event *event)
{
        return post->ordinal == 0 || post->ordinal == event->ordinal;
}

static bool is_uri(const char *link)
{
        bool is_web = link && (g_str_has_prefix(link, "https://") || g_str_has_prefix(link, "http://"));
        for (const char *p = link; is_web && *p; p++)
                is_web = g_ascii_isgraph(*p) && !strchr("<>\"\\^`{|}", *p);
        return is_web;
}

const char *wording_link(const struct maintenance *maintenance, const struct event *event)
{
        const char *link = NULL;
        for (guint i = 0; i < maintenance->posts->len; i++) {
                const struct post *post = maintenance->posts->pdata[i];
                if (concerns(post, event) && is_uri(post->link))
                        link = post->link;
        }
        return link;
}

static void say_links(GString *out, const struct maintenance *maintenance, const struct event *event)
{
        const struct post *first = maintenance->posts->len ? maintenance->posts->pdata[0] : NULL;
        const char *current = wording_link(maintenance, event);
        if (current)
                g_string_append_printf(out, "Current post: %s\n", current);
        if (first && is_uri(first->link))
                g_string_append_printf(out, "First notice: %s\n", first->link);
}

static void say_post(GString *out, const struct post *post)
{
        g_autofree char *day = post->date == MAINTENANCE_NO_TIME ? g_strdup("undated") : instant(post->date, "%Y-%m-%d %H:%M");
        g_autofree char *change = wording_plain(post->change, MOST_LINE);
        bool is_linked = is_uri(post->link);
        g_string_append_printf(out, "%s - %s%s%s\n", day, change, is_linked ? " - " : "", is_linked ? post->link : "");
}

static void say_history(GString *out, const struct maintenance *maintenance, const struct event *event)
{
        guint n = 0, left_out = 0;
        for (guint i = 0; i < maintenance->posts->len; i++)
                n += concerns(maintenance->posts->pdata[i], event);
        if (n)
                g_string_append(out, "History:\n");
        if (n > MOST_POSTS)
                g_string_append_printf(out, "+%u earlier\n", n - MOST_POSTS);
        for (guint i = 0; i < maintenance->posts->len; i++) {
                const struct post *post = maintenance->posts->pdata[i];
                if (concerns(post, event) && left_out++ + MOST_POSTS >= n)
                        say_post(out, post);
        }
}

char *wording_description(const struct maintenance *maintenance, const struct event *event)
{
        GString *out = g_string_new(NULL);
        if (wording_is_doubted(event))
                g_string_append(out, "To be checked: a person must look at its mail.\n");
        say(out, "Vendor", maintenance->vendor_name ? maintenance->vendor_name : maintenance->vendor, MOST_LINE);
        say(out, "Reference", maintenance->maintenance_id, MOST_LINE);
        say(out, "Account", maintenance->account, MOST_LINE);
        say(out, "Status", wording_status(event), MOST_LINE);
        say(out, "Impact", impact_word(wording_impact(maintenance, event)), MOST_LINE);
        if (maintenance->emergency)
                g_string_append(out, "Emergency: yes\n");
        say_circuits(out, wording_circuits(maintenance, event));
        say(out, "Site", maintenance->location, MOST_LINE);
        say_times(out, event);
        say(out, "What", maintenance->summary, MOST_SUMMARY);
        say_links(out, maintenance, event);
        say_history(out, maintenance, event);
        say(out, "Read by", maintenance->vendor ? maintenance->vendor : "hand", MOST_LINE);
        g_string_append(out, "Managed automatically; edits are overwritten.");
        return g_string_free(out, FALSE);
}
