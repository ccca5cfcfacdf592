/* Text of a part in UTF-8, whatever its charset and whatever it claims (RFC 2046 4.1.2).
 * In: bytes, and the charset that the mail declares. Out: valid UTF-8 without controls but TAB and line ends. */
#ifndef MAILCLINIC_CHARSET_H
#define MAILCLINIC_CHARSET_H

#include <stdbool.h>

#include <glib.h>

struct decoded {
        char *text; /* NUL-terminated */
        gsize length;
        char *charset;    /* what it was read as: the declared name, or "UTF-8", "WINDOWS-1252" ... */
        bool is_declared; /* that is what the mail declared */
        gsize lost;       /* letters that were none in that charset, now U+FFFD */
        gsize controls;   /* that were dropped */
};

/* Decode. A BOM is believed before all; then the declared charset (NULL: none; an unknown name counts as none), unless more of the bytes
 * beyond ASCII are no letters in it than are; then UTF-16 by its zeros, ISO-2022-JP by its escapes, UTF-8 if valid, <meta charset> if
 * is_html, else windows-1252. ASCII and ISO-8859-1 are read as UTF-8 if they are, else as windows-1252. Caller releases. */
struct decoded charset_decode(const char *bytes, gsize length, const char *declared, bool is_html);

/* Whether more of what was so many bytes is no text than faults of single letters explain. */
bool decoded_is_binary(const struct decoded *decoded, gsize length);

void decoded_release(struct decoded *decoded);

#endif
