/* What looks personal in a text: addresses, hosts, numbers to call, numbers and ids, and the names that greetings, labels and headers tell.
 * In: views. Out: pairs. */
#include "disguise/find.h"

#include "disguise/date.h"
#include "disguise/mark.h"

#include <string.h>

enum { STRETCH = 32 * 1024, DIGITS_OF_PHONE = 7, MIXED_DIGITS = 3, PLAIN_DIGITS = 5, TOKEN = 16, MOST_WORDS = 4, LABEL_AT_LEAST = 4 };

/* What was found: bytes of the text, which the copy that patterns are matched against stands for byte for byte. */
typedef void found(struct find *find, const char *text, gsize length);

static void add_all(struct find *find, const char *text, gsize length)
{
        pairs_add(find->pairs, text, length);
}

/* The label of a domain that says whose it is: "example" of "mx.example.co.uk". */
static void add_host(struct find *find, const char *text, gsize length)
{
        gsize end = length, start;
        guint n = 0;
        for (gsize last = 0; end > 0; end = start ? start - 1 : 0) {
                for (start = end; start > 0 && text[start - 1] != '.';)
                        start--;
                last = end - start;
                if (n == 0 && !kept_is_domain(text + start, last))
                        return;
                if (n > 0 && last >= LABEL_AT_LEAST)
                        break;
                n++;
        }
        pairs_add(find->pairs, text, length);
        if (n > 0 && end > start)
                pairs_add_name(find->pairs, text + start, end - start);
}

static void add_address(struct find *find, const char *text, gsize length)
{
        const char *at = memrchr(text, '@', length);
        pairs_add(find->pairs, text, length);
        if (at)
                add_host(find, at + 1, length - (gsize)(at + 1 - text));
}

static gsize count_digits(const char *text, gsize length)
{
        gsize n = 0;
        for (gsize i = 0; i < length; i++)
                n += g_ascii_isdigit(text[i]);
        return n;
}

static void add_phone(struct find *find, const char *text, gsize length)
{
        if (count_digits(text, length) >= DIGITS_OF_PHONE)
                pairs_add(find->pairs, text, length);
}

/* A secret word of letters alone has capitals where a word has none. */
static bool is_token(const char *text, gsize length)
{
        gsize turns = 0;
        for (gsize i = 1; i < length; i++)
                turns += g_ascii_islower(text[i - 1]) && g_ascii_isupper(text[i]);
        return length >= TOKEN && turns > 1;
}

static void add_number(struct find *find, const char *text, gsize length)
{
        gsize n = count_digits(text, length);
        bool is_id = n == length ? n >= PLAIN_DIGITS : n == 0 ? is_token(text, length) : n >= MIXED_DIGITS || length >= TOKEN;
        if (is_id && !kept_has(find->kept, text, length) && !date_is(find->kept, text, length))
                pairs_add_name(find->pairs, text, length);
}

static bool is_letter(char c)
{
        return g_ascii_isalpha(c) || (guchar)c >= 0x80 || c == '\'' || c == '-';
}

static gsize word_length(const char *text, gsize length)
{
        gsize n = 0;
        while (n < length && is_letter(text[n]))
                n++;
        return n;
}

/* Names are the words with a capital: up to four of them beside one another are one. */
static void add_names(struct find *find, const char *text, gsize length)
{
        gsize start = 0, end = 0, n_words = 0;
        for (gsize at = 0, n; at <= length; at += MAX(n, 1)) {
                n = at < length ? word_length(text + at, length - at) : 0;
                bool is_name = n > 0 && !g_ascii_islower(text[at]) && n_words < MOST_WORDS;
                bool is_between = n == 0 && at < length && n_words > 0 && strchr(" .&", text[at]);
                if (is_between)
                        continue;
                if (is_name && n_words++ == 0)
                        start = at;
                if (is_name)
                        end = at + n;
                else if (n_words > 0) {
                        pairs_add_name(find->pairs, text + start, end - start);
                        n_words = 0;
                }
        }
}

struct shape {
        const char *pattern; /* what the group `v` captures, else the whole, is what was found */
        found *found;
};

static const struct shape shapes[] = {
        {"[a-z0-9][a-z0-9._%+$~=-]{0,100}+@[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?", add_address},
        {"(?<![a-z0-9@.-])(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.){1,8}[a-z]{2,24}(?![a-z0-9-])", add_host},
        {"(?<![0-9.])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![0-9.])", add_all},
        {"(?<![a-z0-9:])(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,7}(?![a-z0-9:])", add_all},
        {"(?<![a-z0-9:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![a-z0-9:])", add_all},
        {"(?<![a-z0-9])\\+[1-9][0-9 ().\\/-]{5,24}[0-9]", add_phone},
        {"(?<![a-z0-9])\\(\\+?[0-9]{1,5}\\)[0-9 .\\/-]{4,20}[0-9]", add_phone},
        {"(?<![0-9.-])[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{4}(?![0-9])", add_phone},
        {"\\b(?:phone|tel|telephone|fax|mobile|cell|call|hotline|dial[- ]?in|pin)\\b[^0-9\\n]{0,20}(?<v>[0-9][0-9 ().\\/-]{5,24}[0-9])",
         add_phone},
        {"(?<![a-z0-9])[a-z0-9]{5,400}(?![a-z0-9])", add_number},
};

static const struct shape names[] = {
        {"^[ \\t]*(?:dear|hi|hello|hej|hallo|bonjour|hola|good (?:morning|afternoon|day|evening))[ ,]+(?<v>[^,:!.\\n]{2,60})", add_names},
        {"^[ \\t]*(?:(?:kind|best|warm|with (?:kind|best)) )?(?:regards|thanks|thank you|sincerely|cheers|saludos|cordialement|mit "
         "freundlichen gr"
         "[_u]+[se_]+)[ ,.!]*\\n[\\s]{0,40}(?<v>[^\\n,:|]{2,60})",
         add_names},
        {"\\b(?:contact(?: person| name)?|engineer|technician|(?:requested|prepared|issued|created|assigned) "
         "(?:by|to)|author|attn|attention|customer"
         "(?: name)?|client(?: name)?|company(?: name)?|account(?: name)?|project manager|site contact|organi[sz]ation|name|end[- ]?user)[ "
         "]*[:=\\t][ \\t]*(?<v>[^\\n:;|<\\t]{2,80})",
         add_names},
        {"\\b(?:call|contact|reach|ask for)[ \\t]+(?<v>[^\\n:;|<\\t]{2,60}?)[ \\t]+(?:at|on|under|via)\\b", add_names},
        {"\\bCN=\"?(?<v>[^\":;\\n]{2,80})", add_names},
};

static const struct shape of_field[] = {
        {"^[ \\t]*\"?(?<v>[^\"<>,;:@]{2,80})\"?[ \\t\\r\\n]*<", add_names},
        {"[,;] *\"?(?<v>[^\"<>,;:@]{2,80})\"?[ \\t\\r\\n]*<", add_names},
        {"\\((?<v>[a-z _.'-]{2,80})\\)", add_names},
};
static const struct shape of_id[] = {{"<(?<v>[^<>\\s]{3,400})>", add_all}};
static const struct shape whole_field[] = {{"^[ \\t]*(?<v>[^\\n]{2,80})", add_names}};

/* Every place in a stretch that has the shape. */
static void find_shape(struct find *find, const struct shape *shape, const char *copy, gsize length, const char *text)
{
        struct re *re = re_set_get(find->patterns, shape->pattern, NULL);
        struct re_match match;
        enum re_result result;
        g_assert(re);
        for (gsize from = 0; from < length && (result = re_search(re, copy, length, from, &match)) != RE_NO;
             from = MAX(match.end, from + 1)) {
                if (result == RE_LIMIT) {
                        find->has_given_up = true;
                        return;
                }
                gsize start = match.n_named ? match.named[0].start : match.start, end = match.n_named ? match.named[0].end : match.end;
                shape->found(find, text + start, end - start);
        }
}

/* Stretches that end with a line, or else with a word: patterns take so much at a time. */
static gsize stretch(const char *copy, gsize length)
{
        if (length <= STRETCH)
                return length;
        const char *line = memrchr(copy, '\n', STRETCH), *blank = memrchr(copy, ' ', STRETCH);
        return line ? (gsize)(line - copy) + 1 : blank ? (gsize)(blank - copy) + 1 : STRETCH;
}

static void find_shapes(struct find *find, const struct shape *shape, gsize n_shapes, const char *copy, const struct view *view)
{
        for (gsize at = 0, n; at < view->length; at += n) {
                n = stretch(copy + at, view->length - at);
                for (gsize i = 0; i < n_shapes; i++)
                        find_shape(find, &shape[i], copy + at, n, view->text + at);
        }
}

static bool is_one_of(const char *name, const char *const *names_of, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (strcmp(name, names_of[i]) == 0)
                        return true;
        return false;
}

static void find_in_field(struct find *find, const struct leaf *leaf, const char *copy)
{
        static const char *const people[] = {"from",        "to",       "cc", "bcc", "reply-to", "sender", "x-original-from",
                                             "resent-from", "resent-to"};
        static const char *const ids[] = {"message-id", "references", "in-reply-to", "content-id", "resent-message-id"};
        static const char *const wholes[] = {"organization", "x-organization"};
        bool is_word = leaf->view->coding != CODING_NONE;
        if (is_one_of(leaf->field, people, G_N_ELEMENTS(people)))
                find_shapes(find, is_word ? whole_field : of_field, is_word ? 1 : G_N_ELEMENTS(of_field), copy, leaf->view);
        if (is_one_of(leaf->field, ids, G_N_ELEMENTS(ids)))
                find_shapes(find, of_id, G_N_ELEMENTS(of_id), copy, leaf->view);
        if (is_one_of(leaf->field, wholes, G_N_ELEMENTS(wholes)))
                find_shapes(find, whole_field, G_N_ELEMENTS(whole_field), copy, leaf->view);
}

void find_in(struct find *find, const struct leaf *leaf)
{
        g_autofree char *text = mark_copy(leaf->view, MARK_TEXT), *values = mark_copy(leaf->view, MARK_VALUE);
        if (leaf->sort == LEAF_FIELD)
                find_in_field(find, leaf, text);
        else
                find_shapes(find, names, G_N_ELEMENTS(names), text, leaf->view);
        find_shapes(find, shapes, G_N_ELEMENTS(shapes), text, leaf->view);
        find_shapes(find, shapes, G_N_ELEMENTS(shapes), values, leaf->view);
}
