/* HTML as lines (FILTERS.md "What is read"), by libxml2's SAX reader.
 * In: HTML in UTF-8. Out: lines joined by \n, cells of a row by TAB, a break inside a cell as \v; an empty line after a table. */
#ifndef MAILCLINIC_HTML_H
#define MAILCLINIC_HTML_H

#include <glib.h>

/* Caller frees. *cut is set to TRUE (else untouched) where not all could be read: past LIMIT_HTML, LIMIT_HTML_DEPTH or LIMIT_PART_TEXT of
 * lines, or the text ends inside a tag, a comment, a style or a script. Bytes that are no UTF-8 become U+FFFD. */
char *html_lines(const char *html, gsize length, gboolean *cut);

/* Whether text that claims to be plain is HTML: it begins, after blanks, comments and a doctype, with a tag of HTML's own. */
gboolean html_is_html(const char *text, gsize length);

#endif
