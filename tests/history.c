/* A ledger in memory for tests of decisions, and readings made in one line.
 * In: readings. Out: verdicts, and the maintenances that they leave behind. */
#include "history.h"

#include "decide/identity.h"

struct history *history_new(void)
{
        struct history *history = g_new0(struct history, 1);
        history->maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free);
        history->policy = (struct policy){.publish_review = true, .act_from = G_MININT64};
        return history;
}

void history_free(struct history *history)
{
        g_ptr_array_unref(history->maintenances);
        g_free(history);
}

static bool is_led_to(const struct maintenance *maintenance, const GPtrArray *aliases)
{
        for (guint i = 0; i < aliases->len; i++)
                if (g_ptr_array_find_with_equal_func(maintenance->aliases, aliases->pdata[i], g_str_equal, NULL))
                        return true;
        return false;
}

static bool lacks_id(const struct reading *reading)
{
        for (guint i = 0; i < reading->notices->len; i++)
                if (!((const struct notice *)reading->notices->pdata[i])->maintenance_id)
                        return true;
        return false;
}

static void keep(struct history *history, const struct maintenance *maintenance)
{
        for (guint i = 0; i < history->maintenances->len; i++) {
                struct maintenance *known = history->maintenances->pdata[i];
                if (g_strcmp0(known->key, maintenance->key) == 0) {
                        g_ptr_array_remove_index(history->maintenances, i);
                        break;
                }
        }
        g_ptr_array_add(history->maintenances, maintenance_copy(maintenance));
}

struct verdict *history_hear(struct history *history, const struct reading *reading)
{
        g_autoptr(GPtrArray) aliases = identity_aliases(reading), led = g_ptr_array_new();
        for (guint i = 0; i < history->maintenances->len; i++) {
                struct maintenance *maintenance = history->maintenances->pdata[i];
                bool is_alike = lacks_id(reading) && g_strcmp0(maintenance->vendor, reading->vendor) == 0;
                if (is_alike || is_led_to(maintenance, aliases))
                        g_ptr_array_add(led, maintenance);
        }
        struct past past = {.maintenances = led};
        struct verdict *verdict = decide_maint(&past, reading, &history->policy);
        for (guint i = 0; i < verdict->maintenances->len; i++)
                keep(history, verdict->maintenances->pdata[i]);
        return verdict;
}

void history_expect(struct history *history, struct reading *reading, enum resolution resolution)
{
        struct verdict *verdict = history_hear(history, reading);
        if (verdict->resolution != resolution)
                g_test_message("because: %s", verdict->reasons->len ? (char *)verdict->reasons->pdata[0] : "no reason");
        g_assert_cmpstr(resolution_word(verdict->resolution), ==, resolution_word(resolution));
        verdict_free(verdict);
        reading_free(reading);
}

struct maintenance *history_find(const struct history *history, const char *key)
{
        for (guint i = 0; i < history->maintenances->len; i++) {
                struct maintenance *maintenance = history->maintenances->pdata[i];
                if (g_strcmp0(maintenance->key, key) == 0)
                        return maintenance;
        }
        return NULL;
}

struct reading *make_reading(enum kind kind, enum status status, gint64 date)
{
        struct reading *reading = reading_new();
        struct notice *notice = notice_new();
        reading->message_id = g_strdup_printf("%" G_GINT64_FORMAT "@mail.example", date);
        reading->vendor = g_strdup("tidewater");
        reading->vendor_name = g_strdup("Tidewater Subsea");
        reading->kind = kind;
        reading->confidence = CONFIDENCE_HIGH;
        reading->sender = SENDER_PASSED;
        reading->subject = g_strdup("Cable notice TW1");
        reading->date = date;
        notice->maintenance_id = g_strdup("TW1");
        notice->status = status;
        g_ptr_array_add(reading->notices, notice);
        return reading;
}

struct notice *notice_in(const struct reading *reading)
{
        return reading->notices->pdata[0];
}

struct window *add_window(struct reading *reading, gint64 start)
{
        struct window *window = window_new();
        window->start = start;
        window->end = start + LENGTH;
        g_ptr_array_add(notice_in(reading)->windows, window);
        return window;
}

void add_circuit(struct reading *reading, const char *circuit_id)
{
        g_ptr_array_add(notice_in(reading)->circuits, circuit_new(circuit_id, IMPACT_OUTAGE));
}
