/* What all pages of the desk have around and within them: head, navigation, what was done last, forms, times.
 * In: a view. Out: HTML; pages of fault. */
#ifndef MAILCLINIC_DESK_FRAME_H
#define MAILCLINIC_DESK_FRAME_H

#include "desk.h"
#include "out/markup.h"

/* Where in the navigation a page stands. */
enum tab { TAB_QUEUE, TAB_RESOLVED, TAB_TIMELINE, TAB_ISSUES, TAB_STATUS, TAB_COUNT, TAB_NONE = TAB_COUNT };

/* A page up to its open <main>, whose head names it. */
struct markup *frame_begin(const struct view *view, enum tab tab, const char *title);
struct answer *frame_end(struct markup *markup, unsigned status);

/* The page that tells of an error; the status goes by what it is. */
struct answer *frame_fault(const struct view *view, const GError *error);

/* Open a <form> that posts to `action` for a mail of a revision; the caller closes it. */
void frame_form(struct markup *markup, const struct view *view, const char *action, const char *id, gint64 mail, const char *revision);

/* A value that the form carries unseen. */
void frame_hidden(struct markup *markup, const char *name, const char *value);

/* The button that sends a form, with the key that presses it (NULL: none). */
void frame_button(struct markup *markup, const char *class, const char *text, const char *key);

/* Open an element with a class; the caller closes it. */
void frame_open(struct markup *markup, const char *element, const char *class);

/* Open <a> to a place on this site: path, and its query made of a format. The caller closes it. */
void frame_link(struct markup *markup, const char *class, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* <time>: "Tue 2031-03-11 22:00", or the day alone; "?" for a time that is not known (MAINTENANCE_NO_TIME). */
void frame_time(struct markup *markup, gint64 at, bool is_day);

/* From one time to the other, UTC, the day once where it is the same. */
void frame_span(struct markup *markup, gint64 start, gint64 end, bool is_all_day);

/* The words that an event's title begins with ("CHECK: CANCELLED: ...") as chips. The rest of the title, borrowed from it. */
const char *frame_marks(struct markup *markup, const char *title);

/* A vendor's name for people; its short name where no filter gives one; "unknown". Borrowed. */
const char *frame_vendor(const struct view *view, const char *vendor);

#endif
