/* iCalendar (RFC 5545) with the BCOP maintenance properties, by libical (parsing only).
 * In: the bytes of a part. Out: a struct calendar, and the properties as lines for patterns. */
#include "reader/ics.h"

#include "base/fail.h"
#include "base/limits.h"
#include "data/reading.h"
#include "reader/ics-fold.h"
#include "reader/ics-known.h"
#include "reader/ics-time.h"
#include "reader/text.h"

#include <stdbool.h>
#include <string.h>

#include <libical/ical.h>

static const struct {
        const char *name;
        enum field field;
} maintenance_fields[] = {
        {"X-MAINTNOTE-MAINTENANCE-ID", FIELD_REF},
        {"X-MAINTNOTE-ACCOUNT", FIELD_ACCOUNT},
        {"X-MAINTNOTE-STATUS", FIELD_STATUS},
        {"X-MAINTNOTE-IMPACT", FIELD_IMPACT},
};

static const char *const impact_parameters[] = {"X-MAINTNOTE-OBJECT-IMPACT", "OBJECT-IMPACT"};

gboolean ics_is_calendar(const char *bytes, gsize length)
{
        static const char begin[] = "BEGIN:VCALENDAR";
        if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
                bytes += 3;
                length -= 3;
        }
        for (; length && g_ascii_isspace(*bytes); length--)
                bytes++;
        return length >= strlen(begin) && g_ascii_strncasecmp(bytes, begin, strlen(begin)) == 0;
}

/* A value of libical's, white space trimmed. Of an escaped letter that is no ASCII it drops the first byte. Caller frees. */
static char *text_of(const char *value)
{
        return g_strstrip(g_utf8_make_valid(value ? value : "", -1));
}

/* Take over a value; an empty one says nothing, and the first of several holds. */
static void put(struct calendar_event *event, enum field field, const char *value)
{
        g_autofree char *copy = text_of(value);
        if (*copy && !event->field[field])
                event->field[field] = g_steal_pointer(&copy);
}

static enum impact object_impact(icalproperty *property)
{
        for (icalparameter *p = icalproperty_get_first_parameter(property, ICAL_ANY_PARAMETER); p;
             p = icalproperty_get_next_parameter(property, ICAL_ANY_PARAMETER)) {
                const char *name = icalparameter_get_xname(p), *value = icalparameter_get_xvalue(p);
                for (gsize i = 0; name && value && i < G_N_ELEMENTS(impact_parameters); i++) {
                        int impact = g_ascii_strcasecmp(name, impact_parameters[i]) == 0 ? impact_from_word(value) : -1;
                        if (impact > IMPACT_NONE)
                                return (enum impact)impact;
                }
        }
        return IMPACT_NONE;
}

static void add_object(struct calendar_event *event, icalproperty *property)
{
        g_autofree char *id = text_of(icalproperty_get_x(property));
        if (!*id || event->objects->len >= LIMIT_CIRCUITS)
                return;
        struct calendar_object *object = g_new0(struct calendar_object, 1);
        object->id = g_steal_pointer(&id);
        object->impact = object_impact(property);
        g_ptr_array_add(event->objects, object);
}

static void read_maintenance(struct calendar_event *event, icalproperty *property)
{
        const char *name = icalproperty_get_x_name(property);
        if (!name || !icalproperty_get_x(property))
                return;
        if (g_str_equal(name, "X-MAINTNOTE-OBJECT-ID"))
                add_object(event, property);
        for (gsize i = 0; i < G_N_ELEMENTS(maintenance_fields); i++)
                if (g_str_equal(name, maintenance_fields[i].name))
                        put(event, maintenance_fields[i].field, icalproperty_get_x(property));
}

/* A time or rule that libical could not read must not pass as one that is not there. */
static void read_error(struct calendar *calendar, icalproperty *property)
{
        static const char *const names[] = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"};
        const char *message = icalproperty_get_xlicerror(property);
        for (gsize i = 0; message && i < G_N_ELEMENTS(names); i++) {
                g_autofree char *words = g_strdup_printf(" in %s property", names[i]);
                g_autofree char *text = g_strdup_printf("%s could not be read", names[i]);
                if (strstr(message, words) && !g_ptr_array_find_with_equal_func(calendar->notes, text, g_str_equal, NULL))
                        g_ptr_array_add(calendar->notes, g_steal_pointer(&text));
        }
}

static void read_property(struct calendar *calendar, struct calendar_event *event, icalproperty *property)
{
        switch (icalproperty_isa(property)) {
        case ICAL_SUMMARY_PROPERTY:
                put(event, FIELD_TITLE, icalproperty_get_summary(property));
                break;
        case ICAL_LOCATION_PROPERTY:
                put(event, FIELD_LOCATION, icalproperty_get_location(property));
                break;
        case ICAL_UID_PROPERTY:
                g_free(event->uid);
                event->uid = text_of(icalproperty_get_uid(property));
                break;
        case ICAL_SEQUENCE_PROPERTY:
                event->sequence = MAX(icalproperty_get_sequence(property), -1);
                break;
        case ICAL_STATUS_PROPERTY:
                event->is_cancelled = event->is_cancelled || icalproperty_get_status(property) == ICAL_STATUS_CANCELLED;
                break;
        case ICAL_X_PROPERTY:
                read_maintenance(event, property);
                break;
        case ICAL_XLICERROR_PROPERTY:
                read_error(calendar, property);
                break;
        default:
                break;
        }
}

static struct calendar_event *read_event(struct calendar *calendar, icalcomponent *component)
{
        struct calendar_event *event = calendar_event_new();
        event->is_cancelled = g_str_equal(calendar->method, "CANCEL");
        for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); p;
             p = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY))
                read_property(calendar, event, p);
        return event;
}

/* Another occurrence of an event: all the same but the times. */
static struct calendar_event *event_again(const struct calendar_event *event)
{
        struct calendar_event *again = calendar_event_new();
        for (int f = 0; f < FIELD_COUNT; f++)
                again->field[f] = g_strdup(event->field[f]);
        again->uid = g_strdup(event->uid);
        again->sequence = event->sequence;
        again->is_cancelled = event->is_cancelled;
        again->is_all_day = event->is_all_day;
        again->start_text = g_strdup(event->start_text);
        again->end_text = g_strdup(event->end_text);
        for (guint i = 0; i < event->objects->len; i++) {
                const struct calendar_object *object = event->objects->pdata[i];
                struct calendar_object *copy = g_new0(struct calendar_object, 1);
                copy->id = g_strdup(object->id);
                copy->impact = object->impact;
                g_ptr_array_add(again->objects, copy);
        }
        return again;
}

/* What is written is the first occurrence. */
static void set_texts(struct calendar_event *occurrence)
{
        g_free(occurrence->start_text);
        g_free(occurrence->end_text);
        occurrence->start_text = instant_text(occurrence->start);
        occurrence->end_text = occurrence->end == CALENDAR_NO_TIME ? NULL : instant_text(occurrence->end);
}

static void add_event(struct calendar *calendar, struct ics_clock *clock, icalcomponent *component)
{
        struct calendar_event *event = read_event(calendar, component);
        g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct ics_span));
        ics_clock_read(clock, component, event, spans);
        for (guint i = 0; i < spans->len && calendar->events->len < LIMIT_ICS_EVENTS; i++) {
                struct calendar_event *occurrence = event_again(event);
                occurrence->start = g_array_index(spans, struct ics_span, i).start;
                occurrence->end = g_array_index(spans, struct ics_span, i).end;
                if (i > 0)
                        set_texts(occurrence);
                g_ptr_array_add(calendar->events, occurrence);
        }
        calendar_event_free(event);
}

static void set_method(struct calendar *calendar, icalcomponent *vcalendar)
{
        icalproperty *method = icalcomponent_get_first_property(vcalendar, ICAL_METHOD_PROPERTY);
        g_autofree char *text = NULL;
        if (method) {
                char *value = icalproperty_get_value_as_string_r(method);
                text = g_ascii_strup(value ? value : "", -1);
                icalmemory_free_buffer(value);
        }
        g_free(calendar->method);
        calendar->method = g_strstrip(text ? g_steal_pointer(&text) : g_strdup(""));
}

static void read_vcalendar(struct calendar *calendar, icalcomponent *vcalendar)
{
        g_autoptr(GPtrArray) events = g_ptr_array_new();
        set_method(calendar, vcalendar);
        for (icalcompiter at = icalcomponent_begin_component(vcalendar, ICAL_VEVENT_COMPONENT); icalcompiter_deref(&at);
             icalcompiter_next(&at))
                g_ptr_array_add(events, icalcompiter_deref(&at));
        struct ics_clock *clock = ics_clock_new(vcalendar, events, calendar->notes);
        for (guint i = 0; i < events->len; i++)
                add_event(calendar, clock, events->pdata[i]);
        ics_clock_free(clock);
}

/* libical is handed no more than what is read here; it takes the square of the number of lines that it cannot parse. */
static bool is_wanted(const char *line)
{
        static const char *const names[] = {
                "BEGIN", "END",  "METHOD", "UID",      "SUMMARY", "LOCATION",      "STATUS",       "DTSTART",    "DTEND",
                "RRULE", "TZID", "RDATE",  "DURATION", "EXDATE",  "RECURRENCE-ID", "TZOFFSETFROM", "TZOFFSETTO", "SEQUENCE",
        };
        if (!*ics_line_value(line))
                return false;
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
                if (ics_line_is(line, names[i]))
                        return true;
        return g_str_has_prefix(line, "X-MAINTNOTE-");
}

static icalcomponent *parse(const GPtrArray *lines, GError **error)
{
        g_autoptr(GString) text = g_string_new(NULL);
        guint n = 0;
        for (guint i = 0; i < lines->len; i++)
                if (is_wanted(lines->pdata[i])) {
                        g_string_append_printf(text, "%s\r\n", (const char *)lines->pdata[i]);
                        n++;
                }
        icalerror_set_errors_are_fatal(0);
        ical_set_unknown_token_handling_setting(ICAL_ASSUME_IANA_TOKEN);
        icalcomponent *root = n > LIMIT_ICS_PROPERTIES ? NULL : icalparser_parse_string(text->str);
        if (!root)
                g_set_error(error, FAIL, FAIL_DATA, "the calendar part %s",
                            n > LIMIT_ICS_PROPERTIES ? "has too many properties" : "holds no calendar");
        return root;
}

static struct calendar *read_root(icalcomponent *root)
{
        struct calendar *calendar = calendar_new();
        if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
                read_vcalendar(calendar, root);
        for (icalcompiter at = icalcomponent_begin_component(root, ICAL_VCALENDAR_COMPONENT); icalcompiter_deref(&at);
             icalcompiter_next(&at))
                read_vcalendar(calendar, icalcompiter_deref(&at));
        if (!calendar->method)
                g_clear_pointer(&calendar, calendar_free);
        return calendar;
}

struct calendar *ics_read(const char *bytes, gsize length, GError **error)
{
        g_autoptr(GPtrArray) lines = ics_unfold(bytes, length, error);
        if (!lines)
                return NULL;
        icalcomponent *root = parse(lines, error);
        if (!root)
                return NULL;
        struct calendar *calendar = read_root(root);
        icalcomponent_free(root);
        if (calendar)
                ics_note_unknown(lines, calendar->notes);
        else
                g_set_error_literal(error, FAIL, FAIL_DATA, "the calendar part holds no calendar");
        return calendar;
}

/* TEXT values have line breaks, commas, semicolons and backslashes escaped (RFC 5545 3.3.11). Caller frees. */
static char *unescape(const char *value)
{
        GString *text = g_string_new(NULL);
        for (; *value; value++) {
                if (value[0] == '\\' && value[1])
                        value++;
                else if (value[0] != '\\') {
                        g_string_append_c(text, *value);
                        continue;
                }
                g_string_append_c(text, *value == 'n' || *value == 'N' ? '\n' : *value);
        }
        return g_string_free(text, FALSE);
}

/* Times of the mail's making, and the description once more in HTML, say nothing of the work. */
static bool is_bookkeeping(const char *line)
{
        static const char *const names[] = {"DTSTAMP", "CREATED", "LAST-MODIFIED", "X-ALT-DESC"};
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
                if (ics_line_is(line, names[i]))
                        return true;
        return false;
}

/* The zone that the parameters name, with a blank before it; "" where they name none. Caller frees. */
static char *zone_suffix(const char *line)
{
        g_autofree char *parameters = g_strndup(line, (gsize)(ics_line_value(line) - line));
        g_autofree char *capitals = g_ascii_strup(parameters, -1);
        const char *found = strstr(capitals, ";TZID=");
        if (!found)
                return g_strdup("");
        const char *tzid = parameters + (found - capitals) + strlen(";TZID=");
        tzid += *tzid == '"';
        return g_strdup_printf(" %.*s", (int)strcspn(tzid, "\";:"), tzid);
}

static void append_property(GString *out, const char *line)
{
        g_autofree char *value = unescape(ics_line_value(line));
        g_autofree char *zone = zone_suffix(line);
        g_autofree char *text = g_strdup_printf("%.*s:%s%s", (int)strcspn(line, ";:"), line, value, zone);
        g_autofree char *lines = text_lines(text, strlen(text), false, false);
        g_string_append(out, lines);
        if (out->len && out->str[out->len - 1] != '\n')
                g_string_append_c(out, '\n');
}

char *ics_lines(const char *bytes, gsize length)
{
        GString *out = g_string_new(NULL);
        g_autoptr(GPtrArray) lines = ics_unfold(bytes, length, NULL);
        int event_depth = 0; /* 1 in an event, more in an alarm within it */
        for (guint i = 0; lines && i < lines->len; i++) {
                const char *line = lines->pdata[i];
                if (ics_line_is(line, "END") && event_depth) {
                        if (--event_depth == 0)
                                g_string_append_c(out, '\n');
                } else if (ics_line_is(line, "BEGIN")) {
                        event_depth += event_depth || g_ascii_strcasecmp(ics_line_value(line), "VEVENT") == 0;
                } else if (event_depth == 1 && !is_bookkeeping(line)) {
                        append_property(out, line);
                }
        }
        return g_string_free(out, FALSE);
}
