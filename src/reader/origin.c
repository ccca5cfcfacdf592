/* Whether a mail began on one of our own hosts (DESIGN.md "Who sent it", root@ mail).
 * In: Received fields, the configuration's `internal:`. Out: whether it did. */
#include "reader/origin.h"

#include "data/network.h"

#include <string.h>

#define BY " by "

/* Everything in a Received that the client may have written (the name it gives, its certificate's) is told from what the server saw by
 * this: the address that the server saw is among those in brackets, so that all of them must be ours; a name counts only where nothing else
 * could be meant by it. */
struct client {
        GPtrArray *addresses; /* char *: all in brackets */
        char *name;           /* that the server looked up; NULL */
        bool is_odd;          /* there is more than one way to read it */
};

static void client_release(struct client *client)
{
        g_ptr_array_unref(client->addresses);
        g_free(client->name);
}

static void find_addresses(const char *clause, GPtrArray *addresses)
{
        for (const char *open = strchr(clause, '['); open; open = strchr(open + 1, '[')) {
                const char *start = open + 1;
                if (g_ascii_strncasecmp(start, "IPv6:", strlen("IPv6:")) == 0)
                        start += strlen("IPv6:");
                g_ptr_array_add(addresses, g_strndup(start, strcspn(start, "] ")));
        }
}

/* "from GIVEN (NAME [ADDRESS])"; exim writes "from NAME ([ADDRESS] helo=GIVEN)". Caller frees. */
static char *name_of(const char *clause, const char *rest)
{
        const char *open = strchr(clause, '('), *bracket = strchr(clause, '[');
        if (!open || !bracket || open > bracket || strchr(bracket + 1, '[') || strstr(clause, "forged"))
                return NULL;
        const char *name = open + 1;
        bool is_exim = name == bracket && strstr(rest, "(Exim ");
        if (is_exim)
                name = clause + strlen("from ");
        gsize length = strcspn(name, " ([");
        const char *end = name + length + strspn(name + length, is_exim ? " (" : " ");
        return length > 0 && end == bracket ? g_strndup(name, length) : NULL;
}

/* false: nobody did, it began there. */
static bool find_client(const char *value, struct client *client)
{
        const char *by = strstr(value, BY);
        g_autofree char *clause = by ? g_strndup(value, (gsize)(by - value)) : g_strdup(value);
        const char *rest = by ? by : "";
        *client = (struct client){.addresses = g_ptr_array_new_with_free_func(g_free)};
        if (g_str_has_prefix(value, &BY[1]))
                return false;
        find_addresses(clause, client->addresses);
        client->name = name_of(clause, rest);
        client->is_odd = !by || strstr(by + strlen(BY), BY) || !g_str_has_prefix(clause, "from ");
        return client->addresses->len > 0 || client->is_odd || !strstr(rest, "with local");
}

static bool is_loopback(const char *address)
{
        return g_str_has_prefix(address, "127.") || strcmp(address, "::1") == 0;
}

/* Whether all addresses are ours. */
static bool are_ours(const GPtrArray *addresses, const struct words *internal)
{
        for (guint i = 0; i < addresses->len; i++)
                if (!is_loopback(addresses->pdata[i]) && !network_has_address(internal, addresses->pdata[i]))
                        return false;
        return addresses->len > 0;
}

static bool is_ours(const struct client *client, const struct words *internal)
{
        return !client->is_odd && (are_ours(client->addresses, internal) || (client->name && network_has_name(internal, client->name)));
}

static char *describe(const struct client *client)
{
        if (client->name)
                return g_strdup(client->name);
        return g_strdup(client->addresses->len ? client->addresses->pdata[0] : "a host without an address");
}

bool origin_is_internal(const struct mail *mail, const struct words *internal, char **how)
{
        guint n = 0;
        bool is_all = internal->n > 0;
        *how = NULL;
        for (guint i = 0; i < mail->headers->len && is_all; i++) {
                const struct header *header = mail->headers->pdata[i];
                struct client client;
                if (g_ascii_strcasecmp(header->name, "Received") != 0)
                        continue;
                n++;
                if (find_client(header->value, &client)) {
                        is_all = is_ours(&client, internal);
                        g_free(*how);
                        *how = describe(&client);
                }
                client_release(&client);
        }
        return is_all && n > 0;
}
