/* Notices from captures: rows become windows and circuits, words become statuses and impacts.
 * In: an attempt whose fields and rows are read. Out: its notices. */
#include "reader/assemble.h"

#include "base/limits.h"
#include "reader/doubt-ground.h"
#include "reader/meaning.h"
#include "reader/row.h"
#include "reader/value.h"

static const char *row_value(const struct row *row, enum field field)
{
        return captures_value(&row->captures, field);
}

static void add_ref(GPtrArray *refs, const GPtrArray *rows)
{
        for (guint i = 0; i < rows->len; i++) {
                const char *ref = row_value(rows->pdata[i], FIELD_REF);
                bool is_known = !ref;
                for (guint k = 0; k < refs->len && !is_known; k++)
                        is_known = value_same_id(refs->pdata[k], ref);
                if (!is_known)
                        g_ptr_array_add(refs, (char *)ref);
        }
}

/* What the rows alone say of the whole: account, location and title from the first that does. */
static void lend_fields(struct attempt *attempt, const GPtrArray *rows)
{
        static const enum field lent[] = {FIELD_ACCOUNT, FIELD_LOCATION, FIELD_TITLE};
        for (guint i = 0; i < rows->len; i++) {
                const struct row *row = rows->pdata[i];
                struct captures some = {0};
                for (gsize f = 0; f < G_N_ELEMENTS(lent); f++)
                        some.field[lent[f]] = row->captures.field[lent[f]];
                captures_fill(&attempt->fields, &some);
        }
}

static enum impact impact_of(struct attempt *attempt, const struct row *row)
{
        enum impact impact = row ? meaning_impact(attempt, row_value(row, FIELD_IMPACT)) : IMPACT_NONE;
        if (!impact)
                impact = meaning_impact(attempt, captures_value(&attempt->fields, FIELD_IMPACT));
        return impact ? impact : attempt->rule->assume.impact;
}

/* A circuit that is named twice counts once, with the worse of its impacts. */
static void add_circuit(GPtrArray *circuits, const char *circuit_id, enum impact impact)
{
        for (guint i = 0; i < circuits->len; i++) {
                struct circuit *circuit = circuits->pdata[i];
                if (!g_str_equal(circuit->circuit_id, circuit_id))
                        continue;
                if (!circuit->impact || (impact && impact < circuit->impact))
                        circuit->impact = impact;
                return;
        }
        if (circuits->len < LIMIT_CIRCUITS)
                g_ptr_array_add(circuits, circuit_new(circuit_id, impact));
}

static void add_row_circuit(struct attempt *attempt, GPtrArray *circuits, const struct row *row)
{
        const char *circuit_id = row_value(row, FIELD_CIRCUIT);
        if (!circuit_id)
                circuit_id = row_value(row, FIELD_ALIAS);
        if (circuit_id)
                add_circuit(circuits, circuit_id, impact_of(attempt, row));
}

static struct window *span_window(struct attempt *attempt, const struct captures *row)
{
        guint before = attempt->doubts->len;
        struct window *window = span_read(&attempt->clock, attempt->search, row, &attempt->fields, attempt->doubts, attempt->notes);
        attempt->n_window_doubts += attempt->doubts->len - before;
        return window;
}

/* A window of which neither end could be read says nothing; the doubt about it stays. */
static struct window *window_or_null(struct window *window)
{
        if (!window || window->start != READING_NO_TIME || window->end != READING_NO_TIME)
                return window;
        window_free(window);
        return NULL;
}

static struct window *window_of_row(struct attempt *attempt, const struct row *row)
{
        struct window *window;
        if (row->start_at != READING_NO_TIME && !captures_have_start(&row->captures)) {
                window = window_new();
                window->start = row->start_at;
                window->end = row->end_at;
                if (window->end == READING_NO_TIME)
                        g_ptr_array_add(attempt->doubts, g_strdup("the calendar part gives no end"));
        } else {
                window = span_window(attempt, &row->captures);
        }
        if (window && row->role == ROLE_BACKUP)
                window->role = ROLE_BACKUP;
        return window_or_null(window);
}

/* Windows with the same times are one (three languages, two tables): the circuits and the status of the later join the first. */
static struct window *add_window(GPtrArray *windows, struct window *window)
{
        for (guint i = 0; i < windows->len; i++) {
                struct window *old = windows->pdata[i];
                if (old->start == window->start && old->end == window->end) {
                        window_free(window);
                        return old;
                }
        }
        g_ptr_array_add(windows, window);
        return window;
}

/* Where rows of one window differ, what lies ahead for one line lies ahead for the window: the sheet calls off a line, not the work. */
static void add_window_status(struct attempt *attempt, struct window *window, const struct row *row)
{
        const char *words = row_value(row, FIELD_STATUS);
        enum status status = words ? meaning_status(attempt, words) : STATUS_NONE;
        if (window->status && status && status != window->status)
                doubt_add(attempt, "a circuit has another status: '%s'", words);
        if (!window->status || status == STATUS_CONFIRMED)
                window->status = status;
}

static void add_windows(struct attempt *attempt, struct notice *notice, const GPtrArray *rows, const char *ref)
{
        for (guint i = 0; i < rows->len && notice->windows->len < LIMIT_WINDOWS; i++) {
                const struct row *row = rows->pdata[i];
                if (!row_has_start(row) || !row_is_of(row, ref))
                        continue;
                struct window *window = window_of_row(attempt, row);
                if (!window)
                        continue;
                window = add_window(notice->windows, window);
                add_row_circuit(attempt, window->circuits, row);
                if (rows == attempt->windows)
                        add_window_status(attempt, window, row);
        }
}

static void add_circuits(struct attempt *attempt, struct notice *notice, const GPtrArray *rows, const char *ref)
{
        for (guint i = 0; i < rows->len; i++) {
                const struct row *row = rows->pdata[i];
                if (!row_has_start(row) && row_is_of(row, ref))
                        add_row_circuit(attempt, notice->circuits, row);
        }
}

static bool same_circuits(const GPtrArray *a, const GPtrArray *b)
{
        if (a->len != b->len)
                return false;
        for (guint i = 0; i < a->len; i++) {
                const struct circuit *x = a->pdata[i], *y = b->pdata[i];
                if (!g_str_equal(x->circuit_id, y->circuit_id) || x->impact != y->impact)
                        return false;
        }
        return true;
}

/* Circuits that every window has alike are the notice's; else each window has its own and those of the notice, which keeps them only for
 * windows without any. */
static void settle_circuits(struct notice *notice)
{
        const struct window *first = notice->windows->len ? notice->windows->pdata[0] : NULL;
        bool is_same = true;
        for (guint i = 1; i < notice->windows->len; i++)
                is_same = is_same && same_circuits(first->circuits, ((struct window *)notice->windows->pdata[i])->circuits);
        bool is_each = !is_same;
        for (guint i = 0; i < notice->windows->len; i++) {
                struct window *window = notice->windows->pdata[i];
                GPtrArray *from = is_same ? window->circuits : notice->circuits;
                GPtrArray *to = is_same ? notice->circuits : window->circuits;
                is_each = is_each && window->circuits->len;
                if (!window->circuits->len)
                        continue;
                for (guint c = 0; c < from->len; c++) {
                        const struct circuit *circuit = from->pdata[c];
                        add_circuit(to, circuit->circuit_id, circuit->impact);
                }
                if (is_same)
                        g_ptr_array_set_size(window->circuits, 0);
        }
        if (is_each)
                g_ptr_array_set_size(notice->circuits, 0);
}

/* The status that rows of a notice agree on; STATUS_NONE where none has one or they differ. */
static enum status status_of_rows(struct attempt *attempt, const GPtrArray *rows, const char *ref)
{
        enum status agreed = STATUS_NONE;
        for (guint i = 0; i < rows->len; i++) {
                const struct row *row = rows->pdata[i];
                if (!row_value(row, FIELD_STATUS) || !row_is_of(row, ref))
                        continue;
                enum status status = meaning_status(attempt, row_value(row, FIELD_STATUS));
                if (agreed && status != agreed)
                        return STATUS_NONE;
                agreed = status;
        }
        return agreed;
}

/* A status that all windows share is the notice's; else each keeps its own. */
static void settle_window_status(struct notice *notice)
{
        const struct window *first = notice->windows->len ? notice->windows->pdata[0] : NULL;
        enum status shared = first ? first->status : STATUS_NONE;
        for (guint i = 1; i < notice->windows->len; i++)
                if (((struct window *)notice->windows->pdata[i])->status != shared)
                        shared = STATUS_NONE;
        if (!shared || (notice->status && notice->status != shared))
                return;
        notice->status = shared;
        for (guint i = 0; i < notice->windows->len; i++)
                ((struct window *)notice->windows->pdata[i])->status = STATUS_NONE;
}

static void settle_status(struct attempt *attempt, struct notice *notice, const char *ref)
{
        notice->status = meaning_status(attempt, captures_value(&attempt->fields, FIELD_STATUS));
        settle_window_status(notice);
        if (!notice->status)
                notice->status = status_of_rows(attempt, attempt->circuits, ref);
        attempt->is_status_assumed = !notice->status;
        if (!notice->status)
                notice->status = attempt->rule->assume.status;
}

static struct notice *notice_of(struct attempt *attempt, const char *ref)
{
        const struct captures *fields = &attempt->fields;
        struct notice *notice = notice_new();
        notice->maintenance_id = g_strdup(ref ? ref : captures_value(fields, FIELD_REF));
        notice->account = g_strdup(captures_value(fields, FIELD_ACCOUNT));
        notice->summary = g_strdup(captures_value(fields, FIELD_TITLE));
        notice->revision = g_strdup(captures_value(fields, FIELD_REVISION));
        notice->location = g_strdup(captures_value(fields, FIELD_LOCATION));
        add_windows(attempt, notice, attempt->windows, ref);
        add_windows(attempt, notice, attempt->circuits, ref);
        if (!notice->windows->len) {
                struct window *window = window_or_null(span_window(attempt, &(struct captures){0}));
                if (window)
                        g_ptr_array_add(notice->windows, window);
        }
        add_circuits(attempt, notice, attempt->windows, ref);
        add_circuits(attempt, notice, attempt->circuits, ref);
        settle_circuits(notice);
        if (!notice->circuits->len && captures_value(fields, FIELD_CIRCUIT))
                add_circuit(notice->circuits, captures_value(fields, FIELD_CIRCUIT), impact_of(attempt, NULL));
        settle_status(attempt, notice, ref);
        return notice;
}

void assemble(struct attempt *attempt)
{
        g_autoptr(GPtrArray) refs = g_ptr_array_new();
        lend_fields(attempt, attempt->windows);
        lend_fields(attempt, attempt->circuits);
        add_ref(refs, attempt->windows);
        add_ref(refs, attempt->circuits);
        if (!refs->len)
                g_ptr_array_add(attempt->notices, notice_of(attempt, NULL));
        for (guint i = 0; i < refs->len; i++)
                g_ptr_array_add(attempt->notices, notice_of(attempt, refs->pdata[i]));
}
