/* What a person says a mail means, put in place of what was read from it.
 * In: a reading, a correction, what is known. Out: a reading that decide_maint() can be asked about. */
#include "decide/correct.h"

#include "base/fail.h"
#include "decide/alike.h"
#include "decide/turn.h"

#include <string.h>

/* The status that a kind tells, where a person gave the kind alone; NONE: any that ends nothing. */
static const enum status told_by[KIND_COUNT] = {[KIND_CANCELLED] = STATUS_CANCELLED,
                                                [KIND_COMPLETED] = STATUS_COMPLETED,
                                                [KIND_STARTED] = STATUS_IN_PROCESS,
                                                [KIND_CONFIRMED] = STATUS_CONFIRMED};

/* Kinds that other times than were read do not turn into an announcement. */
static const bool is_lasting[KIND_COUNT] = {[KIND_CANCELLED] = true, [KIND_COMPLETED] = true, [KIND_STARTED] = true};

/* Kinds that change nothing: what is said of circuits is more than they tell. */
static const bool is_agreeing[KIND_COUNT] = {[KIND_REMINDER] = true, [KIND_CONFIRMED] = true};

/* Kinds that say nothing of work. */
static const bool is_empty[KIND_COUNT] = {[KIND_NONE] = true, [KIND_OTHER] = true, [KIND_OUTAGE] = true};

/* The copy goes the way that the child's readings go. */
static struct reading *copy_of(const struct reading *reading)
{
        json_t *line = reading_to_line(reading);
        struct reading *copy = reading_from_line(line, NULL);
        json_decref(line);
        g_assert(copy);
        return copy;
}

static void set_text(char **text, const char *told)
{
        if (!told)
                return;
        g_free(*text);
        *text = g_strdup(told);
}

/* The notice that is meant: the only one, or that with the id. NULL and an error. */
static struct notice *notice_of(struct reading *reading, const struct correction *correction, GError **error)
{
        const char *id = correction->maintenance_id;
        if (reading->notices->len == 0)
                g_ptr_array_add(reading->notices, notice_new());
        if (reading->notices->len == 1)
                return reading->notices->pdata[0];
        for (guint i = 0; id && i < reading->notices->len; i++) {
                struct notice *notice = reading->notices->pdata[i];
                if (g_strcmp0(notice->maintenance_id, id) == 0)
                        return notice;
        }
        g_set_error(error, FAIL, FAIL_USAGE, "--id is missing: the mail has %u notices, and it says which one is meant",
                    reading->notices->len);
        return NULL;
}

static enum impact impact_of(const GPtrArray *circuits, const char *id)
{
        for (guint i = 0; i < circuits->len; i++) {
                const struct circuit *circuit = circuits->pdata[i];
                if (g_strcmp0(circuit->circuit_id, id) == 0)
                        return circuit->impact;
        }
        return IMPACT_NONE;
}

/* Of a circuit that was read, too, the impact stays where none is told. */
static void put_circuits(struct notice *notice, const GPtrArray *told)
{
        GPtrArray *circuits = circuits_copy(told);
        for (guint i = 0; i < circuits->len; i++) {
                struct circuit *circuit = circuits->pdata[i];
                if (circuit->impact == IMPACT_NONE)
                        circuit->impact = impact_of(notice->circuits, circuit->circuit_id);
        }
        g_ptr_array_unref(notice->circuits);
        notice->circuits = circuits;
}

/* The others stay: the windows are theirs, and not called off. */
static void put_out(struct notice *notice, const GPtrArray *without, bool is_update)
{
        for (guint i = 0; i < without->len; i++) {
                alike_remove(notice->circuits, without->pdata[i]);
                for (guint k = 0; k < notice->windows->len; k++)
                        alike_remove(((const struct window *)notice->windows->pdata[k])->circuits, without->pdata[i]);
        }
        for (guint k = 0; without->len && is_update && k < notice->windows->len; k++)
                ((struct window *)notice->windows->pdata[k])->status = STATUS_NONE;
}

static void put_facts(struct notice *notice, const struct correction *correction)
{
        set_text(&notice->maintenance_id, correction->maintenance_id);
        if (correction->windows->len)
                g_ptr_array_set_size(notice->windows, 0);
        for (guint i = 0; i < correction->windows->len; i++) {
                const struct window *told = correction->windows->pdata[i];
                struct window *window = window_new();
                window->start = told->start;
                window->end = told->end;
                window->is_all_day = told->is_all_day;
                g_ptr_array_add(notice->windows, window);
        }
        if (correction->circuits->len)
                put_circuits(notice, correction->circuits);
        put_out(notice, correction->without, !correction->kind && !correction->status);
}

static bool has_events(const GPtrArray *known)
{
        for (guint i = 0; i < known->len; i++)
                if (((const struct maintenance *)known->pdata[i])->events->len)
                        return true;
        return false;
}

static enum kind kind_of(const struct reading *reading, const struct correction *correction, const GPtrArray *known)
{
        const struct notice *first = reading->notices->pdata[0];
        if (correction->kind)
                return correction->kind;
        if (correction->status)
                return turn_kind(is_empty[reading->kind] ? KIND_NEW : reading->kind, first->status, correction->status);
        if (is_empty[reading->kind] || (correction->windows->len && !is_lasting[reading->kind]))
                return has_events(known) ? KIND_RESCHEDULE : KIND_NEW;
        if (has_events(known) && (correction->without->len || (correction->circuits->len && is_agreeing[reading->kind])))
                return KIND_UPDATE;
        return reading->kind;
}

static enum status status_of(enum kind kind, enum status read, const struct correction *correction)
{
        if (correction->status)
                return correction->status;
        if (correction->without->len && kind == KIND_UPDATE && !correction->kind)
                return STATUS_NONE;
        if (!correction->kind && !correction->windows->len)
                return read;
        if (told_by[kind])
                return told_by[kind];
        return read == STATUS_CANCELLED || read == STATUS_COMPLETED || read == STATUS_IN_PROCESS ? STATUS_CONFIRMED : read;
}

/* A person says how things are by now: newer than all that was applied, and no calendar's own count speaks against it. */
static void make_sure(struct reading *reading, const GPtrArray *known)
{
        for (guint i = 0; i < known->len; i++)
                reading->date = MAX(reading->date, ((const struct maintenance *)known->pdata[i])->applied);
        reading->thread.received = READING_NO_TIME;
        reading->thread.calendar_sequence = -1;
        reading->confidence = CONFIDENCE_HIGH;
        reading->is_by_words = reading->is_noise = reading->is_test = reading->needs_person = false;
        g_clear_pointer(&reading->other, g_free);
}

static bool correct(struct reading *reading, const struct correction *correction, const GPtrArray *known, GError **error)
{
        bool is_of_one = correction->windows->len || correction->circuits->len || correction->without->len || correction->maintenance_id ||
                         correction->same_as;
        bool is_needed = is_of_one || reading->notices->len == 0;
        struct notice *notice = is_needed ? notice_of(reading, correction, error) : reading->notices->pdata[0];
        if (!notice)
                return false;
        reading->kind = kind_of(reading, correction, known);
        for (guint i = 0; i < reading->notices->len; i++) {
                struct notice *each = reading->notices->pdata[i];
                if (!is_of_one || each == notice)
                        each->status = status_of(reading->kind, each->status, correction);
        }
        put_facts(notice, correction);
        make_sure(reading, known);
        if (reading->vendor)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "--vendor is missing: whose work it is, by a short name");
        return false;
}

struct reading *correct_reading(const struct reading *reading, const struct correction *correction, const GPtrArray *known, GError **error)
{
        struct reading *corrected = copy_of(reading);
        const char *of_known = correction->same_as && known->len ? ((const struct maintenance *)known->pdata[0])->vendor : NULL;
        const char *vendor = correction->vendor ? correction->vendor : of_known;
        if (vendor && g_strcmp0(corrected->vendor, vendor) != 0) {
                set_text(&corrected->vendor, vendor);
                g_clear_pointer(&corrected->vendor_name, g_free);
        }
        if (correct(corrected, correction, known, error))
                return corrected;
        reading_free(corrected);
        return NULL;
}

static void move_alias(const char *alias, struct maintenance *target, const GPtrArray *known)
{
        guint at;
        for (guint i = 0; i < known->len; i++) {
                struct maintenance *other = known->pdata[i];
                if (other != target && g_ptr_array_find_with_equal_func(other->aliases, alias, g_str_equal, &at))
                        g_ptr_array_remove_index(other->aliases, at);
        }
        if (!g_ptr_array_find_with_equal_func(target->aliases, alias, g_str_equal, NULL))
                g_ptr_array_add(target->aliases, g_strdup(alias));
}

void correct_lead(const struct reading *reading, struct maintenance *target, const GPtrArray *known)
{
        if (reading->message_id) {
                g_autofree char *alias = g_strconcat("mail:", reading->message_id, NULL);
                move_alias(alias, target, known);
        }
        for (guint i = 0; i < reading->notices->len; i++) {
                const char *id = ((const struct notice *)reading->notices->pdata[i])->maintenance_id;
                g_autofree char *key = id ? maintenance_key(target->vendor, id) : NULL;
                g_autofree char *alias = key ? g_strconcat("id:", key, NULL) : NULL;
                if (alias)
                        move_alias(alias, target, known);
        }
}
