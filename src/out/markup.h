/* HTML written so that no text can become markup: elements, attributes and text are told apart by the call, never by the caller's quoting.
 * In: names that are ours, texts that are anybody's. Out: HTML in UTF-8 whose elements are all closed. */
#ifndef MAILCLINIC_MARKUP_H
#define MAILCLINIC_MARKUP_H

#include <stdbool.h>

#include <glib.h>

struct markup;

/* An empty piece of HTML. */
struct markup *markup_new(void);
void markup_free(struct markup *markup);

/* A document up to its open <head>: doctype, language, character set, colour scheme. */
struct markup *markup_document(void);

/* A page up to its open <main>: doctype, language, character set, title, colour scheme, and `css`, which must be ours. */
struct markup *markup_page(const char *title, const char *css);

/* How many bytes were written so far. */
gsize markup_length(const struct markup *markup);

/* What was written, with all that is still open closed; frees the markup. Caller frees. */
char *markup_finish(struct markup *markup, gsize *length);

/* Start an element; names of elements and attributes are ours, in small letters. */
void markup_open(struct markup *markup, const char *element);

/* End the innermost element. Elements that have no end (br, hr, img, input, link, meta) are never closed. */
void markup_close(struct markup *markup);

/* Give an attribute to the element that was opened last, before anything is put into it. NULL as value leaves it out. The value of href,
 * src, action and formaction is left out too unless it is http, https, mailto or a place on this site; names that run scripts (on...) and
 * `style` are a programming mistake. */
void markup_attribute(struct markup *markup, const char *name, const char *value);

/* An attribute without a value: "disabled". */
void markup_flag(struct markup *markup, const char *name);

/* Text, as base/visible.h shows it, escaped. NULL writes nothing. Never allowed within <script> and <style>. */
void markup_text(struct markup *markup, const char *text);
void markup_print(struct markup *markup, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same with its line breaks kept, for <pre>. */
void markup_lines(struct markup *markup, const char *text);

/* An element with a class (NULL: none) and a text, opened and closed. */
void markup_element(struct markup *markup, const char *element, const char *class, const char *text);

/* The headings of a table's columns, in a <thead> of their own. */
void markup_heads(struct markup *markup, const char *const *heads, gsize n);

/* A link with its text; the text alone where the address may not stand (markup_attribute()). */
void markup_link(struct markup *markup, const char *address, const char *text);

/* Whether an address may stand in href: http, https, mailto, or a place on this site. */
bool markup_is_address(const char *address);

#endif
