/* What became of an act on a target: a calendar, the tracker.
 * In: filled by those who talk to it. Out: plain struct, for the outbox and for people. */
#include "out/outcome.h"

void outcome_release(struct outcome *outcome)
{
        g_clear_pointer(&outcome->why, g_free);
        g_clear_pointer(&outcome->copy, copy_free);
}
