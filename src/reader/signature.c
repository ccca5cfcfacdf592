/* The signature of a root@ mail: what it says once all that varies is masked.
 * In: its kind's filter, its fields, its text. Out: kind and key fields, then the lines of the body. */
#include "reader/signature.h"

#include "reader/mask.h"

#include <string.h>

enum { LINES_AT_MOST = 500, LINE_AT_MOST = 4096, HOST_AT_LEAST = 3 };

struct signing {
        struct search *search;
        const struct root_filter *filter;
        const char *host, *short_host; /* NULL: none that could be told from other words */
        GString *line, *masked, *out;
};

static bool is_name_char(char c)
{
        return g_ascii_isalnum(c) || c == '-' || c == '_' || (guchar)c >= 0x80;
}

static bool is_same(const char *word, gsize n, const char *name)
{
        return name && strlen(name) == n && g_ascii_strncasecmp(word, name, n) == 0;
}

/* Put MASK for the host's own name, with or without its domain. */
static void mask_host(const struct signing *signing, const char *text, gsize n, GString *out)
{
        for (gsize i = 0; i < n;) {
                gsize label = i, end = i;
                while (label < n && is_name_char(text[label]))
                        label++;
                for (end = label; end + 1 < n && text[end] == '.' && is_name_char(text[end + 1]);)
                        for (end++; end < n && is_name_char(text[end]);)
                                end++;
                if (end == i) {
                        g_string_append_c(out, text[i++]);
                } else if (is_same(text + i, end - i, signing->host) || is_same(text + i, label - i, signing->short_host)) {
                        g_string_append(out, MASK);
                        i = end;
                } else {
                        g_string_append_len(out, text + i, (gssize)(end - i));
                        i = end;
                }
        }
}

/* Replace every match of a mask of the filter. */
static void apply_mask(const struct signing *signing, const struct root_mask *mask)
{
        struct block block = block_of("body", signing->line->str);
        struct re_match match;
        gsize at = 0;
        g_autoptr(GString) out = g_string_new(NULL);
        while (at <= block.end && block_search(signing->search, &block, mask->find, at, &match) && match.end > match.start) {
                g_string_append_len(out, block.lines + at, (gssize)(match.start - at));
                g_string_append(out, mask->as);
                at = match.end;
        }
        g_string_append(out, block.lines + at);
        g_string_assign(signing->line, out->str);
}

static bool is_ignored(const struct signing *signing)
{
        struct block block = block_of("body", signing->line->str);
        return block_search_any(signing->search, &block, &signing->filter->ignore, NULL) != NULL;
}

/* A line of the text, masked, in signing->masked; false where nothing is left of it. */
static bool mask_body_line(const struct signing *signing, const char *line, gsize n)
{
        GString *masked = signing->masked;
        g_autoptr(GString) hostless = g_string_new(NULL);
        g_string_truncate(signing->line, 0);
        g_string_append_len(signing->line, line, (gssize)MIN(n, LINE_AT_MOST));
        if (is_ignored(signing))
                return false;
        for (unsigned i = 0; i < signing->filter->masks_n; i++)
                apply_mask(signing, &signing->filter->masks[i]);
        mask_host(signing, signing->line->str, signing->line->len, hostless);
        g_string_assign(masked, n > 0 && (*line == ' ' || *line == '\t') ? " " : "");
        mask_line(hostless->str, hostless->len, masked);
        return masked->len > 1;
}

static void add_body(const struct signing *signing, const char *text)
{
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_string_append_c(signing->out, '\n');
        for (const char *line = text, *end; *line && g_hash_table_size(seen) < LINES_AT_MOST; line = *end ? end + 1 : end) {
                end = strchrnul(line, '\n');
                if (mask_body_line(signing, line, (gsize)(end - line)) && g_hash_table_add(seen, g_strdup(signing->masked->str)))
                        g_string_append_printf(signing->out, "\n%s", signing->masked->str);
        }
}

/* What is said is masked as lines are; of what has a name the name stays, and a status is what it is. */
static void add_field(const struct signing *signing, enum root_field field, const char *value)
{
        bool is_said = field == ROOT_JOB || field == ROOT_EVENT;
        g_autoptr(GString) hostless = g_string_new(NULL);
        g_string_append_printf(signing->out, "\n%s: ", root_field_word(field));
        mask_host(signing, value, strlen(value), hostless);
        if (field == ROOT_EXIT)
                g_string_append(signing->out, hostless->str);
        else
                (is_said ? mask_line : mask_name)(hostless->str, hostless->len, signing->out);
}

char *signature_make(struct search *search, const struct root_filter *filter, const struct root *root, const char *text)
{
        const char *host = root->field[ROOT_HOST];
        g_autofree char *short_host = host ? g_strndup(host, strcspn(host, ".")) : NULL;
        g_autoptr(GString) line = g_string_new(NULL), masked = g_string_new(NULL), out = g_string_new(filter->kind);
        struct signing signing = {.search = search, .filter = filter, .host = host, .line = line, .masked = masked, .out = out};
        bool has_body = false;
        if (host && strlen(short_host) >= HOST_AT_LEAST)
                signing.short_host = short_host;
        for (unsigned i = 0; i < filter->key_n; i++) {
                has_body |= filter->key[i] == ROOT_BODY;
                if (filter->key[i] != ROOT_BODY && root->field[filter->key[i]])
                        add_field(&signing, filter->key[i], root->field[filter->key[i]]);
        }
        if (has_body)
                add_body(&signing, text);
        return g_string_free(g_steal_pointer(&out), FALSE);
}
