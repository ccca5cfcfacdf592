/* Runs of text that no person wrote: base64 of text, and what looks random.
 * In: text. Out: where a run ends, and whether it may be a secret. */
#include "out/opaque.h"

#include <string.h>

/* Twelve letters of base64 are nine bytes: of a word of that length one in ten thousand is all printable. */
enum { LEAST_ENCODED = 12, LEAST_PADDED = 8, LEAST_RANDOM = 20 };

static bool is_of_alphabet(char byte)
{
        return g_ascii_isalnum(byte) || (byte && strchr("+/-_", byte));
}

gsize opaque_run(const char *text, gsize n)
{
        gsize length = 0, padding = 0;
        while (length < n && is_of_alphabet(text[length]))
                length++;
        while (length && padding < 2 && length + padding < n && text[length + padding] == '=')
                padding++;
        return length + padding;
}

static bool is_printable(const guchar *bytes, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (bytes[i] && !g_ascii_isprint((char)bytes[i]) && !g_ascii_isspace((char)bytes[i]))
                        return false;
        return n > 0;
}

/* A piece of the run that is base64 as it stands, or with its padding left out. */
static bool is_encoded_text(const char *piece, gsize n)
{
        gsize letters = n;
        while (letters && piece[letters - 1] == '=')
                letters--;
        if (letters % 4 == 1 || letters < (letters < n ? LEAST_PADDED - 2 : LEAST_ENCODED))
                return false;
        g_autoptr(GString) whole = g_string_new_len(piece, (gssize)letters);
        g_string_replace(whole, "-", "+", 0);
        g_string_replace(whole, "_", "/", 0);
        while (whole->len % 4)
                g_string_append_c(whole, '=');
        gsize length = 0;
        g_autofree guchar *bytes = g_base64_decode(whole->str, &length);
        return is_printable(bytes, length);
}

/* A name with hyphens may stand before it. */
static bool has_encoded_text(const char *run, gsize n)
{
        if (is_encoded_text(run, n))
                return true;
        for (gsize start = 0, end; start < n; start = end + 1) {
                end = start;
                while (end < n && !strchr("-_/+", run[end]))
                        end++;
                if ((start || end < n) && is_encoded_text(run + start, end - start))
                        return true;
        }
        return false;
}

static int sort_of(char byte)
{
        return g_ascii_isdigit(byte) ? 1 : g_ascii_isupper(byte) ? 2 : g_ascii_islower(byte) ? 3 : 0;
}

/* Letters and digits change places in random text about every second time; in names every tenth. */
static bool is_random(const char *run, gsize n)
{
        gsize changes = 0, counted = 0, digits = 0;
        int before = 0;
        for (gsize i = 0; i < n; i++) {
                int sort = sort_of(run[i]);
                if (!sort)
                        continue;
                changes += before && sort != before;
                digits += sort == 1;
                counted++;
                before = sort;
        }
        return counted >= LEAST_RANDOM && digits && digits < counted && changes * 10 >= counted * 3;
}

bool opaque_is_secret(const char *run, gsize n)
{
        return has_encoded_text(run, n) || is_random(run, n);
}
