/* XML by libxml2's SAX reader, behind one call: no document types, entities, network or other encodings.
 * In: the bytes of a document in UTF-8. Out: its elements and text, by callbacks. */
#include "reader/xml.h"

#include "base/fail.h"
#include "base/limits.h"

#include <string.h>

#include <libxml/parser.h>

struct document {
        xmlParserCtxtPtr parser;
        const struct xml_events *events;
        void *user;
        bool is_broken;
};

static const char *local_name(const char *name)
{
        const char *colon = strchr(name, ':');
        return colon ? colon + 1 : name;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
        const char *value = NULL;
        for (; attributes && attributes[0]; attributes += 2)
                if (strcmp(local_name(attributes[0]), name) == 0)
                        value = attributes[1];
        return value;
}

static void start_element(void *user, const xmlChar *name, const xmlChar **attributes)
{
        struct document *document = user;
        if (document->events->start)
                document->events->start(document->user, local_name((const char *)name), (const char *const *)attributes);
}

static void end_element(void *user, const xmlChar *name)
{
        struct document *document = user;
        if (document->events->end)
                document->events->end(document->user, local_name((const char *)name));
}

static void characters(void *user, const xmlChar *text, int length)
{
        struct document *document = user;
        if (document->events->text)
                document->events->text(document->user, (const char *)text, (gsize)length);
}

/* libxml2 goes on after an error; what has_few_attributes() found out does not hold there. */
static void G_GNUC_PRINTF(2, 3) error_found(void *user, const char *format G_GNUC_UNUSED, ...)
{
        struct document *document = user;
        document->is_broken = true;
        xmlStopParser(document->parser);
}

static const xmlSAXHandler handlers = {
        .startElement = start_element,
        .endElement = end_element,
        .characters = characters,
        .cdataBlock = characters,
        .error = error_found,
        .fatalError = error_found,
};

/* The end of a tag that begins at p; NULL where it has too many attributes or no end. */
static const char *skip_tag(const char *p, const char *end)
{
        char quote = '\0';
        for (guint n = 0; p < end && n <= LIMIT_XML_ATTRIBUTES; p++) {
                if (quote)
                        quote = *p == quote ? '\0' : quote;
                else if (*p == '"' || *p == '\'')
                        quote = *p;
                else if (*p == '>')
                        return p + 1;
                else if (*p == '=')
                        n++;
        }
        return NULL;
}

/* The end of markup that begins at p; NULL where it has none, is a document type, or has too many attributes. */
static const char *skip_markup(const char *p, const char *end)
{
        static const struct {
                const char *start, *end;
        } sections[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
        gsize left = (gsize)(end - p);
        for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
                gsize n = strlen(sections[i].start);
                if (left < n || memcmp(p, sections[i].start, n) != 0)
                        continue;
                const char *close = memmem(p + n, left - n, sections[i].end, strlen(sections[i].end));
                return close ? close + strlen(sections[i].end) : NULL;
        }
        return left > 1 && p[1] == '!' ? NULL : skip_tag(p, end);
}

/* libxml2 compares each attribute with all others of its tag. */
static bool has_few_attributes(const char *xml, gsize length)
{
        const char *p = xml, *end = xml + length;
        while (p < end && (p = memchr(p, '<', (gsize)(end - p))))
                if (!(p = skip_markup(p, end)))
                        return false;
        return true;
}

bool xml_read(GBytes *xml, const struct xml_events *events, void *user, GError **error)
{
        gsize length;
        const char *data = g_bytes_get_data(xml, &length), *text = data ? data : "";
        if (!g_utf8_validate_len(text, length, NULL)) {
                g_set_error(error, FAIL, FAIL_DATA, "the XML is not UTF-8");
                return false;
        }
        if (length > G_MAXINT || !has_few_attributes(text, length)) {
                g_set_error(error, FAIL, FAIL_DATA, "the XML is cut, has a document type, or a tag of over %d attributes",
                            LIMIT_XML_ATTRIBUTES);
                return false;
        }
        struct document document = {.parser = xmlNewParserCtxt(), .events = events, .user = user};
        g_assert(document.parser);
        *document.parser->sax = handlers;
        document.parser->userData = &document;
        xmlCtxtReadMemory(document.parser, text, (int)length, NULL, "UTF-8", XML_PARSE_NONET);
        bool is_whole = document.parser->wellFormed && !document.is_broken;
        xmlFreeParserCtxt(document.parser);
        if (!is_whole)
                g_set_error(error, FAIL, FAIL_DATA, "the XML is not well-formed");
        return is_whole;
}
