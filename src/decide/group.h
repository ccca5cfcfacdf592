/* Which issue a signature belongs to: those with the same head (kind and key fields) whose bodies are nearly the same are one.
 * In: signatures (data/root.h) in the order of their mails. Out: the name of the issue, which never changes, and why. */
#ifndef MAILCLINIC_GROUP_H
#define MAILCLINIC_GROUP_H

#include <stdbool.h>

#include <glib.h>
#include <jansson.h>

struct groups;

struct groups *groups_new(void);
void groups_free(struct groups *groups);

/* The issue of a signature: a known one, or a new one named "rmf" and 32 hexadecimal digits of this signature's hash. *why says what
 * decided, as a phrase (may be NULL; caller frees). The name is borrowed from groups. */
const char *groups_add(struct groups *groups, const char *signature, bool *is_new, char **why);

/* The part of a signature that must be equal in two of one issue: all above its first empty line. Caller frees. */
char *group_head(const char *signature);

/* What the mails of an issue have in common, as far as that is known by now: the lines of its first mail, "<*>" where anything may stand.
 * NULL for an issue that is not known. Caller frees. */
char *groups_template(const struct groups *groups, const char *head, const char *name);

/* Whether anything changed that groups_save() gives since it was loaded or settled; and that it was saved. */
bool groups_is_changed(const struct groups *groups, const char *head);
void groups_settle(struct groups *groups, const char *head);

/* Nothing is known of this head any more. */
void groups_forget(struct groups *groups, const char *head);

/* All that is known of one head, for keeping between runs, and back: groups_load() gives false and an error where the JSON is not what
 * groups_save() wrote. groups_save() gives NULL for a head that is not known. */
json_t *groups_save(const struct groups *groups, const char *head);
bool groups_load(struct groups *groups, const char *head, const json_t *json, GError **error);

#endif
