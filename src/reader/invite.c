/* What the calendar part of a mail says by itself (FILTERS.md "What is read", ICS): fields, windows and circuits that patterns win over.
 * In: an attempt whose patterns are read. Out: the attempt with what only the calendar says. */
#include "reader/invite.h"

#include "reader/row.h"

#define WHERE "ics"

static void put(struct captures *captures, enum field field, const char *value, enum source source)
{
        if (value && *value && !captures->field[field].value)
                captures->field[field] = (struct capture){.value = g_strdup(value), .source = source, .rule = "calendar", .where = WHERE};
}

static void put_event(struct captures *captures, const struct calendar_event *event, enum source source)
{
        for (int f = 0; f < FIELD_COUNT; f++)
                put(captures, (enum field)f, event->field[f], source);
        if (event->is_cancelled)
                put(captures, FIELD_STATUS, status_word(STATUS_CANCELLED), source);
}

static bool any_row(const GPtrArray *rows, bool (*is_so)(const struct row *row))
{
        for (guint i = 0; i < rows->len; i++)
                if (is_so(rows->pdata[i]))
                        return true;
        return false;
}

static bool has_circuit(const struct row *row)
{
        return captures_value(&row->captures, FIELD_CIRCUIT) || captures_value(&row->captures, FIELD_ALIAS);
}

/* Where patterns found the reference, a row keeps its own only if the events are of several maintenances. */
static bool events_share_ref(const GPtrArray *events)
{
        for (guint i = 0; i < events->len; i++) {
                const struct calendar_event *event = events->pdata[i], *first = events->pdata[0];
                if (g_strcmp0(event->field[FIELD_REF], first->field[FIELD_REF]) != 0)
                        return false;
        }
        return true;
}

static void add_window(struct attempt *attempt, const struct calendar_event *event, bool is_alone)
{
        if (event->start == CALENDAR_NO_TIME || event->is_all_day)
                return;
        struct row *row = row_new(ROLE_PRIMARY, attempt->windows->len);
        row->start_at = event->start;
        row->end_at = event->end;
        if (!is_alone)
                put_event(&row->captures, event, SOURCE_CALENDAR);
        g_ptr_array_add(attempt->windows, row);
}

static void add_objects(struct attempt *attempt, const struct calendar_event *event, bool is_alone)
{
        for (guint i = 0; i < event->objects->len; i++) {
                const struct calendar_object *object = event->objects->pdata[i];
                struct row *row = row_new(ROLE_PRIMARY, i);
                put(&row->captures, FIELD_CIRCUIT, object->id, SOURCE_CALENDAR);
                put(&row->captures, FIELD_IMPACT, impact_word(object->impact), SOURCE_CALENDAR);
                if (!is_alone)
                        put(&row->captures, FIELD_REF, event->field[FIELD_REF], SOURCE_CALENDAR);
                g_ptr_array_add(attempt->circuits, row);
        }
}

/* An attendee's answer repeats the event of somebody else (RFC 5546 1.4): it announces nothing. */
static bool is_answer(const struct calendar *calendar)
{
        static const char *const answers[] = {"REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"};
        for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
                if (g_str_equal(calendar->method, answers[i]))
                        return true;
        return false;
}

void invite_read(struct attempt *attempt)
{
        const struct calendar *calendar = attempt->mail->calendar;
        if (!calendar || !calendar->events->len || is_answer(calendar))
                return;
        const GPtrArray *events = calendar->events;
        bool is_alone = events_share_ref(events);
        bool has_windows = any_row(attempt->windows, row_has_start) || captures_have_start(&attempt->fields);
        bool has_circuits = any_row(attempt->circuits, has_circuit) || any_row(attempt->windows, has_circuit) ||
                            captures_value(&attempt->fields, FIELD_CIRCUIT);
        if (is_alone)
                put_event(&attempt->from[SOURCE_CALENDAR], events->pdata[0], SOURCE_CALENDAR);
        captures_fill(&attempt->fields, &attempt->from[SOURCE_CALENDAR]);
        for (guint i = 0; i < events->len; i++) {
                if (!has_windows)
                        add_window(attempt, events->pdata[i], is_alone);
                if (!has_circuits)
                        add_objects(attempt, events->pdata[i], is_alone);
        }
        for (guint i = 0; i < calendar->notes->len; i++)
                g_ptr_array_add(attempt->doubts, g_strdup(calendar->notes->pdata[i]));
}

void invite_account(struct attempt *attempt)
{
        const struct calendar *calendar = attempt->mail->calendar;
        if (!calendar || !calendar->events->len || is_answer(calendar) || !events_share_ref(calendar->events))
                return;
        const struct calendar_event *event = calendar->events->pdata[0];
        const char *ref = captures_value(&attempt->fields, FIELD_REF);
        if (!ref || g_strcmp0(ref, event->field[FIELD_REF]) != 0)
                return;
        put(&attempt->from[SOURCE_CALENDAR], FIELD_ACCOUNT, event->field[FIELD_ACCOUNT], SOURCE_CALENDAR);
        captures_fill(&attempt->fields, &attempt->from[SOURCE_CALENDAR]);
}

static bool is_read(const GPtrArray *notices, const struct calendar_event *event)
{
        for (guint i = 0; i < notices->len; i++) {
                const struct notice *notice = notices->pdata[i];
                for (guint k = 0; k < notice->windows->len; k++) {
                        const struct window *window = notice->windows->pdata[k];
                        if (window->start == event->start && (window->end == event->end || event->end == CALENDAR_NO_TIME))
                                return true;
                }
        }
        return false;
}

static bool is_cancelled(const GPtrArray *notices)
{
        for (guint i = 0; i < notices->len; i++)
                if (((struct notice *)notices->pdata[i])->status != STATUS_CANCELLED)
                        return false;
        return true;
}

char *invite_differs(const struct attempt *attempt)
{
        const struct calendar *calendar = attempt->mail->calendar;
        for (guint i = 0; calendar && i < calendar->events->len; i++) {
                const struct calendar_event *event = calendar->events->pdata[i];
                if (event->is_cancelled && !is_cancelled(attempt->notices))
                        return g_strdup("the calendar part is a cancellation");
                if (event->start != CALENDAR_NO_TIME && !event->is_all_day && !is_read(attempt->notices, event))
                        return g_strdup_printf("the calendar part says other times: %s to %s", event->start_text,
                                               event->end_text ? event->end_text : "no end");
        }
        return NULL;
}
