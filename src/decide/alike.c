/* What two notices of one maintenance have alike: circuits and times.
 * In: a maintenance, a notice. Out: whether they speak of the same. */
#include "decide/alike.h"

static bool same_id(const char *a, const char *b)
{
        for (;; a++, b++) {
                while (g_ascii_isspace(*a))
                        a++;
                while (g_ascii_isspace(*b))
                        b++;
                if (g_ascii_toupper(*a) != g_ascii_toupper(*b))
                        return false;
                if (!*a)
                        return true;
        }
}

struct circuit *alike_circuit(const GPtrArray *circuits, const char *circuit_id)
{
        for (guint i = 0; i < circuits->len; i++) {
                struct circuit *circuit = circuits->pdata[i];
                if (same_id(circuit->circuit_id, circuit_id))
                        return circuit;
        }
        return NULL;
}

void alike_remove(GPtrArray *circuits, const char *circuit_id)
{
        for (struct circuit *circuit; (circuit = alike_circuit(circuits, circuit_id));)
                g_ptr_array_remove(circuits, circuit);
}

static bool names(const struct notice *notice, const char *circuit_id)
{
        if (alike_circuit(notice->circuits, circuit_id))
                return true;
        for (guint i = 0; i < notice->windows->len; i++)
                if (alike_circuit(((const struct window *)notice->windows->pdata[i])->circuits, circuit_id))
                        return true;
        return false;
}

static bool names_any(const struct notice *notice)
{
        for (guint i = 0; i < notice->windows->len; i++)
                if (((const struct window *)notice->windows->pdata[i])->circuits->len)
                        return true;
        return notice->circuits->len > 0;
}

/* All circuits of a maintenance, those of single windows too; borrowed. */
static GPtrArray *circuits_of(const struct maintenance *maintenance)
{
        GPtrArray *all = g_ptr_array_new();
        g_ptr_array_extend(all, maintenance->circuits, NULL, NULL);
        for (guint i = 0; i < maintenance->events->len; i++)
                g_ptr_array_extend(all, ((const struct event *)maintenance->events->pdata[i])->circuits, NULL, NULL);
        return all;
}

bool alike_circuits(const struct maintenance *maintenance, const struct notice *notice, bool otherwise)
{
        g_autoptr(GPtrArray) circuits = circuits_of(maintenance);
        if (!circuits->len || !names_any(notice))
                return otherwise;
        for (guint i = 0; i < circuits->len; i++)
                if (names(notice, ((const struct circuit *)circuits->pdata[i])->circuit_id))
                        return true;
        return false;
}

bool alike_times(const struct maintenance *maintenance, const struct notice *notice)
{
        for (guint i = 0; i < maintenance->events->len; i++)
                for (guint k = 0; k < notice->windows->len; k++) {
                        const struct event *event = maintenance->events->pdata[i];
                        const struct window *window = notice->windows->pdata[k];
                        if (event->start != MAINTENANCE_NO_TIME && event->start == window->start)
                                return true;
                }
        return false;
}

bool alike_is_open(const struct maintenance *maintenance)
{
        for (guint i = 0; i < maintenance->events->len; i++) {
                enum state state = ((const struct event *)maintenance->events->pdata[i])->state;
                if (state != STATE_CANCELLED && state != STATE_COMPLETED)
                        return true;
        }
        return false;
}

bool alike_is_whole(const struct maintenance *maintenance, const struct notice *notice)
{
        g_autoptr(GPtrArray) circuits = circuits_of(maintenance);
        for (guint i = 0; i < circuits->len; i++)
                if (!names(notice, ((const struct circuit *)circuits->pdata[i])->circuit_id))
                        return false;
        return true;
}
