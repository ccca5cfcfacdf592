/* Structs that point at one another, laid out as one piece of memory that a file can hold and another process can use as it is.
 * In: structs, texts. Out: a file, and the same structs of it. */
#include "data/flat.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Texts stand apart: there are no pointers in them, so their pages stay as they are in the file. */
struct flat {
        GByteArray *structs, *texts;
        GArray *links, *text_links; /* guint32: where pointers stand; they hold where to, within structs or texts */
};

/* The file: this, the structs, the texts, the links. */
struct head {
        guint64 sum; /* of all that follows */
        guint32 structs, texts, links, length;
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
        flat->texts = g_byte_array_new();
        flat->links = g_array_new(FALSE, FALSE, sizeof(guint32));
        flat->text_links = g_array_new(FALSE, FALSE, sizeof(guint32));
        return flat;
}

void flat_free(struct flat *flat)
{
        if (!flat)
                return;
        g_byte_array_unref(flat->structs);
        g_byte_array_unref(flat->texts);
        g_array_unref(flat->links);
        g_array_unref(flat->text_links);
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

static void set_pointer(struct flat *flat, gsize at, gsize to)
{
        memcpy(flat->structs->data + at, &to, sizeof to);
}

void flat_lead(struct flat *flat, gsize at, gsize to)
{
        guint32 place = (guint32)at;
        set_pointer(flat, at, to);
        g_array_append_val(flat->links, place);
}

void flat_lead_to_text(struct flat *flat, gsize at, const char *text)
{
        guint32 place = (guint32)at;
        set_pointer(flat, at, text ? flat->texts->len : 0);
        if (!text)
                return;
        g_byte_array_append(flat->texts, (const guint8 *)text, (guint)strlen(text) + 1);
        g_array_append_val(flat->text_links, place);
}

/* Damage is to be seen, not malice: whoever can write to the file can do as we can. */
static guint64 sum_of(const char *bytes, gsize length)
{
        guint64 sum = length, word;
        for (gsize i = 0; i + sizeof word <= length; i += sizeof word) {
                memcpy(&word, bytes + i, sizeof word);
                sum = (sum ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
                sum ^= sum >> 32;
        }
        return sum;
}

/* Places within the texts become places within all. */
static void shift(GByteArray *all, gsize structs_at, gsize shift_by, const GArray *links)
{
        for (guint i = 0; i < links->len; i++) {
                gsize to;
                guint8 *pointer = all->data + structs_at + g_array_index(links, guint32, i);
                memcpy(&to, pointer, sizeof to);
                to += shift_by;
                memcpy(pointer, &to, sizeof to);
        }
}

static void add_links(GByteArray *all, const GArray *links)
{
        g_byte_array_append(all, (const guint8 *)links->data, links->len * (guint)sizeof(guint32));
}

bool flat_write(const struct flat *flat, const char *path, GError **error)
{
        g_autoptr(GByteArray) all = g_byte_array_new();
        struct head head = {.structs = flat->structs->len, .links = flat->links->len + flat->text_links->len};
        g_byte_array_append(all, (const guint8 *)&head, sizeof head);
        g_byte_array_append(all, flat->structs->data, flat->structs->len);
        g_byte_array_append(all, flat->texts->data, flat->texts->len);
        pad(all);
        head.texts = all->len - (guint)sizeof head - head.structs;
        shift(all, sizeof head, head.structs, flat->text_links);
        add_links(all, flat->links);
        add_links(all, flat->text_links);
        pad(all);
        head.length = all->len;
        head.sum = sum_of((const char *)all->data + sizeof head, all->len - sizeof head);
        memcpy(all->data, &head, sizeof head);
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

static bool is_whole(const struct head *head, gsize length)
{
        gsize parts = sizeof *head + head->structs + head->texts + head->links * sizeof(guint32);
        return head->length == length && parts <= length && length - parts < ALIGNMENT &&
               head->sum == sum_of((const char *)(head + 1), length - sizeof *head);
}

static bool make_pointers(char *structs, const struct head *head)
{
        const guint32 *links = (const guint32 *)(gconstpointer)(structs + head->structs + head->texts);
        for (guint i = 0; i < head->links; i++) {
                gsize *pointer = (gsize *)(gpointer)(structs + links[i]);
                if (links[i] % sizeof *pointer || links[i] >= head->structs || *pointer >= head->structs + head->texts)
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
        char *structs = (char *)(head + 1);
        if (!is_whole(head, g_mapped_file_get_length(mapped)) || !make_pointers(structs, head)) {
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
