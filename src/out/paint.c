/* Painting for people: what the stream can show, and text in one of a few styles that say what it means.
 * In: text. Out: on the stream, with escape sequences only where it is a colour terminal; text is made visible, in the terminal's charset.
 */
#include "out/paint.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/visible.h"

/* Select Graphic Rendition (ECMA-48 8.3.117). */
static const char *const escape[STYLE_COUNT] = {
        [STYLE_BOLD] = "\033[1m",   [STYLE_DIM] = "\033[2m",     [STYLE_RED] = "\033[31m",
        [STYLE_GREEN] = "\033[32m", [STYLE_YELLOW] = "\033[33m",
};

static int terminal_width(int fd)
{
        struct winsize size = {0};
        if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
                return size.ws_col;
        guint64 columns = 0;
        const char *wanted = g_getenv("COLUMNS");
        return wanted && g_ascii_string_to_unsigned(wanted, 10, 1, 10000, &columns, NULL) ? (int)columns : 80;
}

static bool wants_colour(void)
{
        const char *no_color = g_getenv("NO_COLOR"), *term = g_getenv("TERM");
        return !(no_color && *no_color) && term && *term && strcmp(term, "dumb") != 0;
}

struct paint paint_of(FILE *out)
{
        int fd = fileno(out);
        struct paint paint = {.out = out, .is_terminal = fd >= 0 && isatty(fd)};
        if (paint.is_terminal) {
                paint.has_colour = wants_colour();
                paint.width = terminal_width(fd);
                paint.charset = g_get_charset(&paint.charset) ? NULL : paint.charset;
        }
        return paint;
}

/* As many columns of ASCII: the head of an arrow, a letter without its accent; "?" where nothing is like it. */
static void append_like(GString *out, const char *character)
{
        static const struct {
                const char *sign;
                char like;
        } signs[] = {{"…", '~'}, {"→", '>'}, {"·", '.'}};
        g_autofree char *ascii = g_str_to_ascii(character, "C");
        char like = *g_strstrip(ascii);
        for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
                if (g_str_equal(character, signs[i].sign))
                        like = signs[i].like;
        for (int left = visible_width(character); left > 0; left--) {
                g_string_append_c(out, like ? like : ' ');
                like = like == '?' ? '?' : '\0';
        }
}

static char *in_charset(const char *text, const char *charset)
{
        GString *out = g_string_sized_new(strlen(text));
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        for (const char *p = valid, *next; *p; p = next) {
                next = g_utf8_next_char(p);
                g_autofree char *character = g_strndup(p, (gsize)(next - p));
                g_autofree char *converted =
                        (guchar)*p < 0x80 ? g_strdup(character) : g_convert(character, -1, charset, "UTF-8", NULL, NULL, NULL);
                if (converted)
                        g_string_append(out, converted);
                else
                        append_like(out, character);
        }
        return g_string_free(out, FALSE);
}

void paint_text(const struct paint *paint, const char *text)
{
        g_autofree char *converted = paint->charset && !g_str_is_ascii(text) ? in_charset(text, paint->charset) : NULL;
        fputs(converted ? converted : text, paint->out);
}

void paint_print(const struct paint *paint, enum style style, const char *format, ...)
{
        gsize length = strlen(format), newlines = 0;
        while (newlines < length && format[length - 1 - newlines] == '\n')
                newlines++;
        va_list arguments;
        va_start(arguments, format);
        g_autofree char *text = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        text[strlen(text) - newlines] = '\0';
        g_autofree char *visible = visible_text(text);
        bool is_styled = paint->has_colour && escape[style] && *visible;
        fputs(is_styled ? escape[style] : "", paint->out);
        paint_text(paint, visible);
        fprintf(paint->out, "%s%s", is_styled ? "\033[0m" : "", format + length - newlines);
}

static void print_error(const char *text)
{
        struct paint paint = paint_of(stderr);
        paint_text(&paint, text);
        fflush(stderr);
}

/* GLib would write a log, too, in the charset of the locale. */
void paint_begin(bool wants_locale)
{
        if (wants_locale)
                setlocale(LC_CTYPE, ""); /* what we say is English, with points in numbers */
        g_set_printerr_handler(print_error);
}
