/* What an iCalendar part says: its events, with the BCOP maintenance properties (X-MAINTNOTE-...).
 * In: filled by reader/ics.c. Out: plain structs. */
#ifndef MAILCLINIC_CALENDAR_H
#define MAILCLINIC_CALENDAR_H

#include <stdbool.h>

#include "data/words.h"

#include <glib.h>

#define CALENDAR_NO_TIME G_MININT64

struct calendar_object {
        char *id;           /* X-MAINTNOTE-OBJECT-ID */
        enum impact impact; /* X-MAINTNOTE-OBJECT-IMPACT, else IMPACT_NONE */
};

struct calendar_event {
        char *field[FIELD_COUNT];    /* ref account status impact title(SUMMARY) location: as the part says them, NULL where it does not */
        bool is_cancelled;           /* STATUS:CANCELLED, or METHOD:CANCEL of the calendar */
        bool is_all_day;             /* DTSTART is a date */
        gint64 start, end;           /* UTC Unix seconds; CALENDAR_NO_TIME where missing, floating or in an unknown zone */
        char *start_text, *end_text; /* as written, for reasons; NULL where missing */
        char *uid;                   /* UID, NULL where missing */
        int sequence;                /* SEQUENCE; -1 where missing */
        GPtrArray *objects;          /* struct calendar_object */
};

struct calendar {
        char *method;      /* METHOD in capitals, "" where there is none */
        GPtrArray *events; /* struct calendar_event; a recurring one once for each occurrence */
        GPtrArray *notes;  /* char *: what was doubtful, as phrases for a reason: "RRULE not expanded: FREQ=SECONDLY" */
};

/* New ones are empty: texts are NULL until the reader sets them, times CALENDAR_NO_TIME, the sequence -1. */
struct calendar *calendar_new(void);
void calendar_free(struct calendar *calendar);
struct calendar_event *calendar_event_new(void);
void calendar_event_free(struct calendar_event *event);
void calendar_object_free(struct calendar_object *object);

#endif
