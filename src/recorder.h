/* Whole mailboxes into the ledger: mails decided in their order, recorded in batches so that deliveries never wait long.
 * In: raw mails and their readings. Out: verdicts, each recorded before it is shown. */
#ifndef MAILCLINIC_RECORDER_H
#define MAILCLINIC_RECORDER_H

#include "data/reading.h"
#include "data/settings.h"
#include "data/verdict.h"
#include "in/mbox.h"
#include "ledger/ledger.h"

#include <glib.h>

/* Shows a mail that was decided; all borrowed. */
typedef void recorder_show(void *data, const struct raw_mail *raw, const struct reading *reading, const struct verdict *verdict);

struct recorder;

/* Into what mails are recorded. */
enum recording {
        RECORDING_KEPT,  /* the ledger of the settings */
        RECORDING_DRY,   /* a copy of it in memory */
        RECORDING_AFRESH /* an empty one in memory */
};

/* NULL and an error. */
struct recorder *recorder_new(const struct settings *settings, const struct filters *filters, enum recording recording, recorder_show *show,
                              void *data, GError **error);

/* What is still in hand is dropped. */
void recorder_free(struct recorder *recorder);

/* Take over the next mail and its reading. false and an error: nothing of the batch was recorded. */
bool recorder_put(struct recorder *recorder, struct raw_mail *raw, struct reading *reading, GError **error);

/* Record what is in hand. */
bool recorder_flush(struct recorder *recorder, GError **error);

/* Carry out people's decisions again, each after the mail that it came after: those of a file (NULL: decisions.jsonl of the ledger) that
 * the ledger lacks. To be called before the first mail. */
bool recorder_redo(struct recorder *recorder, const char *path, GError **error);

/* All mails are recorded: carry out the rest. How many were, and why others were not (char *, borrowed). */
bool recorder_redo_rest(struct recorder *recorder, guint *n, const GPtrArray **faults, GError **error);

/* Queue acts for what is still to come after the newest mail, and for problems seen shortly before it (`--act`). How many. */
bool recorder_act(struct recorder *recorder, guint *n_events, guint *n_tasks, GError **error);

/* The ledger that is recorded into. Borrowed. */
struct ledger *recorder_ledger(const struct recorder *recorder);

/* Mails that were recorded, and that were known before. */
guint recorder_new_mails(const struct recorder *recorder);
guint recorder_known_mails(const struct recorder *recorder);

#endif
