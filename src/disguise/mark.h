/* Which bytes of a decoded text are for people, and which are HTML's or a character set's own.
 * In: a view. Out: its marks. */
#ifndef MAILCLINIC_MARK_H
#define MAILCLINIC_MARK_H

#include "disguise/view.h"

/* Tags, comments, styles and scripts are MARK_CODE, the values of attributes that name places MARK_VALUE, character references MARK_FIXED,
 * those of blanks MARK_BLANK. */
void mark_html(struct view *view);

/* Bytes that are no characters by themselves: MARK_FIXED in a character set in which the second byte of a character may look like ASCII,
 * MARK_BLANK for NBSP. */
void mark_charset(struct view *view, const char *charset);

/* The text of one mark with everything else left blank, byte for byte as long, in ASCII: a letter of no alphabet is '_'. Where a tag breaks
 * the line or begins a cell stand a line break or a TAB. Caller frees. */
char *mark_copy(const struct view *view, enum mark mark);

#endif
