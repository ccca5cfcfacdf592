/* Structs that point at one another, laid out as one piece of memory that a file can hold and another process can use as it is.
 * In: structs, texts. Out: a file, and the same structs of it.
 *
 * It is a file of this program on this machine for this program alone, not a format: who reads it knows that the same program wrote it. */
#ifndef MAILCLINIC_FLAT_H
#define MAILCLINIC_FLAT_H

#include <stdbool.h>

#include <glib.h>

/* What is being laid out. */
struct flat;

struct flat *flat_new(void);
void flat_free(struct flat *flat);

/* Add a struct, pointers and all: where it stands. The first one stands at 0. Pointers in it are to be replaced by those below. */
gsize flat_add(struct flat *flat, gconstpointer bytes, gsize length);

/* Let the pointer that stands at `at` lead to the struct at `to`; to bytes without pointers; to a text (NULL: nowhere). */
void flat_lead(struct flat *flat, gsize at, gsize to);
void flat_lead_to_bytes(struct flat *flat, gsize at, gconstpointer bytes, gsize length);
void flat_lead_to_text(struct flat *flat, gsize at, const char *text);

/* Set a number that stands at `at`. */
void flat_set(struct flat *flat, gsize at, guint64 number);

/* Put a file of mode 0600 in place at once, after which nothing can be added. */
bool flat_write(struct flat *flat, const char *path, GError **error);

/* A sum by which damage is seen: that of the structs is kept and looked at; of other bytes only who needs it does that. */
guint64 flat_sum(gconstpointer bytes, gsize length);

/* A file that is mapped: its pointers are pointers. What is written to it is not written to the file. */
struct flat_file;

/* NULL where there is none, or where it is not ours alone, or not as it was written. Caller frees. */
struct flat_file *flat_open(const char *path);
void flat_close(struct flat_file *file);

/* The struct that was added first. Borrowed. */
gpointer flat_first(const struct flat_file *file);

#endif
