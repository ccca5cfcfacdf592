/* The outline of a signature: its lines as templates, and how much each of them tells of the problem.
 * In: the body of a signature. Out: a set of lines, and how far two of them agree. */
#ifndef MAILCLINIC_OUTLINE_H
#define MAILCLINIC_OUTLINE_H

#include "decide/template.h"

#include <stdbool.h>

#include <glib.h>
#include <jansson.h>

struct outline;

/* The outline of a body's lines, each line once. Caller frees. */
struct outline *outline_new(struct templates *templates, const char *body);
void outline_free(struct outline *outline);

/* How far two outlines agree, from 0 to 1: the weight of the lines of both, as part of that of the shorter one. A line that tells of a
 * fault ("error", "denied", "No such file") outweighs many others, and an indented line counts little. 0 where only one tells of a fault.
 * Both are of these templates. */
double outline_agreement(const struct outline *one, const struct outline *other, const struct templates *templates);

/* Whether any line tells of a fault. */
bool outline_tells(const struct outline *outline);

/* The weightiest line that the other lacks, as templates_text() gives it; NULL where there is none. Caller frees. */
char *outline_only(const struct outline *outline, const struct outline *other, const struct templates *templates);

/* Its lines as templates_text() gives them, those of the text alone that fit a screen. Caller frees. */
char *outline_text(const struct outline *outline, const struct templates *templates);

json_t *outline_to_json(const struct outline *outline);
/* NULL where the JSON is no outline, or names templates that are not there. Caller frees. */
struct outline *outline_from_json(const json_t *json, const struct templates *templates);

#endif
