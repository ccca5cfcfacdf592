/* Fields of the desk's forms: what was typed before stands in them, else what was read; what was refused is marked.
 * In: a choice. Out: HTML. */
#ifndef MAILCLINIC_DESK_FIELD_H
#define MAILCLINIC_DESK_FIELD_H

#include "desk-form.h"

/* Labels of the day of an all-day entry, which the terminal has no option for. */
#define FIELD_DAY       "Day"
#define FIELD_OTHER_DAY "Another day"

/* What an <input> is. */
struct form_field {
        const char *name, *label;
        const char *hint;        /* what is meant; NULL */
        const char *read;        /* what was read; NULL: nothing */
        const char *list;        /* id of a <datalist>; NULL */
        const char *placeholder; /* NULL */
        const char *mode;        /* of input; NULL: text */
        bool is_required;
};
void field_write(struct markup *markup, const struct choice *choice, const struct form_field *field);

/* A refusal in the words of the page: without what the terminal advises, its option by the label of the field. *name: of the field that it
 * is about; NULL: none. Caller frees both. */
char *field_refused(const struct request *typed, const char *message, char **name);

/* What was read, for field_changed() of desk-correct.c. */
void field_write_was(struct markup *markup, const char *name, const char *read);

/* Open <label> with its text; the caller closes it. */
void field_begin(struct markup *markup, const char *label, const char *hint);

void field_write_option(struct markup *markup, const char *value, const char *text, bool is_chosen);

/* What was typed; NULL: nothing was. Borrowed. */
const char *field_typed(const struct choice *choice, const char *name);

#endif
