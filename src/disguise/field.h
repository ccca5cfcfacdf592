/* One field of a header as it stands in the mail: its name, its parameters, and what in it belongs to the mail's structure.
 * In: raw bytes. Out: texts, marks. */
#ifndef MAILCLINIC_FIELD_H
#define MAILCLINIC_FIELD_H

#include "disguise/view.h"

struct field {
        char *name;       /* in small letters; owned */
        gsize start, end; /* of the value, in the mail */
        const char *mail; /* borrowed */
};

/* The field that begins at `start` and ends (with all lines it is continued on) before `end`. false: it is none. To be cleared. */
bool field_init(struct field *field, const char *mail, gsize start, gsize end);
void field_clear(struct field *field);

/* What the value begins with, up to a blank or ';', in small letters. Caller frees. */
char *field_first(const struct field *field);

/* The value of a parameter, without quotes, is_small: in small letters; NULL. Caller frees. */
char *field_parameter(const struct field *field, const char *name, bool is_small);

/* Whether it seals the mail: it proves what the mail said, and is worth nothing once that is changed. */
bool field_is_seal(const struct field *field);

/* Mark what must not change in the view of the value: of MIME all but names of files, the date of Received, and encoded words. */
void field_mark(const struct field *field, struct view *view);

/* Call `each` for each encoded word of the value: the stretch of its text, and its coding. */
typedef void field_each(gsize start, gsize end, enum coding coding, const char *charset, void *data);
void field_words(const struct field *field, field_each *each, void *data);

#endif
