/* Deciding a mail against the ledger and recording it: what deliver, replay and review do alike.
 * In: a reading, a ledger, the configuration. Out: a verdict, recorded. */
#include "deciding.h"

void deciding_init(struct deciding *deciding, const struct settings *settings, struct ledger *ledger)
{
        *deciding = (struct deciding){.ledger = ledger, .trusted = settings_trusted(settings), .by_day = settings_by_day(settings)};
        deciding->policy = (struct policy){
                .trusted = deciding->trusted,
                .day = deciding->by_day,
                .publish_review = settings->publish_review != CONSENT_NO,
                .link_template = settings->link_template,
                .act_from = settings_act_from(settings),
        };
}

void deciding_release(struct deciding *deciding)
{
        g_clear_pointer(&deciding->trusted, g_free);
        g_clear_pointer(&deciding->by_day, g_free);
}

static struct verdict *review(const char *why)
{
        struct verdict *verdict = verdict_new();
        verdict->resolution = RESOLUTION_REVIEW;
        g_ptr_array_add(verdict->reasons, g_strdup(why));
        return verdict;
}

struct verdict *decide_and_record(const struct deciding *deciding, const struct decided *decided, bool *is_known, GError **error)
{
        const struct reading *reading = decided->reading;
        struct past past = {0};
        struct record record = {
                .key = mail_key_of(reading, decided->raw_hash),
                .reading = reading,
                .raw = decided->raw,
                .source = decided->source,
                .is_history = decided->is_history,
                .is_unfiled = decided->is_unfiled,
        };
        if (!ledger_past(deciding->ledger, &record.key, reading, &past, error))
                return NULL;
        bool is_by_rule = decided->why_review && !past.is_known;
        struct verdict *verdict = is_by_rule ? review(decided->why_review) : decide_maint(&past, reading, &deciding->policy);
        *is_known = past.is_known;
        past_release(&past);
        record.verdict = verdict;
        if (*is_known || ledger_record(deciding->ledger, &record, NULL, error))
                return verdict;
        verdict_free(verdict);
        return NULL;
}
