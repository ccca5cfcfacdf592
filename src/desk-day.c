/* The day of an all-day entry: what a contract says of days, the deadlines first, and which of them a person takes.
 * In: texts that a filter found in the mail. Out: fields. */
#include "desk-day.h"

#include "base/day.h"
#include "base/fail.h"
#include "desk-correct.h"
#include "desk-field.h"

#include <string.h>

#define OTHER "other"

/* A day, and the text that names it, borrowed. */
struct named {
        char text[sizeof "YYYY-MM-DD"];
        const char *phrase;
        bool is_deadline;
};

/* It is no more than a proposal: a person sees it beside the phrase. */
static bool find_day(const char *phrase, GDate *day)
{
        const char *digit = strpbrk(phrase, "0123456789");
        g_date_clear(day, 1);
        if (digit)
                g_date_set_parse(day, digit);
        if (digit && !g_date_valid(day))
                g_date_set_parse(day, phrase);
        return digit && g_date_valid(day);
}

/* "expires on" names the end of a contract, "until" the day up to which somebody can say no. */
static bool is_deadline(const char *phrase)
{
        static const char *const words[] = {"until", "by", "before", "notice", "due", "no later", "deadline"};
        g_autofree char *small = g_ascii_strdown(phrase, -1);
        for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
                const char *at = strstr(small, words[i]), *end = at ? at + strlen(words[i]) : NULL;
                if (at && (at == small || !g_ascii_isalpha(at[-1])) && !g_ascii_isalpha(*end))
                        return true;
        }
        return false;
}

static int deadlines_first(gconstpointer a, gconstpointer b)
{
        const struct named *one = a, *other = b;
        if (one->is_deadline != other->is_deadline)
                return one->is_deadline ? -1 : 1;
        return strcmp(one->text, other->text);
}

static bool is_in(const GArray *days, const char *text)
{
        for (guint i = 0; i < days->len; i++)
                if (strcmp(g_array_index(days, struct named, i).text, text) == 0)
                        return true;
        return false;
}

/* Every day once (struct named). Caller frees. */
static GArray *days_of(const GPtrArray *told)
{
        GArray *days = g_array_new(FALSE, TRUE, sizeof(struct named));
        for (guint i = 0; i < told->len; i++) {
                struct named named = {.phrase = told->pdata[i], .is_deadline = is_deadline(told->pdata[i])};
                GDate day;
                if (!find_day(named.phrase, &day))
                        continue;
                g_date_strftime(named.text, sizeof named.text, "%F", &day);
                if (!is_in(days, named.text))
                        g_array_append_val(days, named);
        }
        g_array_sort(days, deadlines_first);
        return days;
}

static void open_radio(struct markup *markup, const struct choice *choice, const char *value)
{
        frame_open(markup, "label", "pick");
        markup_open(markup, "input");
        markup_attribute(markup, "type", "radio");
        markup_attribute(markup, "name", "day");
        markup_attribute(markup, "value", value);
        markup_flag(markup, "required");
        if (g_strcmp0(field_typed(choice, "day"), value) == 0)
                markup_flag(markup, "checked");
        markup_open(markup, "span");
}

static void write_choices(struct markup *markup, const struct choice *choice, const GArray *days)
{
        markup_open(markup, "fieldset");
        frame_open(markup, "legend", NULL);
        markup_text(markup, "By which day must somebody have decided?");
        markup_close(markup);
        for (guint i = 0; i < days->len; i++) {
                const struct named *named = &g_array_index(days, struct named, i);
                open_radio(markup, choice, named->text);
                markup_element(markup, "b", NULL, named->text);
                markup_print(markup, " “%s”%s", named->phrase, named->is_deadline ? ": reads like a deadline" : "");
                markup_close(markup);
                markup_close(markup);
        }
        open_radio(markup, choice, OTHER);
        markup_text(markup, "another day:");
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
        field_write(markup, choice, &(struct form_field){.name = "other-day", .label = FIELD_OTHER_DAY, .placeholder = "YYYY-MM-DD"});
}

/* The one day that is named and reads like a deadline, beside the words that name it. */
static void write_day(struct markup *markup, const struct choice *choice, const GArray *days)
{
        const struct named *named = days->len ? &g_array_index(days, struct named, 0) : NULL;
        g_autofree char *hint = named ? g_strdup_printf("the mail says “%s”", named->phrase) : NULL;
        const struct form_field day = {.name = "day",
                                       .label = FIELD_DAY,
                                       .hint = hint,
                                       .read = named ? named->text : NULL,
                                       .placeholder = "YYYY-MM-DD",
                                       .is_required = true};
        field_write(markup, choice, &day);
}

void day_write(struct markup *markup, const struct choice *choice, const GPtrArray *told)
{
        const struct reading *reading = choice->chart->reading;
        g_autofree char *sender = correct_vendor_of(reading->from);
        g_autoptr(GArray) days = days_of(told);
        frame_hidden(markup, "kind", kind_word(KIND_NEW));
        frame_hidden(markup, "status", status_word(STATUS_CONFIRMED));
        frame_open(markup, "div", "fields");
        if (days->len > 1 || (days->len && !g_array_index(days, struct named, 0).is_deadline))
                write_choices(markup, choice, days);
        else
                write_day(markup, choice, days);
        field_write(markup, choice,
                    &(struct form_field){.name = "vendor",
                                         .label = "Whose",
                                         .read = reading->vendor ? reading->vendor : sender,
                                         .list = "vendors",
                                         .is_required = true});
        markup_close(markup);
}

bool day_take(const struct request *request, char **day, GError **error)
{
        const char *told = request_form(request, "day"), *other = request_form(request, "other-day");
        bool is_other = g_strcmp0(told, OTHER) == 0 || (other && *other);
        *day = g_strstrip(g_strdup(is_other ? other ? other : "" : told ? told : ""));
        if (!told || day_read(*day, NULL))
                return true;
        g_autofree char *quoted = **day ? g_strdup_printf("'%s' is no day", *day) : g_strdup("is missing");
        g_set_error(error, FAIL, FAIL_USAGE, "%s %s: 2026-12-01 is how it is written", is_other ? FIELD_OTHER_DAY : FIELD_DAY, quoted);
        return false;
}
