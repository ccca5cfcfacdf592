/* Which stream a mail came in on (DESIGN.md "Commands", deliver).
 * In: addresses, headers, the configured addresses. Out: a stream, or none. */
#include "stream.h"

#include <string.h>

static const char *const usual[] = {[STREAM_MAINT] = "maint-announce", [STREAM_ROOT] = "root"};

typedef bool matches(const char *configured, const char *given);

/* With none configured, the usual local parts hold. */
static int find(const struct stream_settings *streams, const char *given, matches *is_match)
{
        bool is_unset = true;
        for (int i = 0; i <= STREAM_ROOT; i++) {
                const struct words *addresses = &streams->address[i];
                is_unset &= addresses->n == 0;
                for (unsigned k = 0; k < addresses->n; k++)
                        if (is_match(addresses->word[k], given))
                                return i;
        }
        for (int i = 0; is_unset && i <= STREAM_ROOT; i++)
                if (is_match(usual[i], given))
                        return i;
        return -1;
}

/* Whether the local parts are the same up to a suffix, and the domains where both have one. */
static bool is_address(const char *configured, const char *given)
{
        gsize length = strcspn(configured, "@"), given_length = strcspn(given, "@");
        const char *domain = configured + length, *given_domain = given + given_length;
        bool is_local = given_length >= length && g_ascii_strncasecmp(configured, given, length) == 0 &&
                        (given_length == length || given[length] == '+');
        return is_local && (!*domain || !*given_domain || g_ascii_strcasecmp(domain, given_domain) == 0);
}

int stream_of_address(const struct stream_settings *streams, const char *address)
{
        return find(streams, address, is_address);
}

/* A List-Id is an address with a dot for the '@'. */
static bool is_list(const char *configured, const char *given)
{
        gsize length = strlen(configured);
        for (gsize i = 0; i < length; i++)
                if (g_ascii_tolower(configured[i] == '@' ? '.' : configured[i]) != g_ascii_tolower(given[i]))
                        return false;
        return given[length] == '\0' || (given[length] == '.' && !strchr(configured, '@'));
}

int stream_of_list(const struct stream_settings *streams, const char *list_id)
{
        const char *open = strrchr(list_id, '<');
        g_autofree char *id = open ? g_strndup(open + 1, strcspn(open + 1, ">")) : g_strdup(list_id);
        return find(streams, g_strstrip(id), is_list);
}
