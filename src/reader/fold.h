/* White space as filters see it: blanks folded to one, the ends trimmed, what has no width left out.
 * In: pieces of UTF-8 text. Out: one line or cell, appended to a string. */
#ifndef MAILCLINIC_FOLD_H
#define MAILCLINIC_FOLD_H

#include <stdbool.h>

#include <glib.h>

/* One line or cell that grows at the end of a string. */
struct fold {
        GString *out; /* borrowed */
        gsize start;  /* where the line or cell begins in it */
        bool keeps_tabs;
        bool owes_blank; /* white space stood after the last ink; it is written only before more ink */
        guint owed_tabs;
};

/* Begin a line or cell at the end of a string. */
void fold_start(struct fold *fold, GString *out, bool keeps_tabs);

/* Append text. Every white space counts as a blank, also line ends, NBSP and controls; zero-width and bidi characters and soft hyphens
 * count as nothing. A TAB is a blank too unless TABs are kept: then it swallows the blanks around it. */
void fold_add(struct fold *fold, const char *text, gsize length);

/* Whether nothing but white space was added so far. */
bool fold_is_empty(const struct fold *fold);

#endif
