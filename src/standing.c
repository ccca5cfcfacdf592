/* How things stand: what `status` and the page of that name show.
 * In: the configuration, the ledger, the spool. Out: plain struct. */
#include "standing.h"

#include "reader/confine.h"

enum { MOST_CHECKED = 256 * 1024 * 1024 }; /* a larger database is not looked through */

static void clear_target(gpointer data)
{
        struct target *target = data;
        g_free(target->name);
        if (target->acts)
                g_ptr_array_unref(target->acts);
}

static bool count_targets(struct ledger *ledger, enum target_kind kind, GArray *targets, GError **error)
{
        g_autoptr(GPtrArray) names = outbox_targets(ledger, kind, error);
        for (guint i = 0; names && i < names->len; i++) {
                struct target target = {.name = g_strdup(names->pdata[i])};
                target.acts = outbox_all(ledger, kind, target.name, error);
                for (guint k = 0; target.acts && k < target.acts->len; k++)
                        target.parked += ((const struct pending *)target.acts->pdata[k])->is_parked;
                target.undone = target.acts ? target.acts->len : 0;
                g_array_append_val(targets, target);
                if (!target.acts)
                        return false;
        }
        return names != NULL;
}

/* What the ledger says; a ledger that was never written to is empty, and is not made. */
static bool ask_ledger(struct standing *standing, GError **error)
{
        g_autofree char *path = g_build_filename(standing->directory, "ledger.sqlite", NULL);
        bool is_there = g_file_test(path, G_FILE_TEST_EXISTS);
        struct ledger *ledger = is_there ? ledger_open(standing->directory, error) : ledger_memory(NULL, error);
        bool is_fine = ledger && ledger_count(ledger, &standing->counts, error) &&
                       count_targets(ledger, TARGET_CALENDAR, standing->targets, error) &&
                       count_targets(ledger, TARGET_TRACKER, standing->targets, error);
        standing->is_checked = is_fine && standing->counts.bytes <= MOST_CHECKED;
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

void standing_look(const struct setup *setup, const char *how, struct standing *standing)
{
        g_autoptr(GError) error = NULL;
        standing->directory = settings_ledger(setup->settings);
        standing->how = how ? g_strdup(how) : ask_confinement(setup);
        standing->targets = g_array_new(FALSE, FALSE, sizeof(struct target));
        g_array_set_clear_func(standing->targets, clear_target);
        standing->spool = spool_count(standing->directory);
        standing->filters = setup->filters->vendors->len;
        standing->left_out = setup->problems->len;
        if (!ask_ledger(standing, &error))
                standing->fault = g_strdup(error->message);
}

void standing_release(struct standing *standing)
{
        g_free(standing->directory);
        g_free(standing->how);
        g_free(standing->fault);
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

enum health standing_health(const struct standing *standing)
{
        if (standing->fault)
                return HEALTH_CRITICAL;
        bool is_doubtful = standing->spool.mails || standing->counts.unfiled || standing->left_out || standing_parked(standing);
        return is_doubtful ? HEALTH_WARNING : HEALTH_OK;
}
