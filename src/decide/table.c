/* The state table of CALENDAR.md 1: what a kind of notice does to an event in a state. Data; decide/effect.c carries it out.
 * In: the kind of a notice, the state of an event. Out: an effect. */
#include "decide/table.h"

#define ATTACH                                                                                                                             \
        {                                                                                                                                  \
                .effect = EFFECT_ATTACH, .ask = "its event waits for a person already"                                                     \
        }
#define NOTE(text)                                                                                                                         \
        {                                                                                                                                  \
                .effect = EFFECT_NOTE, .note = (text)                                                                                      \
        }

/* clang-format off */
static const struct cell table[KIND_COUNT][STATE_COUNT] = {
        [KIND_NEW] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE},
                [STATE_TENTATIVE]  = {.effect = EFFECT_UPDATE},
                [STATE_CONFIRMED]  = {.effect = EFFECT_UPDATE},
                [STATE_IN_PROCESS] = {.effect = EFFECT_UPDATE, .note = "announced again while running"},
                [STATE_COMPLETED]  = {.effect = EFFECT_RECUR, .ask = "a new window for what was completed"},
                [STATE_CANCELLED]  = {.effect = EFFECT_REOPEN_COMING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_REMINDER] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE},
                [STATE_TENTATIVE]  = {.effect = EFFECT_AGREE, .ask = "a reminder with other times than the event"},
                [STATE_CONFIRMED]  = {.effect = EFFECT_AGREE, .ask = "a reminder with other times than the event"},
                [STATE_IN_PROCESS] = {.effect = EFFECT_NOTHING},
                [STATE_COMPLETED]  = {.effect = EFFECT_NOTHING},
                [STATE_CANCELLED]  = {.effect = EFFECT_ASK, .ask = "a reminder of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_CONFIRMED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE, .to = STATE_CONFIRMED},
                [STATE_TENTATIVE]  = {.effect = EFFECT_UPDATE, .to = STATE_CONFIRMED},
                [STATE_CONFIRMED]  = {.effect = EFFECT_AGREE, .ask = "a confirmation with other times than the event"},
                [STATE_IN_PROCESS] = {.effect = EFFECT_NOTHING},
                [STATE_COMPLETED]  = {.effect = EFFECT_NOTHING},
                [STATE_CANCELLED]  = {.effect = EFFECT_REOPEN, .to = STATE_CONFIRMED},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_RESCHEDULE] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE},
                [STATE_TENTATIVE]  = {.effect = EFFECT_UPDATE},
                [STATE_CONFIRMED]  = {.effect = EFFECT_UPDATE},
                [STATE_IN_PROCESS] = {.effect = EFFECT_UPDATE, .ask = "moved while running"},
                [STATE_COMPLETED]  = {.effect = EFFECT_RECUR, .ask = "moved after it was completed"},
                [STATE_CANCELLED]  = {.effect = EFFECT_REOPEN},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_POSTPONED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE, .to = STATE_TENTATIVE, .ask = "postponed, and no date is known"},
                [STATE_TENTATIVE]  = {.effect = EFFECT_POSTPONE, .to = STATE_TENTATIVE},
                [STATE_CONFIRMED]  = {.effect = EFFECT_POSTPONE, .to = STATE_TENTATIVE},
                [STATE_IN_PROCESS] = {.effect = EFFECT_ASK, .ask = "postponed while running"},
                [STATE_COMPLETED]  = {.effect = EFFECT_NOTHING},
                [STATE_CANCELLED]  = {.effect = EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_EXTENDED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE},
                [STATE_TENTATIVE]  = {.effect = EFFECT_EXTEND},
                [STATE_CONFIRMED]  = {.effect = EFFECT_EXTEND},
                [STATE_IN_PROCESS] = {.effect = EFFECT_EXTEND},
                [STATE_COMPLETED]  = {.effect = EFFECT_EXTEND_AGAIN, .to = STATE_IN_PROCESS, .note = "extended after it was over"},
                [STATE_CANCELLED]  = {.effect = EFFECT_ASK, .ask = "an extension of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_UPDATE] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE},
                [STATE_TENTATIVE]  = {.effect = EFFECT_UPDATE},
                [STATE_CONFIRMED]  = {.effect = EFFECT_UPDATE},
                [STATE_IN_PROCESS] = {.effect = EFFECT_UPDATE},
                [STATE_COMPLETED]  = NOTE("updated after completion"),
                [STATE_CANCELLED]  = NOTE("updated after cancellation"),
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_STARTED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE, .to = STATE_IN_PROCESS},
                [STATE_TENTATIVE]  = {.effect = EFFECT_TELL, .to = STATE_IN_PROCESS},
                [STATE_CONFIRMED]  = {.effect = EFFECT_TELL, .to = STATE_IN_PROCESS},
                [STATE_IN_PROCESS] = {.effect = EFFECT_NOTHING},
                [STATE_COMPLETED]  = {.effect = EFFECT_NOTHING},
                [STATE_CANCELLED]  = {.effect = EFFECT_ASK, .ask = "a start of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_COMPLETED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE_TIMED, .to = STATE_COMPLETED},
                [STATE_TENTATIVE]  = {.effect = EFFECT_TELL, .to = STATE_COMPLETED},
                [STATE_CONFIRMED]  = {.effect = EFFECT_TELL, .to = STATE_COMPLETED},
                [STATE_IN_PROCESS] = {.effect = EFFECT_TELL, .to = STATE_COMPLETED},
                [STATE_COMPLETED]  = {.effect = EFFECT_NOTHING},
                [STATE_CANCELLED]  = {.effect = EFFECT_ASK, .ask = "a completion of what was cancelled"},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_CANCELLED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE_TIMED, .to = STATE_CANCELLED},
                [STATE_TENTATIVE]  = {.effect = EFFECT_TELL, .to = STATE_CANCELLED},
                [STATE_CONFIRMED]  = {.effect = EFFECT_TELL, .to = STATE_CANCELLED},
                [STATE_IN_PROCESS] = {.effect = EFFECT_TELL, .to = STATE_CANCELLED, .note = "aborted", .ask = "cancelled while running"},
                [STATE_COMPLETED]  = NOTE("cancelled after completion"),
                [STATE_CANCELLED]  = {.effect = EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_FAILED] = {
                [STATE_NONE]       = {.effect = EFFECT_KEEP},
                [STATE_TENTATIVE]  = NOTE("failed, or to be done again"),
                [STATE_CONFIRMED]  = NOTE("failed, or to be done again"),
                [STATE_IN_PROCESS] = {.effect = EFFECT_TELL, .to = STATE_COMPLETED, .note = "failed, or to be done again"},
                [STATE_COMPLETED]  = NOTE("failed, or to be done again"),
                [STATE_CANCELLED]  = {.effect = EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        /* The column is the state of what is replaced: the new one is created in any, decide/replace.c ends the old one where it is live. */
        [KIND_REPLACED] = {
                [STATE_NONE]       = {.effect = EFFECT_CREATE},
                [STATE_TENTATIVE]  = {.effect = EFFECT_TELL, .to = STATE_CANCELLED},
                [STATE_CONFIRMED]  = {.effect = EFFECT_TELL, .to = STATE_CANCELLED},
                [STATE_IN_PROCESS] = {.effect = EFFECT_TELL, .to = STATE_CANCELLED},
                [STATE_COMPLETED]  = {.effect = EFFECT_NOTHING},
                [STATE_CANCELLED]  = {.effect = EFFECT_NOTHING},
                [STATE_REVIEW]     = ATTACH,
        },
        [KIND_OTHER] = {
                [STATE_NONE]       = {.effect = EFFECT_NOTHING, .ask = "a notice of no known kind"},
                [STATE_TENTATIVE]  = {.effect = EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_CONFIRMED]  = {.effect = EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_IN_PROCESS] = {.effect = EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_COMPLETED]  = {.effect = EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_CANCELLED]  = {.effect = EFFECT_ATTACH, .ask = "a notice of no known kind"},
                [STATE_REVIEW]     = ATTACH,
        },
};
/* clang-format on */

const struct cell *table_cell(enum kind kind, enum state state)
{
        return kind == KIND_NONE || kind == KIND_OUTAGE ? NULL : &table[kind][state];
}
