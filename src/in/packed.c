/* Unpacking xz, zstd and bzip2 as it comes, by libarchive's filters. Each is asked for by name: "all" includes some that run programs.
 * In: packed bytes from a function. Out: unpacked bytes. */
#include "in/packed.h"

#include "base/fail.h"

#include <archive.h>
#include <errno.h>
#include <string.h>

struct packed {
        give_bytes give;
        void *from; /* borrowed */
        struct archive *archive;
        bool is_begun;   /* the header of the only entry has been read */
        GError *failure; /* of give, to be handed on through libarchive */
        char bytes[64 * 1024];
};

static const struct {
        const char *bytes;
        gsize length;
} magic[] = {{"\xfd"
              "7zXZ",
              6},
             {"\x28\xb5\x2f\xfd", 4},
             {"BZh", 3}};

bool packed_is(const char *head, gsize length)
{
        for (guint i = 0; i < G_N_ELEMENTS(magic); i++)
                if (length >= magic[i].length && memcmp(head, magic[i].bytes, magic[i].length) == 0)
                        return true;
        return false;
}

static la_ssize_t give_packed(struct archive *archive, void *data, const void **bytes)
{
        struct packed *packed = data;
        gssize n = packed->give(packed->from, packed->bytes, sizeof packed->bytes, &packed->failure);

        if (n < 0)
                archive_set_error(archive, EIO, "%s", packed->failure->message);
        *bytes = packed->bytes;
        return n;
}

struct packed *packed_new(give_bytes give, void *from)
{
        struct packed *packed = g_new0(struct packed, 1);

        packed->give = give;
        packed->from = from;
        packed->archive = archive_read_new();
        g_assert(packed->archive != NULL);
        archive_read_support_filter_xz(packed->archive);
        archive_read_support_filter_zstd(packed->archive);
        archive_read_support_filter_bzip2(packed->archive);
        archive_read_support_format_raw(packed->archive);
        archive_read_support_format_empty(packed->archive);
        return packed;
}

void packed_free(struct packed *packed)
{
        if (packed == NULL)
                return;
        archive_read_free(packed->archive);
        g_clear_error(&packed->failure);
        g_free(packed);
}

/* Say what libarchive found wrong, or what went wrong beneath it. */
static gssize fail(struct packed *packed, GError **error)
{
        if (packed->failure != NULL)
                g_propagate_error(error, g_steal_pointer(&packed->failure));
        else
                g_set_error(error, FAIL, FAIL_DATA, "the packed data cannot be unpacked: %s", archive_error_string(packed->archive));
        return -1;
}

gssize packed_read(struct packed *packed, char *buffer, gsize size, GError **error)
{
        la_ssize_t n;

        if (!packed->is_begun) {
                struct archive_entry *entry; /* of the archive */
                int status = archive_read_open(packed->archive, packed, NULL, give_packed, NULL);

                packed->is_begun = true;
                if (status == ARCHIVE_OK)
                        status = archive_read_next_header(packed->archive, &entry);
                if (status == ARCHIVE_EOF)
                        return 0;
                if (status != ARCHIVE_OK)
                        return fail(packed, error);
        }
        n = archive_read_data(packed->archive, buffer, size);
        return n < 0 ? fail(packed, error) : (gssize)n;
}
