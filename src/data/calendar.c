/* What an iCalendar part says: its events, with the BCOP maintenance properties (X-MAINTNOTE-...).
 * In: filled by reader/ics.c. Out: plain structs. */
#include "data/calendar.h"

struct calendar *calendar_new(void)
{
        struct calendar *calendar = g_new0(struct calendar, 1);
        calendar->events = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_event_free);
        calendar->notes = g_ptr_array_new_with_free_func(g_free);
        return calendar;
}

void calendar_free(struct calendar *calendar)
{
        if (!calendar)
                return;
        g_free(calendar->method);
        g_ptr_array_unref(calendar->events);
        g_ptr_array_unref(calendar->notes);
        g_free(calendar);
}

struct calendar_event *calendar_event_new(void)
{
        struct calendar_event *event = g_new0(struct calendar_event, 1);
        event->start = event->end = CALENDAR_NO_TIME;
        event->sequence = -1;
        event->objects = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_object_free);
        return event;
}

void calendar_event_free(struct calendar_event *event)
{
        if (!event)
                return;
        for (int i = 0; i < FIELD_COUNT; i++)
                g_free(event->field[i]);
        g_free(event->start_text);
        g_free(event->end_text);
        g_free(event->uid);
        g_ptr_array_unref(event->objects);
        g_free(event);
}

void calendar_object_free(struct calendar_object *object)
{
        if (!object)
                return;
        g_free(object->id);
        g_free(object);
}
