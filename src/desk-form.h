/* The ways to decide on a mail: accept, say what it means instead, or the short way of requests to a person; all of them plain forms.
 * In: a mail of the ledger. Out: HTML. */
#ifndef MAILCLINIC_DESK_FORM_H
#define MAILCLINIC_DESK_FORM_H

#include "desk-mail.h"

/* What a decision may rest on. */
struct choice {
        const struct chart *chart;
        struct verdict *accepted;    /* what accepting would come to; NULL: it would not do */
        GError *refused;             /* then: why */
        struct verdict *nothing;     /* what "nothing for the calendar" would come to; NULL: nobody asks */
        const char *wrong;           /* what was wrong with what was typed, borrowed; NULL */
        const char *wrong_field;     /* in which field, borrowed; NULL */
        const struct request *typed; /* a form that is shown again: what was typed is kept; NULL */
        const struct verdict *saved; /* what saving it would come to, borrowed; NULL: nobody asked */
};

/* Rehearse it; nothing is changed. */
void choice_init(struct choice *choice, const struct view *view, const struct chart *chart);
void choice_release(struct choice *choice);

/* What was sent, to be sent again upon how the mail stands by now. */
void form_write_again(struct markup *markup, const struct view *view, const struct chart *chart, const char *text);

/* All ways. */
void form_write(struct markup *markup, const struct view *view, const struct choice *choice);

#endif
