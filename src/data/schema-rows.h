/* How rows of the tables of data/schema.c are written, and the tables that stand in files of their own: for data/schema*.c alone.
 * In: nothing. Out: macros for libcyaml's rows. */
#ifndef MAILCLINIC_SCHEMA_ROWS_H
#define MAILCLINIC_SCHEMA_ROWS_H

#include <glib.h>

#include <cyaml/cyaml.h>

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define WORD     CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT

/* Rows of the tables below, by what stands in the file. */
#define TEXT(key, flags, structure, member)     CYAML_FIELD_STRING_PTR(key, flags, structure, member, 1, CYAML_UNLIMITED)
#define MAYBE(structure, member)                TEXT(#member, OPTIONAL, structure, member)
#define MAP(key, structure, member, fields)     CYAML_FIELD_MAPPING(key, OPTIONAL, structure, member, fields)
#define MAP_PTR(key, structure, member, fields) CYAML_FIELD_MAPPING_PTR(key, OPTIONAL, structure, member, fields)
#define LIST(key, structure, member, n, entry)                                                                                             \
        CYAML_FIELD_SEQUENCE_COUNT(key, OPTIONAL | CYAML_FLAG_POINTER, structure, member, n, &entry, 1, CYAML_UNLIMITED)
#define WORDS(key, structure, member, entry)      LIST(key, structure, member.word, member.n, entry)
#define ONE_OF(key, flags, structure, member, of) CYAML_FIELD_ENUM(key, flags, structure, member, of, G_N_ELEMENTS(of))
#define SOME_OF(key, structure, member, of, n)    CYAML_FIELD_FLAGS(key, WORD, structure, member, of, n)

/* Calendars (data/schema-calendar.c). */
extern const cyaml_schema_field_t schema_publish_fields[];
extern const cyaml_schema_value_t schema_calendar;

/* The tracker of issues, and who is told of them (data/schema-tracker.c). */
extern const cyaml_schema_field_t schema_caps_fields[], schema_tracker_fields[];
extern const cyaml_schema_value_t schema_owner;

#endif
