/* Which files a path stands for: a file, a Maildir, or a directory of mails.
 * In: a path. Out: files in the order of arrival. */
#ifndef MAILCLINIC_LISTING_H
#define MAILCLINIC_LISTING_H

#include <stdbool.h>

#include <glib.h>

struct listed {
        char *path;
        gint64 size;   /* in bytes; 0 where it is no regular file */
        bool is_mail;  /* a single mail, whatever it begins with */
        GError *error; /* why there is no such file; NULL: there is */
};

void listed_free(struct listed *listed);

/* Append what a path stands for to an array of struct listed. A directory with cur/ or new/ is a Maildir: its mails by the time and the
 * microseconds in their names, else the time of the file. Another directory: the files in it and in those beneath that are called *.eml or
 * *.mbox, perhaps packed (.gz .xz .zst .bz2), by name, and Maildirs; hidden ones are left out. Anything else is a file itself. */
void listing_add(GPtrArray *list, const char *path);

#endif
