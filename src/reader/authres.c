/* A reader of RFC 8601 2.2 that believes nothing it does not understand: comments, quoted strings and folding are as RFC 5322 3.2 has them.
 * In: a field's value. Out: struct authres. */
#include "reader/authres.h"

#include <stdbool.h>
#include <string.h>

/* The property that names the domain a method vouches for. */
static const struct {
        const char *method, *property;
} subject_of[] = {
        {"dkim", "header.d"}, {"dkim", "header.i"}, {"spf", "smtp.mailfrom"}, {"spf", "smtp.mail"}, {"dmarc", "header.from"},
};

static void result_free(struct authres_result *result)
{
        g_free(result->method);
        g_free(result->result);
        g_free(result->domain);
        g_free(result);
}

/* Blanks and comments (RFC 5322 3.2.2), which nest. NULL where a comment does not end. */
static const char *skip_blanks(const char *at)
{
        int depth = 0;

        for (; *at; at++) {
                if (*at == '\\' && depth && at[1])
                        at++;
                else if (*at == '(')
                        depth++;
                else if (*at == ')' && depth)
                        depth--;
                else if (!depth && !g_ascii_isspace(*at))
                        break;
        }
        return depth ? NULL : at;
}

/* A quoted string (RFC 5322 3.2.4) without its quotes. NULL where it does not end. */
static const char *read_quoted(const char *at, GString *word)
{
        for (at++; *at && *at != '"'; at++) {
                if (*at == '\\' && at[1])
                        at++;
                g_string_append_c(word, *at);
        }
        return *at == '"' ? at + 1 : NULL;
}

/* A token or quoted string; `stops` end a token besides blanks, comments and semicolons. NULL where there is none. */
static const char *read_word(const char *at, const char *stops, GString *word)
{
        g_string_truncate(word, 0);
        if (!(at = skip_blanks(at)))
                return NULL;
        if (*at == '"')
                return read_quoted(at, word);
        while (*at && !g_ascii_isspace(*at) && !strchr("();\"", *at) && !strchr(stops, *at))
                g_string_append_c(word, *at++);
        return word->len ? at : NULL;
}

/* The domain of "example.net", "@example.net" or "user@example.net", lower case. Caller frees. */
static char *domain_of(const char *value)
{
        const char *at = strrchr(value, '@');
        g_autofree char *domain = g_ascii_strdown(at ? at + 1 : value, -1);

        return *domain && !strpbrk(domain, " \t<>\"") ? g_steal_pointer(&domain) : NULL;
}

static void keep_property(struct authres_result *result, const char *property, const char *value)
{
        for (gsize i = 0; i < G_N_ELEMENTS(subject_of) && !result->domain; i++)
                if (g_str_equal(result->method, subject_of[i].method) && g_ascii_strcasecmp(property, subject_of[i].property) == 0)
                        result->domain = domain_of(value);
}

/* "name = value"; the name in lower case. A value such as user@domain may hold a quoted local part: both are joined. */
static const char *read_pair(const char *at, GString *name, GString *value)
{
        if (!(at = read_word(at, "=", name)) || !(at = skip_blanks(at)) || *at != '=')
                return NULL;
        g_string_ascii_down(name);
        at = read_word(at + 1, "", value);
        if (at && *at == '@') {
                g_autoptr(GString) domain = g_string_new(NULL);
                at = read_word(at, "", domain);
                g_string_append(value, domain->str);
        }
        return at;
}

/* One resinfo: "method[/version]=result [reason=...] property=value ...". The place of the semicolon after it; NULL where it is broken. */
static const char *read_result(const char *at, GPtrArray *results)
{
        g_autoptr(GString) name = g_string_new(NULL);
        g_autoptr(GString) value = g_string_new(NULL);
        struct authres_result *result;

        if (!(at = read_pair(at, name, value)))
                return NULL;
        result = g_new0(struct authres_result, 1);
        result->method = g_strndup(name->str, strcspn(name->str, "/"));
        result->result = g_ascii_strdown(value->str, -1);
        g_ptr_array_add(results, result);
        while (at && (at = skip_blanks(at)) && *at && *at != ';')
                if ((at = read_pair(at, name, value)))
                        keep_property(result, name->str, value->str);
        if (!at)
                g_ptr_array_remove(results, result); /* what is half understood vouches for nobody */
        return at;
}

struct authres *authres_parse(const char *value)
{
        g_autoptr(GString) word = g_string_new(NULL);
        const char *at = read_word(value, "", word);
        struct authres *authres;

        if (!at || !word->len)
                return NULL;
        authres = g_new0(struct authres, 1);
        authres->id = g_strdup(word->str);
        authres->results = g_ptr_array_new_with_free_func((GDestroyNotify)result_free);
        if ((at = skip_blanks(at)) && g_ascii_isdigit(*at)) { /* the version of the grammar: 1 is the only one known */
                at = read_word(at, "", word);
                at = g_str_equal(word->str, "1") ? at : NULL;
        }
        while (at && (at = skip_blanks(at)) && *at == ';' && (at = skip_blanks(at + 1)) && *at) {
                if (g_ascii_strncasecmp(at, "none", 4) == 0 && !strchr(at, '='))
                        break;
                at = read_result(at, authres->results);
        }
        return authres;
}

void authres_free(struct authres *authres)
{
        if (!authres)
                return;
        g_free(authres->id);
        g_ptr_array_unref(authres->results);
        g_free(authres);
}
