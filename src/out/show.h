/* A reading for people: who, what, when, how sure and why, and which line matched what.
 * In: a reading. Out: a short text on a stream (out/paint.h). */
#ifndef MAILCLINIC_SHOW_H
#define MAILCLINIC_SHOW_H

#include "data/reading.h"
#include "out/paint.h"

/* Print all that one mail says. source names the mail ("notice.eml"); vendor is the vendor's name for people, NULL: the reading's own word
 * for it is enough. */
void show_reading(const struct paint *paint, const struct reading *reading, const char *source, const char *vendor);

/* A kind in the clinician's words: "moved to another time". Static. */
const char *show_kind(enum kind kind);

/* What is known of a sender, in words: "nobody we trust has checked the sender". Static. */
const char *show_sender(enum sender sender);

#endif
