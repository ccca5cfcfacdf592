/* How far a reading may go (DESIGN.md "Who sent it", "The reading as JSON"): weak evidence makes nothing certain and ends nothing.
 * In: a reading, what is known of its mail, the configuration. Out: what it may do. */
#include "decide/leave.h"

#include <string.h>

#define NOTICE  "filter "
#define REQUEST "filter noise/"

#define BY_WORDS  "only its words claim to be the vendor's"
#define FAILED    "the sender failed the checks of our mail server"
#define UNCHECKED "a cancellation or an end from a sender that was not checked"

bool leave_is_of_sender(const char *why)
{
        return g_str_equal(why, BY_WORDS) || g_str_equal(why, FAILED) || g_str_equal(why, UNCHECKED);
}

static enum leave say(enum leave leave, const char *phrase, const char **why)
{
        *why = phrase;
        return leave;
}

static bool is_trusted(const struct policy *policy, const char *vendor)
{
        return policy->trusted && g_strv_contains(policy->trusted, vendor);
}

/* The reader says what claimed the mail and which notice it is, and then what is doubtful about it, the gravest first. */
static const char *first_doubt(const struct reading *reading, const char *otherwise)
{
        const char *doubt = NULL;
        for (guint i = 0; i < reading->reasons->len; i++) {
                const char *reason = reading->reasons->pdata[i];
                if (g_str_has_prefix(reason, REQUEST))
                        break;
                if (g_str_has_prefix(reason, NOTICE))
                        doubt = i + 1 < reading->reasons->len ? reading->reasons->pdata[i + 1] : NULL;
        }
        return doubt && !g_str_has_prefix(doubt, NOTICE) ? doubt : otherwise;
}

/* What the mail is beside a notice ("moderation"), or what went wrong when it was read. */
static const char *why_asked(const struct reading *reading)
{
        for (guint i = 0; i < reading->reasons->len; i++) {
                const char *reason = reading->reasons->pdata[i], *colon = strstr(reason, ": ");
                if (g_str_has_prefix(reason, REQUEST) && colon)
                        return colon + strlen(": ");
        }
        return first_doubt(reading, "the reading asks for a person");
}

enum leave leave_of(const struct reading *reading, const struct past *past, const struct policy *policy, const char **why)
{
        if (!reading->vendor)
                return say(LEAVE_NOTHING, reading->needs_person && reading->other ? reading->other : "the vendor is not known", why);
        if (policy->by_person)
                return say(LEAVE_ALL, NULL, why);
        if (reading->is_by_words)
                return say(LEAVE_NOTHING, BY_WORDS, why);
        if (reading->confidence == CONFIDENCE_LOW)
                return say(LEAVE_NOTHING, "low confidence", why);
        if (past->is_other_text)
                return say(LEAVE_REVIEW, "its Message-ID is known with another text", why);
        if (reading->sender == SENDER_FAILED)
                return say(LEAVE_REVIEW, FAILED, why);
        if (reading->needs_person)
                return say(LEAVE_REVIEW, reading->other ? reading->other : why_asked(reading), why);
        if (reading->confidence == CONFIDENCE_MEDIUM)
                return say(LEAVE_REVIEW, first_doubt(reading, "medium confidence"), why);
        if (reading->sender == SENDER_UNCHECKED && !is_trusted(policy, reading->vendor))
                return say(LEAVE_NO_END, UNCHECKED, why);
        return say(LEAVE_ALL, NULL, why);
}
