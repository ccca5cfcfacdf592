/* All mails of some paths, one at a time.
 * In: paths. Out: the bytes of one mail after another. */
#include "in/mailbox.h"

#include "in/listing.h"

struct mailbox {
        GPtrArray *list; /* struct listed */
        guint next;      /* in the list */
        struct mbox *open;
        gint64 done, total; /* bytes; done without the open file */
};

static void free_listed(void *data)
{
        listed_free(data);
}

struct mailbox *mailbox_new(const char *const *paths)
{
        struct mailbox *mailbox = g_new0(struct mailbox, 1);

        mailbox->list = g_ptr_array_new_with_free_func(free_listed);
        for (; *paths != NULL; paths++)
                listing_add(mailbox->list, *paths);
        for (guint i = 0; i < mailbox->list->len; i++)
                mailbox->total += ((const struct listed *)mailbox->list->pdata[i])->size;
        return mailbox;
}

void mailbox_free(struct mailbox *mailbox)
{
        if (mailbox == NULL)
                return;
        mbox_free(mailbox->open);
        g_ptr_array_unref(mailbox->list);
        g_free(mailbox);
}

/* Open the next file of the list. */
static bool open_next(struct mailbox *mailbox, GError **error)
{
        struct listed *listed = mailbox->list->pdata[mailbox->next++];

        if (listed->error != NULL)
                g_propagate_error(error, g_steal_pointer(&listed->error));
        else
                mailbox->open = mbox_open(listed->path, listed->is_mail, error);
        if (mailbox->open == NULL)
                mailbox->done += listed->size;
        return mailbox->open != NULL;
}

static void close_open(struct mailbox *mailbox)
{
        const struct listed *listed = mailbox->list->pdata[mailbox->next - 1];

        mailbox->done += listed->size;
        g_clear_pointer(&mailbox->open, mbox_free);
}

struct raw_mail *mailbox_next(struct mailbox *mailbox, GError **error)
{
        for (;;) {
                GError *failure = NULL;
                struct raw_mail *mail;

                if (mailbox->open == NULL && mailbox->next == mailbox->list->len)
                        return NULL;
                if (mailbox->open == NULL && !open_next(mailbox, error))
                        return NULL;
                mail = mbox_next(mailbox->open, &failure);
                if (mail != NULL)
                        return mail;
                close_open(mailbox);
                if (failure != NULL) {
                        g_propagate_error(error, failure);
                        return NULL;
                }
        }
}

void mailbox_progress(const struct mailbox *mailbox, guint64 *done, guint64 *total)
{
        gint64 at = mailbox->open != NULL ? mbox_at(mailbox->open) : 0;

        *total = (guint64)mailbox->total;
        *done = (guint64)MIN(mailbox->done + at, mailbox->total);
}
