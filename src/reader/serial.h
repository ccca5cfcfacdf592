/* Dates as spreadsheets keep them: a number of days, and a number format that shows it as a date (ECMA-376 part 1, 18.8.30 and 18.17.4).
 * In: number formats and numbers. Out: ISO 8601 without zone. */
#ifndef MAILCLINIC_SERIAL_H
#define MAILCLINIC_SERIAL_H

#include <stdbool.h>

#include <glib.h>

/* What a number format shows of a number. */
enum serial {
        SERIAL_DATE = 1 << 0,
        SERIAL_TIME = 1 << 1,   /* the time of day */
        SERIAL_LENGTH = 1 << 2, /* a length of time: [h]:mm */
};

/* What a format code shows ("yyyy\-mm\-dd hh:mm", "[h]:mm", "0.00"); its first section counts. 0: no time. */
unsigned serial_of_code(const char *code);

/* The same for the number of a built-in format. */
unsigned serial_of_builtin(guint64 id);

/* The number as such a format shows it: "2021-11-14", "2021-11-14T08:01:00", "08:01:00", to the nearest second. NULL where it is no number
 * or no day of the calendar. Caller frees. */
char *serial_text(const char *number, unsigned serial, bool is_1904);

#endif
