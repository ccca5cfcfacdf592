/* What the words for time zones mean: abbreviations, their names in full, and the names that Windows uses.
 * In: a text. Out: an offset or a tz name, from const tables. */
#ifndef MAILCLINIC_ZONE_TABLE_H
#define MAILCLINIC_ZONE_TABLE_H

/* zone_word.minutes of a zone that changes with the season, and of a name that means either that zone or its standard time. */
enum { ZONE_FOLLOWS = 10000, ZONE_FOLLOWS_STANDARD };

struct zone_word_row {
        const char *text; /* lower case */
        int minutes;      /* ahead of UTC, or one of the above */
        const char *home; /* tz name that follows the seasons there; NULL where the offset never changes */
};

/* The row of "EDT", "Pacific", "Central European Summer Time" ...; case does not count. NULL where the text is unknown or means several
 * zones. */
const struct zone_word_row *zone_word_find(const char *text);

/* The tz name of a Windows zone ("W. Europe Standard Time"), by CLDR's windowsZones, territory 001; case does not count. NULL where there
 * is none. */
const char *zone_windows_find(const char *text);

#endif
