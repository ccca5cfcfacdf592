/* What a mail comes to: a table of readings and the resolution that DESIGN.md's words give them. */
#include "decide/resolution.h"

static const struct {
        const char *what;
        enum kind kind;
        enum status status;
        enum confidence confidence;
        enum sender sender;
        bool is_test, is_noise, needs_person;
        bool has_notice, has_window, has_no_end, has_no_id;
        enum status window_status;
        enum resolution resolution;
        const char *why;
} rows[] = {
        {.what = "a sure new notice",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_CALENDAR,
         .why = "new, high confidence"},
        {.what = "one with a doubt",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_MEDIUM,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "medium confidence"},
        {.what = "one of the generic reader",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "low confidence"},
        {.what = "nothing understood", .kind = KIND_OTHER, .resolution = RESOLUTION_REVIEW, .why = "because"},
        {.what = "a notice of a sender that failed",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .sender = SENDER_FAILED,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "the sender failed the checks of our mail server"},
        {.what = "noise", .kind = KIND_OTHER, .is_noise = true, .resolution = RESOLUTION_NONE, .why = "noise: because"},
        {.what = "noise of a sender that failed",
         .kind = KIND_OTHER,
         .is_noise = true,
         .sender = SENDER_FAILED,
         .resolution = RESOLUTION_REVIEW,
         .why = "the sender failed the checks of our mail server"},
        {.what = "noise that a person must see",
         .kind = KIND_OTHER,
         .is_noise = true,
         .needs_person = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "because"},
        {.what = "a dry run of the vendor",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .is_test = true,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_NONE,
         .why = "dry run of the vendor"},
        {.what = "a sure reminder",
         .kind = KIND_REMINDER,
         .status = STATUS_NO_CHANGE,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_NONE,
         .why = "a reminder: nothing changes"},
        {.what = "a reminder with a doubt",
         .kind = KIND_REMINDER,
         .status = STATUS_NO_CHANGE,
         .confidence = CONFIDENCE_MEDIUM,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "medium confidence"},
        {.what = "an outage report",
         .kind = KIND_OUTAGE,
         .confidence = CONFIDENCE_HIGH,
         .resolution = RESOLUTION_NONE,
         .why = "an outage report, no planned work"},
        {.what = "a cancellation that was checked",
         .kind = KIND_CANCELLED,
         .status = STATUS_CANCELLED,
         .confidence = CONFIDENCE_HIGH,
         .sender = SENDER_PASSED,
         .has_notice = true,
         .resolution = RESOLUTION_CALENDAR,
         .why = "cancelled, high confidence"},
        {.what = "a cancellation that was not",
         .kind = KIND_CANCELLED,
         .status = STATUS_CANCELLED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .has_window = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "a cancellation or an end from a sender that was not checked"},
        {.what = "a completion that was not",
         .kind = KIND_COMPLETED,
         .status = STATUS_COMPLETED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "a cancellation or an end from a sender that was not checked"},
        {.what = "an update of which one window is cancelled",
         .kind = KIND_UPDATE,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .has_window = true,
         .window_status = STATUS_CANCELLED,
         .resolution = RESOLUTION_REVIEW,
         .why = "a cancellation or an end from a sender that was not checked"},
        {.what = "a start without times",
         .kind = KIND_STARTED,
         .status = STATUS_IN_PROCESS,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .resolution = RESOLUTION_CALENDAR,
         .why = "started, high confidence"},
        {.what = "a new notice without times",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "a notice lacks its id or a window"},
        {.what = "a window without an end",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .has_window = true,
         .has_no_end = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "a notice lacks its id or a window"},
        {.what = "a notice without an id",
         .kind = KIND_NEW,
         .status = STATUS_CONFIRMED,
         .confidence = CONFIDENCE_HIGH,
         .has_notice = true,
         .has_window = true,
         .has_no_id = true,
         .resolution = RESOLUTION_REVIEW,
         .why = "a notice lacks its id or a window"},
};

static struct notice *notice_of(gsize i)
{
        struct notice *notice = notice_new();
        notice->maintenance_id = rows[i].has_no_id ? NULL : g_strdup("M-1");
        notice->status = rows[i].status;
        if (rows[i].has_window) {
                struct window *window = window_new();
                window->start = 1636876860;
                window->end = rows[i].has_no_end ? READING_NO_TIME : 1636894800;
                window->status = rows[i].window_status;
                g_ptr_array_add(notice->windows, window);
        }
        return notice;
}

static void test_rows(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct reading *reading = reading_new();
                g_autofree char *why = NULL;
                reading->kind = rows[i].kind;
                reading->other = rows[i].kind == KIND_OTHER ? g_strdup("because") : NULL;
                reading->confidence = rows[i].confidence;
                reading->sender = rows[i].sender;
                reading->is_test = rows[i].is_test;
                reading->is_noise = rows[i].is_noise;
                reading->needs_person = rows[i].needs_person;
                if (rows[i].has_notice)
                        g_ptr_array_add(reading->notices, notice_of(i));
                g_test_message("%s", rows[i].what);
                g_assert_cmpstr(resolution_word(resolution_of(reading, &why)), ==, resolution_word(rows[i].resolution));
                g_assert_cmpstr(why, ==, rows[i].why);
                reading_free(reading);
        }
}

/* A mail whose reader failed is never taken for noise or a notice. */
static void test_failed(void)
{
        struct reading *reading = reading_failed(STREAM_MAINT, "reader failed: it crashed");
        g_autofree char *why = NULL;
        g_assert_true(reading_has_failed(reading));
        g_assert_cmpint(resolution_of(reading, &why), ==, RESOLUTION_REVIEW);
        reading_free(reading);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/resolution/rows", test_rows);
        g_test_add_func("/resolution/failed", test_failed);
        return g_test_run();
}
