/* 'review export MAIL': a recorded mail becomes a sample for a filter's author, shown first and written on a yes.
 * In: the ledger, a person's words. Out: SAMPLES/VENDOR/CASE.eml and CASE.expect. */
#include "review-export.h"

#include "base/fail.h"
#include "in/input.h"
#include "ledger/review.h"
#include "sample-file.h"
#include "specimen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

/* What the ledger has of the mail; all owned. */
struct chosen {
        struct entry *entry;
        struct decision *decision; /* the correction that stands; NULL */
        struct maintenance *same_as;
        GBytes *bytes;
        char *key;
};

static void chosen_clear(struct chosen *chosen)
{
        entry_free(chosen->entry);
        decision_free(chosen->decision);
        maintenance_free(chosen->same_as);
        g_clear_pointer(&chosen->bytes, g_bytes_unref);
        g_free(chosen->key);
}

static bool choose_decision(struct ledger *ledger, gint64 mail, struct chosen *chosen, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        chosen->decision = review_standing(ledger, mail, &wrong);
        if (chosen->decision && chosen->decision->deed != DEED_CORRECT)
                g_clear_pointer(&chosen->decision, decision_free);
        const char *same_as = chosen->decision ? chosen->decision->correction.same_as : NULL;
        if (!wrong && same_as)
                chosen->same_as = ledger_maintenance(ledger, same_as, &wrong);
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        return !wrong;
}

static bool choose(struct ledger *ledger, const char *directory, gint64 mail, struct chosen *chosen, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        chosen->entry = ledger_mail(ledger, mail, NULL, &wrong);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        if (!chosen->entry || !chosen->entry->raw) {
                g_set_error(error, FAIL, FAIL_INPUT, "the ledger has %s mail %" G_GINT64_FORMAT, chosen->entry ? "not kept" : "no", mail);
                return false;
        }
        g_autofree char *file = g_build_filename(directory, chosen->entry->raw, NULL);
        chosen->bytes = input_read(file, error);
        return chosen->bytes && choose_decision(ledger, mail, chosen, error) && sample_key(directory, &chosen->key, error);
}

static void print_change(const struct paint *paint, const char *was, const char *is)
{
        if (strcmp(was, is) == 0) {
                paint_print(paint, STYLE_DIM, "  %s\n", is);
                return;
        }
        paint_print(paint, STYLE_RED, "- %s\n", was);
        paint_print(paint, STYLE_GREEN, "+ %s\n", is);
}

/* The header as it stands in the mail. */
static void print_header(const struct paint *paint, GBytes *before, GBytes *after)
{
        gsize length;
        const char *data = g_bytes_get_data(before, &length), *made = g_bytes_get_data(after, NULL);
        for (gsize at = 0, n; at < length && data[at] != '\n' && data[at] != '\r'; at += n + 1) {
                const char *end = memchr(data + at, '\n', length - at);
                n = end ? (gsize)(end - data) - at : length - at;
                g_autofree char *was = g_strdelimit(g_strchomp(g_strndup(data + at, n)), "\t", ' ');
                g_autofree char *is = g_strdelimit(g_strchomp(g_strndup(made + at, n)), "\t", ' ');
                print_change(paint, was, is);
        }
        paint_print(paint, STYLE_PLAIN, "\n");
}

/* With cells apart by blanks. Caller frees. */
static char *line_of(const GPtrArray *lines, guint i)
{
        const char *value = i < lines->len ? ((const struct evidence *)lines->pdata[i])->value : NULL;
        return g_strdelimit(g_strdup(value ? value : ""), "\t\v", ' ');
}

/* The bodies line by line, as filters read them. */
static void print_pages(const struct paint *paint, const struct specimen *specimen)
{
        const char *body = NULL;
        for (guint i = 0; i < MAX(specimen->before->len, specimen->after->len); i++) {
                const GPtrArray *longer = i < specimen->after->len ? specimen->after : specimen->before;
                const char *where = ((const struct evidence *)longer->pdata[i])->where;
                if (g_strcmp0(where, body) != 0)
                        paint_print(paint, STYLE_BOLD, "The mail (%s)\n", where);
                body = where;
                g_autofree char *was = line_of(specimen->before, i), *is = line_of(specimen->after, i);
                print_change(paint, was, is);
        }
}

static void print_words(const struct paint *paint, const char *head, const GPtrArray *words)
{
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < words->len; i++)
                g_string_append_printf(text, " %s", (char *)words->pdata[i]);
        if (words->len)
                paint_print(paint, STYLE_YELLOW, "%s%s\n", head, text->str);
}

static void print_specimen(const struct paint *paint, const struct specimen *specimen, GBytes *mail)
{
        print_header(paint, mail, specimen->mail);
        print_pages(paint, specimen);
        paint_print(paint, STYLE_PLAIN, "\n");
        print_words(paint, "Left as they are; hide what is a name with --replace WORD:", specimen->left);
        if (specimen->sealed)
                paint_print(paint, STYLE_YELLOW, "%u parts that are no text were blotted out.\n", specimen->sealed);
        if (specimen->is_corrected)
                paint_print(paint, STYLE_PLAIN, "The expectation is your correction; the filters of today read the mail otherwise.\n");
}

static bool refuse(const struct paint *paint, const struct specimen *specimen, GError **error)
{
        for (guint i = 0; i < specimen->differences->len; i++)
                paint_print(paint, STYLE_RED, "  %s\n", (char *)specimen->differences->pdata[i]);
        g_set_error(error, FAIL, FAIL_DATA, "nothing is written: disguised, the mail is read otherwise, as told above; %s",
                    specimen->sealed ? "what is told by a part that is no text cannot be in a sample"
                                     : "leave what filters need with --keep WORD");
        return false;
}

static bool ask(const struct paint *paint, const char *path)
{
        char answer[16];
        if (!isatty(STDIN_FILENO) || !paint->is_terminal)
                return false;
        paint_print(paint, STYLE_BOLD, "Write %s and its .expect? [y/N] ", path);
        fflush(paint->out);
        return fgets(answer, sizeof answer, stdin) && g_ascii_tolower(*answer) == 'y';
}

static bool offer(const struct export_order *order, const struct paint *paint, const struct specimen *specimen, const char *path,
                  GError **error)
{
        if (!order->is_yes && !ask(paint, path)) {
                paint_print(paint, STYLE_PLAIN, "Nothing is written; --yes writes %s and its .expect.\n", path);
                return true;
        }
        if (!sample_write(path, specimen->mail, specimen->expectation, error))
                return false;
        paint_print(paint, STYLE_GREEN, "Written: %s and its .expect; './mailclinic explain %s' shows how it is read.\n", path, path);
        return true;
}

static bool export(const struct chosen *chosen, struct setup *setup, const struct setup_options *options, const struct export_order *order,
                   const struct paint *paint, GError **error)
{
        struct specimen_of of = {
                .mail = chosen->bytes,
                .stream = chosen->entry->stream,
                .correction = chosen->decision ? &chosen->decision->correction : NULL,
                .same_as = chosen->same_as,
                .key = chosen->key,
                .replace = order->replace,
                .keep = order->keep,
        };
        struct specimen *specimen = specimen_new(&of, setup, options, error);
        bool is_done = specimen != NULL;
        if (specimen) {
                g_autofree char *path = sample_path(order->directory, specimen->mail, specimen->expectation);
                print_specimen(paint, specimen, chosen->bytes);
                is_done = specimen->differences->len ? refuse(paint, specimen, error) : offer(order, paint, specimen, path, error);
        }
        specimen_free(specimen);
        return is_done;
}

int review_export(struct ledger **ledger, struct setup *setup, const struct setup_options *options, const struct export_order *order,
                  const struct paint *paint, GError **error)
{
        g_autofree char *directory = settings_ledger(setup->settings);
        struct chosen chosen = {0};
        bool is_done = choose(*ledger, directory, order->mail, &chosen, error);
        g_clear_pointer(ledger, ledger_free); /* before children are forked */
        is_done = is_done && export(&chosen, setup, options, order, paint, error);
        chosen_clear(&chosen);
        return is_done ? EX_OK : -1;
}
