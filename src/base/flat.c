/* Structs that point at one another, laid out as one piece of memory that a file can hold and another process can use as it is.
 * In: structs, texts. Out: a file, and the same structs of it. */
#include "base/flat.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
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
        struct head *head;
        gsize length;
        char *structs;
};

enum { ALIGNMENT = sizeof(guint64) };

/* Where a file is mapped if nothing is there, which is so nearly always: its pointers are made for that. */
#define HOME ((char *)0x510000000000)

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

static gsize links_size(const struct head *head)
{
        return (head->links + head->links % 2) * sizeof(guint32);
}

/* Places become pointers, for a file that is mapped at home. */
static void shift(struct flat *flat, const GArray *links, gsize by)
{
        for (guint i = 0; i < links->len; i++) {
                guint32 at = g_array_index(links, guint32, i);
                guint64 to;
                memcpy(&to, flat->structs->data + at, sizeof to);
                flat_set(flat, at, to + by);
        }
}

bool flat_write(struct flat *flat, const char *path, GError **error)
{
        g_autoptr(GByteArray) all = g_byte_array_new();
        struct head head = {.links = flat->links->len + flat->rest_links->len, .structs = flat->structs->len, .rest = flat->rest->len};
        gsize structs = (gsize)HOME + sizeof head + links_size(&head);
        shift(flat, flat->links, structs);
        shift(flat, flat->rest_links, structs + head.structs);
        g_byte_array_append(all, (const guint8 *)&head, sizeof head);
        g_byte_array_append(all, (const guint8 *)flat->links->data, flat->links->len * (guint)sizeof(guint32));
        g_byte_array_append(all, (const guint8 *)flat->rest_links->data, flat->rest_links->len * (guint)sizeof(guint32));
        pad(all);
        g_byte_array_append(all, flat->structs->data, head.structs);
        head.sum = flat_sum(all->data + sizeof head, all->len - sizeof head);
        memcpy(all->data, &head, sizeof head);
        g_byte_array_append(all, flat->rest->data, flat->rest->len);
        return g_file_set_contents_full(path, (const char *)all->data, all->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* NULL: it is not ours alone. */
static struct head *map(int fd, gsize *length)
{
        struct stat about;
        bool is_ours = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
                       (about.st_mode & (S_IRWXG | S_IRWXO)) == 0 && about.st_size > (off_t)sizeof(struct head);
        if (!is_ours)
                return NULL;
        *length = (gsize)about.st_size;
        void *mapped = mmap(HOME, *length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED_NOREPLACE, fd, 0);
        if (mapped == MAP_FAILED)
                mapped = mmap(NULL, *length, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
        return mapped == MAP_FAILED ? NULL : mapped;
}

static bool is_whole(const struct head *head, gsize length)
{
        gsize summed = links_size(head) + head->structs;
        return sizeof *head + summed + head->rest == length && flat_sum(head + 1, summed) == head->sum;
}

/* Elsewhere than at home all pointers are others. The links are summed: they are as they were written. */
static void move(const struct head *head, char *structs)
{
        const guint32 *links = (const guint32 *)(head + 1);
        for (guint i = 0; i < head->links; i++)
                *(gsize *)(gpointer)(structs + links[i]) += (gsize)head - (gsize)HOME;
}

struct flat_file *flat_open(const char *path)
{
        struct flat_file file = {0};
        int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        file.head = fd >= 0 ? map(fd, &file.length) : NULL;
        if (fd >= 0)
                close(fd);
        if (!file.head)
                return NULL;
        if (!is_whole(file.head, file.length)) {
                munmap(file.head, file.length);
                return NULL;
        }
        file.structs = (char *)(file.head + 1) + links_size(file.head);
        if ((char *)file.head != HOME)
                move(file.head, file.structs);
        return g_memdup2(&file, sizeof file);
}

void flat_close(struct flat_file *file)
{
        if (!file)
                return;
        munmap(file->head, file->length);
        g_free(file);
}

gpointer flat_first(const struct flat_file *file)
{
        return file->structs;
}
