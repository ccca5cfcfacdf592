/* Who: the filters that claim a mail, and on what evidence (FILTERS.md "How it reads" 1, DESIGN.md "Who sent it").
 * In: a mail and all filters. Out: claims, the strongest evidence first. */
#include "reader/classify.h"

#include "reader/value.h"

#include <string.h>

void claim_free(struct claim *claim)
{
        if (!claim)
                return;
        g_free(claim->what);
        g_free(claim);
}

static GPtrArray *claims_new(void)
{
        return g_ptr_array_new_with_free_func((GDestroyNotify)claim_free);
}

static void add(GPtrArray *claims, const struct vendor_filter *filter, enum claim_by by, const char *what, const char *at)
{
        struct claim *claim = g_new0(struct claim, 1);
        *claim = (struct claim){.filter = filter, .by = by, .what = g_strdup(what), .at = at};
        g_ptr_array_add(claims, claim);
}

static bool is_claimed(const GPtrArray *claims, const struct vendor_filter *filter)
{
        for (guint i = 0; i < claims->len; i++)
                if (((struct claim *)claims->pdata[i])->filter == filter)
                        return true;
        return false;
}

bool classify_is_in(struct search *search, const char *text, const struct words *patterns)
{
        struct block block = block_of("header", text);
        return block_search_any(search, &block, patterns, NULL) != NULL;
}

static bool claim_by_dkim(struct search *search, const struct envelope *envelope, const struct vendor_filter *filter, GPtrArray *claims)
{
        for (guint i = 0; i < envelope->check->passed->len; i++) {
                const struct verified *verified = envelope->check->passed->pdata[i];
                if (!classify_is_in(search, verified->domain, &filter->dkim))
                        continue;
                add(claims, filter, CLAIM_DKIM, verified->domain, verified->how);
                return true;
        }
        return false;
}

bool classify_is_quoted(const struct header *address)
{
        return g_str_has_prefix(address->name, "quoted");
}

static bool claim_by_address(struct search *search, const struct envelope *envelope, const struct vendor_filter *filter, bool quoted,
                             GPtrArray *claims)
{
        for (guint i = 0; i < envelope->addresses->len; i++) {
                const struct header *address = envelope->addresses->pdata[i];
                if (classify_is_quoted(address) != quoted || !classify_is_in(search, address->value, &filter->from))
                        continue;
                add(claims, filter, quoted ? CLAIM_QUOTED : CLAIM_FROM, address->value, address->name);
                return true;
        }
        return false;
}

static bool claim_by_list(struct search *search, const char *list, const struct vendor_filter *filter, GPtrArray *claims)
{
        if (!list || !classify_is_in(search, list, &filter->list))
                return false;
        add(claims, filter, CLAIM_LIST, list, "List-Id");
        return true;
}

static gint by_strength(gconstpointer a, gconstpointer b)
{
        const struct claim *const *x = a, *const *y = b;
        return (int)(*x)->by - (int)(*y)->by;
}

GPtrArray *classify(struct search *search, const struct envelope *envelope, const struct filters *filters)
{
        GPtrArray *claims = claims_new();
        const char *list = mail_header(envelope->mail, "List-Id");
        for (guint i = 0; i < filters->vendors->len; i++) {
                const struct vendor_filter *filter = filters->vendors->pdata[i];
                if (!claim_by_dkim(search, envelope, filter, claims) && !claim_by_address(search, envelope, filter, false, claims))
                        claim_by_list(search, list, filter, claims);
        }
        g_ptr_array_sort(claims, by_strength);
        return claims;
}

bool classify_says(struct search *search, const struct mail *mail, const struct words *patterns, char **what)
{
        const char *const texts[] = {mail->subject, mail->body[BODY_TEXT], mail->body[BODY_HTML], mail->body[BODY_ICS]};
        struct re_match match;
        for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
                if (!texts[i])
                        continue;
                struct block block = block_of("text", texts[i]);
                if (!block_search_any(search, &block, patterns, &match))
                        continue;
                if (what)
                        *what = value_fold(texts[i] + match.start, match.end - match.start);
                return true;
        }
        return false;
}

GPtrArray *classify_by_words(struct search *search, const struct envelope *envelope, const struct filters *filters,
                             const GPtrArray *stronger)
{
        GPtrArray *claims = claims_new();
        for (guint i = 0; i < filters->vendors->len; i++) {
                const struct vendor_filter *filter = filters->vendors->pdata[i];
                g_autofree char *what = NULL;
                if (is_claimed(stronger, filter) || claim_by_address(search, envelope, filter, true, claims))
                        continue;
                if (classify_says(search, envelope->mail, &filter->says, &what))
                        add(claims, filter, CLAIM_SAYS, what, "what it says");
        }
        g_ptr_array_sort(claims, by_strength);
        return claims;
}

GPtrArray *classify_as(const struct filters *filters, const char *vendor)
{
        GPtrArray *claims = claims_new();
        for (guint i = 0; i < filters->vendors->len; i++) {
                const struct vendor_filter *filter = filters->vendors->pdata[i];
                if (g_ascii_strcasecmp(filter->vendor, vendor) == 0)
                        add(claims, filter, CLAIM_TOLD, filter->vendor, "the command line");
        }
        return claims;
}
