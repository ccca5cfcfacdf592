/* Deciding a mail against the ledger and recording it: what deliver, replay and review do alike.
 * In: a reading, a ledger, the configuration. Out: a verdict, recorded. */
#include "deciding.h"

#include "ledger/issues.h"

void deciding_init(struct deciding *deciding, const struct settings *settings, const struct filters *filters, struct ledger *ledger)
{
        *deciding = (struct deciding){.ledger = ledger,
                                      .settings = settings,
                                      .filters = filters,
                                      .trusted = settings_trusted(settings),
                                      .by_day = settings_by_day(settings)};
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
        g_clear_pointer(&deciding->heads, heads_free);
}

static struct verdict *review(const char *why)
{
        struct verdict *verdict = verdict_new();
        verdict->resolution = RESOLUTION_REVIEW;
        g_ptr_array_add(verdict->reasons, g_strdup(why));
        return verdict;
}

static struct verdict *decide_maint_mail(const struct deciding *deciding, const struct decided *decided, const struct mail_key *key,
                                         bool *is_known, GError **error)
{
        struct past past = {0};
        if (!ledger_past(deciding->ledger, key, decided->reading, &past, error))
                return NULL;
        bool is_by_rule = decided->why_review && !past.is_known;
        struct verdict *verdict = is_by_rule ? review(decided->why_review) : decide_maint(&past, decided->reading, &deciding->policy);
        *is_known = past.is_known;
        past_release(&past);
        return verdict;
}

static struct verdict *known_root_mail(const struct deciding *deciding, gint64 id, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autofree char *issue = ledger_issue_of(deciding->ledger, id, &wrong);
        struct entry *entry = wrong ? NULL : ledger_mail(deciding->ledger, id, NULL, &wrong);
        if (!entry) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return NULL;
        }
        struct verdict *verdict = verdict_new();
        verdict->resolution = entry->resolution;
        verdict->issue = g_steal_pointer(&issue);
        g_ptr_array_add(verdict->reasons, g_strdup("the mail is known already"));
        entry_free(entry);
        return verdict;
}

static bool root_policy_of(const struct deciding *deciding, const struct reading *reading, struct root_policy *policy, GError **error)
{
        *policy = (struct root_policy){
                .rules = rules_for(deciding->settings, deciding->filters, reading->root->kind),
                .has_internal = deciding->settings->internal.n > 0,
                .act_from = deciding->policy.act_from,
        };
        return issues_view(deciding->ledger, &policy->is_view_restricted, error);
}

/* Of a mail whose problem is found: its past, and what it comes to. */
static struct verdict *decide_grouped(const struct deciding *deciding, const struct reading *reading, const struct root_policy *policy,
                                      const char *via, struct root_past *past, GError **error)
{
        if (!ledger_newest_root(deciding->ledger, &past->newest, error) ||
            !issue_past(deciding->ledger, via, decide_root_time(reading, past->newest), &policy->rules, past, error))
                return NULL;
        struct verdict *verdict = decide_root(past, reading, policy);
        issue_past_release(past);
        return verdict;
}

/* The groups are changed by what they see, and kept with it. */
static struct verdict *decide_root_mail(struct deciding *deciding, const struct reading *reading, GError **error)
{
        struct root_policy policy;
        if (!root_policy_of(deciding, reading, &policy, error))
                return NULL;
        deciding->heads = deciding->heads ? deciding->heads : heads_new();
        g_autofree char *signature = decide_root_signature(reading, &policy), *head = group_head(signature), *why = NULL, *template = NULL;
        struct groups *groups = heads_open(deciding->heads, deciding->ledger, head, error);
        if (!groups)
                return NULL;
        g_autofree char *via = g_strdup(groups_add(groups, signature, NULL, &why));
        if (groups_is_changed(groups, head))
                template = groups_template(groups, head, via);
        struct root_past past = {.template = template, .why = why};
        return heads_keep(deciding->heads, deciding->ledger, head, error) ? decide_grouped(deciding, reading, &policy, via, &past, error)
                                                                          : NULL;
}

static struct verdict *decide(struct deciding *deciding, const struct decided *decided, const struct mail_key *key, bool *is_known,
                              GError **error)
{
        const struct reading *reading = decided->reading;
        if (reading->stream != STREAM_ROOT)
                return decide_maint_mail(deciding, decided, key, is_known, error);
        gint64 id = ledger_find(deciding->ledger, key, error);
        if (id < 0)
                return NULL;
        *is_known = id > 0;
        if (*is_known)
                return known_root_mail(deciding, id, error);
        if (decided->why_review)
                return review(decided->why_review);
        return reading->root ? decide_root_mail(deciding, reading, error) : decide_root(NULL, reading, NULL);
}

struct verdict *decide_and_record(struct deciding *deciding, const struct decided *decided, bool *is_known, GError **error)
{
        struct record record = {
                .key = mail_key_of(decided->reading, decided->raw_hash),
                .reading = decided->reading,
                .raw = decided->raw,
                .source = decided->source,
                .is_history = decided->is_history,
                .is_unfiled = decided->is_unfiled,
        };
        struct verdict *verdict = decide(deciding, decided, &record.key, is_known, error);
        if (!verdict)
                return NULL;
        record.verdict = verdict;
        if (*is_known || ledger_record(deciding->ledger, &record, NULL, error))
                return verdict;
        verdict_free(verdict);
        return NULL;
}
