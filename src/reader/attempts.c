/* Attempts: the notices of a filter that claims a mail, tried in order on a text of it (FILTERS.md "How it reads" 2).
 * In: a claim and a text. Out: the reading filled from the first notice that is taken, or what each lacked. */
#include "reader/attempts.h"

#include "reader/certain.h"
#include "reader/doubt-word.h"
#include "reader/doubt.h"
#include "reader/evidence.h"
#include "reader/meaning.h"

#include <string.h>

static const enum body usual_bodies[] = {BODY_HTML, BODY_TEXT};

/* "vendor/x.yaml" of a path. */
static const char *short_path(const char *path)
{
        const char *slash = strrchr(path, '/');
        while (slash && slash > path && slash[-1] != '/')
                slash--;
        return slash ? slash : path;
}

static void reason_once(struct reading *reading, const char *phrase)
{
        if (!g_ptr_array_find_with_equal_func(reading->reasons, phrase, g_str_equal, NULL))
                g_ptr_array_add(reading->reasons, g_strdup(phrase));
}

static void reasons_once(struct reading *reading, const GPtrArray *phrases)
{
        for (guint i = 0; i < phrases->len; i++)
                reason_once(reading, phrases->pdata[i]);
}

/* How a reason begins that says what a claim rests on. */
static const char *const by_word[] = {
        [CLAIM_TOLD] = "read as", [CLAIM_DKIM] = "from domain",     [CLAIM_FROM] = "from",
        [CLAIM_LIST] = "list",    [CLAIM_QUOTED] = "quoted sender", [CLAIM_SAYS] = "it says",
};

void attempts_say_sender(struct work *work, const struct claim *claim)
{
        struct reading *reading = work->reading;
        const GPtrArray *addresses = work->envelope.addresses;
        const struct header *first = addresses->len ? addresses->pdata[0] : NULL;
        const char *address = claim->by == CLAIM_FROM ? claim->what : first ? first->value : NULL;
        const char *how = NULL;
        reading->is_by_words = claim->by == CLAIM_SAYS;
        if (claim->by == CLAIM_DKIM) {
                reading->sender = SENDER_PASSED;
                how = claim->at;
        } else if (address) {
                reading->sender = sender_verdict(work->envelope.check, address, &claim->filter->dkim, work->reader->patterns, &how);
        }
        reading_reason(reading, "%s %s, %s", by_word[claim->by], claim->what, how ? how : "sender not verified");
        if (reading->sender != SENDER_FAILED)
                return;
        reading->needs_person = true;
        reading_reason(reading, "the sender's verification failed");
}

static void say_filter(struct work *work, const struct attempt *attempt, unsigned number)
{
        const struct capture *ref = &attempt->from[SOURCE_SUBJECT].field[FIELD_REF];
        g_autofree char *at = ref->value ? g_strdup_printf(", subject '%s'", ref->value) : g_strdup("");
        reading_reason(work->reading, "filter %s, notice %u (%s)%s", short_path(attempt->rule->vendor->path), number, attempt->block.where,
                       at);
}

static void move_notices(struct attempt *attempt, struct reading *reading)
{
        for (guint i = 0; i < attempt->notices->len; i++)
                g_ptr_array_add(reading->notices, attempt->notices->pdata[i]);
        g_ptr_array_set_free_func(attempt->notices, NULL);
        g_ptr_array_set_size(attempt->notices, 0);
}

/* Whether what a follow-up of this kind quotes of the first notice still holds: a new date would stand above, where nothing was found. */
static bool keeps_times(enum kind kind)
{
        return kind == KIND_CANCELLED || kind == KIND_COMPLETED || kind == KIND_STARTED || kind == KIND_REMINDER;
}

/* Why what a claim gives in this text is of medium confidence at most; NULL where it is not held down. */
static const char *cap_of(const struct work *work, const struct claim *claim, const struct text *text)
{
        if (claim->by == CLAIM_GENERIC)
                return "read by the generic reader";
        if (text->is_history && !(text->is_own && keeps_times(work->reading->kind)))
                return "read from quoted text";
        if (text->mail != work->envelope.mail)
                return "read from an enclosed message";
        if (claim->by == CLAIM_SAYS || claim->by == CLAIM_QUOTED)
                return "known by its words alone";
        return claim->filter->unseen ? "no mail of this vendor was seen when its filter was written" : NULL;
}

static void say_doubts(struct reading *reading, const struct attempt *attempt, const char *cap)
{
        if (reading->is_test)
                reading_reason(reading, "a dry run of the vendor's");
        if (cap)
                reason_once(reading, cap);
        reasons_once(reading, attempt->doubts);
        reasons_once(reading, attempt->notes);
}

/* What the mail itself says above the notice that it quotes may speak against that. */
static void doubt_own_words(struct work *work, struct attempt *attempt, enum kind kind)
{
        for (int b = 0; b < BODY_ICS; b++)
                if (work->text->body[b].lines)
                        doubt_beside(attempt, work->reader->filters->words, kind, &work->text->body[b]);
}

/* The attempt is taken: what it found becomes the reading. */
static void take(struct work *work, struct attempt *attempt, const struct claim *claim, const struct text *text)
{
        struct reading *reading = work->reading;
        const struct words *test = &attempt->rule->vendor->test;
        reading->kind = meaning_kind(attempt);
        if (doubt_adopt_status(attempt, work->reader->filters->words, reading->kind))
                reading->kind = meaning_kind(attempt);
        reading->emergency = meaning_nature(attempt, NATURE_EMERGENCY);
        reading->is_test = block_search_any(&work->search, &attempt->subject, test, NULL) ||
                           block_search_any(&work->search, &attempt->whole, test, NULL);
        doubt_find(attempt, work->reader->filters->words, reading->kind);
        const char *cap = cap_of(work, claim, text);
        if (text->is_history && !cap)
                doubt_own_words(work, attempt, reading->kind);
        reading->confidence = cap || attempt->doubts->len ? CONFIDENCE_MEDIUM : CONFIDENCE_HIGH;
        if (claim->by == CLAIM_GENERIC)
                reading->confidence = CONFIDENCE_LOW;
        if (reading->kind == KIND_OTHER)
                reading->other = g_strdup("its status is not known");
        say_doubts(reading, attempt, cap);
        if (work->reader->explains)
                evidence_add(attempt, reading->evidence);
        move_notices(attempt, reading);
}

/* What was missing, and the first doubt, which most often says why. */
static void note_tried(struct work *work, const struct attempt *attempt, unsigned number, const char *where, const char *missing)
{
        g_autofree char *why = attempt->doubts->len ? g_strdup_printf(" (%s)", (char *)attempt->doubts->pdata[0]) : g_strdup("");
        g_ptr_array_add(work->reading->tried, g_strdup_printf("filter %s, notice %u (%s): %s is missing%s",
                                                              short_path(attempt->rule->vendor->path), number, where, missing, why));
}

/* What an attempt has at hand: a rule and its number, who claims, and whose zone words hold. */
struct plan {
        const struct claim *claim;
        const struct vendor_filter *clock;
        struct rule rule;
        unsigned number;
};

/* Of what the generic reader finds only the certain part counts. */
static bool read_block(struct attempt *attempt, const struct plan *plan, const struct block *block, bool is_calendar,
                       const struct doubt_words *words, char **missing)
{
        bool is_taken = attempt_read(attempt, block, is_calendar, missing);
        if (!is_taken || plan->claim->by != CLAIM_GENERIC)
                return is_taken;
        certain_keep(attempt, words);
        *missing = g_strdup(attempt_missing(attempt));
        return !*missing;
}

static bool try_block(struct work *work, const struct plan *plan, const struct text *text, enum body body)
{
        struct attempt attempt;
        g_autofree char *missing = NULL;
        const char *part = plan->rule.notice->part;
        const struct doubt_words *words = work->reader->filters->words;
        struct block block = text->body[body];
        attempt_init(&attempt, &plan->rule, text->mail, &work->search, work->reader->filters);
        attempt.clock.written = text->written;
        attempt.clock.vendor = plan->clock;
        bool has_text = part ? attempt_part(&attempt, part, &block) : block.lines != NULL;
        bool is_taken = has_text && read_block(&attempt, plan, &block, body == BODY_ICS && !part, words, &missing);
        if (is_taken) {
                if (plan->claim->by != CLAIM_GENERIC)
                        attempts_say_sender(work, plan->claim);
                say_filter(work, &attempt, plan->number);
                take(work, &attempt, plan->claim, text);
        } else if (has_text && work->reader->explains) {
                note_tried(work, &attempt, plan->number, block.where, missing);
        }
        attempt_release(&attempt);
        return is_taken;
}

static bool try_notice(struct work *work, const struct plan *plan, const struct text *text)
{
        const struct scope *scope = &plan->rule.scope;
        const enum body *bodies = scope->body_n ? scope->body : usual_bodies;
        unsigned n = scope->body_n ? scope->body_n : G_N_ELEMENTS(usual_bodies);
        if (plan->rule.notice->part)
                return try_block(work, plan, text, bodies[0]);
        for (unsigned b = 0; b < n; b++)
                if (text->body[bodies[b]].lines && try_block(work, plan, text, bodies[b]))
                        return true;
        return false;
}

bool attempts_by_claim(struct work *work, const struct claim *claim, const struct text *text)
{
        struct plan plan = {.claim = claim, .clock = claim->filter};
        for (unsigned i = 0; i < claim->filter->notices_n; i++) {
                rule_init(&plan.rule, claim->filter, &claim->filter->notices[i]);
                plan.number = i + 1;
                if (!try_notice(work, &plan, text))
                        continue;
                work->reading->vendor = g_strdup(claim->filter->vendor);
                work->reading->vendor_name = g_strdup(claim->filter->name);
                return true;
        }
        return false;
}

bool attempts_generic(struct work *work, const struct claim *surest, const struct text *text)
{
        const struct vendor_filter *generic = work->reader->filters->generic;
        const struct vendor_filter *lender = surest ? surest->filter : generic;
        struct claim claim = {.filter = generic, .by = CLAIM_GENERIC};
        struct plan plan = {.claim = &claim, .clock = lender};
        for (unsigned i = 0; generic && i < generic->notices_n; i++) {
                rule_init(&plan.rule, generic, &generic->notices[i]);
                plan.number = i + 1;
                if (surest && lender->scope.zone)
                        plan.rule.scope.zone = lender->scope.zone;
                if (surest && lender->scope.dates.n)
                        plan.rule.scope.dates = lender->scope.dates;
                if (try_notice(work, &plan, text))
                        return true;
        }
        return false;
}
