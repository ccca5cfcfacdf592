/* How far a reading may go (DESIGN.md "Who sent it", "The reading as JSON"): weak evidence makes nothing certain and ends nothing.
 * In: a reading, what is known of its mail, the configuration. Out: what it may do. */
#include "decide/leave.h"

static enum leave say(enum leave leave, const char *phrase, const char **why)
{
        *why = phrase;
        return leave;
}

static bool is_trusted(const struct policy *policy, const char *vendor)
{
        return policy->trusted && g_strv_contains(policy->trusted, vendor);
}

enum leave leave_of(const struct reading *reading, const struct past *past, const struct policy *policy, const char **why)
{
        if (!reading->vendor)
                return say(LEAVE_NOTHING, reading->needs_person && reading->other ? reading->other : "the vendor is not known", why);
        if (policy->by_person)
                return say(LEAVE_ALL, NULL, why);
        if (reading->is_by_words)
                return say(LEAVE_NOTHING, "only its words claim to be the vendor's", why);
        if (reading->confidence == CONFIDENCE_LOW)
                return say(LEAVE_NOTHING, "low confidence", why);
        if (past->is_other_text)
                return say(LEAVE_REVIEW, "its Message-ID is known with another text", why);
        if (reading->sender == SENDER_FAILED)
                return say(LEAVE_REVIEW, "the sender failed the checks of our mail server", why);
        if (reading->needs_person)
                return say(LEAVE_REVIEW, reading->other ? reading->other : "the reading asks for a person", why);
        if (reading->confidence == CONFIDENCE_MEDIUM)
                return say(LEAVE_REVIEW, "medium confidence", why);
        if (reading->sender == SENDER_UNCHECKED && !is_trusted(policy, reading->vendor))
                return say(LEAVE_NO_END, "a cancellation or an end from a sender that was not checked", why);
        return say(LEAVE_ALL, NULL, why);
}
