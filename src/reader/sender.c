/* Whose word on the sender is taken: our own server's, and through it that of a sealer (RFC 8617) which passed the mail on.
 * In: headers, settings. Out: domains that passed or failed; a verdict for an address. */
#include "reader/sender.h"

#include "reader/address.h"
#include "reader/authres.h"
#include "reader/history.h"

#include <string.h>

static void verified_free(struct verified *verified)
{
        g_free(verified->domain);
        g_free(verified->how);
        g_free(verified);
}

static bool is_word(const struct words *words, const char *word)
{
        for (unsigned i = 0; i < words->n; i++)
                if (g_ascii_strcasecmp(words->word[i], word) == 0)
                        return true;
        return false;
}

/* Whether a domain is another one or stands below it. */
static bool is_within(const char *domain, const char *parent)
{
        gsize length = strlen(domain), above = strlen(parent);

        if (!above || length < above || g_ascii_strcasecmp(domain + length - above, parent) != 0)
                return false;
        return length == above || domain[length - above - 1] == '.';
}

/* The same, or parent and child; a top-level domain is nobody's parent. */
static bool is_related(const char *a, const char *b)
{
        return (strchr(b, '.') && is_within(a, b)) || (strchr(a, '.') && is_within(b, a));
}

/* The host after "by" in a Received field (RFC 5321 4.4), comments left out; "" where there is none. Caller frees. */
static char *received_by(const char *value)
{
        g_autoptr(GString) plain = g_string_new(NULL);
        const char *by;
        int depth = 0;

        for (const char *c = value; *c; c++) {
                depth += *c == '(';
                if (!depth)
                        g_string_append_c(plain, *c);
                depth -= *c == ')' && depth;
        }
        by = g_str_has_prefix(plain->str, "by ") ? plain->str : strstr(plain->str, " by ");
        if (!by)
                return g_strdup("");
        by += strspn(by, " ");
        by += strlen("by");
        by += strspn(by, " ");
        return g_strndup(by, strcspn(by, " ;"));
}

static bool is_above_own_received(const GPtrArray *hosts, const char *id)
{
        for (guint i = 0; i < hosts->len; i++)
                if (is_within(g_ptr_array_index(hosts, i), id))
                        return false;
        return true;
}

/* Whether a Received is of a server that we call ours. */
static bool is_ours(const char *host, const struct words *ids)
{
        for (unsigned i = 0; i < ids->n; i++)
                if (is_within(host, ids->word[i]))
                        return true;
        return false;
}

/* The topmost Authentication-Results with an id of ours that stands above the Received of that id. Hops through others of our servers may
 * stand above it; a Received that we do not know as ours ends the search, for what is below it may be the sender's writing. Caller frees.
 */
static struct authres *trusted_results(const struct mail *mail, const struct words *ids)
{
        g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(g_free);

        for (guint i = 0; i < mail->headers->len; i++) {
                const struct header *header = g_ptr_array_index(mail->headers, i);
                struct authres *authres;
                if (g_ascii_strcasecmp(header->name, "Received") == 0) {
                        g_ptr_array_add(hosts, received_by(header->value));
                        if (!is_ours(g_ptr_array_index(hosts, hosts->len - 1), ids))
                                return NULL;
                }
                if (g_ascii_strcasecmp(header->name, "Authentication-Results") != 0)
                        continue;
                authres = authres_parse(header->value);
                if (authres && is_word(ids, authres->id) && is_above_own_received(hosts, authres->id))
                        return authres;
                authres_free(authres);
        }
        return NULL;
}

static void keep(GPtrArray *list, const struct authres_result *result, const char *id)
{
        struct verified *verified = g_new0(struct verified, 1);

        verified->domain = g_strdup(result->domain);
        verified->how = g_strdup_printf("%s=%s by %s", result->method, result->result, id);
        g_ptr_array_add(list, verified);
}

static void keep_results(struct sender_check *check, const struct authres *authres)
{
        for (guint i = 0; authres && i < authres->results->len; i++) {
                const struct authres_result *result = g_ptr_array_index(authres->results, i);
                if (result->domain && g_str_equal(result->result, "pass"))
                        keep(check->passed, result, authres->id);
                else if (result->domain && g_str_equal(result->result, "fail"))
                        keep(check->failed, result, authres->id);
        }
}

static bool has_arc_pass(const struct authres *authres)
{
        for (guint i = 0; i < authres->results->len; i++) {
                const struct authres_result *result = g_ptr_array_index(authres->results, i);
                if (g_str_equal(result->method, "arc"))
                        return g_str_equal(result->result, "pass");
        }
        return false;
}

/* Whether a sealer signed the mail as it reached us. */
static bool has_sealer_dkim(const struct authres *authres, const struct words *sealers)
{
        for (guint i = 0; i < authres->results->len; i++) {
                const struct authres_result *result = g_ptr_array_index(authres->results, i);
                if (result->domain && g_str_equal(result->method, "dkim") && g_str_equal(result->result, "pass") &&
                    is_word(sealers, result->domain))
                        return true;
        }
        return false;
}

/* The value of a tag in a list of tags (RFC 6376 3.2); NULL where it is not there. Caller frees. */
static char *tag_value(const char *list, const char *tag)
{
        g_auto(GStrv) tags = g_strsplit(list, ";", -1);

        for (char **at = tags; *at; at++) {
                char *equals = strchr(*at, '=');
                if (!equals)
                        continue;
                *equals = '\0';
                if (g_str_equal(g_strstrip(*at), tag))
                        return g_strstrip(g_strdup(equals + 1));
        }
        return NULL;
}

/* Whether every seal is of a named sealer. One stranger among them could have put an old, true chain on a mail of his own: arc=pass
 * says only that the last sealer saw this text (RFC 8617 9.4). */
static bool are_sealers_named(const struct mail *mail, const struct words *sealers)
{
        bool is_sealed = false;

        for (guint i = 0; i < mail->headers->len; i++) {
                const struct header *header = g_ptr_array_index(mail->headers, i);
                g_autofree char *domain = NULL;
                if (g_ascii_strcasecmp(header->name, "ARC-Seal") != 0)
                        continue;
                domain = tag_value(header->value, "d");
                if (!domain || !is_word(sealers, domain))
                        return false;
                is_sealed = true;
        }
        return is_sealed;
}

/* ARC-Authentication-Results of the first sealer, who saw the mail as its sender sent it; NULL unless there is exactly one. */
static struct authres *first_sealed_results(const struct mail *mail)
{
        const char *found = NULL;

        for (guint i = 0; i < mail->headers->len; i++) {
                const struct header *header = g_ptr_array_index(mail->headers, i);
                g_autofree char *instance = NULL;
                if (g_ascii_strcasecmp(header->name, "ARC-Authentication-Results") != 0)
                        continue;
                instance = tag_value(header->value, "i");
                if (g_strcmp0(instance, "1") != 0)
                        continue;
                if (found)
                        return NULL;
                found = strchr(header->value, ';');
        }
        return found ? authres_parse(found + 1) : NULL;
}

/* What a sealer says that our own server vouches for. ARC fields are covered by the seals alone, X-Original-... by a signature too. */
static void keep_sealed_results(struct sender_check *check, const struct mail *mail, const struct authres *trusted,
                                const struct words *sealers)
{
        const char *original = mail_header(mail, "X-Original-Authentication-Results");
        bool is_sealed = has_arc_pass(trusted) && are_sealers_named(mail, sealers);
        struct authres *authres;

        if (is_sealed) {
                authres = first_sealed_results(mail);
                keep_results(check, authres);
                authres_free(authres);
        }
        if (original && (is_sealed || has_sealer_dkim(trusted, sealers))) {
                authres = authres_parse(original);
                keep_results(check, authres);
                authres_free(authres);
        }
}

/* A failure beside something that passed for the same domain is none: one of several signatures broke. */
static void drop_outweighed(struct sender_check *check)
{
        for (guint i = check->failed->len; i-- > 0;) {
                const struct verified *failed = g_ptr_array_index(check->failed, i);
                bool is_outweighed = false;
                for (guint j = 0; j < check->passed->len && !is_outweighed; j++)
                        is_outweighed = g_str_equal(((const struct verified *)g_ptr_array_index(check->passed, j))->domain, failed->domain);
                if (is_outweighed)
                        g_ptr_array_remove_index(check->failed, i);
        }
}

struct sender_check *sender_check(const struct mail *mail, const struct settings *settings)
{
        struct sender_check *check = g_new0(struct sender_check, 1);
        struct authres *trusted = trusted_results(mail, &settings->authserv_ids);

        check->passed = g_ptr_array_new_with_free_func((GDestroyNotify)verified_free);
        check->failed = g_ptr_array_new_with_free_func((GDestroyNotify)verified_free);
        if (!trusted)
                return check;
        check->trusted = g_strdup(trusted->id);
        keep_results(check, trusted);
        keep_sealed_results(check, mail, trusted, &settings->sealers);
        drop_outweighed(check);
        authres_free(trusted);
        return check;
}

void sender_check_free(struct sender_check *check)
{
        if (!check)
                return;
        g_ptr_array_unref(check->passed);
        g_ptr_array_unref(check->failed);
        g_free(check->trusted);
        g_free(check);
}

static bool is_in_patterns(const char *domain, const struct words *dkim, struct re_set *patterns)
{
        for (unsigned i = 0; dkim && i < dkim->n; i++) {
                struct re *re = re_set_get(patterns, dkim->word[i], NULL);
                struct re_match match;
                if (re && re_search(re, domain, strlen(domain), 0, &match) == RE_YES)
                        return true;
        }
        return false;
}

/* The first of the verified that speaks of the address's domain, or of one of the vendor's. */
static const char *find_verified(const GPtrArray *list, const char *domain, const struct words *dkim, struct re_set *patterns)
{
        for (guint i = 0; i < list->len; i++) {
                const struct verified *verified = g_ptr_array_index(list, i);
                if (is_related(verified->domain, domain) || is_in_patterns(verified->domain, dkim, patterns))
                        return verified->how;
        }
        return NULL;
}

enum sender sender_verdict(const struct sender_check *check, const char *address, const struct words *dkim, struct re_set *patterns,
                           const char **how)
{
        const char *at = address ? strrchr(address, '@') : NULL;
        const char *domain = at ? at + 1 : "";

        if ((*how = find_verified(check->passed, domain, dkim, patterns)))
                return SENDER_PASSED;
        if ((*how = find_verified(check->failed, domain, dkim, patterns)))
                return SENDER_FAILED;
        return SENDER_UNCHECKED;
}

/* Addresses under the best name that each has. */
struct found {
        GPtrArray *list;  /* struct header */
        GHashTable *seen; /* values, borrowed from the list */
};

static void add_addresses(struct found *found, const char *name, const char *value)
{
        g_autoptr(GPtrArray) addresses = value ? address_list(value) : g_ptr_array_new();

        for (guint i = 0; i < addresses->len; i++) {
                struct header *header;
                if (g_hash_table_contains(found->seen, g_ptr_array_index(addresses, i)))
                        continue;
                header = g_new0(struct header, 1);
                header->name = g_strdup(name);
                header->value = g_strdup(g_ptr_array_index(addresses, i));
                g_ptr_array_add(found->list, header);
                g_hash_table_add(found->seen, header->value);
        }
}

static void add_quoted(struct found *found, const char *lines)
{
        g_autoptr(GPtrArray) headers = lines ? history_headers(lines) : g_ptr_array_new();

        for (guint i = 0; i < headers->len; i++)
                add_addresses(found, "quoted From", ((const struct quoted_header *)g_ptr_array_index(headers, i))->from);
}

static void add_enclosed(struct found *found, const struct mail *mail)
{
        for (guint i = 0; i < mail->enclosed->len; i++) {
                const struct mail *enclosed = g_ptr_array_index(mail->enclosed, i);
                add_addresses(found, "quoted From", mail_header(enclosed, "From"));
                add_enclosed(found, enclosed);
        }
}

GPtrArray *sender_addresses(const struct mail *mail)
{
        static const char *const names[] = {"X-Original-Sender", "X-Original-From", "Reply-To", "From", "Sender"};
        g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
        struct found found = {g_ptr_array_new_with_free_func((GDestroyNotify)header_free), seen};

        for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
                add_addresses(&found, names[i], mail_header(mail, names[i]));
        add_quoted(&found, mail->body[BODY_HTML]);
        add_quoted(&found, mail->body[BODY_TEXT]);
        add_enclosed(&found, mail);
        return found.list;
}
