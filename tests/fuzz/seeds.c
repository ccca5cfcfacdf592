/* Makes the seeds of the fuzz targets from the shipped samples and filters: what each parser would be given of them.
 * In: a directory to be filled, then files. Out: DIR/mail, html, sheet, ics, when, filter with one file a seed, named by their hash. */
#include "reader/ics.h"
#include "reader/lines.h"
#include "reader/mime.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

/* Every seed once, however many samples hold it. */
static void seed(const char *top, const char *target, const void *bytes, gsize length)
{
        g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA1, bytes, length);
        g_autofree char *directory = g_build_filename(top, target, NULL);
        g_autofree char *path = g_build_filename(directory, hash, NULL);
        g_autoptr(GError) error = NULL;

        g_mkdir_with_parents(directory, 0777);
        if (!g_file_set_contents(path, bytes, (gssize)length, &error))
                g_error("%s", error->message);
}

/* A line may hold a time if it has two digits in a row and is short enough to be one. The target wants a form before it. */
static void seed_times(const char *top, const char *lines)
{
        g_auto(GStrv) line = g_strsplit_set(lines, "\n\t\v", -1);

        for (guint i = 0; line[i] != NULL; i++) {
                g_autofree char *timed = g_strconcat("%d/%m/%Y %H:%M\n", line[i], NULL);
                if (strlen(line[i]) < 100 && g_regex_match_simple("\\d\\d", line[i], 0, 0))
                        seed(top, "when", timed, strlen(timed));
        }
}

static void seed_part(const char *top, const struct part *part)
{
        gsize length = 0;
        const char *bytes = g_bytes_get_data(part->bytes, &length);

        if (strcmp(part->type, "text/html") == 0)
                seed(top, "html", bytes, length);
        if (length > 0 && ics_is_calendar(bytes, length))
                seed(top, "ics", bytes, length);
        if (g_str_has_suffix(part->name, ".xlsx") || g_str_has_suffix(part->name, ".csv") || strcmp(part->type, "text/plain") == 0)
                seed(top, "sheet", bytes, length);
        if (part->lines != NULL)
                seed_times(top, part->lines);
}

static void seed_mail(const char *top, GBytes *bytes)
{
        struct mail *mail = mime_read(bytes);

        lines_read(mail);
        for (guint i = 0; i < mail->parts->len; i++)
                seed_part(top, g_ptr_array_index(mail->parts, i));
        mail_free(mail);
}

int main(int argc, char **argv)
{
        if (argc < 3) {
                g_printerr("usage: %s DIR FILE...\n", argv[0]);
                return 64;
        }
        mime_init();
        for (int i = 2; i < argc; i++) {
                char *bytes = NULL;
                gsize length = 0;
                g_autoptr(GError) error = NULL;
                if (!g_file_get_contents(argv[i], &bytes, &length, &error))
                        g_error("%s", error->message);
                g_autoptr(GBytes) file = g_bytes_new_take(bytes, length);
                gboolean is_filter = g_str_has_suffix(argv[i], ".yaml");
                seed(argv[1], is_filter ? "filter" : "mail", bytes, length);
                if (is_filter)
                        continue;
                seed(argv[1], "disguise", bytes, length);
                seed_mail(argv[1], file);
        }
        return 0;
}
