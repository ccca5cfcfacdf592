/* The words of dates and times, in seven languages.
 * In: a word. Out: what it means, from a const table. */
#ifndef MAILCLINIC_WHEN_WORDS_H
#define MAILCLINIC_WHEN_WORDS_H

enum when_word_kind {
        WHEN_OTHER,
        WHEN_MONTH,   /* value 1 to 12 */
        WHEN_WEEKDAY, /* value 1 Monday to 7 */
        WHEN_UNIT,    /* value in seconds: of durations, and after a time of day ("10:00 hrs") */
        WHEN_AM,
        WHEN_PM,
        WHEN_NOON,
        WHEN_MIDNIGHT,
        WHEN_ORDINAL, /* "th" of 14th */
        WHEN_OF,      /* "14th of November" */
        WHEN_AND,     /* between the parts of a length of time */
        WHEN_FILLER,  /* "at", "on" */
};

struct when_word_row {
        const char *text; /* lower case, without accents */
        enum when_word_kind kind;
        int value;
        int weekday; /* a month that may be this weekday instead: Spanish "mar" */
};

/* The row of a word in lower case and without accents; NULL where it is none of these. */
const struct when_word_row *when_word_find(const char *word);

#endif
