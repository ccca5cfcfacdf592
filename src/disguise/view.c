/* A stretch of a mail with its transfer encoding undone, and the way back: what is changed byte for byte in the text can be put into the
 * mail without moving anything.
 * In: raw bytes. Out: decoded bytes; raw bytes of the same length. */
#include "disguise/view.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void view_free(struct view *view)
{
        if (!view)
                return;
        g_free(view->text);
        g_free(view->marks);
        g_free(view->at);
        g_free(view->sextets);
        g_free(view->octets);
        g_free(view);
}

static void add(struct view *view, char c, gsize at)
{
        view->text[view->length] = c;
        view->at[view->length++] = (guint32)at;
}

/* The length of a soft line break at this place ("=" and blanks at the end of a line); 0: there is none. */
static gsize soft_break(const char *text, gsize length)
{
        gsize n = 1;
        while (n < length && (text[n] == ' ' || text[n] == '\t' || text[n] == '\r'))
                n++;
        return n < length && text[n] == '\n' ? n + 1 : 0;
}

static bool is_escape(const char *text, gsize length)
{
        return length >= 3 && g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2]);
}

static void read_quoted(struct view *view, const char *mail)
{
        for (gsize i = view->start, n; i < view->end; i += n) {
                gsize left = view->end - i;
                bool is_sign = view->coding != CODING_NONE && mail[i] == '=';
                n = is_sign ? soft_break(mail + i, left) : 0;
                if (n > 0)
                        continue;
                n = is_sign && is_escape(mail + i, left) ? 3 : 1;
                if (n == 3)
                        add(view, (char)(g_ascii_xdigit_value(mail[i + 1]) * 16 + g_ascii_xdigit_value(mail[i + 2])), i);
                else
                        add(view, view->coding == CODING_Q && mail[i] == '_' ? ' ' : mail[i], i);
        }
}

static guint sextet(char c)
{
        const char *found = c ? strchr(alphabet, c) : NULL;
        return found ? (guint)(found - alphabet) : 64;
}

/* All before the first sign of the end. */
static void read_base64(struct view *view, const char *mail)
{
        guint bits = 0, n_bits = 0;
        view->sextets = g_new(guint32, view->end - view->start + 1);
        view->octets = g_malloc(view->end - view->start + 1);
        for (gsize i = view->start; i < view->end && mail[i] != '='; i++) {
                guint value = sextet(mail[i]);
                if (value > 63)
                        continue;
                view->sextets[view->n_sextets++] = (guint32)i;
                bits = ((bits << 6) | value) & 0xFFFF;
                n_bits += 6;
                if (n_bits < 8)
                        continue;
                n_bits -= 8;
                view->octets[view->n_octets] = (guint8)(bits >> n_bits);
                add(view, (char)view->octets[view->n_octets], view->n_octets);
                view->n_octets++;
        }
}

struct view *view_new(const char *mail, gsize start, gsize end, enum coding coding)
{
        struct view *view = g_new0(struct view, 1);
        view->coding = coding;
        view->start = start;
        view->end = end;
        view->text = g_malloc(end - start + 1);
        view->at = g_new(guint32, end - start + 1);
        if (coding == CODING_BASE64)
                read_base64(view, mail);
        else
                read_quoted(view, mail);
        view->text[view->length] = '\0';
        view->marks = g_malloc0(view->length + 1);
        return view;
}

static bool is_fold(const struct view *view, gsize i, gsize *n)
{
        *n = view->text[i] == '\r' && i + 1 < view->length ? 2 : 1;
        return view->text[i + *n - 1] == '\n' && i + *n < view->length && (view->text[i + *n] == ' ' || view->text[i + *n] == '\t');
}

void view_unfold(struct view *view, bool is_with_blank)
{
        gsize kept = 0;
        for (gsize i = 0, n; i < view->length; i++) {
                while (i < view->length && is_fold(view, i, &n))
                        i += n + is_with_blank;
                if (i == view->length)
                        break;
                view->text[kept] = view->text[i];
                view->marks[kept] = view->marks[i];
                view->at[kept++] = view->at[i];
        }
        view->length = kept;
        view->text[kept] = '\0';
}

/* The six bits at a place; those beyond the last octet are as they were. */
static char letter_at(const struct view *view, const char *mail, gsize i)
{
        guint value = sextet(mail[view->sextets[i]]);
        for (gsize bit = 0; bit < 6; bit++) {
                gsize at = i * 6 + bit;
                if (at / 8 >= view->n_octets)
                        break;
                guint is_set = ((guint)view->octets[at / 8] >> (7 - at % 8)) & 1U;
                value = (value & ~(1U << (5 - bit))) | (is_set << (5 - bit));
        }
        return alphabet[value];
}

static void put_base64(const struct view *view, char *mail)
{
        for (gsize i = 0; i < view->length; i++)
                view->octets[view->at[i]] = (guint8)view->text[i];
        for (gsize i = 0; i < view->n_sextets; i++)
                mail[view->sextets[i]] = letter_at(view, mail, i);
}

void view_put(const struct view *view, char *mail)
{
        static const char digits[] = "0123456789ABCDEF";
        if (view->coding == CODING_BASE64) {
                put_base64(view, mail);
                return;
        }
        for (gsize i = 0; i < view->length; i++) {
                char *place = mail + view->at[i];
                bool is_escaped = view->coding != CODING_NONE && *place == '=' && is_escape(place, view->end - view->at[i]);
                if (!g_ascii_isalnum(view->text[i]))
                        continue; /* only letters and digits are ever changed */
                if (!is_escaped) {
                        *place = view->text[i];
                        continue;
                }
                place[1] = digits[(guchar)view->text[i] >> 4];
                place[2] = digits[(guchar)view->text[i] & 15];
        }
}
