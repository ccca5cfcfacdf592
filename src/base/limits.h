/* Every limit of the program, in one table (DESIGN.md "Limits"). Past a limit a mail goes to review; it is never lost.
 * In: nothing. Out: constants; sizes in bytes, times in seconds unless the name says otherwise. */
#ifndef MAILCLINIC_LIMITS_H
#define MAILCLINIC_LIMITS_H

enum {
        LIMIT_MAIL = 25 * 1024 * 1024, /* over it only the headers are read */
        LIMIT_HEADERS = 256 * 1024,
        LIMIT_HEADER_FIELDS = 1000,
        LIMIT_ADDRESS_HEADER = 16 * 1024, /* one From, To, ...: GMime recurses on nested groups */
        LIMIT_ADDRESS_GROUPS = 64,
        LIMIT_MIME_DEPTH = 32,
        LIMIT_PARTS = 1000,
        LIMIT_PART_TEXT = 1024 * 1024,     /* decoded text of one part */
        LIMIT_MAIL_TEXT = 4 * 1024 * 1024, /* decoded text of all parts */
        LIMIT_HTML = 1024 * 1024,
        LIMIT_HTML_TAG = 8 * 1024, /* libxml2 is quadratic in attributes; of a longer tag only the name is read */
        LIMIT_HTML_DEPTH = 512,    /* libxml2 looks for the start of each end tag through all open elements */
        LIMIT_ICS = 512 * 1024,
        LIMIT_ICS_LINE = 64 * 1024,
        LIMIT_ICS_DEPTH = 4,
        LIMIT_ICS_EVENTS = 200,
        LIMIT_ICS_PROPERTIES = 8 * 1000, /* of those that are read; libical is quadratic in broken ones */
        LIMIT_ICS_ZONES = 4,             /* names of zones, after which no VTIMEZONE is believed */
        LIMIT_ICS_ZONE_PARTS = 16,       /* STANDARD and DAYLIGHT of one */
        LIMIT_ICS_OCCURRENCES = 64,
        LIMIT_SHEET_PART = 4 * 1024 * 1024,   /* one unpacked part of an XLSX */
        LIMIT_SHEET_TOTAL = 16 * 1024 * 1024, /* all of them */
        LIMIT_SHEET_RATIO = 100,              /* unpacked to packed */
        LIMIT_XML_ATTRIBUTES = 256,           /* of one tag; libxml2 is quadratic in them */
        LIMIT_TABLE_COLUMNS = 200,
        LIMIT_TABLE_SPAN = 50, /* columns of one cell */
        LIMIT_CIRCUITS = 5000,
        LIMIT_KEPT = 100 * 1000, /* circuits, events, posts, aliases of a maintenance over its whole life */
        LIMIT_REFERENCES = 100,  /* Message-IDs of one mail's thread */
        LIMIT_WINDOWS = 100,
        LIMIT_FILTER_FILE = 256 * 1024,
        LIMIT_RE_SUBJECT = 64 * 1024, /* one block that patterns are matched against */
        LIMIT_RE_MATCH = 100 * 1000,  /* pcre2_set_match_limit */
        LIMIT_RE_JIT_STACK = 1024 * 1024,
        LIMIT_RE_HEAP = 20 * 1024 * 1024, /* where there is no JIT */
        LIMIT_CHECK_MICROSECONDS = 5000,  /* what `check` allows a pattern on the worst text */
        LIMIT_RE_NAMED = 32,              /* named captures of one pattern */
        LIMIT_CPU_SECONDS = 2,            /* one mail in the child */
        LIMIT_WALL_SECONDS = 30,
        LIMIT_MEMORY = 256 * 1024 * 1024,
        LIMIT_CHILD_MAILS = 20000,             /* mails a kept-alive child reads before it is renewed */
        LIMIT_PIECE = 64 * 1024,               /* of a mailbox's line, looked at at once */
        LIMIT_PIECE_NEXT = 1024,               /* of the line after it */
        LIMIT_FOLDER_DEPTH = 32,               /* directories of mails within one another */
        LIMIT_ANSWER = 1024 * 1024,            /* body of a calendar's answer */
        LIMIT_ANSWER_TASKS = 32 * 1024 * 1024, /* of a tracker's: a hundred tasks with their descriptions */
        LIMIT_READING_LINE = 16 * 1024 * 1024, /* the line on which the child hands a reading back */
};

#endif
