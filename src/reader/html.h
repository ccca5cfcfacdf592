/* HTML as lines (FILTERS.md "What is read"), by libxml2's SAX reader.
 * In: HTML in UTF-8. Out: lines joined by \n, cells of a row by TAB, a break inside a cell as \v; an empty line after a table. */
#ifndef MAILCLINIC_HTML_H
#define MAILCLINIC_HTML_H

#include <glib.h>

/* Caller frees. Text past LIMIT_HTML is not read; `*cut` is then set to TRUE (else untouched). */
char *html_lines(const char *html, gsize length, gboolean *cut);

/* Whether text that claims to be plain is HTML: it begins, after blanks, comments and a doctype, with a tag of HTML's own. */
gboolean html_is_html(const char *text, gsize length);

#endif
