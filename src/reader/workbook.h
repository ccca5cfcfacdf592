/* The parts of a workbook (Office Open XML, ECMA-376 part 1 clause 18): which sheets it has, its strings and formats, and a sheet's rows.
 * In: the XML of each part. Out: a struct workbook; the rows of sheets as TAB-joined lines. */
#ifndef MAILCLINIC_WORKBOOK_H
#define MAILCLINIC_WORKBOOK_H

#include <stdbool.h>

#include <glib.h>

struct relation {
        char *id;
        char *type;   /* the last step of its URI: "worksheet", "sharedStrings", "styles", "officeDocument" */
        char *target; /* the part's name as written, often relative to the folder of the part that names it */
};

struct workbook {
        GPtrArray *sheets;  /* char *: ids of their relations, in the order of the tabs */
        GPtrArray *strings; /* char *: shared strings */
        GHashTable *codes;  /* number format: id to what it shows (enum serial) */
        GArray *formats;    /* guint64: cell format to id of its number format */
        bool is_1904;       /* days are counted from 1904 */
};

struct workbook *workbook_new(void);
void workbook_free(struct workbook *workbook);

/* The relations that a .rels part lists (struct relation). NULL and an error if it is no XML. Caller frees. */
GPtrArray *workbook_relations(GBytes *xml, GError **error);

/* Read the main part, the shared strings, or the styles into the workbook. false and an error if it is no XML. */
bool workbook_read_main(struct workbook *workbook, GBytes *xml, GError **error);
bool workbook_read_strings(struct workbook *workbook, GBytes *xml, GError **error);
bool workbook_read_styles(struct workbook *workbook, GBytes *xml, GError **error);

/* Append the rows of a sheet to `out`, one a line, each with its \n; empty rows and the empty cells at the end of a row are left out. false
 * and an error if it is no XML, names a string that is missing, has more than LIMIT_TABLE_COLUMNS columns, or `out` grows past
 * LIMIT_PART_TEXT. */
bool workbook_read_sheet(const struct workbook *workbook, GBytes *xml, GString *out, GError **error);

#endif
