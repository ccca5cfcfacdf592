/* A reading: all that one mail says, found without looking at any other mail; and its notices, windows and circuits.
 * In: filled by the reader, or read back from its JSON line. Out: plain structs. */
#include "data/reading.h"

struct circuit *circuit_new(const char *circuit_id, enum impact impact)
{
        struct circuit *circuit = g_new0(struct circuit, 1);
        circuit->circuit_id = g_strdup(circuit_id);
        circuit->impact = impact;
        return circuit;
}

void circuit_free(struct circuit *circuit)
{
        if (!circuit)
                return;
        g_free(circuit->circuit_id);
        g_free(circuit);
}

struct window *window_new(void)
{
        struct window *window = g_new0(struct window, 1);
        window->start = window->end = READING_NO_TIME;
        window->circuits = g_ptr_array_new_with_free_func((GDestroyNotify)circuit_free);
        return window;
}

void window_free(struct window *window)
{
        if (!window)
                return;
        g_free(window->written);
        g_ptr_array_unref(window->circuits);
        g_free(window);
}

struct notice *notice_new(void)
{
        struct notice *notice = g_new0(struct notice, 1);
        notice->windows = g_ptr_array_new_with_free_func((GDestroyNotify)window_free);
        notice->circuits = g_ptr_array_new_with_free_func((GDestroyNotify)circuit_free);
        return notice;
}

void notice_free(struct notice *notice)
{
        if (!notice)
                return;
        g_free(notice->maintenance_id);
        g_free(notice->account);
        g_free(notice->summary);
        g_free(notice->revision);
        g_free(notice->location);
        g_ptr_array_unref(notice->windows);
        g_ptr_array_unref(notice->circuits);
        g_free(notice);
}

void evidence_free(struct evidence *evidence)
{
        if (!evidence)
                return;
        g_free(evidence->field);
        g_free(evidence->value);
        g_free(evidence->rule);
        g_free(evidence->where);
        g_free(evidence);
}

struct reading *reading_new(void)
{
        struct reading *reading = g_new0(struct reading, 1);
        reading->date = READING_NO_TIME;
        reading->reasons = g_ptr_array_new_with_free_func(g_free);
        reading->notices = g_ptr_array_new_with_free_func((GDestroyNotify)notice_free);
        reading->evidence = g_ptr_array_new_with_free_func((GDestroyNotify)evidence_free);
        reading->tried = g_ptr_array_new_with_free_func(g_free);
        reading->thread.references = g_ptr_array_new_with_free_func(g_free);
        reading->thread.calendar_sequence = -1;
        reading->thread.received = READING_NO_TIME;
        return reading;
}

static void thread_release(struct thread *thread)
{
        g_ptr_array_unref(thread->references);
        g_free(thread->list_id);
        g_free(thread->list_archive);
        g_free(thread->list_post);
        g_free(thread->text_hash);
        g_free(thread->calendar_uid);
}

void reading_free(struct reading *reading)
{
        if (!reading)
                return;
        g_free(reading->message_id);
        g_free(reading->vendor);
        g_free(reading->other);
        g_free(reading->from);
        g_free(reading->subject);
        g_free(reading->vendor_name);
        g_ptr_array_unref(reading->reasons);
        g_ptr_array_unref(reading->notices);
        root_free(reading->root);
        g_ptr_array_unref(reading->evidence);
        g_ptr_array_unref(reading->tried);
        thread_release(&reading->thread);
        g_free(reading);
}

void reading_reason(struct reading *reading, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_ptr_array_add(reading->reasons, g_strdup_vprintf(format, arguments));
        va_end(arguments);
}

static const char failed[] = "the reader failed";

struct reading *reading_failed(enum stream stream, const char *why)
{
        struct reading *reading = reading_new();
        reading->stream = stream;
        reading->kind = KIND_OTHER;
        reading->other = g_strdup(failed);
        reading->needs_person = true;
        reading_reason(reading, "%s", why);
        return reading;
}

bool reading_has_failed(const struct reading *reading)
{
        return g_strcmp0(reading->other, failed) == 0;
}

char *instant_text(gint64 at)
{
        if (at == READING_NO_TIME)
                return NULL;
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

const char *reading_kind(const struct reading *reading)
{
        return reading->root ? reading->root->kind : kind_word(reading->kind);
}
