/* Templates: what lines have in common, found as they come. Lines are first told apart by their length and first word, as in Drain's tree
 * of fixed depth (He et al., ICWS 2017); words of letters must then agree, names and paths may differ. Where many templates differ in one
 * or two words alone those words are taken for values, as Brain does by counting branches (Yu et al., TSC 2023).
 * In: masked lines (reader/mask.h), in their order. Out: the template of each, by number. */
#ifndef MAILCLINIC_TEMPLATE_H
#define MAILCLINIC_TEMPLATE_H

#include <glib.h>
#include <jansson.h>

struct templates;

struct templates *templates_new(void);
void templates_free(struct templates *templates);

/* The template of a line: a known one, or a new one made of it. */
guint templates_add(struct templates *templates, const char *line);

/* The template that this one was joined with since, or itself: lines are of one template where this is the same. */
guint templates_root(const struct templates *templates, guint id);

/* How many templates there are: ids are below that. */
guint templates_count(const struct templates *templates);

/* Goes up with each change of any of them. What templates_add() gives hangs on them as they are alone, not on how they came to be: those
 * of templates_from_json() go on as the ones that were saved would have. */
guint64 templates_changes(const struct templates *templates);

/* How a template reads, "<*>" where anything may stand. Caller frees. */
char *templates_text(const struct templates *templates, guint id);

/* All templates, and back. NULL and an error for what templates_to_json() did not write. Caller frees. */
json_t *templates_to_json(const struct templates *templates);
struct templates *templates_from_json(const json_t *json, GError **error);

#endif
