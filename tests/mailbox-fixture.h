/* What the tests of mailboxes share: a directory with made-up files, and what must come out of them. */
#ifndef MAILCLINIC_MAILBOX_FIXTURE_H
#define MAILCLINIC_MAILBOX_FIXTURE_H

#include "in/mailbox.h"

#define FROM_A "From a@example.com Sun Nov 14 08:01:02 2021\n"
#define FROM_B "From b@example.com Mon Nov 15 09:02:03 2021\n"

struct fixture {
        char *directory;
        struct mailbox *mailbox;
};

void fixture_set_up(struct fixture *f, gconstpointer unused);
void fixture_tear_down(struct fixture *f, gconstpointer unused);

/* The path of a file in the directory. Caller frees. */
char *fixture_path_of(struct fixture *f, const char *name);

/* Write a file, and the directories that it is in. */
void fixture_put_bytes(struct fixture *f, const char *name, const char *bytes, gsize length);
void fixture_put(struct fixture *f, const char *name, const char *text);

/* Write text at a place of a file, and leave a hole before it. */
void fixture_put_at(struct fixture *f, const char *name, gint64 place, const char *text);

void fixture_open_mailbox(struct fixture *f, const char *name);

/* The next mail must be there, begin at this place of this file, and be this text. */
void fixture_expect_mail(struct fixture *f, const char *name, gint64 offset, const char *text, const char *note);
void fixture_expect_end(struct fixture *f);
void fixture_expect_error(struct fixture *f, int code, const char *what);

#endif
