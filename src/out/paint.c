/* Painting for people: what the stream can show, and text in one of a few styles that say what it means.
 * In: text. Out: on the stream, with escape sequences only where it is a colour terminal; text is made visible. */
#include "out/paint.h"

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
        }
        return paint;
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
        fprintf(paint->out, "%s%s%s%s", is_styled ? escape[style] : "", visible, is_styled ? "\033[0m" : "", format + length - newlines);
}
