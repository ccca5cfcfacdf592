/* What a mail comes to in the clinician's words, as far as the mail alone can tell.
 * In: a reading. Out: its resolution, and why. */
#include "decide/resolution.h"

/* Kinds that take an event away or end it: an unchecked sender's does not touch the event (DESIGN.md "Who sent it"). */
static const bool ends_event[KIND_COUNT] = {[KIND_CANCELLED] = true, [KIND_REPLACED] = true, [KIND_COMPLETED] = true};

static bool is_end(enum status status)
{
        return status == STATUS_CANCELLED || status == STATUS_COMPLETED;
}

/* Whether any notice or window of the mail is cancelled or over. */
static bool has_end(const struct reading *reading)
{
        if (ends_event[reading->kind])
                return true;
        for (guint i = 0; i < reading->notices->len; i++) {
                const struct notice *notice = reading->notices->pdata[i];
                if (is_end(notice->status))
                        return true;
                for (guint j = 0; j < notice->windows->len; j++)
                        if (is_end(((const struct window *)notice->windows->pdata[j])->status))
                                return true;
        }
        return false;
}

/* Whether a notice can be put into a calendar: it has an id, and a window unless it only ends one. */
static bool is_whole(const struct notice *notice)
{
        if (!notice->maintenance_id)
                return false;
        for (guint i = 0; i < notice->windows->len; i++) {
                const struct window *window = notice->windows->pdata[i];
                if (window->start == READING_NO_TIME || window->end == READING_NO_TIME)
                        return false;
        }
        return notice->windows->len > 0 || is_end(notice->status) || notice->status == STATUS_IN_PROCESS;
}

static bool are_whole(const GPtrArray *notices)
{
        for (guint i = 0; i < notices->len; i++)
                if (!is_whole(notices->pdata[i]))
                        return false;
        return notices->len > 0;
}

/* What needs no action, in so many words; NULL: there is no such evidence. */
static char *why_none(const struct reading *reading)
{
        if (reading->is_test)
                return g_strdup("dry run of the vendor");
        if (reading->is_noise)
                return g_strdup_printf("noise: %s", reading->other ? reading->other : "no reason given");
        if (reading->confidence != CONFIDENCE_HIGH)
                return NULL;
        if (reading->kind == KIND_REMINDER)
                return g_strdup("a reminder: nothing changes");
        return reading->kind == KIND_OUTAGE ? g_strdup("an outage report, no planned work") : NULL;
}

/* What a person must look at, in so many words; NULL: nothing. */
static char *why_review(const struct reading *reading)
{
        if (reading->needs_person)
                return g_strdup(reading->other ? reading->other : "the reading asks for a person");
        if (reading->sender == SENDER_FAILED)
                return g_strdup("the sender failed the checks of our mail server");
        if (reading->notices->len == 0)
                return g_strdup(reading->other ? reading->other : "no notice was found in it");
        if (reading->confidence != CONFIDENCE_HIGH)
                return g_strdup_printf("%s confidence", confidence_word(reading->confidence));
        if (reading->sender == SENDER_UNCHECKED && has_end(reading))
                return g_strdup("a cancellation or an end from a sender that was not checked");
        return are_whole(reading->notices) ? NULL : g_strdup("a notice lacks its id or a window");
}

enum resolution resolution_of(const struct reading *reading, char **why)
{
        bool is_for_person = reading->needs_person || reading->sender == SENDER_FAILED;
        *why = is_for_person ? NULL : why_none(reading);
        if (*why)
                return RESOLUTION_NONE;
        *why = why_review(reading);
        if (*why)
                return RESOLUTION_REVIEW;
        *why = g_strdup_printf("%s, high confidence", kind_word(reading->kind));
        return RESOLUTION_CALENDAR;
}
