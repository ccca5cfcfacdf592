/* Mails that our own programs or another robot sent back: acting on one could begin a loop (DELIVERY.md G19).
 * In: a mail and its reading. Out: why it is one. */
#include "loop.h"

#include "ledger/raw.h"

#include <string.h>

const char *loop_why(GBytes *mail, const struct reading *reading, const char *sender)
{
        if (reading->is_noise && !reading->needs_person)
                return NULL;
        g_autofree char *loop = raw_field(mail, "X-Loop"), *task = raw_field(mail, "X-Phabricator-*");
        g_autofree char *automatic = raw_field(mail, "Auto-Submitted"), *path = raw_field(mail, "Return-path");
        bool is_vouched = reading->sender == SENDER_PASSED && reading->confidence == CONFIDENCE_HIGH;
        if (task || (loop && strstr(loop, "mailclinic")))
                return "it is a mail of our own programs";
        /* What was not delivered, and what robots answer, is a matter of root@; a bounce says both of itself. */
        if (reading->stream == STREAM_ROOT)
                return NULL;
        if (automatic && g_ascii_strncasecmp(automatic, "auto-replied", strlen("auto-replied")) == 0)
                return "it is an automatic reply";
        bool is_bounce = (sender && !*sender) || g_strcmp0(path, "<>") == 0;
        return is_bounce && !is_vouched ? "it is a bounce" : NULL;
}
