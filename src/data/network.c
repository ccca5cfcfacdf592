/* Which hosts and networks are ours: the entries of `internal:`.
 * In: names, addresses. Out: whether they are. */
#include "data/network.h"

#include <arpa/inet.h>
#include <string.h>

#include <glib.h>

struct address {
        int family;
        guint8 bytes[16];
        guint bits;
};

static bool read_address(const char *text, struct address *address)
{
        static const guint8 mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        *address = (struct address){.family = AF_INET, .bits = 32};
        if (inet_pton(AF_INET, text, address->bytes) == 1)
                return true;
        *address = (struct address){.family = AF_INET6, .bits = 128};
        if (inet_pton(AF_INET6, text, address->bytes) != 1)
                return false;
        if (memcmp(address->bytes, mapped, sizeof mapped) == 0) {
                struct address inner = {.family = AF_INET, .bits = 32};
                memcpy(inner.bytes, address->bytes + sizeof mapped, 4);
                *address = inner;
        }
        return true;
}

static bool read_network(const char *text, struct address *network)
{
        const char *slash = strchr(text, '/');
        g_autofree char *address = slash ? g_strndup(text, (gsize)(slash - text)) : g_strdup(text);
        guint64 bits = 0;
        if (!read_address(address, network))
                return false;
        if (!slash)
                return true;
        if (!g_ascii_string_to_unsigned(slash + 1, 10, 1, network->bits, &bits, NULL))
                return false;
        network->bits = (guint)bits;
        return true;
}

static bool is_within(const struct address *address, const struct address *network)
{
        guint whole = network->bits / 8, rest = network->bits % 8;
        guint8 mask = (guint8)(0xff << (8 - rest));
        return address->family == network->family && memcmp(address->bytes, network->bytes, whole) == 0 &&
               (rest == 0 || ((address->bytes[whole] ^ network->bytes[whole]) & mask) == 0);
}

static bool is_name(const char *text)
{
        static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
        return strpbrk(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") && text[strspn(text, allowed)] == '\0';
}

bool network_is_entry(const char *entry)
{
        struct address network;
        return read_network(entry, &network) || is_name(entry);
}

bool network_has_name(const struct words *entries, const char *name)
{
        gsize length = strlen(name);
        length -= length > 0 && name[length - 1] == '.';
        for (unsigned i = 0; i < entries->n; i++) {
                const char *entry = entries->word[i] + (*entries->word[i] == '.');
                gsize of_entry = strlen(entry);
                if (of_entry == 0 || !is_name(entry) || length < of_entry ||
                    g_ascii_strncasecmp(name + length - of_entry, entry, of_entry) != 0)
                        continue;
                if (length == of_entry || name[length - of_entry - 1] == '.')
                        return true;
        }
        return false;
}

bool network_has_address(const struct words *entries, const char *address)
{
        struct address given, network;
        if (!read_address(address, &given))
                return false;
        for (unsigned i = 0; i < entries->n; i++)
                if (read_network(entries->word[i], &network) && is_within(&given, &network))
                        return true;
        return false;
}
