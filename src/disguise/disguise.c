/* A mail as a sample for others: whatever is personal in it is replaced, and it stays the same mail in all else: as long, with the same
 * parts and encodings, and with the words that filters look for. In: the bytes of a mail, a key, facts. Out: its bytes, and what was
 * replaced. */
#include "disguise/disguise.h"

#include "base/fail.h"
#include "disguise/find.h"
#include "disguise/mark.h"

#include <string.h>

struct work {
        struct find find;
        char *mail;
        guint n_sealed;
};

static void mark_leaf(const struct leaf *leaf)
{
        mark_charset(leaf->view, leaf->charset);
        if (leaf->sort == LEAF_HTML)
                mark_html(leaf->view);
        if (leaf->sort == LEAF_CALENDAR)
                view_unfold(leaf->view, true);
}

static void look(const struct leaf *leaf, void *data)
{
        struct work *work = data;
        if (leaf->sort == LEAF_SEALED)
                return;
        mark_leaf(leaf);
        find_in(&work->find, leaf);
}

/* Still base64, quoted-printable or whatever it was. */
static void blot(char *mail, gsize start, gsize end)
{
        for (gsize i = start; i < end; i++)
                if (g_ascii_isalpha(mail[i]))
                        mail[i] = 'A';
                else if (g_ascii_isdigit(mail[i]))
                        mail[i] = '0';
                else if ((guchar)mail[i] >= 0x80 || (mail[i] < ' ' && mail[i] != '\n' && mail[i] != '\r' && mail[i] != '\t'))
                        mail[i] = '?';
}

/* What stands after the end of base64 is read by nobody. */
static void blot_rest(struct work *work, const struct leaf *leaf)
{
        const char *end = leaf->view->coding == CODING_BASE64 ? memchr(work->mail + leaf->start, '=', leaf->end - leaf->start) : NULL;
        if (end)
                blot(work->mail, (gsize)(end - work->mail), leaf->end);
}

static void replace(const struct leaf *leaf, void *data)
{
        struct work *work = data;
        if (leaf->sort == LEAF_SEALED) {
                blot(work->mail, leaf->start, leaf->end);
                work->n_sealed += !leaf->field;
                return;
        }
        mark_leaf(leaf);
        pairs_apply(work->find.pairs, leaf->view->text, leaf->view->marks, leaf->view->length);
        view_put(leaf->view, work->mail);
        blot_rest(work, leaf);
}

/* In the character set of most mails that are not UTF-8, too. */
static void add_fact(struct pairs *pairs, const char *fact)
{
        gsize length;
        g_autofree char *other = g_convert(fact, -1, "WINDOWS-1252", "UTF-8", NULL, &length, NULL);
        pairs_add_name(pairs, fact, strlen(fact));
        if (other && strcmp(other, fact) != 0)
                pairs_add_name(pairs, other, length);
}

static void count(const struct leaf *leaf, void *data)
{
        gsize *sum = data;
        *sum = *sum * 31 + leaf->end;
}

/* What tells one structure of parts from another. */
static gsize structure(const char *mail, gsize length)
{
        gsize sum = 0;
        walk_mail(mail, length, count, &sum);
        return sum;
}

static bool work_through(struct work *work, const GPtrArray *facts, gsize length, GError **error)
{
        const char *wrong = NULL;
        gsize before = structure(work->mail, length);
        for (guint i = 0; i < facts->len; i++)
                add_fact(work->find.pairs, facts->pdata[i]);
        walk_mail(work->mail, length, look, work);
        if (work->find.has_given_up)
                wrong = "a text of it is too much for the patterns that look for names";
        else
                walk_mail(work->mail, length, replace, work);
        if (!wrong && structure(work->mail, length) != before)
                wrong = "its parts would end elsewhere";
        if (wrong)
                g_set_error(error, FAIL, FAIL_DATA, "no sample can be made of the mail: %s", wrong);
        return !wrong;
}

GBytes *disguise_mail(const struct disguise *disguise, GBytes *bytes, struct pairs **pairs, guint *sealed, GError **error)
{
        gsize length;
        const char *mail = g_bytes_get_data(bytes, &length);
        if (length > DISGUISE_MAIL) {
                g_set_error(error, FAIL, FAIL_DATA, "the mail is larger than %d kB: no sample is made of it", DISGUISE_MAIL / 1024);
                return NULL;
        }
        g_autofree char *copy = g_memdup2(length ? mail : "", MAX(length, 1));
        struct pairs *found = pairs_new(disguise->key, disguise->kept);
        struct work work = {.find = {found, disguise->patterns, disguise->kept, false}, .mail = copy};
        if (!work_through(&work, disguise->facts, length, error)) {
                pairs_free(found);
                return NULL;
        }
        *pairs = found;
        *sealed = work.n_sealed;
        return g_bytes_new_take(g_steal_pointer(&copy), length);
}
