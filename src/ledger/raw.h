/* Raw mails: the bytes as they came, each a file named by its hash, and the few header fields that are looked at before it is read.
 * In: bytes. Out: names, files, values. */
#ifndef MAILCLINIC_RAW_H
#define MAILCLINIC_RAW_H

#include <stdbool.h>

#include <glib.h>

/* SHA-256 (hex) of what stays the same when a mail is delivered again: without the envelope fields that our mail server puts on top
 * (Return-path, Envelope-to, Delivery-date) and without empty lines at the end. Caller frees. */
char *raw_hash(GBytes *bytes);

/* The value of the first field of this name, unfolded and cut after 1000 bytes, whatever they are; a name that ends in '*' is the beginning
 * of one. NULL: there is none. Caller frees. */
char *raw_field(GBytes *bytes, const char *name);

/* The mail without the header fields of this name (as above). Caller unrefs. */
GBytes *raw_without(GBytes *bytes, const char *name);

/* The Message-ID without <>; NULL. Caller frees. */
char *raw_message_id(GBytes *bytes);

/* Where a mail of this date (Unix seconds; G_MININT64: none) is kept beneath the ledger's directory: "mail/2026/11/HASH". Caller frees. */
char *raw_place(const char *hash, gint64 date);

/* Make the directories above a place, each of mode 0700 and durable. */
bool raw_make_way(const char *directory, const char *place, GError **error);

/* Write bytes to their place unless they are there. They are durable after raw_sync() only: for replay, which keeps many. */
bool raw_keep(const char *directory, const char *place, GBytes *bytes, GError **error);
bool raw_sync(const char *directory, GError **error);

/* fsync a directory, so that names in it last. */
bool raw_sync_names(const char *directory, GError **error);

#endif
