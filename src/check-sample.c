/* The checks of filters against their sample mails: who claims them, and which notices they reach.
 * In: a reader, and a directory of samples/VENDOR/CASE.eml. Out: faults. */
#include "check-sample.h"

#include "base/fail.h"
#include "check-file.h"
#include "data/load.h"
#include "data/place.h"
#include "reader/classify.h"
#include "reader/lines.h"
#include "reader/mime.h"
#include "reader/sender.h"

#include <stdio.h>
#include <string.h>

/* The samples of one filter. */
struct batch {
        const struct reader *reader;
        const struct vendor_filter *filter;
        bool *is_reached; /* by notice */
        GPtrArray *faults;
};

static void G_GNUC_PRINTF(3, 4) sample_fault(const struct batch *batch, const char *path, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        g_autofree char *what = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        g_ptr_array_add(batch->faults, g_error_new(FAIL, FAIL_CONFIG, "%s: %s", path, what));
}

/* Other filters that claim the mail. An address quoted in the text is no claim that could mislead: it is tried last. */
static void check_claims(const struct batch *batch, const char *path, const GPtrArray *claims)
{
        for (guint i = 0; i < claims->len; i++) {
                const struct claim *claim = g_ptr_array_index(claims, i);
                if (claim->filter != batch->filter && claim->by != CLAIM_QUOTED)
                        sample_fault(batch, path, "is claimed by %s too: '%s'", claim->filter->path, claim->what);
        }
}

static void check_who(const struct batch *batch, const char *path, const struct mail *mail)
{
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GPtrArray) addresses = sender_addresses(mail);
        struct sender_check *check = sender_check(mail, batch->reader->settings);
        struct search search = {batch->reader->patterns, batch->reader->labels, batch->reader->zones, faults, NULL};
        struct envelope envelope = {mail, check, addresses};
        g_autoptr(GPtrArray) by_sender = classify(&search, &envelope, batch->reader->filters);
        g_autoptr(GPtrArray) by_words = classify_by_words(&search, &envelope, batch->reader->filters, by_sender);

        check_claims(batch, path, by_sender);
        check_claims(batch, path, by_words);
        sender_check_free(check);
}

/* The notice that took a mail is told in the reasons: "filter vendor/x.yaml, notice 2 (html)". */
static void note_reached(const struct batch *batch, const struct reading *reading)
{
        for (guint i = 0; i < reading->reasons->len; i++) {
                const char *reason = g_ptr_array_index(reading->reasons, i);
                unsigned number = 0;
                if (sscanf(reason, "filter %*[^,], notice %u", &number) == 1 && number > 0 && number <= batch->filter->notices_n)
                        batch->is_reached[number - 1] = true;
        }
}

static void check_sample(const struct batch *batch, const char *path)
{
        g_autofree char *bytes = NULL;
        g_autoptr(GError) error = NULL;
        gsize length;

        if (!g_file_get_contents(path, &bytes, &length, &error)) {
                sample_fault(batch, path, "cannot be read: %s", error->message);
                return;
        }
        g_autoptr(GBytes) shared = g_bytes_new_static(bytes, length);
        struct mail *mail = mime_read(shared);
        lines_read(mail);
        check_who(batch, path, mail);
        struct reading *reading = reader_read_mail(batch->reader, mail);
        if (g_strcmp0(reading->vendor, batch->filter->vendor) == 0)
                note_reached(batch, reading);
        else
                sample_fault(batch, path, "is read as %s, not as %s", reading->vendor ? reading->vendor : "nobody's",
                             batch->filter->vendor);
        reading_free(reading);
        mail_free(mail);
}

static const struct place *place_named(const GPtrArray *places, const char *field)
{
        for (guint i = 0; i < places->len; i++) {
                const struct place *place = g_ptr_array_index(places, i);
                if (g_str_equal(place->field, field))
                        return place;
        }
        return g_ptr_array_index(places, 0);
}

static void check_reached(const struct batch *batch)
{
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);

        load_places(batch->filter->path, SCHEMA_VENDOR, places, NULL);
        for (unsigned i = 0; i < batch->filter->notices_n && places->len; i++) {
                g_autofree char *field = g_strdup_printf("notices[%u]", i);
                if (!batch->is_reached[i])
                        check_fault(batch->faults, batch->filter->path, place_named(places, field), "no sample reaches this notice");
        }
}

/* Check the samples of one filter; gives how many there are. */
static guint check_batch(const struct batch *batch, const char *directory)
{
        g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
        const char *name;
        guint n = 0;

        while (dir && (name = g_dir_read_name(dir))) {
                g_autofree char *path = g_build_filename(directory, name, NULL);
                if (!g_str_has_suffix(name, ".eml"))
                        continue;
                check_sample(batch, path);
                n++;
        }
        if (n)
                check_reached(batch);
        else if (!batch->filter->unseen)
                sample_fault(batch, batch->filter->path, "has no sample in %s and is not marked unseen", directory);
        return n;
}

guint check_samples(const struct reader *reader, const char *directory, GPtrArray *faults)
{
        struct reader unbiased = *reader;
        guint n = 0;

        unbiased.vendor = NULL; /* a sample must show by itself whose it is */
        for (guint i = 0; i < reader->filters->vendors->len; i++) {
                const struct vendor_filter *filter = g_ptr_array_index(reader->filters->vendors, i);
                if (reader->vendor && !g_str_equal(reader->vendor, filter->vendor))
                        continue;
                g_autofree bool *is_reached = g_new0(bool, filter->notices_n + 1);
                g_autofree char *own = g_build_filename(directory, filter->vendor, NULL);
                struct batch batch = {&unbiased, filter, is_reached, faults};
                n += check_batch(&batch, own);
        }
        return n;
}
