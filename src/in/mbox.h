/* One file of mails: an mbox, split by ourselves since GMime's mbox mode can stop for ever; or a single mail.
 * In: a path. Out: the bytes of one mail after another. */
#ifndef MAILCLINIC_MBOX_H
#define MAILCLINIC_MBOX_H

#include <stdbool.h>

#include <glib.h>

/* A mail as it stood in its file. */
struct raw_mail {
        char *file;    /* "-": standard input */
        gint64 offset; /* where it begins, with its From_ line, in the (unpacked) file */
        GBytes *bytes; /* without the From_ line; of a mail over LIMIT_MAIL the first LIMIT_MAIL + 1 bytes */
        char *note;    /* what is odd about how it stood there, as a phrase; NULL: nothing */
};

void raw_mail_free(struct raw_mail *mail);

struct mbox;

/* Open a file. One that begins with "From " is an mbox; another one is a single mail, if it begins with a header field or is known to be a
 * mail (is_mail). NULL and an error that names the path.
 *
 * A From_ line (RFC 4155) parts two mails only if an empty line stands before it, it holds a date, and the next line looks like a header
 * field: writers of mboxcl and of broken mailboxes leave "From " at the start of a line of text. Content-Length is not believed. One '>' is
 * taken from each line that begins with `>+From `: so mboxrd is undone exactly, and mboxo too but for a `>>From ` that the mail itself had
 * and that loses one; which of the two a file is cannot be told. The empty line that ends each mail in an mbox is none of the mail's. */
struct mbox *mbox_open(const char *path, bool is_mail, GError **error);
void mbox_free(struct mbox *mbox);

/* The next mail. NULL at the end, with an error if there was one: the file could not be read or unpacked further (what came before has been
 * given), or it is neither an mbox nor a mail. Caller frees. */
struct raw_mail *mbox_next(struct mbox *mbox, GError **error);

/* Bytes of the file read so far. */
gint64 mbox_at(const struct mbox *mbox);

#endif
