/* iconv through GLib, charset names as browsers take them, and a guess where the mail says nothing or something false.
 * In: bytes, a declared charset. Out: UTF-8, what it was read as, how many letters were lost. */
#include "reader/charset.h"

#include <errno.h>
#include <string.h>

#define FALLBACK    "WINDOWS-1252"
#define REPLACEMENT "\xef\xbf\xbd"

enum { BAD_AT_LEAST = 16, ONE_BAD_IN = 16 }; /* from so many faults on, one in so many bytes, it is no text */

/* Names that mail programs give to a larger charset (WHATWG Encoding 4.2), or that iconv does not know. */
static const struct {
        const char *name, *is;
} alias[] = {
        {"ascii", FALLBACK},
        {"us-ascii", FALLBACK},
        {"ansi_x3.4-1968", FALLBACK},
        {"iso-8859-1", FALLBACK},
        {"iso8859-1", FALLBACK},
        {"iso_8859-1", FALLBACK},
        {"latin1", FALLBACK},
        {"latin-1", FALLBACK},
        {"cp-1252", FALLBACK},
        {"x-cp1252", FALLBACK},
        {"iso-8859-9", "WINDOWS-1254"},
        {"iso-8859-11", "CP874"},
        {"tis-620", "CP874"},
        {"iso-8859-8-i", "ISO-8859-8"},
        {"gb2312", "GB18030"},
        {"gbk", "GB18030"},
        {"x-gbk", "GB18030"},
        {"big5", "BIG5-HKSCS"},
        {"shift_jis", "CP932"},
        {"shift-jis", "CP932"},
        {"x-sjis", "CP932"},
        {"ks_c_5601-1987", "CP949"},
        {"ks_c_5601", "CP949"},
        {"euc-kr", "CP949"},
        {"utf8", "UTF-8"},
        {"utf-8", "UTF-8"},
        {"unicode-1-1-utf-7", "UTF-7"},
        {"utf-16", "UTF-16LE"},
        {"unicode", "UTF-16LE"},
};

static const char *real_name(const char *name)
{
        for (gsize i = 0; name && i < G_N_ELEMENTS(alias); i++)
                if (g_ascii_strcasecmp(name, alias[i].name) == 0)
                        return alias[i].is;
        return name;
}

/* How much of a text is letters beyond ASCII: what tells a charset from another. */
static gsize count_beyond_ascii(const GString *text)
{
        gsize n = 0;

        for (gsize i = 0; i < text->len; i++)
                n += ((guchar)text->str[i] & 0xc0) == 0xc0;
        return n;
}

/* Convert what can be converted; each byte that cannot is one letter lost. */
static GString *convert(GIConv converter, const char *bytes, gsize length, gsize *lost)
{
        GString *text = g_string_sized_new(length + length / 8 + 16);
        char *in = (char *)bytes; /* iconv(3) takes it without const and leaves it alone */
        char buffer[4096];

        for (*lost = 0; length > 0;) {
                char *out = buffer;
                gsize room = sizeof buffer;
                gsize done = g_iconv(converter, &in, &length, &out, &room);
                int fault = errno;
                g_string_append_len(text, buffer, out - buffer);
                if (done != (gsize)-1 || fault == E2BIG)
                        continue;
                g_string_append(text, REPLACEMENT);
                ++*lost;
                in++, length--;
        }
        return text;
}

/* Decode as this charset. NULL where iconv does not know it. */
static GString *decode_as(const char *bytes, gsize length, const char *charset, gsize *lost)
{
        GIConv converter;
        GString *text;

        if (g_str_equal(charset, "UTF-8") && g_utf8_validate_len(bytes, length, NULL))
                return g_string_new_len(bytes, (gssize)length);
        converter = g_iconv_open("UTF-8", charset);
        if (converter == (GIConv)-1)
                return NULL;
        text = convert(converter, bytes, length, lost);
        g_iconv_close(converter);
        return text;
}

/* A name that is only letters, digits and signs of charset names: iconv reads "//TRANSLIT" and opens paths. */
static bool is_charset_name(const char *name)
{
        return name && *name && strlen(name) < 32 &&
               strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:") == strlen(name);
}

/* UTF-16 without BOM: ASCII letters leave a zero in every second byte. */
static const char *utf16_by_zeros(const char *bytes, gsize length)
{
        gsize zeros[2] = {0, 0}, n = MIN(length, 512);

        for (gsize i = 0; i < n; i++)
                zeros[i % 2] += bytes[i] == '\0';
        if (n < 4 || MAX(zeros[0], zeros[1]) < n / 4 || MIN(zeros[0], zeros[1]) > n / 16)
                return NULL;
        return zeros[0] > zeros[1] ? "UTF-16BE" : "UTF-16LE";
}

static const char *by_mark(const char *bytes, gsize length)
{
        static const struct {
                const char *bytes;
                gsize length;
                const char *charset;
        } mark[] = {{"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe", 2, "UTF-16LE"}, {"\xfe\xff", 2, "UTF-16BE"}};

        for (gsize i = 0; i < G_N_ELEMENTS(mark); i++)
                if (length >= mark[i].length && memcmp(bytes, mark[i].bytes, mark[i].length) == 0)
                        return mark[i].charset;
        return NULL;
}

/* The charset of <meta charset="..."> or <meta ... content="text/html; charset=...">, looked for at the start only. Caller frees. */
static char *charset_of_html(const char *bytes, gsize length)
{
        g_autofree char *head = g_strndup(bytes, MIN(length, 4096));
        const char *meta = head, *found;

        while ((meta = strcasestr(meta, "<meta"))) {
                gsize tag = strcspn(meta, ">");
                found = strcasestr(meta, "charset=");
                if (found && found < meta + tag) {
                        found += strlen("charset=");
                        found += strspn(found, "\"' ");
                        return g_strndup(found, strcspn(found, "\"' />;"));
                }
                meta += tag;
        }
        return NULL;
}

static bool is_control(guchar c)
{
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

/* Drop the BOM and the controls that no reader of lines wants; ESC goes with the colours that it begins (ECMA-48 5.4). How many of them no
 * text has. */
static gsize drop_controls(GString *text)
{
        gsize kept = 0, n = 0;

        while (kept < text->len && !is_control((guchar)text->str[kept]))
                kept++;
        for (gsize i = kept; i < text->len; i++) {
                guchar c = (guchar)text->str[i];
                if (c == 0x1b && i + 1 < text->len && text->str[i + 1] == '[') {
                        for (i += 2; i < text->len && text->str[i] >= 0x20 && text->str[i] < 0x40;)
                                i++;
                        continue;
                }
                if (c == '\f' || c == '\v')
                        c = '\n';
                if (is_control(c))
                        n++;
                else
                        text->str[kept++] = (char)c;
        }
        g_string_truncate(text, kept);
        if (g_str_has_prefix(text->str, "\xef\xbb\xbf"))
                g_string_erase(text, 0, 3);
        return n;
}

static bool is_iso_2022_jp(const char *bytes, gsize length)
{
        return memmem(bytes, length, "\x1b$B", 3) || memmem(bytes, length, "\x1b$@", 3);
}

/* What the bytes say by themselves. */
static const char *sniff(const char *bytes, gsize length)
{
        const char *charset = utf16_by_zeros(bytes, length);

        if (charset)
                return charset;
        if (is_iso_2022_jp(bytes, length))
                return "ISO-2022-JP";
        return g_utf8_validate_len(bytes, length, NULL) ? "UTF-8" : NULL;
}

/* Decode as this charset if there is such a one and more of the bytes beyond ASCII are letters in it than are not. */
static bool try_charset(struct decoded *decoded, GString **text, const char *bytes, gsize length, const char *charset)
{
        gsize lost = 0;

        if (!is_charset_name(charset) || !(*text = decode_as(bytes, length, real_name(charset), &lost)))
                return false;
        /* each one lost stands there as a letter beyond ASCII too */
        if (lost && (count_beyond_ascii(*text) < 2 * lost || g_utf8_validate_len(bytes, length, NULL))) {
                g_string_free(g_steal_pointer(text), TRUE);
                return false;
        }
        decoded->lost = lost;
        decoded->charset = g_strdup(charset);
        return true;
}

/* The charsets to try, best first; the last one takes any bytes. */
static GString *decode(struct decoded *decoded, const char *bytes, gsize length, const char *declared, bool is_html)
{
        bool is_plain = g_strcmp0(real_name(declared), FALLBACK) == 0; /* what mail programs write when they do not know */
        g_autofree char *meta = is_html && !declared ? charset_of_html(bytes, length) : NULL;
        const char *sure = by_mark(bytes, length);
        GString *text = NULL;

        if (sure && try_charset(decoded, &text, bytes, length, sure))
                return text;
        if (declared && !is_plain && try_charset(decoded, &text, bytes, length, declared)) {
                decoded->is_declared = true;
                return text;
        }
        if (try_charset(decoded, &text, bytes, length, sniff(bytes, length)) || try_charset(decoded, &text, bytes, length, meta) ||
            try_charset(decoded, &text, bytes, length, "UTF-8"))
                return text;
        decoded->charset = g_strdup(FALLBACK);
        decoded->is_declared = is_plain;
        return decode_as(bytes, length, FALLBACK, &decoded->lost);
}

/* UTF-8, which ASCII is too, without a BOM or anything to drop. */
static bool is_plain_text(const char *bytes, gsize length)
{
        guchar all = 0;

        for (gsize i = 0; i < length; i++) {
                if (is_control((guchar)bytes[i]))
                        return false;
                all |= (guchar)bytes[i];
        }
        return all < 0x80 || (!by_mark(bytes, length) && g_utf8_validate_len(bytes, length, NULL));
}

/* Most text: what decode() would make of it, without the trouble. false where it is something else. */
static bool decode_plain(struct decoded *decoded, const char *bytes, gsize length, const char *declared)
{
        const char *name = declared ? real_name(declared) : "UTF-8";
        bool is_utf8 = g_str_equal(name, "UTF-8");

        if (!(is_utf8 || g_str_equal(name, FALLBACK)) || !is_plain_text(bytes, length))
                return false;
        decoded->is_declared = declared && is_utf8;
        decoded->charset = g_strdup(decoded->is_declared ? declared : "UTF-8");
        decoded->text = g_strndup(bytes, length);
        decoded->length = length;
        return true;
}

struct decoded charset_decode(const char *bytes, gsize length, const char *declared, bool is_html)
{
        struct decoded decoded = {0};
        GString *text;

        if (decode_plain(&decoded, length ? bytes : "", length, declared))
                return decoded;
        text = decode(&decoded, length ? bytes : "", length, declared, is_html);
        decoded.controls = drop_controls(text);
        decoded.length = text->len;
        decoded.text = g_string_free(text, FALSE);
        if (!g_utf8_validate_len(decoded.text, decoded.length, NULL)) {
                char *valid = g_utf8_make_valid(decoded.text, (gssize)decoded.length);
                g_free(decoded.text);
                decoded.text = valid;
                decoded.length = strlen(valid);
        }
        return decoded;
}

bool decoded_is_binary(const struct decoded *decoded, gsize length)
{
        gsize bad = decoded->lost + decoded->controls;
        return bad > BAD_AT_LEAST && bad * ONE_BAD_IN > length;
}

void decoded_release(struct decoded *decoded)
{
        g_clear_pointer(&decoded->text, g_free);
        g_clear_pointer(&decoded->charset, g_free);
}
