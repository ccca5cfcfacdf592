/* One mail: the mail itself beside what was read from it, and the ways to decide.
 * In: a view. Out: HTML. */
#ifndef MAILCLINIC_DESK_MAIL_H
#define MAILCLINIC_DESK_MAIL_H

#include "desk-frame.h"
#include "review-decide.h"
#include "review-show.h"

struct answer *mail_page(const struct view *view, GError **error);

/* A form that was refused. */
struct refusal {
        const char *why;   /* borrowed, as all of it: in the words of the page (field_refused()) */
        const char *field; /* that it is about; NULL */
        bool is_usage;     /* what was typed is wrong; else it may do when sent again */
};

/* The page of the mail with that form as it was filled in. NULL: there is no such mail. */
struct answer *mail_refused(const struct view *view, gint64 mail, const struct refusal *refusal);

/* The page with the form as it was filled in, and what saving it comes to. NULL likewise. */
struct answer *mail_previewed(const struct view *view, gint64 mail, const struct verdict *verdict);

/* How the calendar stands for maintenances (struct maintenance). */
void mail_write_events(struct markup *markup, const GPtrArray *maintenances);

/* What a verdict comes to: its resolution, reasons and events. */
void mail_write_verdict(struct markup *markup, const struct verdict *verdict, bool is_done);

#endif
