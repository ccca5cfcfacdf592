/* Time zones: from the words a mail prints to an offset at a local time.
 * In: zone text and a local time. Out: UTC. Zone data comes from GTimeZone by whitelisted IANA names; abbreviations from our own table. */
#ifndef MAILCLINIC_ZONE_H
#define MAILCLINIC_ZONE_H

#include <stdbool.h>

#include <glib.h>

/* A date and time on the wall; 24:00:00 is the midnight that ends the day. */
struct civil {
        int year, month, day; /* month and day from 1 */
        int hour, minute, second;
};

struct zone; /* an offset, or a zone with its summer time */

/* The zone that a text names: "UTC", "GMT+3" and "(UTC+0200)" (ahead of UTC), "Z", "EDT", "Pacific", "America/New_York", "W. Europe
 * Standard Time", "Central European Summer Time", "(Greenwich Mean Time)", "EST/EDT"; brackets and blanks around it do not count, and a
 * remark in brackets only where the rest is unknown. NULL where the text is unknown or ambiguous (IST, BST, CST, AST ...). Caller frees. */
struct zone *zone_from_text(const char *text);

/* Whether a text is a word or name that zone_from_text() knows without looking for a tz name; opens no file. */
bool zone_is_word(const char *text);

/* The zone with this IANA name (letters, digits, _ + - and single slashes alone; nothing else is ever opened). NULL where there is none.
 * Caller frees. */
struct zone *zone_from_name(const char *name);

/* The zone that a calendar names: a tz name, also behind a prefix ("/vendor.example/20050126_1/Europe/Berlin"), a Windows name ("Eastern
 * Standard Time", with its summer time), else what zone_from_text() knows. NULL where there is none. Caller frees. */
struct zone *zone_from_tzid(const char *tzid);

/* A fixed offset from UTC in seconds. Caller frees. */
struct zone *zone_from_offset(int seconds);

void zone_free(struct zone *zone);

/* Unix seconds of a local time. Where summer time makes it ambiguous the first is taken and *is_ambiguous set; in the gap the offset before
 * it counts (RFC 5545 3.3.5) and *is_ambiguous is set too. An abbreviation that does not fit the season ("EST" in July) is read as it says,
 * and *is_ambiguous set; so it is for "Eastern Standard Time" in July, which is read as the zone, as Windows means it. *is_ambiguous is
 * else untouched. false where the local time is no date (month 13, 31 June, year outside 2000..2100). */
bool zone_to_utc(const struct zone *zone, const struct civil *civil, gint64 *utc, bool *is_ambiguous);

#endif
