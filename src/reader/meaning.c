/* What words mean: a vendor's words for status and impact, and what sort of notice they make.
 * In: captured words, a filter, a mail. Out: BCOP status and impact, kind. */
#include "reader/meaning.h"

#include "reader/value.h"

#include <string.h>

/* The first member of a closed list one of whose patterns is in the words; 0 where none is. */
static int member_of(struct search *search, const struct words *patterns, int count, const char *words)
{
        struct block block = block_of("value", words);
        for (int i = 1; i < count; i++)
                if (block_search_any(search, &block, &patterns[i], NULL))
                        return i;
        return 0;
}

/* One doubt for all that say the same. The phrase is taken over. */
static void doubt(struct attempt *attempt, char *phrase)
{
        if (g_ptr_array_find_with_equal_func(attempt->doubts, phrase, g_str_equal, NULL))
                g_free(phrase);
        else
                g_ptr_array_add(attempt->doubts, phrase);
}

enum status meaning_status(struct attempt *attempt, const char *words)
{
        if (!words)
                return STATUS_NONE;
        int found = member_of(attempt->search, attempt->rule->vendor->status, STATUS_COUNT, words);
        if (!found)
                found = MAX(status_from_word(words), 0);
        if (!found && attempt->generic)
                found = member_of(attempt->search, attempt->generic->status, STATUS_COUNT, words);
        else if (found)
                return (enum status)found;
        doubt(attempt, g_strdup_printf("the filter has no status for '%s'", words));
        return (enum status)found;
}

/* The words without each place where one of the patterns is. NULL where none is. Caller frees. */
static char *without(struct search *search, const struct words *patterns, const char *words)
{
        g_autofree char *rest = g_strdup(words);
        struct re_match match;

        for (unsigned i = 0; i < patterns->n; i++) {
                struct block block = block_of("value", rest);
                for (gsize from = 0; block_search(search, &block, patterns->word[i], from, &match) && match.end > match.start;
                     from = match.end)
                        memset(rest + match.start, ' ', match.end - match.start);
        }
        return g_str_equal(rest, words) ? NULL : g_steal_pointer(&rest);
}

/* A loss that is over within a second is a switch hit, whatever it is called; unless the words tell of an outage beside it. */
static int softened(struct attempt *attempt, int found, const char *words)
{
        bool may_be = attempt->words && (!found || found == IMPACT_OUTAGE);
        g_autofree char *rest = may_be ? without(attempt->search, &attempt->words->hit, words) : NULL;

        if (!rest)
                return found;
        bool is_outage = member_of(attempt->search, attempt->rule->vendor->impact, IMPACT_COUNT, rest) == IMPACT_OUTAGE;
        return is_outage ? IMPACT_OUTAGE : IMPACT_DEGRADED;
}

/* What the filter's words say of the loss, once all that the text denies is left out: "no outage, but services at risk" is no outage. */
static int impact_told(struct attempt *attempt, const char *words)
{
        g_autofree char *rest = attempt->words ? without(attempt->search, &attempt->words->harmless, words) : NULL;
        const char *told = rest ? rest : words;
        int found = softened(attempt, member_of(attempt->search, attempt->rule->vendor->impact, IMPACT_COUNT, told), told);

        return found || !rest ? found : IMPACT_NO_IMPACT;
}

/* An outage beside words that services go on is that of something else, as of a building's power, unless it is told how long it lasts or
 * what it takes away. Where none is left once those words are gone, they were all that spoke of it. */
static int spared(struct attempt *attempt, int found, const char *words)
{
        bool may_be = attempt->words && (!found || found == IMPACT_OUTAGE);
        g_autofree char *rest = may_be ? without(attempt->search, &attempt->words->spared, words) : NULL;

        if (!rest)
                return found;
        int left = member_of(attempt->search, attempt->rule->vendor->impact, IMPACT_COUNT, rest);
        if (left != IMPACT_OUTAGE)
                return left ? left : IMPACT_NO_IMPACT;
        doubt(attempt, g_strdup_printf("words of an outage, and of none: '%s'", words));
        struct block block = block_of("value", rest);
        return block_search_any(attempt->search, &block, &attempt->words->suffered, NULL) ? IMPACT_OUTAGE : IMPACT_NO_IMPACT;
}

enum impact meaning_impact(struct attempt *attempt, const char *words)
{
        const struct words none = {0};
        if (!words)
                return IMPACT_NONE;
        int found = spared(attempt, impact_told(attempt, words), words);
        if (!found)
                found = MAX(impact_from_word(words), 0);
        if (found || value_is_empty(words, &none) || value_is_empty(words, &attempt->rule->vendor->empty))
                return (enum impact)found;
        if (attempt->generic)
                found = member_of(attempt->search, attempt->generic->impact, IMPACT_COUNT, words);
        doubt(attempt, g_strdup_printf("the filter has no impact for '%s'", words));
        return (enum impact)found;
}

bool meaning_nature(struct attempt *attempt, enum nature nature)
{
        const struct words *patterns = &attempt->rule->scope.nature[nature];
        return block_search_any(attempt->search, &attempt->subject, patterns, NULL) ||
               block_search_any(attempt->search, &attempt->block, patterns, NULL);
}

struct nature_kind {
        enum nature nature;
        enum kind kind;
};

static enum kind kind_of_nature(struct attempt *attempt, const struct nature_kind *table, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (meaning_nature(attempt, table[i].nature))
                        return table[i].kind;
        return KIND_NONE;
}

/* Stronger than the status, in this order. */
static const struct nature_kind before_status[] = {
        {NATURE_FAILED, KIND_FAILED}, {NATURE_REPLACED, KIND_REPLACED}, {NATURE_POSTPONED, KIND_POSTPONED}, {NATURE_OUTAGE, KIND_OUTAGE}};

/* Where the status leaves it open, in this order. */
static const struct nature_kind after_status[] = {{NATURE_EXTENDED, KIND_EXTENDED},
                                                  {NATURE_REMINDER, KIND_REMINDER},
                                                  {NATURE_CONFIRMED, KIND_CONFIRMED},
                                                  {NATURE_UPDATE, KIND_UPDATE}};

static const enum kind kind_of_status[STATUS_COUNT] = {
        [STATUS_CANCELLED] = KIND_CANCELLED,
        [STATUS_COMPLETED] = KIND_COMPLETED,
        [STATUS_IN_PROCESS] = KIND_STARTED,
        [STATUS_RESCHEDULED] = KIND_RESCHEDULE,
};

/* BCOP has no word for work that lasts longer: it stays confirmed, and the words of its status tell. */
static bool is_extended(struct attempt *attempt, const struct notice *notice)
{
        const char *words = captures_value(&attempt->fields, FIELD_STATUS);
        struct block block = block_of("value", words ? words : "");

        return attempt->words && notice->status == STATUS_CONFIRMED &&
               block_search_any(attempt->search, &block, &attempt->words->extended, NULL);
}

enum kind meaning_kind(struct attempt *attempt)
{
        const struct notice *notice = attempt->notices->pdata[0];
        if (attempt->rule->notice->kind)
                return attempt->rule->notice->kind;
        enum kind kind = kind_of_nature(attempt, before_status, G_N_ELEMENTS(before_status));
        if (!kind)
                kind = kind_of_status[notice->status];
        if (!kind && is_extended(attempt, notice))
                return KIND_EXTENDED;
        if (!kind)
                kind = kind_of_nature(attempt, after_status, G_N_ELEMENTS(after_status));
        if (kind)
                return kind;
        if (!notice->status)
                return KIND_OTHER;
        return notice->status == STATUS_NO_CHANGE ? KIND_REMINDER : KIND_NEW;
}
