/* Fields of the desk's forms: what was typed before stands in them, else what was read; what was refused is marked.
 * In: a choice. Out: HTML. */
#include "desk-field.h"

#include <string.h>

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

/* The refusal quotes what it refuses; an empty field is meant where its window has the other end. */
static bool is_refused(const struct choice *choice, const char *name)
{
        const char *typed = field_typed(choice, name);
        if (!choice->wrong || !typed)
                return false;
        bool is_start = g_str_has_prefix(name, "start-"), is_end = g_str_has_prefix(name, "end-");
        g_autofree char *quoted = g_strdup_printf("'%s'", typed);
        g_autofree char *partner = is_start ? g_strconcat("end-", strchr(name, '-') + 1, NULL)
                                   : is_end ? g_strconcat("start-", strchr(name, '-') + 1, NULL)
                                            : NULL;
        const char *other = partner ? field_typed(choice, partner) : NULL;
        return (*typed || (other && *other)) && strstr(choice->wrong, quoted);
}

void field_write(struct markup *markup, const struct choice *choice, const struct form_field *field)
{
        const char *typed = field_typed(choice, field->name);
        bool is_wrong = is_refused(choice, field->name);
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
        if (is_wrong) {
                frame_open(markup, "strong", "wrong");
                markup_attribute(markup, "id", id);
                markup_text(markup, choice->wrong);
                markup_close(markup);
        }
        markup_close(markup);
}
