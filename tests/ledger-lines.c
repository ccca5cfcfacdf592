/* What a ledger holds, as lines that a story's expectation is written in.
 * In: the directory of a ledger. Out: one line a mail: its resolution and cell; then one line an event, or a maintenance without any. */
#include "ledger/ledger.h"

#include <stdio.h>

static bool print_mail(const struct entry *entry, G_GNUC_UNUSED void *data)
{
        printf("mail %s %s\n", resolution_word(entry->resolution), entry->cell ? entry->cell : "-");
        return true;
}

static void print_event(const struct maintenance *maintenance, const struct event *event)
{
        g_autofree char *start = instant_text(event->start), *end = instant_text(event->end);
        printf("%s %d %s %.16s %.16s seq %d%s%s%s\n", maintenance->key, event->ordinal, state_word(event->state), start ? start : "-",
               end ? end : "-", event->sequence, event->role == ROLE_BACKUP ? " backup" : "", event->is_postponed ? " postponed" : "",
               event->is_checked ? "" : " CHECK");
}

static bool print_maintenance(const struct maintenance *maintenance, G_GNUC_UNUSED void *data)
{
        for (guint i = 0; i < maintenance->events->len; i++)
                print_event(maintenance, maintenance->events->pdata[i]);
        if (!maintenance->events->len)
                printf("%s %s\n", maintenance->key, maintenance->is_tombstone ? "tombstone" : "no event");
        return true;
}

int main(int argc, char **argv)
{
        g_autoptr(GError) error = NULL;
        struct wanted wanted = {.resolution = -1};
        struct ledger *ledger = argc == 2 ? ledger_open(argv[1], &error) : NULL;
        bool is_fine = ledger && ledger_mails(ledger, &wanted, print_mail, NULL, &error) &&
                       ledger_maintenances(ledger, G_MININT64, print_maintenance, NULL, &error);
        ledger_free(ledger);
        if (error)
                fprintf(stderr, "ledger-lines: %s\n", error->message);
        return !is_fine;
}
