/* What a style attribute says of whether its text can be seen.
 * In: the value of a style attribute. Out: a few flags; all other properties are left aside. */
#ifndef MAILCLINIC_STYLE_H
#define MAILCLINIC_STYLE_H

#include <glib.h>

enum style {
        STYLE_GONE = 1 << 0,      /* display:none, mso-hide:all: takes no room; what is inside cannot undo it */
        STYLE_STRUCK = 1 << 1,    /* text-decoration:line-through; what is inside cannot undo it */
        STYLE_HIDDEN = 1 << 2,    /* visibility:hidden; undone by STYLE_VISIBLE inside */
        STYLE_VISIBLE = 1 << 3,   /* any other visibility */
        STYLE_TINY = 1 << 4,      /* font-size:0; undone by STYLE_SIZED inside */
        STYLE_SIZED = 1 << 5,     /* a font size that does not hang on that around it */
        STYLE_PRE = 1 << 6,       /* white-space that keeps line ends; undone by STYLE_FLOWING inside */
        STYLE_FLOWING = 1 << 7,   /* any other white-space */
        STYLE_ALL = (1 << 8) - 1, /* every flag */
};

/* The flags of a style attribute (CSS 2.2); of a property given twice the last counts. */
unsigned style_read(const char *css, gsize length);

#endif
