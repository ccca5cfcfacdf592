/* How things stand: what `status` and the page of that name show.
 * In: the configuration, the ledger, the spool, the roster, the clock. Out: plain struct. */
#include "standing.h"

#include "out/tell.h"
#include "out/tracker.h"
#include "reader/confine.h"
#include "reader/duty.h"

#include <string.h>

enum {
        MOST_CHECKED = 256 * 1024 * 1024, /* a larger database is not looked through */
        DAY = 24 * 60 * 60,
        QUEUE_AGE = 7 * DAY, /* so long may a mail wait for a person */
        FLUSH_AGE = DAY,     /* and so long what is queued */
        ROSTER_AHEAD = 7 * DAY
};

static void clear_target(gpointer data)
{
        struct target *target = data;
        g_free(target->name);
        g_free(target->alert);
        if (target->acts)
                g_ptr_array_unref(target->acts);
}

static gint64 instant_of(const char *text)
{
        g_autoptr(GDateTime) time = text ? g_date_time_new_from_iso8601(text, NULL) : NULL;
        return time ? g_date_time_to_unix(time) : READING_NO_TIME;
}

/* Taken over by the array. */
static bool count_target(struct ledger *ledger, enum target_kind kind, const char *name, GArray *targets, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct target target = {.name = g_strdup(name)};
        target.acts = outbox_all(ledger, kind, name, &wrong);
        for (guint i = 0; target.acts && i < target.acts->len; i++)
                target.parked += ((const struct pending *)target.acts->pdata[i])->is_parked;
        target.undone = target.acts ? target.acts->len : 0;
        g_autofree char *flushed = wrong ? NULL : target_note(ledger, name, "flushed", &wrong);
        target.flushed = instant_of(flushed);
        if (!wrong)
                target.alert = target_note(ledger, name, "alert", &wrong);
        g_array_append_val(targets, target);
        bool is_fine = !wrong;
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        return is_fine;
}

static bool has_target(const GArray *targets, const char *name)
{
        for (guint i = 0; i < targets->len; i++)
                if (strcmp(g_array_index(targets, struct target, i).name, name) == 0)
                        return true;
        return false;
}

static bool count_targets(struct ledger *ledger, enum target_kind kind, GArray *targets, GError **error)
{
        g_autoptr(GPtrArray) names = outbox_targets(ledger, kind, error);
        for (guint i = 0; names && i < names->len; i++)
                if (!count_target(ledger, kind, names->pdata[i], targets, error))
                        return false;
        return names != NULL;
}

/* What is configured, too, though nothing was tried on it yet. */
static bool count_configured(struct ledger *ledger, const struct settings *settings, GArray *targets, GError **error)
{
        for (unsigned i = 0; i < settings->calendars_n; i++)
                if (!has_target(targets, settings->calendars[i].name) &&
                    !count_target(ledger, TARGET_CALENDAR, settings->calendars[i].name, targets, error))
                        return false;
        return !settings_has_tracker(settings) || has_target(targets, TRACKER_TARGET) ||
               count_target(ledger, TARGET_TRACKER, TRACKER_TARGET, targets, error);
}

/* What the ledger says; a ledger that was never written to is empty, and is not made. */
static bool ask_ledger(struct standing *standing, const struct settings *settings, bool is_thorough, GError **error)
{
        g_autofree char *path = g_build_filename(standing->directory, "ledger.sqlite", NULL);
        bool is_there = g_file_test(path, G_FILE_TEST_EXISTS);
        struct ledger *ledger = is_there ? ledger_open(standing->directory, error) : ledger_memory(NULL, error);
        bool is_fine = ledger && ledger_count(ledger, &standing->counts, error) &&
                       count_targets(ledger, TARGET_CALENDAR, standing->targets, error) &&
                       count_targets(ledger, TARGET_TRACKER, standing->targets, error) &&
                       count_configured(ledger, settings, standing->targets, error);
        standing->is_checked = is_fine && is_thorough && standing->counts.bytes <= MOST_CHECKED;
        is_fine = is_fine && (!standing->is_checked || ledger_check(ledger, error));
        ledger_free(ledger);
        return is_fine;
}

/* What would hold the reader here. */
static char *ask_confinement(const struct setup *setup)
{
        g_autoptr(GError) error = NULL;
        struct confined *confined = confined_new(&setup->reader, &error);
        char *how = g_strdup(confined ? confined_how(confined) : error->message);
        confined_free(confined);
        return how;
}

static bool has_people(const struct turn *turn)
{
        return turn->week && turn->week->names && turn->week->names[0];
}

static char *people_of(const struct turn *turn)
{
        return has_people(turn) ? g_strjoinv(" and ", turn->week->names) : g_strdup("nobody");
}

/* A week of which the roster says that nobody has duty is no gap; one of which it does not say anything is. */
static char *gap_of(const struct duty *duty, const struct turn *turn, gint64 now)
{
        struct turn ahead = duty_at(duty, now + ROSTER_AHEAD);
        if (!turn->week)
                return g_strdup("the roster does not have this week");
        if (turn->week->other_line)
                return g_strdup("the roster says different names for this week");
        return ahead.week ? NULL : g_strdup("the roster does not have next week");
}

static void ask_roster(const struct settings *settings, gint64 now, struct roster_standing *roster)
{
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        g_autoptr(GError) error = NULL;
        if (!settings->roster.file)
                return;
        struct duty *duty = duty_load(settings, problems, &error);
        if (!duty) {
                roster->gap = g_strdup(error->message);
                return;
        }
        struct turn turn = duty_at(duty, now), next = duty_next(duty, &turn);
        roster->now = people_of(&turn);
        roster->next = people_of(&next);
        roster->gap = gap_of(duty, &turn, now);
        duty_free(duty);
}

void standing_look(const struct setup *setup, const char *how, bool is_thorough, struct standing *standing)
{
        g_autoptr(GError) error = NULL;
        standing->directory = settings_ledger(setup->settings);
        standing->how = how ? g_strdup(how) : ask_confinement(setup);
        standing->targets = g_array_new(FALSE, FALSE, sizeof(struct target));
        g_array_set_clear_func(standing->targets, clear_target);
        standing->spool = spool_count(standing->directory);
        standing->filters = setup->filters->vendors->len;
        standing->left_out = setup->problems->len;
        standing->now = g_get_real_time() / G_USEC_PER_SEC;
        standing->counts.oldest_review = READING_NO_TIME;
        if (!ask_ledger(standing, setup->settings, is_thorough, &error))
                standing->fault = g_strdup(error->message);
        gint64 oldest = standing->counts.oldest_review;
        standing->queue_age = oldest == READING_NO_TIME ? 0 : MAX(standing->now - oldest, 0);
        ask_roster(setup->settings, standing->now, &standing->roster);
}

void standing_release(struct standing *standing)
{
        g_free(standing->directory);
        g_free(standing->how);
        g_free(standing->fault);
        g_free(standing->roster.now);
        g_free(standing->roster.next);
        g_free(standing->roster.gap);
        if (standing->targets)
                g_array_unref(standing->targets);
}

guint standing_parked(const struct standing *standing)
{
        guint n = 0;
        for (guint i = 0; i < standing->targets->len; i++)
                n += g_array_index(standing->targets, struct target, i).parked;
        return n;
}

guint standing_undone(const struct standing *standing)
{
        guint n = 0;
        for (guint i = 0; i < standing->targets->len; i++)
                n += g_array_index(standing->targets, struct target, i).undone;
        return n;
}

gint64 standing_flush_age(const struct standing *standing)
{
        gint64 age = 0;
        for (guint i = 0; i < standing->targets->len; i++) {
                const struct target *target = &g_array_index(standing->targets, struct target, i);
                if (target->undone > target->parked && target->flushed != READING_NO_TIME)
                        age = MAX(age, standing->now - target->flushed);
        }
        return age;
}

bool standing_is_loose(const struct standing *standing)
{
        return !strstr(standing->how, "Landlock ABI") || strstr(standing->how, "no seccomp") || strstr(standing->how, "not all limits");
}

static void G_GNUC_PRINTF(2, 3) worry(GPtrArray *worries, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_ptr_array_add(worries, g_strdup_vprintf(format, arguments));
        va_end(arguments);
}

static void worry_of_outbox(const struct standing *standing, GPtrArray *worries)
{
        if (standing_parked(standing))
                worry(worries, "%u acts are parked", standing_parked(standing));
        for (guint i = 0; i < standing->targets->len; i++) {
                const struct target *target = &g_array_index(standing->targets, struct target, i);
                if (target->alert)
                        worry(worries, "%s: %s", target->name, target->alert);
        }
        if (standing_flush_age(standing) > FLUSH_AGE) {
                g_autofree char *age = tell_age(standing_flush_age(standing));
                worry(worries, "nothing was flushed for %s", age);
        }
}

GPtrArray *standing_worries(const struct standing *standing)
{
        GPtrArray *worries = g_ptr_array_new_with_free_func(g_free);
        if (standing->fault)
                worry(worries, "%s", standing->fault);
        if (standing->spool.mails)
                worry(worries, "%u mails wait in the spool", standing->spool.mails);
        if (standing->counts.unfiled)
                worry(worries, "%" G_GINT64_FORMAT " mails are not filed", standing->counts.unfiled);
        worry_of_outbox(standing, worries);
        if (standing->left_out)
                worry(worries, "%u filters are left out", standing->left_out);
        if (standing->counts.unread)
                worry(worries, "the reader failed on %" G_GINT64_FORMAT " mails that wait", standing->counts.unread);
        if (standing->queue_age > QUEUE_AGE) {
                g_autofree char *age = tell_age(standing->queue_age);
                worry(worries, "a mail waits for %s", age);
        }
        if (standing->roster.gap)
                worry(worries, "%s", standing->roster.gap);
        return worries;
}

enum health standing_health(const struct standing *standing)
{
        g_autoptr(GPtrArray) worries = standing_worries(standing);
        return standing->fault ? HEALTH_CRITICAL : worries->len ? HEALTH_WARNING : HEALTH_OK;
}
