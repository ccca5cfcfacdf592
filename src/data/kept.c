/* Filters that were loaded once, kept as a file that is loaded in a twentieth of the time: for those who read one mail and are done.
 * In: filters and the files they are of. Out: the same filters, as long as none of those files is another one by now. */
#include "data/kept.h"

#include "base/flat.h"

#include <stddef.h>
#include <sys/stat.h>
#include <time.h>

/* What a file is as long as nobody touches it: no two files, nor one before and after it was written to, are alike. */
struct stamp {
        char *path;
        guint64 device, inode, size;
        gint64 written, changed; /* nanoseconds; all 0: there is no such file */
};

/* What the file begins with. */
struct picture {
        char *directories;
        struct stamp *stamps;
        struct filter_piece *pieces;
        struct re_table *patterns;
        guint64 stamps_n, pieces_n;
};

/* A file may change twice within one tick of its clock. */
enum { SURE_SECONDS = 1 };

static gint64 nanoseconds(const struct timespec *time)
{
        return time->tv_sec * G_GINT64_CONSTANT(1000000000) + time->tv_nsec;
}

static struct stamp stamp_of(const char *path)
{
        struct stat about;
        if (stat(path, &about) != 0)
                return (struct stamp){0};
        return (struct stamp){
                .device = about.st_dev,
                .inode = about.st_ino,
                .size = (guint64)about.st_size,
                .written = nanoseconds(&about.st_mtim),
                .changed = nanoseconds(&about.st_ctim),
        };
}

static bool is_same(const struct stamp *one, const struct stamp *other)
{
        return one->device == other->device && one->inode == other->inode && one->size == other->size && one->written == other->written &&
               one->changed == other->changed;
}

static void add_stamp(GArray *stamps, const char *path)
{
        struct stamp stamp = stamp_of(path);
        stamp.path = g_strdup(path);
        g_array_append_val(stamps, stamp);
}

static void forget_stamp(gpointer stamp)
{
        g_free(((struct stamp *)stamp)->path);
}

/* Of the program, of all that is listed, and of what it was listed in: names come and go with the directory's stamp. */
static GArray *stamps_of(const char *const *directories)
{
        GArray *stamps = g_array_new(FALSE, FALSE, sizeof(struct stamp));
        g_autoptr(GPtrArray) places = filter_places(directories), files = filter_files(directories);
        g_array_set_clear_func(stamps, forget_stamp);
        add_stamp(stamps, "/proc/self/exe");
        g_ptr_array_extend_and_steal(places, g_steal_pointer(&files));
        for (guint i = 0; i < places->len; i++)
                add_stamp(stamps, places->pdata[i]);
        return stamps;
}

static bool are_old(const GArray *stamps)
{
        gint64 newest = G_MININT64;
        for (guint i = 0; i < stamps->len; i++) {
                const struct stamp *stamp = &g_array_index(stamps, struct stamp, i);
                newest = MAX(newest, MAX(stamp->written, stamp->changed));
        }
        return newest / 1000 < g_get_real_time() - SURE_SECONDS * G_USEC_PER_SEC;
}

static char *name_of(const char *const *directories)
{
        return g_strjoinv("\n", (char **)directories);
}

/* Sets what is of the directories as they are; NULL where it is not. */
static struct flat_file *open_kept(const char *kept, const char *const *directories)
{
        g_autofree char *name = name_of(directories);
        struct flat_file *file = flat_open(kept);
        const struct picture *picture = file ? flat_first(file) : NULL;
        bool is_same_still = picture && g_str_equal(picture->directories, name);
        for (guint64 i = 0; is_same_still && i < picture->stamps_n; i++) {
                struct stamp stamp = stamp_of(picture->stamps[i].path);
                is_same_still = is_same(&stamp, &picture->stamps[i]);
        }
        if (is_same_still)
                return file;
        flat_close(file);
        return NULL;
}

static gsize lay_out_stamps(struct flat *flat, const GArray *stamps)
{
        gsize at = flat_add(flat, stamps->data, stamps->len * sizeof(struct stamp));
        for (guint i = 0; i < stamps->len; i++)
                flat_lead_to_text(flat, at + i * sizeof(struct stamp) + offsetof(struct stamp, path),
                                  g_array_index(stamps, struct stamp, i).path);
        return at;
}

static gsize lay_out_pieces(struct flat *flat, const GArray *pieces, GPtrArray *patterns)
{
        gsize at = flat_add(flat, pieces->data, pieces->len * sizeof(struct filter_piece));
        for (guint i = 0; i < pieces->len; i++) {
                const struct filter_piece *piece = &g_array_index(pieces, struct filter_piece, i);
                gsize here = at + i * sizeof *piece, to;
                char **path = filter_path(piece);
                to = schema_lay_out(piece->file, flat, here + offsetof(struct filter_piece, data), piece->data, patterns);
                if (path)
                        flat_lead_to_text(flat, to + (gsize)((char *)path - (char *)piece->data), *path);
        }
        return at;
}

static void keep(const char *kept, const char *const *directories, const GArray *stamps, const struct filters *filters)
{
        g_autofree char *name = name_of(directories);
        g_autoptr(GArray) pieces = filters_pieces(filters);
        g_autoptr(GPtrArray) patterns = g_ptr_array_new();
        struct flat *flat = flat_new();
        struct picture picture = {.stamps_n = stamps->len, .pieces_n = pieces->len};
        flat_add(flat, &picture, sizeof picture);
        flat_lead_to_text(flat, offsetof(struct picture, directories), name);
        flat_lead(flat, offsetof(struct picture, stamps), lay_out_stamps(flat, stamps));
        flat_lead(flat, offsetof(struct picture, pieces), lay_out_pieces(flat, pieces, patterns));
        flat_lead(flat, offsetof(struct picture, patterns), re_table_lay_out(flat, patterns));
        flat_write(flat, kept, NULL);
        flat_free(flat);
}

struct filters *kept_load(const char *kept, const char *const *directories, GPtrArray *problems, GError **error)
{
        struct flat_file *file = open_kept(kept, directories);
        if (file) {
                const struct picture *picture = flat_first(file);
                struct filters *filters = filters_of_pieces(picture->pieces, picture->pieces_n, file, (GDestroyNotify)flat_close);
                filters->patterns = picture->patterns;
                return filters;
        }
        g_autoptr(GArray) stamps = stamps_of(directories);
        struct filters *filters = filters_load(directories, problems, error);
        if (filters && problems->len == 0 && are_old(stamps))
                keep(kept, directories, stamps, filters);
        return filters;
}
