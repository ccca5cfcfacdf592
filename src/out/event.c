/* iCalendar text of events, by libical (writing only; CALENDAR.md 1 and 2).
 * In: a maintenance and its events. Out: bytes that depend on nothing else. */
#include "out/event.h"

#include "data/reading.h"
#include "out/content.h"
#include "out/wording.h"

#include <string.h>

#include <libical/ical.h>

enum { MOST_VALUE = 500, DAY_SECONDS = 24 * 60 * 60 };

/* libical (up to 3.0.16) escapes neither ',' nor ';' in X- properties, but '\', so these stand in for them until the text is finished:
 * three octets each, which become two, so that folded lines only shrink. A comma between CATEGORIES is to stay as it is. */
static const struct {
        const char *stand_in, *octets;
} escapes[] = {{"\xEE\x80\x80", "\\,"}, {"\xEE\x80\x81", "\\;"}, {"\xEE\x80\x82", ","}};

bool event_is_datable(const struct event *event)
{
        g_autofree char *start = event->start == MAINTENANCE_NO_TIME ? NULL : instant_text(event->start);
        return start != NULL;
}

/* No mail need have had a date, but DTSTAMP is demanded. */
static gint64 known_time(gint64 first, gint64 second, gint64 third)
{
        if (first != MAINTENANCE_NO_TIME)
                return first;
        return second != MAINTENANCE_NO_TIME ? second : third;
}

static struct icaltimetype utc(gint64 at)
{
        return icaltime_from_timet_with_zone((time_t)at, 0, icaltimezone_get_utc_timezone());
}

static struct icaltimetype day(gint64 at)
{
        return icaltime_from_timet_with_zone((time_t)at, 1, NULL);
}

void event_days(const struct event *event, gint64 *first, gint64 *after)
{
        gint64 into = ((event->start % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
        gint64 end = event->end != MAINTENANCE_NO_TIME && event->end > event->start ? event->end : event->start + 1;
        *first = event->start - into;
        *after = *first + (end - *first + DAY_SECONDS - 1) / DAY_SECONDS * DAY_SECONDS;
}

static void add(icalcomponent *component, icalproperty *property)
{
        icalcomponent_add_property(component, property);
}

static void add_x(icalcomponent *component, const char *name, const char *text, icalparameter *parameter)
{
        g_autofree char *plain = wording_plain(text, MOST_VALUE);
        if (!*plain) {
                g_clear_pointer(&parameter, icalparameter_free);
                return;
        }
        g_auto(GStrv) by_comma = g_strsplit(plain, ",", -1);
        g_autofree char *no_comma = g_strjoinv(escapes[0].stand_in, by_comma);
        g_auto(GStrv) by_semicolon = g_strsplit(no_comma, ";", -1);
        g_autofree char *value = g_strjoinv(escapes[1].stand_in, by_semicolon);
        icalproperty *property = icalproperty_new_x(value);
        icalproperty_set_x_name(property, name);
        if (parameter)
                icalproperty_add_parameter(property, parameter);
        add(component, property);
}

static void add_times(icalcomponent *component, const struct event *event)
{
        gint64 first, after;
        event_days(event, &first, &after);
        if (event->is_all_day) {
                add(component, icalproperty_new_dtstart(day(first)));
                add(component, icalproperty_new_dtend(day(after)));
                return;
        }
        add(component, icalproperty_new_dtstart(utc(event->start)));
        if (event->end != MAINTENANCE_NO_TIME && event->end > event->start)
                add(component, icalproperty_new_dtend(utc(event->end)));
}

static void add_revision(icalcomponent *component, const struct event *event, int sequence)
{
        gint64 modified = known_time(event->modified, event->created, event->start);
        add(component, icalproperty_new_dtstamp(utc(modified)));
        add(component, icalproperty_new_created(utc(known_time(event->created, modified, modified))));
        add(component, icalproperty_new_lastmodified(utc(modified)));
        add(component, icalproperty_new_sequence(sequence));
}

static enum icalproperty_status status_of(const struct event *event, enum cancel_mode mode)
{
        bool is_unsure = event->is_postponed || event->is_all_day || event->role == ROLE_BACKUP;
        switch (event->state) {
        case STATE_CANCELLED:
                return mode == CANCEL_TITLE ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CANCELLED;
        case STATE_CONFIRMED:
                return is_unsure ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
        case STATE_IN_PROCESS:
        case STATE_COMPLETED:
                return ICAL_STATUS_CONFIRMED;
        default:
                return ICAL_STATUS_TENTATIVE;
        }
}

/* Only work that may still break something takes time in somebody's calendar. */
static bool is_opaque(const struct event *event, enum impact impact)
{
        bool is_over = event->state == STATE_CANCELLED || event->state == STATE_COMPLETED;
        return (impact == IMPACT_OUTAGE || impact == IMPACT_DEGRADED) && !is_over && !event->is_all_day;
}

static void add_category(GString *categories, const char *name)
{
        g_autofree char *plain = wording_plain(name, MOST_VALUE);
        g_strstrip(g_strdelimit(plain, ",;\\", ' '));
        if (*plain)
                g_string_append_printf(categories, "%s%s", categories->len ? escapes[2].stand_in : "", plain);
}

/* CSS3 names (RFC 7986 5.9). */
static const char *color_of(const struct event *event, enum impact impact)
{
        static const char *const colors[IMPACT_COUNT] = {
                [IMPACT_OUTAGE] = "red",
                [IMPACT_DEGRADED] = "orange",
                [IMPACT_REDUCED_REDUNDANCY] = "gold",
                [IMPACT_NO_IMPACT] = "green",
        };
        return event->state == STATE_CANCELLED ? "gray" : colors[impact];
}

static void add_looks(icalcomponent *component, const struct listed *listed, enum impact impact)
{
        const struct maintenance *maintenance = listed->maintenance;
        g_autoptr(GString) categories = g_string_new("Maintenance");
        const char *color = color_of(listed->event, impact);
        add_category(categories, maintenance->vendor_name ? maintenance->vendor_name : maintenance->vendor);
        add_category(categories, maintenance->location);
        add_category(categories, impact_word(impact));
        add(component, icalproperty_new_categories(categories->str));
        if (color)
                add(component, icalproperty_new_color(color));
        bool is_busy = is_opaque(listed->event, impact);
        add(component, icalproperty_new_transp(is_busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
}

/* The first window's event holds the others together. */
static void add_sibling(icalcomponent *component, const struct listed *listed)
{
        const struct event *first = listed->maintenance->events->len ? listed->maintenance->events->pdata[0] : listed->event;
        if (g_strcmp0(first->uid, listed->event->uid) == 0)
                return;
        icalproperty *property = icalproperty_new_relatedto(first->uid);
        icalproperty_add_parameter(property, icalparameter_new_reltype(ICAL_RELTYPE_SIBLING));
        add(component, property);
}

static icalparameter *object_impact(const struct circuit *circuit)
{
        const char *impact = impact_word(circuit->impact);
        if (!impact)
                return NULL;
        icalparameter *parameter = icalparameter_new_x(impact);
        icalparameter_set_xname(parameter, "X-MAINTNOTE-OBJECT-IMPACT");
        icalparameter_set_xvalue(parameter, impact);
        return parameter;
}

/* BCOP: an impact that is not known is to be taken for the worst. */
static void add_bcop(icalcomponent *component, const struct listed *listed, enum impact impact)
{
        const struct maintenance *maintenance = listed->maintenance;
        const GPtrArray *circuits = wording_circuits(maintenance, listed->event);
        add_x(component, "X-MAINTNOTE-PROVIDER", maintenance->vendor, NULL);
        add_x(component, "X-MAINTNOTE-ACCOUNT", maintenance->account, NULL);
        add_x(component, "X-MAINTNOTE-MAINTENANCE-ID", maintenance->maintenance_id, NULL);
        for (guint i = 0; i < circuits->len; i++) {
                const struct circuit *circuit = circuits->pdata[i];
                add_x(component, "X-MAINTNOTE-OBJECT-ID", circuit->circuit_id, object_impact(circuit));
        }
        add_x(component, "X-MAINTNOTE-IMPACT", impact_word(impact == IMPACT_NONE ? IMPACT_OUTAGE : impact), NULL);
        add_x(component, "X-MAINTNOTE-STATUS", wording_status(listed->event), NULL);
}

static icalcomponent *new_event(const struct listed *listed, enum cancel_mode mode, int sequence)
{
        const struct event *event = listed->event;
        enum impact impact = wording_impact(listed->maintenance, event);
        g_autofree char *title = wording_title(listed->maintenance, event);
        g_autofree char *description = wording_description(listed->maintenance, event);
        const char *link = wording_link(listed->maintenance, event);
        icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        add(component, icalproperty_new_uid(event->uid));
        add_revision(component, event, sequence);
        add_times(component, event);
        add(component, icalproperty_new_summary(title));
        add(component, icalproperty_new_description(description));
        add(component, icalproperty_new_status(status_of(event, mode)));
        if (link)
                add(component, icalproperty_new_url(link));
        add_looks(component, listed, impact);
        add_sibling(component, listed);
        add_bcop(component, listed, impact);
        return component;
}

static icalcomponent *new_calendar(void)
{
        icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
        add(calendar, icalproperty_new_version("2.0"));
        add(calendar, icalproperty_new_prodid("-//mailclinic//mailclinic//EN"));
        return calendar;
}

/* libical (3.0.16) folds a line whose 75th octet is the CR of its end between CR and LF; so its folds are taken out and made anew, which
 * also frees the bytes from the version of libical. */
static char *finish(icalcomponent *calendar)
{
        char *text = icalcomponent_as_ical_string_r(calendar);
        g_autoptr(GString) out = g_string_new(text);
        g_string_replace(out, "\r\n ", "", 0);
        for (gsize i = 0; i < G_N_ELEMENTS(escapes); i++)
                g_string_replace(out, escapes[i].stand_in, escapes[i].octets, 0);
        icalmemory_free_buffer(text);
        icalcomponent_free(calendar);
        return content_fold(out->str);
}

char *event_object(const struct listed *listed, enum cancel_mode mode, int sequence)
{
        icalcomponent *calendar = new_calendar();
        icalcomponent_add_component(calendar, new_event(listed, mode, sequence));
        return finish(calendar);
}

static icalproperty *hourly(void)
{
        icalproperty *property = icalproperty_new_refreshinterval(icaldurationtype_from_string("PT1H"));
        icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DURATION));
        return property;
}

char *event_feed(const char *name, const GArray *events)
{
        icalcomponent *calendar = new_calendar();
        g_autofree char *plain = wording_plain(name, MOST_VALUE);
        if (*plain)
                add(calendar, icalproperty_new_name(plain));
        add_x(calendar, "X-WR-CALNAME", name, NULL);
        add(calendar, hourly());
        add_x(calendar, "X-PUBLISHED-TTL", "PT1H", NULL);
        for (guint i = 0; i < events->len; i++) {
                const struct listed *listed = &g_array_index(events, struct listed, i);
                icalcomponent_add_component(calendar, new_event(listed, CANCEL_STATUS, listed->event->sequence));
        }
        return finish(calendar);
}
