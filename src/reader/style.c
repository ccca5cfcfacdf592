/* What a style attribute says of whether its text can be seen.
 * In: the value of a style attribute. Out: a few flags; all other properties are left aside. */
#include "reader/style.h"

#include <stdbool.h>
#include <string.h>

/* A piece of the attribute, its ends trimmed. */
struct piece {
        const char *text;
        gsize length;
};

static struct piece trim(const char *start, const char *end)
{
        while (start < end && g_ascii_isspace(*start))
                start++;
        while (end > start && g_ascii_isspace(end[-1]))
                end--;
        return (struct piece){start, (gsize)(end - start)};
}

static bool begins_with(struct piece piece, const char *word)
{
        gsize n = strlen(word);
        return piece.length >= n && g_ascii_strncasecmp(piece.text, word, n) == 0;
}

static bool contains(struct piece piece, const char *word)
{
        for (; piece.length >= strlen(word); piece.text++, piece.length--)
                if (begins_with(piece, word))
                        return true;
        return false;
}

static unsigned display(struct piece value)
{
        return begins_with(value, "none") ? STYLE_GONE : 0;
}

static unsigned mso_hide(struct piece value)
{
        return begins_with(value, "all") ? STYLE_GONE : 0;
}

static unsigned text_decoration(struct piece value)
{
        return contains(value, "line-through") ? STYLE_STRUCK : 0;
}

static unsigned visibility(struct piece value)
{
        if (begins_with(value, "inherit"))
                return 0;
        return begins_with(value, "hidden") || begins_with(value, "collapse") ? STYLE_HIDDEN : STYLE_VISIBLE;
}

static unsigned white_space(struct piece value)
{
        if (begins_with(value, "inherit"))
                return 0;
        return begins_with(value, "pre") || begins_with(value, "break-spaces") ? STYLE_PRE : STYLE_FLOWING;
}

/* A size in em, ex or % hangs on the size around it, as do `inherit`, `smaller` and `larger`; nothing of any unit is nothing. */
static unsigned font_size(struct piece value)
{
        const char *p = value.text, *end = p + value.length;
        bool is_zero = true, has_digit = false;
        for (; p < end && (g_ascii_isdigit(*p) || *p == '.'); p++) {
                has_digit = has_digit || *p != '.';
                is_zero = is_zero && (*p == '0' || *p == '.');
        }
        struct piece unit = trim(p, end);
        if (has_digit && is_zero)
                return STYLE_TINY;
        if (has_digit)
                return begins_with(unit, "em") || begins_with(unit, "ex") || begins_with(unit, "%") ? 0 : STYLE_SIZED;
        return begins_with(value, "inherit") || begins_with(value, "smaller") || begins_with(value, "larger") ? 0 : STYLE_SIZED;
}

static unsigned font(struct piece value)
{
        return begins_with(value, "inherit") ? 0 : STYLE_SIZED;
}

static const struct property {
        const char *name;
        unsigned (*read)(struct piece value);
        unsigned replaces; /* flags that an earlier declaration may have set */
} properties[] = {
        {"display", display, STYLE_GONE},
        {"font", font, STYLE_TINY | STYLE_SIZED},
        {"font-size", font_size, STYLE_TINY | STYLE_SIZED},
        {"mso-hide", mso_hide, 0},
        {"text-decoration", text_decoration, STYLE_STRUCK},
        {"text-decoration-line", text_decoration, STYLE_STRUCK},
        {"visibility", visibility, STYLE_HIDDEN | STYLE_VISIBLE},
        {"white-space", white_space, STYLE_PRE | STYLE_FLOWING},
};

static const struct property *find_property(struct piece name)
{
        for (gsize i = 0; i < G_N_ELEMENTS(properties); i++)
                if (name.length == strlen(properties[i].name) && begins_with(name, properties[i].name))
                        return &properties[i];
        return NULL;
}

unsigned style_read(const char *css, gsize length)
{
        unsigned style = 0;
        const char *end = css + length;
        while (css < end) {
                const char *stop = memchr(css, ';', (gsize)(end - css));
                stop = stop ? stop : end;
                const char *colon = memchr(css, ':', (gsize)(stop - css));
                const struct property *property = colon ? find_property(trim(css, colon)) : NULL;
                if (property)
                        style = (style & ~property->replaces) | property->read(trim(colon + 1, stop));
                css = MIN(stop + 1, end);
        }
        return style;
}
