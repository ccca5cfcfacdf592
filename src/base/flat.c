/* Structs that point at one another, laid out as one piece of memory that a file can hold and another process can use as it is.
 * In: structs, texts. Out: a file, and the same structs of it. */
#include "base/flat.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What has no pointers stands apart: its pages stay as they are in the file, and those that are not looked at are not read. */
struct flat {
        GByteArray *structs, *rest;
        GArray *links, *rest_links; /* guint32: where pointers stand; they hold where to, within structs or the rest */
};

/* The file: this, the links, the structs, the rest. */
struct head {
        guint64 sum; /* of links and structs */
        guint64 rest;
        guint32 links, structs; /* links: their number; else bytes */
};

struct flat_file {
        GMappedFile *mapped;
        char *structs;
};

enum { ALIGNMENT = sizeof(guint64) };

struct flat *flat_new(void)
{
        struct flat *flat = g_new0(struct flat, 1);
        flat->structs = g_byte_array_new();
        flat->rest = g_byte_array_new();
        flat->links = g_array_new(FALSE, FALSE, sizeof(guint32));
        flat->rest_links = g_array_new(FALSE, FALSE, sizeof(guint32));
        return flat;
}

void flat_free(struct flat *flat)
{
        if (!flat)
                return;
        g_byte_array_unref(flat->structs);
        g_byte_array_unref(flat->rest);
        g_array_unref(flat->links);
        g_array_unref(flat->rest_links);
        g_free(flat);
}

static void pad(GByteArray *bytes)
{
        static const guint8 none[ALIGNMENT] = {0};
        g_byte_array_append(bytes, none, (ALIGNMENT - bytes->len % ALIGNMENT) % ALIGNMENT);
}

gsize flat_add(struct flat *flat, gconstpointer bytes, gsize length)
{
        gsize at = flat->structs->len;
        g_byte_array_append(flat->structs, bytes, (guint)length);
        pad(flat->structs);
        return at;
}

gsize flat_add_empty(struct flat *flat, gsize length)
{
        gsize at = flat->structs->len;
        g_byte_array_set_size(flat->structs, (guint)(at + length));
        memset(flat->structs->data + at, 0, length);
        pad(flat->structs);
        return at;
}

void flat_set(struct flat *flat, gsize at, guint64 number)
{
        memcpy(flat->structs->data + at, &number, sizeof number);
}

static void lead(struct flat *flat, gsize at, gsize to, GArray *links)
{
        guint32 place = (guint32)at;
        flat_set(flat, at, to);
        g_array_append_val(links, place);
}

void flat_lead(struct flat *flat, gsize at, gsize to)
{
        lead(flat, at, to, flat->links);
}

void flat_lead_to_bytes(struct flat *flat, gsize at, gconstpointer bytes, gsize length)
{
        pad(flat->rest);
        lead(flat, at, flat->rest->len, flat->rest_links);
        g_byte_array_append(flat->rest, bytes, (guint)length);
}

void flat_lead_to_text(struct flat *flat, gsize at, const char *text)
{
        flat_set(flat, at, 0);
        if (!text)
                return;
        lead(flat, at, flat->rest->len, flat->rest_links);
        g_byte_array_append(flat->rest, (const guint8 *)text, (guint)strlen(text) + 1);
}

/* Damage is to be seen, not malice: whoever can write to the file can do as we can. Two at a time, since each waits for the one before. */
guint64 flat_sum(gconstpointer bytes, gsize length)
{
        const guint64 factor = G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        guint64 one = length, other = factor, words[2];
        const char *at = bytes, *end = at + length;
        for (; end - at >= (gssize)sizeof words; at += sizeof words) {
                memcpy(words, at, sizeof words);
                one = (one ^ words[0]) * factor;
                other = (other ^ words[1]) * factor;
        }
        for (; at < end; at++)
                one = (one ^ (guint8)*at) * factor;
        return one ^ other >> 32 ^ other << 32;
}

/* Places within the rest become places within all. */
static void shift(struct flat *flat)
{
        for (guint i = 0; i < flat->rest_links->len; i++) {
                guint32 at = g_array_index(flat->rest_links, guint32, i);
                guint64 to;
                memcpy(&to, flat->structs->data + at, sizeof to);
                flat_set(flat, at, to + flat->structs->len);
        }
        g_array_append_vals(flat->links, flat->rest_links->data, flat->rest_links->len);
        g_array_set_size(flat->rest_links, 0);
}

bool flat_write(struct flat *flat, const char *path, GError **error)
{
        g_autoptr(GByteArray) all = g_byte_array_new();
        shift(flat);
        struct head head = {.links = flat->links->len, .structs = flat->structs->len, .rest = flat->rest->len};
        g_byte_array_append(all, (const guint8 *)&head, sizeof head);
        g_byte_array_append(all, (const guint8 *)flat->links->data, head.links * (guint)sizeof(guint32));
        pad(all);
        g_byte_array_append(all, flat->structs->data, head.structs);
        head.sum = flat_sum(all->data + sizeof head, all->len - sizeof head);
        memcpy(all->data, &head, sizeof head);
        g_byte_array_append(all, flat->rest->data, flat->rest->len);
        return g_file_set_contents_full(path, (const char *)all->data, all->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static GMappedFile *map(const char *path)
{
        struct stat about;
        int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0)
                return NULL;
        bool is_ours = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
                       (about.st_mode & (S_IRWXG | S_IRWXO)) == 0 && about.st_size > (off_t)sizeof(struct head);
        GMappedFile *mapped = is_ours ? g_mapped_file_new_from_fd(fd, TRUE, NULL) : NULL;
        close(fd);
        return mapped;
}

static gsize links_size(const struct head *head)
{
        return (head->links + head->links % 2) * sizeof(guint32);
}

static bool is_whole(const struct head *head, gsize length)
{
        gsize summed = links_size(head) + head->structs;
        return sizeof *head + summed + head->rest == length && flat_sum(head + 1, summed) == head->sum;
}

static bool make_pointers(const struct head *head, char *structs)
{
        const guint32 *links = (const guint32 *)(head + 1);
        for (guint i = 0; i < head->links; i++) {
                gsize *pointer = (gsize *)(gpointer)(structs + links[i]);
                if (links[i] % sizeof *pointer || links[i] >= head->structs || *pointer >= head->structs + (gsize)head->rest)
                        return false;
                *pointer += (gsize)structs;
        }
        return true;
}

struct flat_file *flat_open(const char *path)
{
        GMappedFile *mapped = map(path);
        if (!mapped)
                return NULL;
        struct head *head = (struct head *)(gpointer)g_mapped_file_get_contents(mapped);
        char *structs = (char *)(head + 1) + links_size(head);
        if (!is_whole(head, g_mapped_file_get_length(mapped)) || !make_pointers(head, structs)) {
                g_mapped_file_unref(mapped);
                return NULL;
        }
        struct flat_file *file = g_new(struct flat_file, 1);
        *file = (struct flat_file){mapped, structs};
        return file;
}

void flat_close(struct flat_file *file)
{
        if (!file)
                return;
        g_mapped_file_unref(file->mapped);
        g_free(file);
}

gpointer flat_first(const struct flat_file *file)
{
        return file->structs;
}
