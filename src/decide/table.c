/* The state table of CALENDAR.md 1: what a kind of notice does to an event in a state. Data; decide/effect.c carries it out.
 * In: the kind of a notice, the state of an event. Out: an effect. */
#include "decide/table.h"

#define ATTACH                                                                                                                             \
        {                                                                                                                                  \
                EFFECT_ATTACH, .ask = "its event waits for a person already"                                                               \
        }
#define NOTE(text)                                                                                                                         \
        {                                                                                                                                  \
                EFFECT_NOTE, .note = (text)                                                                                                \
        }

/* clang-format off */
static const struct cell table[KIND_COUNT][STATE_COUNT] = {
        [KIND_NEW] = {
                [STATE_NONE]       = {EFFECT_CREATE},
                [STATE_TENTATIVE]  = {EFFECT_UPDATE},
                [STATE_CONFIRMED]  = {EFFECT_UPDATE},
                [STATE_IN_PROCESS] = {EFFECT_UPDATE, .note = "announced again while running"},
                [STATE_COMPLETED]  = {EFFECT_RECUR, .ask = "a new window for what was completed"},
                [STATE_CANCELLED]  = {EFFECT_REOPEN_COMING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_REMINDER] = {
                [STATE_NONE]       = {EFFECT_CREATE},
                [STATE_TENTATIVE]  = {EFFECT_AGREE, .ask = "a reminder with other times than the event"},
                [STATE_CONFIRMED]  = {EFFECT_AGREE, .ask = "a reminder with other times than the event"},
                [STATE_IN_PROCESS] = {EFFECT_NOTHING},
                [STATE_COMPLETED]  = {EFFECT_NOTHING},
                [STATE_CANCELLED]  = {EFFECT_ASK, .ask = "a reminder of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_CONFIRMED] = {
                [STATE_NONE]       = {EFFECT_CREATE, STATE_CONFIRMED},
                [STATE_TENTATIVE]  = {EFFECT_UPDATE, STATE_CONFIRMED},
                [STATE_CONFIRMED]  = {EFFECT_AGREE, .ask = "a confirmation with other times than the event"},
                [STATE_IN_PROCESS] = {EFFECT_NOTHING},
                [STATE_COMPLETED]  = {EFFECT_NOTHING},
                [STATE_CANCELLED]  = {EFFECT_REOPEN, STATE_CONFIRMED},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_RESCHEDULE] = {
                [STATE_NONE]       = {EFFECT_CREATE},
                [STATE_TENTATIVE]  = {EFFECT_UPDATE},
                [STATE_CONFIRMED]  = {EFFECT_UPDATE},
                [STATE_IN_PROCESS] = {EFFECT_UPDATE, .ask = "moved while running"},
                [STATE_COMPLETED]  = {EFFECT_RECUR, .ask = "moved after it was completed"},
                [STATE_CANCELLED]  = {EFFECT_REOPEN},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_POSTPONED] = {
                [STATE_NONE]       = {EFFECT_CREATE, STATE_TENTATIVE, .ask = "postponed, and no date is known"},
                [STATE_TENTATIVE]  = {EFFECT_POSTPONE, STATE_TENTATIVE},
                [STATE_CONFIRMED]  = {EFFECT_POSTPONE, STATE_TENTATIVE},
                [STATE_IN_PROCESS] = {EFFECT_ASK, .ask = "postponed while running"},
                [STATE_COMPLETED]  = {EFFECT_NOTHING},
                [STATE_CANCELLED]  = {EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_EXTENDED] = {
                [STATE_NONE]       = {EFFECT_CREATE},
                [STATE_TENTATIVE]  = {EFFECT_EXTEND},
                [STATE_CONFIRMED]  = {EFFECT_EXTEND},
                [STATE_IN_PROCESS] = {EFFECT_EXTEND},
                [STATE_COMPLETED]  = {EFFECT_EXTEND_AGAIN, STATE_IN_PROCESS, .note = "extended after it was over"},
                [STATE_CANCELLED]  = {EFFECT_ASK, .ask = "an extension of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_UPDATE] = {
                [STATE_NONE]       = {EFFECT_CREATE},
                [STATE_TENTATIVE]  = {EFFECT_UPDATE},
                [STATE_CONFIRMED]  = {EFFECT_UPDATE},
                [STATE_IN_PROCESS] = {EFFECT_UPDATE},
                [STATE_COMPLETED]  = NOTE("updated after completion"),
                [STATE_CANCELLED]  = NOTE("updated after cancellation"),
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_STARTED] = {
                [STATE_NONE]       = {EFFECT_CREATE, STATE_IN_PROCESS},
                [STATE_TENTATIVE]  = {EFFECT_TELL, STATE_IN_PROCESS},
                [STATE_CONFIRMED]  = {EFFECT_TELL, STATE_IN_PROCESS},
                [STATE_IN_PROCESS] = {EFFECT_NOTHING},
                [STATE_COMPLETED]  = {EFFECT_NOTHING},
                [STATE_CANCELLED]  = {EFFECT_ASK, .ask = "a start of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_COMPLETED] = {
                [STATE_NONE]       = {EFFECT_CREATE_TIMED, STATE_COMPLETED},
                [STATE_TENTATIVE]  = {EFFECT_TELL, STATE_COMPLETED},
                [STATE_CONFIRMED]  = {EFFECT_TELL, STATE_COMPLETED},
                [STATE_IN_PROCESS] = {EFFECT_TELL, STATE_COMPLETED},
                [STATE_COMPLETED]  = {EFFECT_NOTHING},
                [STATE_CANCELLED]  = {EFFECT_ASK, .ask = "a completion of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_CANCELLED] = {
                [STATE_NONE]       = {EFFECT_CREATE_TIMED, STATE_CANCELLED},
                [STATE_TENTATIVE]  = {EFFECT_TELL, STATE_CANCELLED},
                [STATE_CONFIRMED]  = {EFFECT_TELL, STATE_CANCELLED},
                [STATE_IN_PROCESS] = {EFFECT_TELL, STATE_CANCELLED, .note = "aborted", .ask = "cancelled while running"},
                [STATE_COMPLETED]  = NOTE("cancelled after completion"),
                [STATE_CANCELLED]  = {EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_FAILED] = {
                [STATE_NONE]       = {EFFECT_KEEP},
                [STATE_TENTATIVE]  = NOTE("failed, or to be done again"),
                [STATE_CONFIRMED]  = NOTE("failed, or to be done again"),
                [STATE_IN_PROCESS] = {EFFECT_TELL, STATE_COMPLETED, .note = "failed, or to be done again"},
                [STATE_COMPLETED]  = NOTE("failed, or to be done again"),
                [STATE_CANCELLED]  = {EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        /* The column is the state of what is replaced: the new one is created in any, decide/replace.c ends the old one where it is live. */
        [KIND_REPLACED] = {
                [STATE_NONE]       = {EFFECT_CREATE},
                [STATE_TENTATIVE]  = {EFFECT_TELL, STATE_CANCELLED},
                [STATE_CONFIRMED]  = {EFFECT_TELL, STATE_CANCELLED},
                [STATE_IN_PROCESS] = {EFFECT_TELL, STATE_CANCELLED},
                [STATE_COMPLETED]  = {EFFECT_NOTHING},
                [STATE_CANCELLED]  = {EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_OTHER] = {
                [STATE_NONE]       = {EFFECT_NOTHING, .ask = "a notice of no known kind"},
                [STATE_TENTATIVE]  = {EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_CONFIRMED]  = {EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_IN_PROCESS] = {EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_COMPLETED]  = {EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_CANCELLED]  = {EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_REVIEW]     = ATTACH,
        },
};
/* clang-format on */

const struct cell *table_cell(enum kind kind, enum state state)
{
        return kind == KIND_NONE || kind == KIND_OUTAGE ? NULL : &table[kind][state];
}
