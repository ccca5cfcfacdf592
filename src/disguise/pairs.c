/* What is personal in a mail, each with what stands for it: of the same length, letters for letters and digits for digits, the same one
 * wherever it occurs.
 * In: phrases, texts. Out: texts of the same length. */
#include "disguise/pairs.h"

#include <string.h>

/* A part of a name is hidden by itself from these lengths on: shorter ones stand in too many other words. */
enum { LETTERS_AT_LEAST = 3, MIXED_AT_LEAST = 4, DIGITS_AT_LEAST = 5, MOST_TRIES = 64, OCTET = 3, HEX_GROUP = 4, SORT_AT_MOST = 3 };

enum class { CLASS_NONE, CLASS_LETTER, CLASS_DIGIT };

struct pair {
        char *phrase;   /* blanks folded to one */
        char *stand_in; /* of the same length, in small letters */
};

struct pairs {
        char *key;
        const struct kept *kept;
        GPtrArray *phrases;   /* char *, owned by the pairs of `first` */
        GHashTable *known;    /* the same */
        GHashTable *first;    /* first piece in small letters -> GPtrArray of struct pair, the longest first */
        GHashTable *stand_in; /* piece in small letters -> its replacement */
        GHashTable *taken;    /* replacements so far */
};

static void pair_free(gpointer data)
{
        struct pair *pair = data;
        g_free(pair->phrase);
        g_free(pair->stand_in);
        g_free(pair);
}

struct pairs *pairs_new(const char *key, const struct kept *kept)
{
        struct pairs *pairs = g_new0(struct pairs, 1);
        pairs->key = g_strdup(key);
        pairs->kept = kept;
        pairs->phrases = g_ptr_array_new();
        pairs->known = g_hash_table_new(g_str_hash, g_str_equal);
        pairs->first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
        pairs->stand_in = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        pairs->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        return pairs;
}

void pairs_free(struct pairs *pairs)
{
        if (!pairs)
                return;
        g_hash_table_unref(pairs->known);
        g_hash_table_unref(pairs->first);
        g_hash_table_unref(pairs->stand_in);
        g_hash_table_unref(pairs->taken);
        g_ptr_array_unref(pairs->phrases);
        g_free(pairs->key);
        g_free(pairs);
}

const GPtrArray *pairs_phrases(const struct pairs *pairs)
{
        return pairs->phrases;
}

/* Bytes above ASCII are letters, too, whatever the character set: they end no word. */
static enum class class_of(char c) {
        return g_ascii_isdigit(c)                        ? CLASS_DIGIT
               : g_ascii_isalpha(c) || (guchar)c >= 0x80 ? CLASS_LETTER
                                                         : CLASS_NONE;
}

/* Letters alone or digits alone. */
static gsize piece_length(const char *text, gsize length)
{
        gsize n = 1;
        while (n < length && class_of(text[n]) == class_of(*text))
                n++;
        return n;
}

/* Letters and digits together; *n_pieces of them. */
static gsize run_length(const char *text, gsize length, guint *n_pieces)
{
        gsize n = 0;
        *n_pieces = 0;
        while (n < length && class_of(text[n]) != CLASS_NONE) {
                n += piece_length(text + n, length - n);
                (*n_pieces)++;
        }
        return n;
}

/* As many bytes as the key and a text make. */
static void fill(const struct pairs *pairs, const char *text, guint try, guint8 *bytes, gsize length)
{
        gsize n = 32;
        for (gsize at = 0; at < length; at += n) {
                g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)pairs->key, strlen(pairs->key));
                g_autofree char *salt = g_strdup_printf("%u:%" G_GSIZE_FORMAT ":%s", try, at, text);
                guint8 digest[32];
                g_hmac_update(hmac, (const guchar *)salt, -1);
                g_hmac_get_digest(hmac, digest, &n);
                memcpy(bytes + at, digest, MIN(n, length - at));
        }
}

/* The same whatever the character set: what is not ASCII counts as one sign. */
static char *plain(const char *run, gsize length)
{
        GString *plain = g_string_sized_new(length);
        for (gsize i = 0; i < length; i++)
                if ((guchar)run[i] < 0x80)
                        g_string_append_c(plain, run[i]);
                else if (plain->len == 0 || plain->str[plain->len - 1] != '?')
                        g_string_append_c(plain, '?');
        return g_string_free(plain, FALSE);
}

/* A number to the base of sixteen, which stays one: a part of an address, a hash. */
static bool is_hex(const char *run, gsize length)
{
        gsize n_letters = 0;
        for (gsize i = 0; i < length; i++) {
                if (!g_ascii_isxdigit(run[i]))
                        return false;
                n_letters += g_ascii_isalpha(run[i]) != 0;
        }
        return n_letters > 0 && n_letters < length;
}

/* Zeros at the start stay, and the first digit after them is no zero, so that numbers keep their size; one of three digits can stand in an
 * address. */
static char *draw(const struct pairs *pairs, const char *run, gsize length, guint try)
{
        g_autofree guint8 *bytes = g_malloc0(length + 1);
        g_autofree char *text = plain(run, length);
        char *drawn = g_strndup(run, length);
        const guint8 *byte = bytes;
        bool is_leading = g_ascii_isdigit(*run), is_octet = length == OCTET && strspn(drawn, "0123456789") == OCTET;
        fill(pairs, text, try, bytes, length);
        for (char *at = drawn; *at; at++) {
                if (g_ascii_isalpha(*at))
                        *at = (char)('a' + *byte++ % (is_hex(run, length) ? 6 : 26));
                else if (g_ascii_isdigit(*at) && is_leading && *at != '0')
                        *at = (char)('1' + *byte++ % (is_octet ? 1 : 9));
                else if (g_ascii_isdigit(*at) && !is_leading)
                        *at = (char)('0' + *byte++ % 10);
                is_leading = is_leading && *at == '0';
        }
        return drawn;
}

/* What stands for letters or digits or both together, small letters given; another than anything before, where there are enough. Borrowed.
 */
static const char *stand_in(struct pairs *pairs, const char *run, gsize length)
{
        g_autofree char *key = g_strndup(run, length);
        char *drawn = g_hash_table_lookup(pairs->stand_in, key);
        if (drawn)
                return drawn;
        for (guint try = 0; try < MOST_TRIES; try++) {
                g_free(drawn);
                drawn = draw(pairs, run, length, try);
                bool is_free = strcmp(drawn, key) != 0 && !g_hash_table_contains(pairs->taken, drawn);
                if (is_free && !kept_has(pairs->kept, drawn, length))
                        break;
        }
        g_hash_table_add(pairs->taken, g_strdup(drawn));
        g_hash_table_insert(pairs->stand_in, g_steal_pointer(&key), drawn);
        return drawn;
}

/* Whether letters tell nothing of anybody: a single one, or the few that a sort of numbers begins with. */
static bool is_sort(const char *run, gsize length, gsize at, gsize n)
{
        bool is_before_number = at == 0 && n < length && n <= SORT_AT_MOST;
        return g_ascii_isalpha(run[at]) && (n == 1 || is_before_number);
}

/* Words before or after a number are disguised by themselves, so that they are the same without it; longer mixtures as a whole. */
static void hide_run(struct pairs *pairs, char *run, gsize length, guint n_pieces)
{
        if (n_pieces > 2 || (length <= HEX_GROUP && is_hex(run, length))) {
                memcpy(run, stand_in(pairs, run, length), length);
                return;
        }
        for (gsize at = 0, n; at < length; at += n) {
                n = piece_length(run + at, length - at);
                if (!is_sort(run, length, at, n) && !kept_has(pairs->kept, run + at, n))
                        memcpy(run + at, stand_in(pairs, run + at, n), n);
        }
}

/* The phrase with blanks folded, in small letters. */
static char *fold(const char *phrase, gsize length)
{
        GString *folded = g_string_sized_new(length);
        for (gsize i = 0; i < length; i++) {
                bool is_blank = g_ascii_isspace(phrase[i]);
                if (!is_blank || (folded->len > 0 && folded->str[folded->len - 1] != ' '))
                        g_string_append_c(folded, is_blank ? ' ' : g_ascii_tolower(phrase[i]));
        }
        return g_string_free(folded, FALSE);
}

static char *hide(struct pairs *pairs, const char *folded)
{
        char *hidden = g_strdup(folded);
        gsize length = strlen(hidden), n;
        guint n_pieces;
        for (gsize at = 0; at < length; at += MAX(n, 1)) {
                n = run_length(hidden + at, length - at, &n_pieces);
                if (n > 0 && !kept_has(pairs->kept, hidden + at, n))
                        hide_run(pairs, hidden + at, n, n_pieces);
        }
        return hidden;
}

/* The longest first, since the shorter may be its beginning. */
static guint place_in(const GPtrArray *list, const struct pair *pair)
{
        guint at = 0;
        while (at < list->len && strlen(((const struct pair *)list->pdata[at])->phrase) > strlen(pair->phrase))
                at++;
        return at;
}

static void keep_pair(struct pairs *pairs, struct pair *pair)
{
        g_autofree char *first = g_strndup(pair->phrase, piece_length(pair->phrase, strlen(pair->phrase)));
        GPtrArray *list = g_hash_table_lookup(pairs->first, first);
        if (!list) {
                list = g_ptr_array_new_with_free_func(pair_free);
                g_hash_table_insert(pairs->first, g_steal_pointer(&first), list);
        }
        g_ptr_array_insert(list, (int)place_in(list, pair), pair);
        g_hash_table_add(pairs->known, pair->phrase);
        g_ptr_array_add(pairs->phrases, pair->phrase);
}

void pairs_add(struct pairs *pairs, const char *phrase, gsize length)
{
        while (length > 0 && class_of(*phrase) == CLASS_NONE) {
                phrase++;
                length--;
        }
        while (length > 0 && class_of(phrase[length - 1]) == CLASS_NONE)
                length--;
        g_autofree char *folded = fold(phrase, length);
        if (!*folded || g_hash_table_contains(pairs->known, folded))
                return;
        g_autofree char *hidden = hide(pairs, folded);
        if (strcmp(folded, hidden) == 0)
                return;
        struct pair *pair = g_new0(struct pair, 1);
        pair->phrase = g_steal_pointer(&folded);
        pair->stand_in = g_steal_pointer(&hidden);
        keep_pair(pairs, pair);
}

static void add_pieces(struct pairs *pairs, const char *run, gsize length)
{
        for (gsize at = 0, n; at < length; at += n) {
                n = piece_length(run + at, length - at);
                if (!is_sort(run, length, at, n) && n >= (class_of(run[at]) == CLASS_DIGIT ? DIGITS_AT_LEAST : LETTERS_AT_LEAST))
                        pairs_add(pairs, run + at, n);
        }
}

void pairs_add_name(struct pairs *pairs, const char *name, gsize length)
{
        guint n_pieces;
        pairs_add(pairs, name, length);
        for (gsize at = 0, n; at < length; at += MAX(n, 1)) {
                n = run_length(name + at, length - at, &n_pieces);
                if (n >= MIXED_AT_LEAST && n_pieces > 1)
                        pairs_add(pairs, name + at, n);
                if (n_pieces <= 2)
                        add_pieces(pairs, name + at, n);
        }
}

static bool is_blank(char c, guint8 mark)
{
        return mark == MARK_BLANK || g_ascii_isspace(c);
}

/* A text and what may be done with it. */
struct sheet {
        char *text;
        const guint8 *marks;
        gsize length;
};

static gsize skip_blanks(const struct sheet *sheet, gsize at)
{
        while (at < sheet->length && is_blank(sheet->text[at], sheet->marks[at]))
                at++;
        return at;
}

static enum class class_at(const struct sheet *sheet, gsize at) {
        return sheet->marks[at] <= MARK_CODE ? class_of(sheet->text[at]) : CLASS_NONE;
}

/* Some wrap lines within a word. */
static gsize skip_break(const struct sheet *sheet, gsize at)
{
        while (at < sheet->length && (sheet->text[at] == '\r' || sheet->text[at] == '\n'))
                at++;
        return at;
}

/* Where a phrase that begins here ends; 0: it does not stand here. */
static gsize phrase_end(const struct sheet *sheet, gsize at, const char *phrase)
{
        for (; *phrase && at < sheet->length; phrase++) {
                if (*phrase == ' ' && !is_blank(sheet->text[at], sheet->marks[at]))
                        return 0;
                at = *phrase == ' ' ? skip_blanks(sheet, at) : skip_break(sheet, at);
                if (*phrase == ' ')
                        continue;
                if (at == sheet->length || sheet->marks[at] > MARK_CODE || g_ascii_tolower(sheet->text[at++]) != *phrase)
                        return 0;
        }
        bool is_inside = at < sheet->length && class_at(sheet, at) != CLASS_NONE && class_at(sheet, at) == class_at(sheet, at - 1);
        return *phrase || is_inside ? 0 : at;
}

static void put(const struct sheet *sheet, gsize at, const char *stand_in)
{
        for (; *stand_in; stand_in++) {
                at = *stand_in == ' ' ? skip_blanks(sheet, at) : skip_break(sheet, at);
                if (*stand_in == ' ')
                        continue;
                sheet->text[at] = g_ascii_isupper(sheet->text[at]) ? g_ascii_toupper(*stand_in) : *stand_in;
                at++;
        }
}

/* The town of "Europe/Zurich" names a zone of time. */
static bool is_zone(const struct sheet *sheet, gsize at)
{
        static const char *const regions[] = {"Africa",    "America", "Antarctica", "Asia",   "Atlantic",
                                              "Australia", "Europe",  "Indian",     "Pacific"};
        for (gsize i = 0; i < G_N_ELEMENTS(regions); i++) {
                gsize n = strlen(regions[i]);
                if (at > n && sheet->text[at - 1] == '/' && strncmp(sheet->text + at - n - 1, regions[i], n) == 0)
                        return true;
        }
        return false;
}

static gsize apply_at(const struct pairs *pairs, const struct sheet *sheet, gsize at)
{
        gsize end = at + 1;
        while (end < sheet->length && class_at(sheet, end) == class_at(sheet, at))
                end++;
        g_autofree char *first = g_ascii_strdown(sheet->text + at, (gssize)(end - at));
        const GPtrArray *list = is_zone(sheet, at) ? NULL : g_hash_table_lookup(pairs->first, first);
        for (guint i = 0; list && i < list->len; i++) {
                const struct pair *pair = list->pdata[i];
                gsize matched = phrase_end(sheet, at, pair->phrase);
                if (matched) {
                        put(sheet, at, pair->stand_in);
                        return matched;
                }
        }
        return end;
}

void pairs_apply(const struct pairs *pairs, char *text, const guint8 *marks, gsize length)
{
        struct sheet sheet = {text, marks, length};
        for (gsize at = 0; at < length;)
                at = class_at(&sheet, at) == CLASS_NONE ? at + 1 : apply_at(pairs, &sheet, at);
}

char *pairs_text(const struct pairs *pairs, const char *text)
{
        char *hidden = g_strdup(text);
        gsize length = strlen(hidden);
        g_autofree guint8 *marks = g_malloc0(length + 1);
        pairs_apply(pairs, hidden, marks, length);
        return hidden;
}
