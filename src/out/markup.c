/* HTML written so that no text can become markup: elements, attributes and text are told apart by the call, never by the caller's quoting.
 * In: names that are ours, texts that are anybody's. Out: HTML in UTF-8 whose elements are all closed. */
#include "out/markup.h"

#include "base/visible.h"

#include <string.h>

struct markup {
        GString *out;
        GPtrArray *open;  /* const char *: names of the open elements, interned */
        bool is_in_start; /* the innermost start tag still takes attributes */
        bool is_void;     /* and is of an element that has no end */
};

/* HTML Standard 13.1.2 "Void elements", those that we write. */
static const char *const void_elements[] = {"br", "hr", "img", "input", "link", "meta"};
static const char *const address_attributes[] = {"href", "src", "action", "formaction"};

static bool is_among(const char *word, const char *const *words, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (strcmp(word, words[i]) == 0)
                        return true;
        return false;
}

static bool is_name(const char *name)
{
        gsize n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
        return n > 0 && name[n] == '\0' && g_ascii_isalpha(*name);
}

struct markup *markup_new(void)
{
        struct markup *markup = g_new0(struct markup, 1);
        markup->out = g_string_new(NULL);
        markup->open = g_ptr_array_new();
        return markup;
}

void markup_free(struct markup *markup)
{
        if (!markup)
                return;
        g_string_free(markup->out, TRUE);
        g_ptr_array_unref(markup->open);
        g_free(markup);
}

gsize markup_length(const struct markup *markup)
{
        return markup->out->len;
}

/* After this, what is written stands inside the element. */
static void end_start(struct markup *markup)
{
        if (markup->is_in_start)
                g_string_append_c(markup->out, '>');
        markup->is_in_start = markup->is_void = false;
}

static void write_escaped(struct markup *markup, const char *text)
{
        static const char *const entity[128] = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
        for (const char *p = text; *p; p++) {
                guchar c = (guchar)*p;
                if (c < 128 && entity[c])
                        g_string_append(markup->out, entity[c]);
                else
                        g_string_append_c(markup->out, *p);
        }
}

static void write_visible(struct markup *markup, const char *text)
{
        g_autofree char *shown = visible_text(text);
        write_escaped(markup, shown);
}

void markup_open(struct markup *markup, const char *element)
{
        g_assert(is_name(element));
        end_start(markup);
        g_string_append_printf(markup->out, "<%s", element);
        markup->is_in_start = true;
        markup->is_void = is_among(element, void_elements, G_N_ELEMENTS(void_elements));
        if (!markup->is_void)
                g_ptr_array_add(markup->open, (gpointer)g_intern_string(element));
}

void markup_close(struct markup *markup)
{
        g_assert(markup->open->len > 0);
        end_start(markup);
        g_string_append_printf(markup->out, "</%s>", (const char *)g_ptr_array_steal_index(markup->open, markup->open->len - 1));
}

bool markup_is_address(const char *address)
{
        if (!address)
                return false;
        for (const char *p = address; *p; p++)
                if (!g_ascii_isgraph(*p) || strchr("<>\"\\^`{|}", *p))
                        return false;
        if (*address == '/')
                return address[1] != '/';
        return *address == '#' || *address == '?' || g_str_has_prefix(address, "https://") || g_str_has_prefix(address, "http://") ||
               g_str_has_prefix(address, "mailto:");
}

void markup_attribute(struct markup *markup, const char *name, const char *value)
{
        g_assert(markup->is_in_start && is_name(name) && !g_str_has_prefix(name, "on") && strcmp(name, "style") != 0);
        if (!value || (is_among(name, address_attributes, G_N_ELEMENTS(address_attributes)) && !markup_is_address(value)))
                return;
        g_string_append_printf(markup->out, " %s=\"", name);
        write_visible(markup, value);
        g_string_append_c(markup->out, '"');
}

void markup_flag(struct markup *markup, const char *name)
{
        g_assert(markup->is_in_start && is_name(name));
        g_string_append_printf(markup->out, " %s", name);
}

static bool takes_text(const struct markup *markup)
{
        const char *element = markup->open->len ? markup->open->pdata[markup->open->len - 1] : "";
        return strcmp(element, "script") != 0 && strcmp(element, "style") != 0;
}

void markup_text(struct markup *markup, const char *text)
{
        g_assert(takes_text(markup));
        if (!text)
                return;
        end_start(markup);
        write_visible(markup, text);
}

void markup_print(struct markup *markup, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_autofree char *text = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        markup_text(markup, text);
}

void markup_lines(struct markup *markup, const char *text)
{
        g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
        for (char **line = lines; *line; line++) {
                if (line > lines)
                        g_string_append_c(markup->out, '\n');
                markup_text(markup, *line);
        }
}

void markup_element(struct markup *markup, const char *element, const char *class, const char *text)
{
        markup_open(markup, element);
        markup_attribute(markup, "class", class);
        markup_text(markup, text);
        markup_close(markup);
}

void markup_heads(struct markup *markup, const char *const *heads, gsize n)
{
        markup_open(markup, "thead");
        markup_open(markup, "tr");
        for (gsize i = 0; i < n; i++) {
                markup_open(markup, "th");
                markup_attribute(markup, "scope", "col");
                markup_text(markup, heads[i]);
                markup_close(markup);
        }
        markup_close(markup);
        markup_close(markup);
}

void markup_link(struct markup *markup, const char *address, const char *text)
{
        if (!markup_is_address(address)) {
                markup_text(markup, text);
                return;
        }
        markup_open(markup, "a");
        markup_attribute(markup, "href", address);
        markup_attribute(markup, "rel", "noreferrer");
        markup_text(markup, text);
        markup_close(markup);
}

static void write_meta(struct markup *markup, const char *name, const char *content)
{
        markup_open(markup, "meta");
        markup_attribute(markup, "name", name);
        markup_attribute(markup, "content", content);
}

struct markup *markup_document(void)
{
        struct markup *markup = markup_new();
        g_string_append(markup->out, "<!DOCTYPE html>\n");
        markup_open(markup, "html");
        markup_attribute(markup, "lang", "en");
        markup_open(markup, "head");
        markup_open(markup, "meta");
        markup_attribute(markup, "charset", "utf-8");
        write_meta(markup, "viewport", "width=device-width, initial-scale=1");
        write_meta(markup, "color-scheme", "light dark");
        return markup;
}

struct markup *markup_page(const char *title, const char *css)
{
        g_assert(!strstr(css, "</"));
        struct markup *markup = markup_document();
        write_meta(markup, "referrer", "no-referrer");
        markup_element(markup, "title", NULL, title);
        markup_open(markup, "style");
        end_start(markup);
        g_string_append(markup->out, css);
        markup_close(markup);
        markup_close(markup);
        markup_open(markup, "body");
        markup_open(markup, "main");
        return markup;
}

char *markup_finish(struct markup *markup, gsize *length)
{
        while (markup->open->len > 0)
                markup_close(markup);
        end_start(markup);
        g_string_append_c(markup->out, '\n');
        if (length)
                *length = markup->out->len;
        char *html = g_string_free(g_steal_pointer(&markup->out), FALSE);
        g_ptr_array_unref(markup->open);
        g_free(markup);
        return html;
}
