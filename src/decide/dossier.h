/* One maintenance while a mail is decided on, and the guard that holds what a notice did to it against what the mail may do.
 * In: a maintenance, a notice's turn, a leave. Out: the maintenance as it may become. */
#ifndef MAILCLINIC_DOSSIER_H
#define MAILCLINIC_DOSSIER_H

#include "decide/leave.h"
#include "decide/turn.h"

struct dossier {
        const struct maintenance *before; /* borrowed; NULL: it is new */
        struct maintenance *after;        /* owned */
        GArray *remarks;                  /* struct remark */
        bool is_touched;                  /* the verdict is about it */
};

/* Of a known maintenance, or of a new one, which is taken over (`before` NULL). Caller frees. */
struct dossier *dossier_new(const struct maintenance *before, struct maintenance *made);
void dossier_free(struct dossier *dossier);

/* Conclude a turn: what goes beyond the leave is taken back, and the events that it would have changed get CHECK (DESIGN.md "Who sent
 * it"); what a doubtful mail makes waits for a person. `kept` is the maintenance before the turn; taken over. */
void dossier_conclude(struct dossier *dossier, struct turn *turn, struct maintenance *kept, enum leave leave, const char *why);

#endif
