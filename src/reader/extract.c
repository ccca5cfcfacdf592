/* One attempt to read a mail as one notice of one filter, from one body (FILTERS.md "How it reads").
 * In: a mail, a filter, one of its notices. Out: the notices that the mail gives, or what was missing. */
#include "reader/extract.h"

#include "reader/assemble.h"
#include "reader/invite.h"
#include "reader/label.h"
#include "reader/row.h"

static const unsigned must_by_default = DEMAND_REF | DEMAND_STATUS | DEMAND_WINDOWS;

/* The notice's own value of a key where it has one, else the file's. */
#define OWN_OR(key, given) (own->key given ? own->key : file->key)

static void scope_merge(struct scope *scope, const struct scope *file, const struct scope *own)
{
        bool has_nature = false;
        *scope = *file;
        scope->zone = OWN_OR(zone, != NULL);
        scope->body_n = own->body_n ? own->body_n : file->body_n;
        scope->body = OWN_OR(body, != NULL);
        scope->after = OWN_OR(after, .n);
        scope->before = OWN_OR(before, .n);
        scope->dates = OWN_OR(dates, .n);
        scope->skip = OWN_OR(skip, .n);
        scope->doubt = OWN_OR(doubt, .n);
        scope->windows = OWN_OR(windows, .n);
        scope->circuits = OWN_OR(circuits, .n);
        scope->must = OWN_OR(must, != 0);
        scope->expect = OWN_OR(expect, != 0);
        for (int i = 0; i < NATURE_COUNT; i++)
                has_nature = has_nature || own->nature[i].n;
        for (int i = 0; has_nature && i < NATURE_COUNT; i++)
                scope->nature[i] = own->nature[i];
}

void rule_init(struct rule *rule, const struct vendor_filter *vendor, const struct notice_filter *notice)
{
        const struct scope *file = &vendor->scope, *own = &notice->scope;
        *rule = (struct rule){.vendor = vendor, .notice = notice, .find = {own->find, file->find}, .labels = {own->labels, file->labels}};
        scope_merge(&rule->scope, file, own);
        if (file->assume)
                rule->assume = *file->assume;
        if (own->assume && own->assume->status)
                rule->assume.status = own->assume->status;
        if (own->assume && own->assume->impact)
                rule->assume.impact = own->assume->impact;
        if (!rule->scope.must)
                rule->scope.must = must_by_default;
}

void attempt_init(struct attempt *attempt, const struct rule *rule, const struct mail *mail, struct search *search,
                  const struct filters *filters)
{
        *attempt = (struct attempt){.rule = rule, .mail = mail, .search = search, .generic = filters->generic, .words = filters->words};
        attempt->clock = (struct clock){.vendor = rule->vendor,
                                        .zones = filters->zones,
                                        .forms = &rule->scope.dates,
                                        .zone = rule->scope.zone,
                                        .written = mail_written(mail)};
        attempt->subject = block_of("subject", mail->subject);
        attempt->windows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
        attempt->circuits = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
        attempt->notices = g_ptr_array_new_with_free_func((GDestroyNotify)notice_free);
        attempt->doubts = g_ptr_array_new_with_free_func(g_free);
        attempt->notes = g_ptr_array_new_with_free_func(g_free);
}

void attempt_release(struct attempt *attempt)
{
        for (int i = 0; i < SOURCE_COUNT; i++)
                captures_clear(&attempt->from[i]);
        captures_clear(&attempt->fields);
        g_ptr_array_unref(attempt->windows);
        g_ptr_array_unref(attempt->circuits);
        g_ptr_array_unref(attempt->notices);
        g_ptr_array_unref(attempt->doubts);
        g_ptr_array_unref(attempt->notes);
}

/* One of the notice's subject patterns must match; what it names is a field. A bare body, which has no subject at all, may be any notice.
 */
static bool read_subject(struct attempt *attempt)
{
        const struct words *patterns = &attempt->rule->notice->subject;
        struct re_match match;
        const char *pattern = block_search_any(attempt->search, &attempt->subject, patterns, &match);
        if (pattern)
                captures_put_match(&attempt->from[SOURCE_SUBJECT], &attempt->subject, &match, SOURCE_SUBJECT, pattern,
                                   &attempt->rule->vendor->empty);
        if (!pattern && patterns->n && !mail_header(attempt->mail, "Subject")) {
                g_ptr_array_add(attempt->doubts, g_strdup("the mail has no subject"));
                return true;
        }
        return pattern || !patterns->n;
}

static bool says(struct attempt *attempt)
{
        const struct words *patterns = &attempt->rule->notice->says;
        return !patterns->n || block_search_any(attempt->search, &attempt->subject, patterns, NULL) ||
               block_search_any(attempt->search, &attempt->whole, patterns, NULL);
}

/* Each field comes from the first pattern that gives it. */
static void read_find(struct attempt *attempt)
{
        struct captures *captures = &attempt->from[SOURCE_FIND];
        for (gsize list = 0; list < G_N_ELEMENTS(attempt->rule->find); list++) {
                const struct words *patterns = &attempt->rule->find[list];
                for (unsigned i = 0; i < patterns->n; i++) {
                        struct re_match match;
                        if (block_search(attempt->search, &attempt->block, patterns->word[i], attempt->block.start, &match))
                                captures_put_match(captures, &attempt->block, &match, SOURCE_FIND, patterns->word[i],
                                                   &attempt->rule->vendor->empty);
                }
        }
}

static void read_labels(struct attempt *attempt)
{
        for (gsize i = 0; i < G_N_ELEMENTS(attempt->rule->labels); i++) {
                const struct labels *labels = attempt->rule->labels[i];
                if (labels)
                        label_read(label_set_get(attempt->search->labels, labels), i ? attempt->rule->labels[0] : NULL, &attempt->block,
                                   &attempt->rule->vendor->empty, &attempt->from[SOURCE_LABEL]);
        }
}

bool attempt_part(struct attempt *attempt, const char *pattern, struct block *block)
{
        const GPtrArray *parts = attempt->mail->parts;
        for (guint i = 0; i < parts->len; i++) {
                const struct part *part = parts->pdata[i];
                g_autofree char *title = g_strdup_printf("%s %s", part->type, part->name);
                struct block subject = block_of("part", title);
                struct re_match match;
                if (!block_search(attempt->search, &subject, pattern, 0, &match))
                        continue;
                if (part->lines) {
                        *block = block_of(*part->name ? part->name : part->type, part->lines);
                        return true;
                }
                g_ptr_array_add(attempt->doubts, g_strdup_printf("the attachment '%s' could not be read", part->name));
        }
        return false;
}

static void read_rows(struct attempt *attempt, const struct row_readers *readers, GPtrArray *rows)
{
        for (unsigned i = 0; i < readers->n; i++) {
                const struct row_reader *reader = &readers->reader[i];
                struct block block = attempt->block;
                if (reader->part && !attempt_part(attempt, reader->part, &block))
                        continue;
                guint before = rows->len;
                row_read(attempt->search, reader, &block, &attempt->rule->vendor->empty, rows, attempt->doubts);
                for (guint r = before; reader->part && r < rows->len; r++)
                        ((struct row *)rows->pdata[r])->in_part = true;
        }
}

static bool patterns_name_start(struct search *search, const struct words *patterns)
{
        for (unsigned i = 0; i < patterns->n; i++) {
                struct re *re = re_set_get_kept(search->patterns, patterns->word[i], NULL);
                for (const char *const *name = re ? re_names(re) : NULL; name && *name; name++)
                        if (capture_is_start((enum field)field_from_word(*name)))
                                return true;
        }
        return false;
}

static bool labels_name_start(const struct labels *labels)
{
        for (int f = 0; labels && f < FIELD_COUNT; f++)
                if (labels->field[f].n && capture_is_start((enum field)f))
                        return true;
        return false;
}

static bool readers_name_start(struct search *search, const struct row_readers *readers)
{
        for (unsigned i = 0; i < readers->n; i++) {
                const struct row_reader *reader = &readers->reader[i];
                if (labels_name_start(reader->table) || labels_name_start(reader->labels) || patterns_name_start(search, &reader->each) ||
                    patterns_name_start(search, &reader->head))
                        return true;
        }
        return false;
}

static bool rows_have_start(const GPtrArray *rows)
{
        for (guint i = 0; i < rows->len; i++)
                if (row_has_start(rows->pdata[i]))
                        return true;
        return false;
}

/* Whether a window that must be there was begun, or can be by what is still to be read: patterns, circuits and a calendar's own fields. */
static bool may_have_window(struct attempt *attempt)
{
        const struct rule *rule = attempt->rule;
        if (!(rule->scope.must & (DEMAND_WINDOWS | DEMAND_START)) || attempt->is_calendar)
                return true;
        return captures_have_start(&attempt->from[SOURCE_LABEL]) || captures_have_start(&attempt->from[SOURCE_SUBJECT]) ||
               rows_have_start(attempt->windows) || patterns_name_start(attempt->search, &rule->find[0]) ||
               patterns_name_start(attempt->search, &rule->find[1]) || readers_name_start(attempt->search, &rule->scope.circuits);
}

static bool has_window(const struct notice *notice, bool with_end)
{
        for (guint i = 0; i < notice->windows->len; i++) {
                const struct window *window = notice->windows->pdata[i];
                if (window->start != READING_NO_TIME && (!with_end || window->end != READING_NO_TIME))
                        return true;
        }
        return false;
}

static bool has_circuit(const struct notice *notice)
{
        for (guint i = 0; i < notice->windows->len; i++)
                if (((struct window *)notice->windows->pdata[i])->circuits->len)
                        return true;
        return notice->circuits->len > 0;
}

static const char *missing_of_notice(const struct attempt *attempt, const struct notice *notice)
{
        unsigned must = attempt->rule->scope.must;
        if ((must & DEMAND_REF) && !notice->maintenance_id)
                return "a reference";
        if ((must & DEMAND_STATUS) && !notice->status && !captures_value(&attempt->fields, FIELD_STATUS))
                return "a status";
        if ((must & DEMAND_START) && !has_window(notice, false))
                return "a start";
        if ((must & DEMAND_WINDOWS) && !has_window(notice, true))
                return "a window with start and end";
        if ((must & DEMAND_CIRCUITS) && !has_circuit(notice))
                return "circuits";
        if ((must & DEMAND_ACCOUNT) && !notice->account)
                return "an account";
        return NULL;
}

const char *attempt_missing(const struct attempt *attempt)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const char *missing = missing_of_notice(attempt, attempt->notices->pdata[i]);
                if (missing)
                        return missing;
        }
        return attempt->notices->len ? NULL : "anything";
}

/* All but labels and windows; then put it together. What is missing, NULL: nothing. */
static const char *read_rest(struct attempt *attempt)
{
        read_find(attempt);
        for (int i = SOURCE_LABEL; i < SOURCE_CALENDAR; i++)
                captures_fill(&attempt->fields, &attempt->from[i]);
        read_rows(attempt, &attempt->rule->scope.circuits, attempt->circuits);
        if (attempt->is_calendar)
                invite_read(attempt);
        else
                invite_account(attempt);
        assemble(attempt);
        return attempt_missing(attempt);
}

bool attempt_read(struct attempt *attempt, const struct block *body, bool is_calendar, char **missing)
{
        const struct scope *scope = &attempt->rule->scope;
        const char *what = NULL;
        attempt->whole = *body;
        attempt->is_calendar = is_calendar;
        if (!read_subject(attempt))
                what = "its subject";
        else if (!says(attempt))
                what = "what it says";
        else if (!block_cut(attempt->search, body, &scope->after, &scope->before, &attempt->block))
                what = "the line its text comes after";
        if (!what) {
                read_labels(attempt);
                read_rows(attempt, &scope->windows, attempt->windows);
                what = may_have_window(attempt) ? read_rest(attempt) : "a time that could begin a window";
        }
        *missing = g_strdup(what);
        return !what;
}
