/* What of an HTML text a parser needs to see: bytes are checked, and most dropped, before libxml2 sees them.
 * In: HTML in UTF-8. Out: its text and its bare tags, which hold for any parser whatever its rules of quoting. */
#ifndef MAILCLINIC_SIFT_H
#define MAILCLINIC_SIFT_H

#include <stdbool.h>

#include <glib.h>

/* The attributes that SIFT leaves on a tag, each with a small number as its value. */
#define SIFT_STYLE   "style" /* flags of reader/style.h, from the attributes style, hidden and size */
#define SIFT_COLSPAN "colspan"
#define SIFT_ROWSPAN "rowspan"

/* Comments, conditional comments, declarations, the content of style, script and title, tags with a prefix (o:p), and every attribute but
 * those above are dropped; a '<' that begins no tag becomes &lt;, a control character a blank. The tokens are those of the HTML standard,
 * so "<a b='>'>" is one tag. Of a tag over LIMIT_HTML_TAG only the name is kept. *is_cut is set where the text ends inside a comment, a tag
 * or one of those elements, and else untouched. Caller frees. */
GString *sift_html(const char *html, gsize length, bool *is_cut);

#endif
