/* What a tracker knows of the names that the configuration gives, asked once a run: Conduit takes a name that it does not know without a
 * word (TRACKER.md "Silently accepted").
 * In: a connection, the configuration. Out: PHIDs, statuses and priorities, and the names that are missing. */
#ifndef MAILCLINIC_KNOWN_H
#define MAILCLINIC_KNOWN_H

#include "data/settings.h"
#include "out/conduit.h"

struct known {
        gint64 parent; /* number of the task */
        char *parent_phid, *bot;
        GHashTable *projects, *users;    /* char *: name to PHID, as far as they are known */
        GHashTable *priorities, *closed; /* char *: keywords; statuses of closed tasks */
        GPtrArray *statuses;             /* char *: all of them, in the tracker's order */
        char *open, *resolved, *merged;  /* statuses */
        char *view;                      /* value of the view policy; NULL: the tracker's own */
        bool is_restricted;              /* it is a project's, and that is there */
        GString *missing;                /* "project 'x', user 'y'"; "": all are there */
};

/* Ask for everything. `clinicians` are users, NULL-terminated; NULL: none. HEARD_OK: asked; where the parent cannot be seen, parent_phid is
 * NULL. To be released in any case. */
void known_ask(struct known *known, struct conduit *conduit, const struct settings *settings, const char *const *clinicians,
               struct call *call);
void known_release(struct known *known);

#endif
