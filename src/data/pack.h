/* Members of JSON objects, both ways: how our plain structs are written, and how they come back from lines that are not trusted.
 * In: values, or JSON. Out: JSON, or values; every member that is not as it should be is named in an error. */
#ifndef MAILCLINIC_PACK_H
#define MAILCLINIC_PACK_H

#include <stdbool.h>

#include <glib.h>
#include <jansson.h>

/* New JSON values. pack_text() and pack_instant() give null for NULL and for a time that is none (G_MININT64); what is no UTF-8 in a text
 * is replaced. */
json_t *pack_text(const char *value);
json_t *pack_instant(gint64 at);
json_t *pack_texts(const GPtrArray *values);

/* An object being taken apart. After the first fault its members are given as empty, so that the fault is asked for once, at the end. */
struct unpack {
        const json_t *object; /* borrowed */
        GError *fault;
};

/* Note that a member is no `wanted`, unless something was wrong before. */
void unpack_fault(struct unpack *unpack, const char *name, const char *wanted);

/* Text, or NULL for null. Caller frees. */
char *unpack_text(struct unpack *unpack, const char *name);

/* Text that must be there. Caller frees. */
char *unpack_needed(struct unpack *unpack, const char *name);

bool unpack_flag(struct unpack *unpack, const char *name);

/* A closed word; null, where it may be, is 0: the first member of those enums that begin with NONE. */
int unpack_word(struct unpack *unpack, const char *name, int (*from_word)(const char *), bool may_be_null);

/* An instant as pack_instant() writes it. */
gint64 unpack_instant(struct unpack *unpack, const char *name);

/* An integer from `least` to G_MAXINT. */
int unpack_number(struct unpack *unpack, const char *name, int least);

/* Makes one element of a list; NULL and an error if it is none. */
typedef gpointer unpack_element(const json_t *json, GError **error);

/* Add the elements of a list of at most `most` to an array. */
void unpack_list(struct unpack *unpack, const char *name, gsize most, unpack_element *from, GPtrArray *into);

/* An element that is text: char *. */
gpointer unpack_text_element(const json_t *json, GError **error);

/* The made thing if nothing was wrong with its members; else it is destroyed, the fault handed on, and NULL given. */
gpointer unpack_end(struct unpack *unpack, gpointer made, GDestroyNotify destroy, GError **error);

#endif
