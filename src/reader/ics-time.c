/* When the events of an iCalendar part take place: DTSTART, DTEND, DURATION, RRULE, RDATE, EXDATE and RECURRENCE-ID (RFC 5545 3.8).
 * In: parsed components. Out: instants in UTC. */
#include "reader/ics-time.h"

#include "base/limits.h"
#include "reader/zone.h"

#include <string.h>

#include <libical/ical.h>

#define DAY       (24 * 60 * 60)
#define DAYS_MAX  366 /* no maintenance is longer */
#define NOTES_MAX 20

/* A TZID as it is understood: by name, or by the VTIMEZONE that came along. */
struct ics_zone {
        struct zone *zone;
        icaltimezone *own;
};

struct ics_clock {
        icalcomponent *calendar; /* borrowed */
        GPtrArray *notes;        /* borrowed */
        GHashTable *zones;       /* TZID to struct ics_zone * */
        GHashTable *moved;       /* "UID\nUnix seconds" of occurrences that an event of their own replaces */
};

/* What one event says of its times; all borrowed from it. */
struct timing {
        icalcomponent *component;
        const char *uid;
        icalproperty *start, *end, *duration, *rule, *recurrence;
        GArray *excepted; /* gint64, owned: the instants of EXDATE */
};

static void zone_entry_free(void *data)
{
        struct ics_zone *zone = data;
        zone_free(zone->zone);
        if (zone->own)
                icaltimezone_free(zone->own, 1);
        g_free(zone);
}

static void G_GNUC_PRINTF(2, 3) note(const struct ics_clock *clock, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        g_autofree char *text = g_strdup_vprintf(format, args);
        va_end(args);
        if (clock->notes->len < NOTES_MAX && !g_ptr_array_find_with_equal_func(clock->notes, text, g_str_equal, NULL))
                g_ptr_array_add(clock->notes, g_steal_pointer(&text));
}

static char *value_text(icalproperty *property)
{
        char *text = icalproperty_get_value_as_string_r(property);
        char *copy = g_strdup(text ? text : "");
        icalmemory_free_buffer(text);
        return copy;
}

/* The zone that a property names; NULL where it names none. */
static const char *tzid_of(icalproperty *property)
{
        icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
        return parameter ? icalparameter_get_tzid(parameter) : NULL;
}

static char *time_text(icalproperty *property)
{
        const char *tzid = tzid_of(property);
        g_autofree char *value = value_text(property);
        return tzid ? g_strdup_printf("%s %s", value, tzid) : g_steal_pointer(&value);
}

/* No part of a rule that could leave it without any occurrence: libical would search for one for ever. */
static bool is_simple(const struct icalrecurrencetype *rule)
{
        const short *const parts[] = {rule->by_second,   rule->by_minute,  rule->by_hour,   rule->by_month_day,
                                      rule->by_year_day, rule->by_week_no, rule->by_set_pos};
        for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
                if (parts[i][0] != ICAL_RECURRENCE_ARRAY_MAX)
                        return false;
        return rule->interval >= 1 && !rule->rscale;
}

/* The rules of summer time: one month and one weekday a year. */
static bool is_yearly(icalproperty *property)
{
        struct icalrecurrencetype rule = icalproperty_get_rrule(property);
        bool has_month = rule.by_month[0] != ICAL_RECURRENCE_ARRAY_MAX && rule.by_month[1] == ICAL_RECURRENCE_ARRAY_MAX;
        bool has_day = rule.by_day[0] != ICAL_RECURRENCE_ARRAY_MAX && rule.by_day[1] == ICAL_RECURRENCE_ARRAY_MAX;
        return rule.freq == ICAL_YEARLY_RECURRENCE && has_month && has_day && is_simple(&rule);
}

/* libical works out every change since DTSTART, for which much software writes 1601. */
static bool is_safe(icalcomponent *vtimezone)
{
        int n = 0;
        for (icalcompiter at = icalcomponent_begin_component(vtimezone, ICAL_ANY_COMPONENT); icalcompiter_deref(&at);
             icalcompiter_next(&at)) {
                icalcomponent *part = icalcompiter_deref(&at);
                if (++n > LIMIT_ICS_ZONE_PARTS)
                        return false;
                for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_ANY_PROPERTY); p;
                     p = icalcomponent_get_next_property(part, ICAL_ANY_PROPERTY))
                        if ((icalproperty_isa(p) == ICAL_RRULE_PROPERTY && !is_yearly(p)) ||
                            (icalproperty_isa(p) == ICAL_DTSTART_PROPERTY && icalproperty_get_dtstart(p).year < 1601))
                                return false;
        }
        return true;
}

static icaltimezone *own_zone(const struct ics_clock *clock, const char *tzid)
{
        for (icalcompiter at = icalcomponent_begin_component(clock->calendar, ICAL_VTIMEZONE_COMPONENT); icalcompiter_deref(&at);
             icalcompiter_next(&at)) {
                icalcomponent *vtimezone = icalcompiter_deref(&at);
                icalproperty *name = icalcomponent_get_first_property(vtimezone, ICAL_TZID_PROPERTY);
                if (!name || !g_str_equal(icalproperty_get_tzid(name), tzid) || !is_safe(vtimezone))
                        continue;
                icaltimezone *zone = icaltimezone_new();
                icalcomponent *copy = icalcomponent_new_clone(vtimezone);
                if (icaltimezone_set_component(zone, copy))
                        return zone;
                icalcomponent_free(copy);
                icaltimezone_free(zone, 1);
        }
        return NULL;
}

static const struct ics_zone *zone_of(const struct ics_clock *clock, const char *tzid)
{
        struct ics_zone *zone = g_hash_table_lookup(clock->zones, tzid);
        if (zone)
                return zone;
        zone = g_new0(struct ics_zone, 1);
        zone->zone = zone_from_tzid(tzid);
        bool may_be_own = !zone->zone && g_hash_table_size(clock->zones) < LIMIT_ICS_ZONES;
        zone->own = may_be_own ? own_zone(clock, tzid) : NULL;
        g_hash_table_insert(clock->zones, g_strdup(tzid), zone);
        return zone;
}

static gint64 at_offset(const struct civil *civil, int offset)
{
        gint64 at = CALENDAR_NO_TIME;
        bool is_ambiguous = false;
        struct zone *zone = zone_from_offset(offset);
        if (!zone_to_utc(zone, civil, &at, &is_ambiguous))
                at = CALENDAR_NO_TIME;
        zone_free(zone);
        return at;
}

/* A local time in the zone that the property names. */
static gint64 at_zone(const struct ics_clock *clock, icalproperty *property, const struct civil *civil, struct icaltimetype time)
{
        const char *tzid = tzid_of(property), *name = icalproperty_get_property_name(property);
        g_autofree char *text = time_text(property);
        if (!tzid) {
                note(clock, "%s %s has no zone", name, text);
                return CALENDAR_NO_TIME;
        }
        const struct ics_zone *zone = zone_of(clock, tzid);
        gint64 at = CALENDAR_NO_TIME;
        bool is_ambiguous = false;
        if (zone->own)
                at = at_offset(civil, icaltimezone_get_utc_offset(zone->own, &time, NULL));
        else if (!zone->zone)
                note(clock, "the zone of %s %s is not known", name, text);
        else if (!zone_to_utc(zone->zone, civil, &at, &is_ambiguous))
                at = CALENDAR_NO_TIME;
        if (is_ambiguous)
                note(clock, "%s %s is ambiguous in its zone", name, text);
        return at;
}

/* The instant of a time that stands in a property or was worked out from it. libical lets 13 months and 99 hours pass. */
static gint64 instant_of(const struct ics_clock *clock, icalproperty *property, struct icaltimetype time)
{
        struct civil civil = {time.year, time.month, time.day, time.hour, time.minute, time.second};
        if (time.is_date)
                civil.hour = civil.minute = civil.second = 0;
        bool is_date = at_offset(&civil, 0) != CALENDAR_NO_TIME && civil.hour < 24;
        if (!is_date)
                note(clock, "%s is no date", icalproperty_get_property_name(property));
        if (!is_date || time.is_date || icaltime_is_utc(time))
                return is_date ? at_offset(&civil, 0) : CALENDAR_NO_TIME;
        return at_zone(clock, property, &civil, time);
}

static void timing_add(struct timing *timing, icalproperty *property)
{
        icalproperty_kind kind = icalproperty_isa(property);
        icalproperty **once = kind == ICAL_DTSTART_PROPERTY        ? &timing->start
                              : kind == ICAL_DTEND_PROPERTY        ? &timing->end
                              : kind == ICAL_DURATION_PROPERTY     ? &timing->duration
                              : kind == ICAL_RRULE_PROPERTY        ? &timing->rule
                              : kind == ICAL_RECURRENCEID_PROPERTY ? &timing->recurrence
                                                                   : NULL;
        if (once && !*once)
                *once = property;
        else if (kind == ICAL_UID_PROPERTY)
                timing->uid = icalproperty_get_uid(property);
}

static void timing_init(struct timing *timing, const struct ics_clock *clock, icalcomponent *component)
{
        *timing = (struct timing){.component = component, .uid = "", .excepted = g_array_new(FALSE, FALSE, sizeof(gint64))};
        for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); p;
             p = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
                timing_add(timing, p);
                if (icalproperty_isa(p) != ICAL_EXDATE_PROPERTY)
                        continue;
                gint64 at = instant_of(clock, p, icalproperty_get_exdate(p));
                g_array_append_val(timing->excepted, at);
        }
}

static gint64 end_by_duration(const struct ics_clock *clock, const struct timing *timing, gint64 start)
{
        struct icaldurationtype length = icalproperty_get_duration(timing->duration);
        gint64 days = (gint64)length.weeks * 7 + length.days;
        gint64 seconds = (gint64)length.hours * 3600 + (gint64)length.minutes * 60 + length.seconds;
        if (length.is_neg || days > DAYS_MAX || seconds > (gint64)DAYS_MAX * DAY) {
                note(clock, "DURATION is no length of a maintenance");
                return CALENDAR_NO_TIME;
        }
        /* Days are days of the calendar, whatever summer time does (RFC 5545 3.3.6). */
        struct icaltimetype end = icalproperty_get_dtstart(timing->start);
        icaltime_adjust(&end, (int)days, 0, 0, 0);
        gint64 moved = days ? instant_of(clock, timing->start, end) : start;
        return moved == CALENDAR_NO_TIME ? moved : moved + seconds;
}

static gint64 end_of(const struct ics_clock *clock, const struct timing *timing, gint64 start)
{
        if (timing->end)
                return instant_of(clock, timing->end, icalproperty_get_dtend(timing->end));
        if (start == CALENDAR_NO_TIME)
                return start;
        if (timing->duration)
                return end_by_duration(clock, timing, start);
        return icalproperty_get_dtstart(timing->start).is_date ? start + DAY : CALENDAR_NO_TIME;
}

static bool is_excepted(const struct ics_clock *clock, const struct timing *timing, gint64 start)
{
        g_autofree char *key = g_strdup_printf("%s\n%" G_GINT64_FORMAT, timing->uid, start);
        for (guint i = 0; i < timing->excepted->len; i++)
                if (g_array_index(timing->excepted, gint64, i) == start)
                        return true;
        return !timing->recurrence && g_hash_table_contains(clock->moved, key);
}

/* false once there are as many occurrences as may be. */
static bool add_span(const struct ics_clock *clock, const struct timing *timing, GArray *spans, struct ics_span span)
{
        if (spans->len >= LIMIT_ICS_OCCURRENCES) {
                note(clock, "only the first %d occurrences were read", LIMIT_ICS_OCCURRENCES);
                return false;
        }
        for (guint i = 0; i < spans->len; i++)
                if (g_array_index(spans, struct ics_span, i).start == span.start)
                        return true;
        if (!is_excepted(clock, timing, span.start))
                g_array_append_val(spans, span);
        return true;
}

/* Rules that give an occurrence at every step. */
static bool is_plain(const struct icalrecurrencetype *rule)
{
        bool has_days = rule->by_day[0] != ICAL_RECURRENCE_ARRAY_MAX, has_months = rule->by_month[0] != ICAL_RECURRENCE_ARRAY_MAX;
        bool is_often = rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_MONTHLY_RECURRENCE;
        bool is_known = rule->freq == ICAL_WEEKLY_RECURRENCE || (is_often && !has_days);
        bool is_bounded = rule->count > 0 || !icaltime_is_null_time(rule->until);
        return is_known && is_bounded && !has_months && is_simple(rule);
}

/* As long as the first occurrence. */
static struct ics_span span_like(struct ics_span first, gint64 start)
{
        bool is_open = start == CALENDAR_NO_TIME || first.end == CALENDAR_NO_TIME;
        return (struct ics_span){start, is_open ? CALENDAR_NO_TIME : start + (first.end - first.start)};
}

/* The last instant that UNTIL allows, a date being the whole day where the event is; libical would compare without regard to the zone. */
static gint64 until_of(const struct ics_clock *clock, const struct timing *timing, struct icaltimetype until)
{
        struct icaltimetype last = icalproperty_get_dtstart(timing->start);
        if (icaltime_is_null_time(until))
                return G_MAXINT64;
        if (!until.is_date)
                return instant_of(clock, timing->start, until);
        last.year = until.year;
        last.month = until.month;
        last.day = until.day;
        last.hour = 23;
        last.minute = last.second = 59;
        return instant_of(clock, timing->start, last);
}

static void follow(const struct ics_clock *clock, const struct timing *timing, struct ics_span first, GArray *spans)
{
        struct icalrecurrencetype rule = icalproperty_get_rrule(timing->rule);
        if (!is_plain(&rule)) {
                g_autofree char *text = value_text(timing->rule);
                note(clock, "RRULE not expanded: %s", text);
                return;
        }
        gint64 until = until_of(clock, timing, rule.until);
        rule.until = icaltime_null_time();
        icalrecur_iterator *iterator = icalrecur_iterator_new(rule, icalproperty_get_dtstart(timing->start));
        for (int i = 0; iterator && i <= LIMIT_ICS_OCCURRENCES; i++) {
                struct icaltimetype time = icalrecur_iterator_next(iterator);
                gint64 start = icaltime_is_null_time(time) ? CALENDAR_NO_TIME : instant_of(clock, timing->start, time);
                if (start == CALENDAR_NO_TIME || start > until || !add_span(clock, timing, spans, span_like(first, start)))
                        break;
        }
        if (iterator)
                icalrecur_iterator_free(iterator);
}

static void add_more(const struct ics_clock *clock, const struct timing *timing, struct ics_span first, GArray *spans)
{
        for (icalproperty *property = icalcomponent_get_first_property(timing->component, ICAL_RDATE_PROPERTY); property;
             property = icalcomponent_get_next_property(timing->component, ICAL_RDATE_PROPERTY)) {
                struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
                bool is_period = icaltime_is_null_time(date.time);
                struct ics_span span = span_like(first, instant_of(clock, property, is_period ? date.period.start : date.time));
                if (span.start == CALENDAR_NO_TIME)
                        continue;
                if (is_period && icaltime_is_null_time(date.period.end))
                        span.end = span.start + icaldurationtype_as_int(date.period.duration);
                else if (is_period)
                        span.end = instant_of(clock, property, date.period.end);
                if (!add_span(clock, timing, spans, span))
                        return;
        }
}

void ics_clock_read(struct ics_clock *clock, icalcomponent *component, struct calendar_event *event, GArray *spans)
{
        struct timing timing;
        timing_init(&timing, clock, component);
        struct ics_span first = {CALENDAR_NO_TIME, CALENDAR_NO_TIME};
        if (timing.start) {
                event->start_text = time_text(timing.start);
                event->is_all_day = icalproperty_get_dtstart(timing.start).is_date;
                first.start = instant_of(clock, timing.start, icalproperty_get_dtstart(timing.start));
        }
        if (timing.end || timing.duration)
                event->end_text = timing.end ? time_text(timing.end) : value_text(timing.duration);
        first.end = end_of(clock, &timing, first.start);
        if (first.start == CALENDAR_NO_TIME) {
                g_array_append_val(spans, first);
        } else {
                add_span(clock, &timing, spans, first);
                if (timing.rule)
                        follow(clock, &timing, first, spans);
                add_more(clock, &timing, first, spans);
        }
        g_array_unref(timing.excepted);
}

struct ics_clock *ics_clock_new(icalcomponent *calendar, const GPtrArray *events, GPtrArray *notes)
{
        struct ics_clock *clock = g_new0(struct ics_clock, 1);
        clock->calendar = calendar;
        clock->notes = notes;
        clock->zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, zone_entry_free);
        clock->moved = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (guint i = 0; i < events->len; i++) {
                struct timing timing;
                timing_init(&timing, clock, events->pdata[i]);
                if (timing.recurrence) {
                        gint64 start = instant_of(clock, timing.recurrence, icalproperty_get_recurrenceid(timing.recurrence));
                        g_hash_table_add(clock->moved, g_strdup_printf("%s\n%" G_GINT64_FORMAT, timing.uid, start));
                }
                g_array_unref(timing.excepted);
        }
        return clock;
}

void ics_clock_free(struct ics_clock *clock)
{
        g_hash_table_unref(clock->zones);
        g_hash_table_unref(clock->moved);
        g_free(clock);
}
