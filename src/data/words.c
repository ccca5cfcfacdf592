/* The closed words of the program: what a status, an impact, a kind, a field ... may be called (DESIGN.md "Words").
 * In: text. Out: enums, and their one spelling. */
#include "data/words.h"

#include <stdbool.h>
#include <string.h>

static const char *const statuses[STATUS_COUNT] = {
        [STATUS_CANCELLED] = "CANCELLED",   [STATUS_COMPLETED] = "COMPLETED", [STATUS_RESCHEDULED] = "RE-SCHEDULED",
        [STATUS_IN_PROCESS] = "IN-PROCESS", [STATUS_TENTATIVE] = "TENTATIVE", [STATUS_CONFIRMED] = "CONFIRMED",
        [STATUS_NO_CHANGE] = "NO-CHANGE",
};
static const char *const impacts[IMPACT_COUNT] = {
        [IMPACT_OUTAGE] = "OUTAGE",
        [IMPACT_DEGRADED] = "DEGRADED",
        [IMPACT_REDUCED_REDUNDANCY] = "REDUCED-REDUNDANCY",
        [IMPACT_NO_IMPACT] = "NO-IMPACT",
};
static const char *const kinds[KIND_COUNT] = {
        [KIND_NEW] = "new",
        [KIND_CONFIRMED] = "confirmed",
        [KIND_UPDATE] = "update",
        [KIND_RESCHEDULE] = "reschedule",
        [KIND_POSTPONED] = "postponed",
        [KIND_EXTENDED] = "extended",
        [KIND_REMINDER] = "reminder",
        [KIND_STARTED] = "started",
        [KIND_COMPLETED] = "completed",
        [KIND_FAILED] = "failed",
        [KIND_CANCELLED] = "cancelled",
        [KIND_REPLACED] = "replaced",
        [KIND_OUTAGE] = "outage",
        [KIND_OTHER] = "other",
};
static const char *const natures[NATURE_COUNT] = {
        [NATURE_EMERGENCY] = "emergency", [NATURE_REMINDER] = "reminder", [NATURE_UPDATE] = "update",
        [NATURE_CONFIRMED] = "confirmed", [NATURE_EXTENDED] = "extended", [NATURE_POSTPONED] = "postponed",
        [NATURE_FAILED] = "failed",       [NATURE_REPLACED] = "replaced", [NATURE_OUTAGE] = "outage",
};
static const char *const fields[FIELD_COUNT] = {
        [FIELD_REF] = "ref",           [FIELD_REVISION] = "revision",     [FIELD_STATUS] = "status",
        [FIELD_TITLE] = "title",       [FIELD_ACCOUNT] = "account",       [FIELD_LOCATION] = "location",
        [FIELD_IMPACT] = "impact",     [FIELD_CIRCUIT] = "circuit",       [FIELD_ALIAS] = "alias",
        [FIELD_ZONE] = "zone",         [FIELD_START] = "start",           [FIELD_END] = "end",
        [FIELD_DATE] = "date",         [FIELD_START_DATE] = "start_date", [FIELD_START_TIME] = "start_time",
        [FIELD_END_DATE] = "end_date", [FIELD_END_TIME] = "end_time",     [FIELD_DURATION] = "duration",
        [FIELD_NEAR] = "near",         [FIELD_BACKUP] = "backup",
};
static const char *const root_fields[ROOT_FIELD_COUNT] = {
        [ROOT_HOST] = "host",       [ROOT_USER] = "user", [ROOT_JOB] = "job",     [ROOT_UNIT] = "unit",       [ROOT_DEVICE] = "device",
        [ROOT_SERVICE] = "service", [ROOT_EXIT] = "exit", [ROOT_EVENT] = "event", [ROOT_ADDRESS] = "address",
};
static const char *const roles[] = {[ROLE_PRIMARY] = "primary", [ROLE_BACKUP] = "backup"};
static const char *const confidences[] = {[CONFIDENCE_LOW] = "low", [CONFIDENCE_MEDIUM] = "medium", [CONFIDENCE_HIGH] = "high"};
static const char *const senders[] = {[SENDER_UNCHECKED] = "unchecked", [SENDER_PASSED] = "passed", [SENDER_FAILED] = "failed"};
static const char *const streams[] = {[STREAM_MAINT] = "maint", [STREAM_ROOT] = "root"};
static const char *const resolutions[] = {
        [RESOLUTION_NONE] = "none",
        [RESOLUTION_CALENDAR] = "calendar",
        [RESOLUTION_TASK] = "task",
        [RESOLUTION_REVIEW] = "review",
};
static const char *const resolution_phrases[] = {
        [RESOLUTION_NONE] = "no action needed",
        [RESOLUTION_CALENDAR] = "added to calendar",
        [RESOLUTION_TASK] = "task",
        [RESOLUTION_REVIEW] = "needs you",
};
static const char *const done_phrases[DONE_COUNT] = {
        [DONE_ADDED] = "added to calendar",
        [DONE_ADDED_COMPLETED] = "added as completed",
        [DONE_ADDED_CANCELLED] = "added as cancelled",
        [DONE_MOVED] = "moved in the calendar",
        [DONE_POSTPONED] = "marked postponed",
        [DONE_STARTED] = "marked started",
        [DONE_COMPLETED] = "marked completed",
        [DONE_CANCELLED] = "cancelled in the calendar",
        [DONE_REOPENED] = "back in the calendar",
        [DONE_CHANGED] = "changed in the calendar",
};
static const char *const bodies[BODY_COUNT] = {[BODY_HTML] = "html", [BODY_TEXT] = "text", [BODY_ICS] = "ics"};
static const char *const enclosed_bodies[BODY_COUNT] = {
        [BODY_HTML] = "enclosed html", [BODY_TEXT] = "enclosed text", [BODY_ICS] = "enclosed ics"};

static int from_word(const char *const *words, guint n, const char *word)
{
        for (guint i = 0; i < n; i++)
                if (words[i] && g_ascii_strcasecmp(words[i], word) == 0)
                        return (int)i;
        return -1;
}

/* Each closed word has the same two functions over its table. */
#define WORD(name, type, table)                                                                                                            \
        const char *name##_word(type member)                                                                                               \
        {                                                                                                                                  \
                return table[member];                                                                                                      \
        }
#define FROM_WORD(name, table)                                                                                                             \
        int name##_from_word(const char *word)                                                                                             \
        {                                                                                                                                  \
                return from_word(table, G_N_ELEMENTS(table), word);                                                                        \
        }

WORD(status, enum status, statuses)
WORD(impact, enum impact, impacts)
WORD(kind, enum kind, kinds)
WORD(nature, enum nature, natures)
WORD(field, enum field, fields)
WORD(root_field, enum root_field, root_fields)
WORD(role, enum role, roles)
WORD(confidence, enum confidence, confidences)
WORD(sender, enum sender, senders)
WORD(stream, enum stream, streams)
WORD(resolution, enum resolution, resolutions)

const char *resolution_phrase(enum resolution resolution)
{
        return resolution_phrases[resolution];
}

const char *done_phrase(enum done done)
{
        return done_phrases[done];
}

/* Ledgers of earlier days say "event corrected". */
static const char *done_of(const char *reason)
{
        for (int i = 0; i < DONE_COUNT; i++)
                if (g_str_has_prefix(reason, done_phrases[i]) && reason[strlen(done_phrases[i])] == ':')
                        return done_phrases[i];
        return g_str_has_prefix(reason, "event corrected:") ? done_phrases[DONE_CHANGED] : NULL;
}

const char *resolution_done(enum resolution resolution, const GPtrArray *reasons)
{
        for (guint i = 0; resolution == RESOLUTION_CALENDAR && i < reasons->len; i++) {
                const char *done = done_of(reasons->pdata[i]);
                if (done)
                        return done;
        }
        return resolution_phrase(resolution);
}

const char *reason_behind(const char *done, const char *reason)
{
        bool is_told = reason && g_str_has_prefix(reason, done) && g_str_has_prefix(reason + strlen(done), ": ");
        return is_told ? reason + strlen(done) + strlen(": ") : reason;
}

WORD(body, enum body, bodies)
WORD(enclosed, enum body, enclosed_bodies)

FROM_WORD(status, statuses)
FROM_WORD(impact, impacts)
FROM_WORD(kind, kinds)
FROM_WORD(field, fields)
FROM_WORD(root_field, root_fields)
FROM_WORD(role, roles)
FROM_WORD(confidence, confidences)
FROM_WORD(sender, senders)
FROM_WORD(stream, streams)
