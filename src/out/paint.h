/* Painting for people: what the stream can show, and text in one of a few styles that say what it means.
 * In: text. Out: on the stream, with escape sequences only where it is a colour terminal; text is made visible (base/visible.h), and is in
 * the charset of the locale where that is a terminal's, else in UTF-8. */
#ifndef MAILCLINIC_PAINT_H
#define MAILCLINIC_PAINT_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

enum { FLOW_INDENT = 4 }; /* of what a narrow terminal has no room for in the first line of a row */

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_RED, STYLE_GREEN, STYLE_YELLOW, STYLE_COUNT };

struct paint {
        FILE *out; /* borrowed */
        bool is_terminal;
        bool has_colour;     /* a terminal, TERM is not "dumb", NO_COLOR is unset or empty (no-color.org) */
        int width;           /* columns; 0 where it is no terminal: nothing is cut then */
        const char *charset; /* borrowed from GLib: what a terminal shows where that is not UTF-8; else NULL */
};

/* What a stream can show. The width is the terminal's, else COLUMNS, else 80. */
struct paint paint_of(FILE *out);

/* Print a line or a piece of one. The whole of it is made visible but for newlines that end the format itself, so that words of a mail can
 * be passed as they are. */
void paint_print(const struct paint *paint, enum style style, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Print text as it is, line ends too: of us, or made visible before. Where the terminal lacks a character, something like it that takes as
 * many columns. */
void paint_text(const struct paint *paint, const char *text);

/* Learn the charset of the locale, unless it is not wanted since that reads files; say with g_printerr() what stderr can show. */
void paint_begin(bool wants_locale);

#endif
