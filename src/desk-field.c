/* Fields of the desk's forms: what was typed before stands in them, else what was read; what was refused is marked.
 * In: a choice. Out: HTML. */
#include "desk-field.h"

#include "base/limits.h"

#include <string.h>

#define OF_WINDOW " of window "

const char *field_typed(const struct choice *choice, const char *name)
{
        return choice->typed ? request_form(choice->typed, name) : NULL;
}

void field_write_was(struct markup *markup, const char *name, const char *read)
{
        g_autofree char *was = g_strconcat("was-", name, NULL);
        frame_hidden(markup, was, read);
}

void field_begin(struct markup *markup, const char *label, const char *hint)
{
        frame_open(markup, "label", "field");
        markup_element(markup, "span", NULL, label);
        if (hint)
                markup_element(markup, "small", NULL, hint);
}

void field_write_option(struct markup *markup, const char *value, const char *text, bool is_chosen)
{
        markup_open(markup, "option");
        markup_attribute(markup, "value", value);
        if (is_chosen)
                markup_flag(markup, "selected");
        markup_text(markup, text);
        markup_close(markup);
}

/* What an option of `review correct`, or a day, is here. Those of windows have a number behind. */
static const struct {
        const char *option, *label, *name;
} fields[] = {
        {"--start", "Start", "start-"},
        {"--end", "End", "end-"},
        {"--vendor", "Vendor", "vendor"},
        {"--id", "Vendor's id", "id"},
        {"--same-as", "Same work as", "same-as"},
        {"--circuit", "Circuits", "circuits"},
        {FIELD_DAY, FIELD_DAY, "day"},
        {FIELD_OTHER_DAY, FIELD_OTHER_DAY, "other-day"},
};

static bool is_blank(const struct request *typed, const char *name, guint number)
{
        g_autofree char *whole = g_strdup_printf("%s%u", name, number);
        const char *text = request_form(typed, whole);
        return !text || !*text;
}

/* Pairs of fields that were left empty are no windows. */
static guint place_of(const struct request *typed, guint64 window)
{
        guint place = 0;
        for (guint i = 0; typed && i < LIMIT_WINDOWS && window; i++)
                if (!is_blank(typed, "start-", i) || !is_blank(typed, "end-", i) || !is_blank(typed, "open-", i)) {
                        place = i;
                        window--;
                }
        return place;
}

char *field_refused(const struct request *typed, const char *message, char **name)
{
        const char *advice = strstr(message, "; say what it means with");
        g_autofree char *told = advice ? g_strndup(message, (gsize)(advice - message)) : g_strdup(message);
        *name = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
                gsize length = strlen(fields[i].option);
                if (!g_str_has_prefix(told, fields[i].option) || told[length] != ' ')
                        continue;
                const char *window = g_str_has_prefix(told + length, OF_WINDOW) ? told + length + strlen(OF_WINDOW) : "1";
                *name = g_str_has_suffix(fields[i].name, "-")
                                ? g_strdup_printf("%s%u", fields[i].name, place_of(typed, g_ascii_strtoull(window, NULL, 10)))
                                : g_strdup(fields[i].name);
                return g_strconcat(fields[i].label, told + length, NULL);
        }
        return g_steal_pointer(&told);
}

void field_write(struct markup *markup, const struct choice *choice, const struct form_field *field)
{
        const char *typed = field_typed(choice, field->name);
        bool is_wrong = choice->wrong && g_strcmp0(choice->wrong_field, field->name) == 0;
        g_autofree char *id = g_strconcat("wrong-", field->name, NULL);
        field_begin(markup, field->label, field->hint);
        markup_open(markup, "input");
        markup_attribute(markup, "name", field->name);
        markup_attribute(markup, "value", typed ? typed : field->read ? field->read : "");
        markup_attribute(markup, "list", field->list);
        markup_attribute(markup, "placeholder", field->placeholder);
        markup_attribute(markup, "inputmode", field->mode);
        markup_attribute(markup, "autocomplete", "off");
        markup_attribute(markup, "required", field->is_required ? "required" : NULL);
        markup_attribute(markup, "aria-invalid", is_wrong ? "true" : NULL);
        markup_attribute(markup, "aria-describedby", is_wrong ? id : NULL);
        markup_attribute(markup, "autofocus", is_wrong ? "autofocus" : NULL);
        if (is_wrong) {
                frame_open(markup, "strong", "wrong");
                markup_attribute(markup, "id", id);
                markup_text(markup, choice->wrong);
                markup_close(markup);
        }
        markup_close(markup);
}
