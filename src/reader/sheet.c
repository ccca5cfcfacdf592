/* A workbook (Office Open XML, .xlsx) as lines, by libarchive and libxml2's SAX reader.
 * In: the bytes of the attachment. Out: rows of every sheet as TAB-joined lines, an empty line after each sheet. */
#include "reader/sheet.h"

#include "base/fail.h"
#include "base/limits.h"
#include "reader/workbook.h"

#include <stdbool.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

enum {
        BLOCK = 64 * 1024,
};

/* The unpacked XML parts, by name in lower case with a slash before it (ECMA-376 part 2, 9.1.1); NULL for one over LIMIT_SHEET_PART. */
struct package {
        GHashTable *parts;
        gsize packed, unpacked;
};

static void bytes_free(gpointer bytes)
{
        if (bytes)
                g_bytes_unref(bytes);
}

static bool is_over(struct package *package, GError **error)
{
        if (package->unpacked <= LIMIT_SHEET_TOTAL && package->unpacked / LIMIT_SHEET_RATIO <= package->packed)
                return false;
        g_set_error(error, FAIL, FAIL_DATA, "unpacked it is over %d MB, or %d times its size", LIMIT_SHEET_TOTAL / 1024 / 1024,
                    LIMIT_SHEET_RATIO);
        return true;
}

static bool archive_error(struct archive *archive, GError **error)
{
        const char *why = archive_error_string(archive);
        g_set_error(error, FAIL, FAIL_DATA, "the archive cannot be read: %s", why ? why : "it is damaged");
        return false;
}

/* Unpack the part at hand. *part is NULL where it is over LIMIT_SHEET_PART. */
static bool unpack(struct archive *archive, struct package *package, GBytes **part, GError **error)
{
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_autofree guint8 *block = g_malloc(BLOCK);
        la_ssize_t n = 0;
        while (bytes->len <= LIMIT_SHEET_PART && (n = archive_read_data(archive, block, BLOCK)) > 0) {
                g_byte_array_append(bytes, block, (guint)n);
                package->unpacked += (gsize)n;
                if (is_over(package, error))
                        return false;
        }
        if (n < 0)
                return archive_error(archive, error);
        *part = bytes->len <= LIMIT_SHEET_PART ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
        return true;
}

static bool is_xml(const char *name)
{
        return g_str_has_suffix(name, ".xml") || g_str_has_suffix(name, ".rels");
}

static bool read_entries(struct archive *archive, struct package *package, GError **error)
{
        struct archive_entry *entry;
        int result = ARCHIVE_OK;
        for (guint i = 0; i < LIMIT_PARTS && (result = archive_read_next_header(archive, &entry)) >= ARCHIVE_WARN && result != ARCHIVE_EOF;
             i++) {
                const char *path = archive_entry_pathname(entry);
                g_autofree char *written = g_strconcat("/", path ? path : "", NULL);
                g_autofree char *name = g_ascii_strdown(written, -1);
                GBytes *part = NULL;
                if (!is_xml(name))
                        continue;
                if (!unpack(archive, package, &part, error))
                        return false;
                g_hash_table_replace(package->parts, g_steal_pointer(&name), part);
        }
        return result == ARCHIVE_EOF || archive_error(archive, error);
}

static bool open_package(GBytes *bytes, struct package *package, GError **error)
{
        struct archive *archive = archive_read_new();
        g_assert(archive);
        archive_read_support_format_zip(archive);
        package->packed = g_bytes_get_size(bytes);
        const void *data = g_bytes_get_data(bytes, NULL);
        bool is_read = archive_read_open_memory(archive, data ? data : "", package->packed) == ARCHIVE_OK
                               ? read_entries(archive, package, error)
                               : archive_error(archive, error);
        archive_read_free(archive);
        return is_read;
}

/* A part by its name; an error where there is none. Borrowed from the package. */
static GBytes *find_part(const struct package *package, const char *name, GError **error)
{
        g_autofree char *key = g_ascii_strdown(name, -1);
        GBytes *part = g_hash_table_lookup(package->parts, key);
        bool is_there = g_hash_table_contains(package->parts, key);
        if (!part)
                g_set_error(error, FAIL, FAIL_DATA, is_there ? "the part %s is too long" : "it has no part %s", name);
        return part;
}

/* The relations of a part, which stand in a part of their own beside it (ECMA-376 part 2, 9.3.3). */
static GPtrArray *read_relations(const struct package *package, const char *of, GError **error)
{
        g_autofree char *folder = g_path_get_dirname(of), *file = strcmp(of, "/") == 0 ? g_strdup("") : g_path_get_basename(of);
        g_autofree char *name = g_strdup_printf("%s/_rels/%s.rels", strcmp(folder, "/") == 0 ? "" : folder, file);
        GBytes *part = find_part(package, name, error);
        GPtrArray *relations = part ? workbook_relations(part, error) : NULL;
        if (part && !relations)
                g_prefix_error(error, "%s: ", name);
        return relations;
}

/* The name of the part that a relation of `of` points at: the first with this id, or of this type. Caller frees; NULL where there is none.
 */
static char *target(const GPtrArray *relations, const char *of, const char *id, const char *type)
{
        g_autofree char *folder = g_path_get_dirname(of);
        for (guint i = 0; i < relations->len; i++) {
                const struct relation *relation = g_ptr_array_index(relations, i);
                if (id ? strcmp(relation->id, id) == 0 : strcmp(relation->type, type) == 0)
                        return g_canonicalize_filename(relation->target, folder);
        }
        return NULL;
}

typedef bool part_reader(struct workbook *workbook, GBytes *xml, GError **error);

/* Read the one part of this type, if the workbook has it. */
static bool read_typed(const struct package *package, const GPtrArray *relations, const char *of, const char *type, part_reader *read,
                       struct workbook *workbook, GError **error)
{
        g_autofree char *name = target(relations, of, NULL, type);
        if (!name)
                return true;
        GBytes *part = find_part(package, name, error);
        if (!part)
                return false;
        if (read(workbook, part, error))
                return true;
        g_prefix_error(error, "%s: ", name);
        return false;
}

static bool read_sheets(const struct package *package, const GPtrArray *relations, const char *of, const struct workbook *workbook,
                        GString *out, GError **error)
{
        for (guint i = 0; i < workbook->sheets->len; i++) {
                g_autofree char *name = target(relations, of, g_ptr_array_index(workbook->sheets, i), NULL);
                GBytes *part = name ? find_part(package, name, error) : NULL;
                gsize before = out->len;
                if (!name)
                        g_set_error(error, FAIL, FAIL_DATA, "sheet %u has no part", i + 1);
                if (!part)
                        return false;
                if (!workbook_read_sheet(workbook, part, out, error)) {
                        g_prefix_error(error, "%s: ", name);
                        return false;
                }
                if (out->len > before)
                        g_string_append_c(out, '\n');
        }
        return true;
}

static bool read_package(const struct package *package, struct workbook *workbook, GString *out, GError **error)
{
        g_autoptr(GPtrArray) top = read_relations(package, "/", error);
        g_autofree char *main_part = top ? target(top, "/", NULL, "officeDocument") : NULL;
        if (top && !main_part)
                g_set_error_literal(error, FAIL, FAIL_DATA, "it has no main part");
        if (!main_part)
                return false;
        g_autoptr(GPtrArray) relations = read_relations(package, main_part, error);
        return relations && read_typed(package, top, "/", "officeDocument", workbook_read_main, workbook, error) &&
               read_typed(package, relations, main_part, "sharedStrings", workbook_read_strings, workbook, error) &&
               read_typed(package, relations, main_part, "styles", workbook_read_styles, workbook, error) &&
               read_sheets(package, relations, main_part, workbook, out, error);
}

char *sheet_lines(GBytes *bytes, GError **error)
{
        struct package package = {.parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, bytes_free)};
        struct workbook *workbook = workbook_new();
        GString *out = g_string_new(NULL);
        bool is_read = open_package(bytes, &package, error) && read_package(&package, workbook, out, error);
        if (is_read && workbook->sheets->len == 0) {
                g_set_error_literal(error, FAIL, FAIL_DATA, "it is no workbook");
                is_read = false;
        }
        workbook_free(workbook);
        g_hash_table_unref(package.parts);
        if (is_read && out->len)
                g_string_truncate(out, out->len - 1);
        else if (!is_read)
                g_prefix_error(error, "the workbook cannot be read: ");
        return g_string_free(out, !is_read);
}
