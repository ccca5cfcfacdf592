/* Unpacking gzip (RFC 1952) as it comes, several members after one another, by GLib's zlib converter.
 * In: packed bytes from a function. Out: unpacked bytes. */
#include "in/gzip.h"

#include "base/fail.h"

#include <gio/gio.h>

struct gzip {
        give_bytes give;
        void *from; /* borrowed */
        GConverter *inflate;
        gsize start, end; /* of what is unread in packed */
        bool is_between;  /* before the first member, or after one has ended */
        char packed[64 * 1024];
};

bool gzip_is(const char *head, gsize length)
{
        return length >= 2 && head[0] == '\x1f' && head[1] == '\x8b';
}

struct gzip *gzip_new(give_bytes give, void *from)
{
        struct gzip *gzip = g_new0(struct gzip, 1);

        gzip->give = give;
        gzip->from = from;
        gzip->inflate = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
        gzip->is_between = true;
        return gzip;
}

void gzip_free(struct gzip *gzip)
{
        if (gzip == NULL)
                return;
        g_object_unref(gzip->inflate);
        g_free(gzip);
}

/* Read more packed bytes behind those that are unread: 1, 0 at the end, -1 and an error. */
static int take_more(struct gzip *gzip, GError **error)
{
        gssize n;

        memmove(gzip->packed, gzip->packed + gzip->start, gzip->end - gzip->start);
        gzip->end -= gzip->start;
        gzip->start = 0;
        n = gzip->give(gzip->from, gzip->packed + gzip->end, sizeof gzip->packed - gzip->end, error);
        if (n > 0)
                gzip->end += (gsize)n;
        return n > 0 ? 1 : (int)n;
}

/* Between members: 1 when another one follows, 0 at the end. Padding after the last member is passed over, as gzip(1) does. */
static int begin_member(struct gzip *gzip, GError **error)
{
        while (gzip->end - gzip->start < 2) {
                int more = take_more(gzip, error);

                if (more <= 0)
                        return more;
        }
        gzip->is_between = !gzip_is(gzip->packed + gzip->start, 2);
        return gzip->is_between ? 0 : 1;
}

/* One step of zlib, with or without output. Without packed bytes it gives what it still holds, or fails with PARTIAL_INPUT. */
static bool inflate_some(struct gzip *gzip, char *buffer, gsize size, gsize *written, GError **error)
{
        g_autoptr(GError) failure = NULL;
        gsize taken = 0;
        GConverterResult result = g_converter_convert(gzip->inflate, gzip->packed + gzip->start, gzip->end - gzip->start, buffer, size,
                                                      G_CONVERTER_NO_FLAGS, &taken, written, &failure);

        if (result == G_CONVERTER_ERROR) {
                bool is_cut = g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);

                g_set_error_literal(error, FAIL, FAIL_DATA, is_cut ? "the gzip data is cut short" : "the gzip data is damaged");
                return false;
        }
        gzip->start += taken;
        if (result == G_CONVERTER_FINISHED) {
                g_converter_reset(gzip->inflate);
                gzip->is_between = true;
        }
        return true;
}

gssize gzip_read(struct gzip *gzip, char *buffer, gsize size, GError **error)
{
        gsize written = 0;

        while (written == 0) {
                if (gzip->is_between) {
                        int more = begin_member(gzip, error);

                        if (more <= 0)
                                return more;
                }
                if (gzip->start == gzip->end && take_more(gzip, error) < 0)
                        return -1;
                if (!inflate_some(gzip, buffer, size, &written, error))
                        return -1;
        }
        return (gssize)written;
}
