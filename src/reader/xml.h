/* XML by libxml2's SAX reader, behind one call: no document types, entities, network or other encodings.
 * In: the bytes of a document in UTF-8. Out: its elements and text, by callbacks. */
#ifndef MAILCLINIC_XML_H
#define MAILCLINIC_XML_H

#include <stdbool.h>

#include <glib.h>

/* Names come without their namespace prefix. Any callback may be NULL. */
struct xml_events {
        void (*start)(void *user, const char *name, const char *const *attributes);
        void (*end)(void *user, const char *name);
        void (*text)(void *user, const char *text, gsize length);
};

/* Read a whole document. false and an error where it is not well-formed, has a document type, is not UTF-8, or has a tag of more than
 * LIMIT_XML_ATTRIBUTES attributes; events may have come before that. */
bool xml_read(GBytes *xml, const struct xml_events *events, void *user, GError **error);

/* The value of an attribute by its name without prefix; NULL where there is none. Of `id` and `r:id` the last counts. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
