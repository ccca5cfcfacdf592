/* People's decisions carried out in the ledger: mails decided again on a person's word, and all of it taken back again.
 * In: decisions. Out: rows, verdicts. */
#include "ledger/review.h"

#include "base/fail.h"
#include "decide/correct.h"
#include "ledger/amend.h"
#include "ledger/decisions.h"
#include "ledger/inside.h"
#include "ledger/restore.h"
#include "ledger/wishes.h"

#include <stdlib.h>

/* One mail under decision; `entry` and `reading` are owned. */
struct patient {
        struct ledger *ledger;
        struct decision *decision;
        const struct policy *policy;
        struct entry *entry;
        struct reading *reading;
};

GPtrArray *review_decisions(struct ledger *ledger, gint64 mail, gint64 after, GError **error)
{
        return decisions_list(ledger, mail, after, error);
}

struct decision *review_standing(struct ledger *ledger, gint64 mail, GError **error)
{
        return decisions_standing(ledger, mail, NULL, error);
}

static struct mail_key key_of(const struct mail_name *name)
{
        return (struct mail_key){
                .stream = name->stream, .message_id = name->message_id, .text_hash = name->text_hash ? name->text_hash : ""};
}

/* A mail that must be there. */
static struct entry *entry_of(struct ledger *ledger, gint64 id, struct reading **reading, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct entry *entry = ledger_mail(ledger, id, reading, &wrong);
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        else if (!entry)
                g_set_error(error, FAIL, FAIL_INPUT, "the ledger has no mail %" G_GINT64_FORMAT, id);
        return entry;
}

static bool name_mail(struct ledger *ledger, gint64 id, struct mail_name *name, GError **error)
{
        struct entry *entry = entry_of(ledger, id, NULL, error);
        if (entry)
                *name = (struct mail_name){entry->stream, g_steal_pointer(&entry->message_id), g_steal_pointer(&entry->text_hash)};
        bool is_found = entry != NULL;
        entry_free(entry);
        return is_found;
}

bool review_name_last(struct ledger *ledger, struct decision *decision, GError **error)
{
        gint64 last;
        return sql_one(ledger->sql, error, &last, 0, "SELECT max(id) FROM mail", "") &&
               (last == 0 || name_mail(ledger, last, &decision->after, error));
}

bool review_name(struct ledger *ledger, gint64 mail, struct decision *decision, GError **error)
{
        return name_mail(ledger, mail, &decision->mail, error) && review_name_last(ledger, decision, error);
}

static void hash_json(GChecksum *hash, json_t *json)
{
        char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
        g_checksum_update(hash, (const guchar *)text, -1);
        free(text);
        json_decref(json);
}

static bool hash_touched(struct ledger *ledger, const struct entry *entry, const struct past *past, GChecksum *hash, GError **error)
{
        for (guint i = 0; i < past->maintenances->len; i++)
                hash_json(hash, maintenance_to_json(past->maintenances->pdata[i]));
        for (guint i = 0; i < entry->maintenances->len; i++) {
                g_autoptr(GError) wrong = NULL;
                struct maintenance *maintenance = ledger_maintenance(ledger, entry->maintenances->pdata[i], &wrong);
                if (maintenance)
                        hash_json(hash, maintenance_to_json(maintenance));
                maintenance_free(maintenance);
                if (wrong) {
                        g_propagate_error(error, g_steal_pointer(&wrong));
                        return false;
                }
        }
        return true;
}

char *review_revision(struct ledger *ledger, gint64 mail, GError **error)
{
        struct reading *reading = NULL;
        struct past past = {0};
        g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
        struct entry *entry = entry_of(ledger, mail, &reading, error);
        g_autoptr(GPtrArray) decisions = entry ? decisions_list(ledger, mail, 0, error) : NULL;
        bool is_fine =
                decisions && ledger_past_again(ledger, mail, reading, &past, error) && hash_touched(ledger, entry, &past, hash, error);
        if (is_fine)
                hash_json(hash, json_pack("[s, i]", resolution_word(entry->resolution), (int)decisions->len));
        past_release(&past);
        reading_free(reading);
        entry_free(entry);
        return is_fine ? g_strndup(g_checksum_get_string(hash), 8) : NULL;
}

/* The one maintenance that the mail is said to be about, in place of all that it could be. What no longer owns an id of the mail goes to
 * the verdict. */
static bool aim(const struct patient *patient, struct past *past, GPtrArray *robbed, GError **error)
{
        const char *key = patient->decision->correction.same_as;
        g_autoptr(GError) wrong = NULL;
        struct maintenance *target = ledger_maintenance(patient->ledger, key, &wrong);
        if (!target) {
                if (wrong)
                        g_propagate_error(error, g_steal_pointer(&wrong));
                else
                        g_set_error(error, FAIL, FAIL_USAGE, "--same-as '%s' is no work that the ledger has", key);
                return false;
        }
        GPtrArray *known = (GPtrArray *)past->maintenances;
        for (guint i = 0; i < known->len; i++) {
                struct maintenance *other = known->pdata[i];
                guint before = other->aliases->len;
                if (g_strcmp0(other->key, key) == 0)
                        continue;
                correct_lead(patient->reading, target, known);
                if (other->aliases->len != before)
                        g_ptr_array_add(robbed, maintenance_copy(other));
        }
        correct_lead(patient->reading, target, known);
        g_ptr_array_set_size(known, 0);
        g_ptr_array_add(known, target);
        return true;
}

/* Why a decision leads nowhere, with what would. */
static struct verdict *refuse(const struct verdict *verdict, GError **error)
{
        const char *why = verdict->reasons->len ? verdict->reasons->pdata[0] : "nothing in it could be put into the calendar";
        g_set_error(error, FAIL, FAIL_USAGE,
                    "%s; say what it means with 'mailclinic review correct' (--kind, --start and --end, --same-as, --not-a-maintenance)",
                    why);
        return NULL;
}

/* What is left of a maintenance whose id now leads elsewhere. */
static void leave_robbed(const struct patient *patient, GPtrArray *robbed, struct verdict *verdict)
{
        while (robbed->len) {
                struct maintenance *maintenance = g_ptr_array_steal_index(robbed, robbed->len - 1);
                g_autofree char *change = g_strdup_printf("same as %s, said", patient->decision->correction.same_as);
                amend_call_off(maintenance);
                amend_say(maintenance, patient->decision, change);
                g_ptr_array_add(verdict->maintenances, maintenance);
        }
}

static struct verdict *decide(const struct patient *patient, const struct past *past, GPtrArray *robbed, GError **error)
{
        struct policy policy = *patient->policy;
        const struct decision *decision = patient->decision;
        bool is_corrected = decision->deed == DEED_CORRECT;
        struct reading *corrected =
                is_corrected ? correct_reading(patient->reading, &decision->correction, past->maintenances, error) : NULL;
        if (is_corrected && !corrected)
                return NULL;
        policy.by_person = true;
        policy.without = decision->correction.without;
        struct verdict *verdict = decide_maint(past, corrected ? corrected : patient->reading, &policy);
        if (verdict->resolution == RESOLUTION_REVIEW) {
                struct verdict *refused = verdict;
                verdict = refuse(refused, error);
                verdict_free(refused);
        } else {
                leave_robbed(patient, robbed, verdict);
        }
        reading_free(corrected);
        return verdict;
}

/* Root@ mail has a problem (ledger/wishes.h), and nothing in it to correct; a person has seen it, and that is all. */
static struct verdict *verdict_on_root(const struct patient *patient, GError **error)
{
        if (patient->decision->deed == DEED_ACCEPT)
                return verdict_new();
        g_set_error_literal(error, FAIL, FAIL_USAGE, "there is nothing to correct in root@ mail; see 'mailclinic issue'");
        return NULL;
}

static struct verdict *verdict_on(const struct patient *patient, GError **error)
{
        if (patient->entry->stream == STREAM_ROOT)
                return verdict_on_root(patient, error);
        const struct decision *decision = patient->decision;
        struct past past = {0};
        g_autoptr(GPtrArray) robbed = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free);
        struct verdict *verdict = NULL;
        if (decision->deed == DEED_CORRECT && decision->correction.is_no_maintenance) {
                verdict = verdict_new();
                verdict->resolution = RESOLUTION_NONE;
                g_ptr_array_add(verdict->reasons, g_strdup("not a maintenance"));
        } else if (ledger_past_again(patient->ledger, patient->entry->id, patient->reading, &past, error) &&
                   (!decision->correction.same_as || aim(patient, &past, robbed, error))) {
                verdict = decide(patient, &past, robbed, error);
        }
        past_release(&past);
        return verdict;
}

/* "accepted by jane, 2026-11-24 10:00 UTC". */
static void say_who(const struct decision *decision, struct verdict *verdict)
{
        g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(decision->at);
        g_autofree char *when = g_date_time_format(at, "%F %R UTC");
        const char *done = decision->deed == DEED_ACCEPT ? "accepted" : "corrected";
        g_ptr_array_insert(verdict->reasons, 0, g_strdup_printf("%s by %s, %s", done, decision->by, when));
}

static struct verdict *decide_mail(const struct patient *patient, GError **error)
{
        struct ledger *ledger = patient->ledger;
        struct verdict *verdict = verdict_on(patient, error);
        if (!verdict)
                return NULL;
        say_who(patient->decision, verdict);
        char *before = NULL;
        bool is_fine = amend_leave(ledger, patient->entry, patient->decision, verdict, error) &&
                       (before = restore_keep(ledger, patient->entry, verdict, error)) &&
                       amend_settle(ledger, patient->decision, patient->policy, verdict, error) &&
                       ledger_decide(ledger, patient->entry->id, verdict, error) &&
                       decisions_add(ledger, patient->decision, patient->entry->id, before, error);
        free(before);
        if (is_fine)
                return verdict;
        verdict_free(verdict);
        return NULL;
}

static bool check_way(struct ledger *ledger, const struct decision *last, const char *before, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct decision *later = decisions_in_the_way(ledger, last->number, before, &wrong);
        gint64 mail = 0;
        if (later) {
                struct mail_key key = key_of(&later->mail);
                mail = ledger_find(ledger, &key, NULL);
                g_set_error(error, FAIL, FAIL_USAGE,
                            "a later decision, on mail %" G_GINT64_FORMAT " by %s, rests on this one: undo that first", mail, later->by);
        } else if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        bool is_free = later == NULL;
        decision_free(later);
        return is_free;
}

static struct verdict *take_back(const struct patient *patient, const struct decision *last, const char *before, GError **error)
{
        struct ledger *ledger = patient->ledger;
        struct mail_key after = key_of(&last->after);
        gint64 from = ledger_find(ledger, &after, error);
        struct verdict *verdict =
                from >= 0 && check_way(ledger, last, before, error) ? restore_verdict(ledger, before, patient->decision, error) : NULL;
        bool is_fine = verdict && amend_settle(ledger, patient->decision, patient->policy, verdict, error) &&
                       ledger_decide(ledger, patient->entry->id, verdict, error) && decisions_take_back(ledger, last->number, error) &&
                       restore_later(ledger, from, verdict, patient->policy, error) &&
                       decisions_add(ledger, patient->decision, patient->entry->id, NULL, error);
        if (is_fine)
                return verdict;
        verdict_free(verdict);
        return NULL;
}

static struct verdict *undo(const struct patient *patient, GError **error)
{
        g_autofree char *before = NULL;
        g_autoptr(GError) wrong = NULL;
        struct decision *last = decisions_standing(patient->ledger, patient->entry->id, &before, &wrong);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return NULL;
        }
        if (!last) {
                g_set_error(error, FAIL, FAIL_INPUT, "there is no decision to undo on mail %" G_GINT64_FORMAT, patient->entry->id);
                return NULL;
        }
        struct verdict *verdict = take_back(patient, last, before, error);
        decision_free(last);
        return verdict;
}

static struct verdict *note(const struct patient *patient, GError **error)
{
        if (!decisions_add(patient->ledger, patient->decision, patient->entry->id, NULL, error))
                return NULL;
        struct verdict *verdict = verdict_new();
        verdict->resolution = patient->entry->resolution;
        return verdict;
}

static struct verdict *carry_out(struct patient *patient, GError **error)
{
        struct mail_key key = key_of(&patient->decision->mail);
        gint64 id = ledger_find(patient->ledger, &key, error);
        if (id == 0)
                g_set_error(error, FAIL, FAIL_INPUT, "the ledger does not have the mail %s",
                            key.message_id ? key.message_id : key.text_hash);
        patient->entry = id > 0 ? ledger_mail(patient->ledger, id, &patient->reading, error) : NULL;
        if (!patient->entry)
                return NULL;
        switch (patient->decision->deed) {
        case DEED_UNDO:
                return undo(patient, error);
        case DEED_NOTE:
                return note(patient, error);
        default:
                return decide_mail(patient, error);
        }
}

bool review_carry_out(struct ledger *ledger, struct decision *decision, const struct policy *policy, struct verdict **verdict,
                      GError **error)
{
        struct patient patient = {.ledger = ledger, .decision = decision, .policy = policy};
        bool is_own;
        if (!step_begin(ledger, &is_own, error))
                return false;
        bool is_on_issue = decision_is_on_issue(decision->deed);
        struct verdict *made = is_on_issue ? wishes_carry_out(ledger, decision, error) : carry_out(&patient, error);
        bool is_fine = step_end(ledger, is_own, made != NULL, error);
        reading_free(patient.reading);
        entry_free(patient.entry);
        if (is_fine && verdict)
                *verdict = g_steal_pointer(&made);
        verdict_free(made);
        return is_fine;
}

bool review_pass_over(struct ledger *ledger, const struct decision *decision, GError **error)
{
        struct mail_key key = key_of(&decision->mail);
        gint64 mail = ledger_find(ledger, &key, error);
        struct decision passed = *decision;
        return mail >= 0 && decisions_add(ledger, &passed, mail, NULL, error);
}
