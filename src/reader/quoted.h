/* Headers of quoted mails, as the quoter's mail program printed them.
 * In: the lines of a body, '>' marks or not. Out: who wrote what is quoted, when, and on what; pure. */
#ifndef MAILCLINIC_QUOTED_H
#define MAILCLINIC_QUOTED_H

#include <stdbool.h>

#include <glib.h>

/* "From: / Sent: / To: / Subject:", or "On DATE, NAME wrote:" (which has no subject). */
struct quoted_header {
        char *from;       /* as written, NULL where there is none */
        char *subject;    /* NULL where there is none */
        gint64 date;      /* Unix seconds (UTC where no zone is printed); MAIL_NO_DATE where there is none that can be read */
        gsize start, end; /* the header in the lines; the quoted text begins at end */
        bool is_block;    /* a block of fields, not a sentence */
};

/* One line, and its text behind '>' marks: lines[text, end). */
struct quoted_line {
        gsize start, next; /* next: where the following line begins */
        gsize text, end;
        bool is_quoted;
};

/* The line at this byte. false at the end. */
bool quoted_line(const char *lines, gsize at, struct quoted_line *line);

/* Text without the dashes and stars around it and a last colon, in the form in which words are compared. Caller frees. */
char *quoted_fold(const char *text, gsize length);

/* Where a text begins behind the dashes and stars before it. */
const char *quoted_undecorated(const char *text, gsize length);

/* Whether a text that is undecorated and ends at `end` could begin with these words (in lower case) once it is folded, told by letters of
 * ASCII alone: false is certain. */
bool quoted_may_begin(const char *text, const char *end, const char *words);

/* The header that begins with this line. false, and *header untouched, where none does. The caller frees what it holds. */
bool quoted_header_read(const char *lines, const struct quoted_line *line, struct quoted_header *header);

void quoted_header_free(struct quoted_header *header);

#endif
