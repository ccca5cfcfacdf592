/* mailclinic review: the clinician's queue: list it, look at a mail, decide, take a decision back.
 * In: the ledger, a person's words. Out: text for people; decisions in the ledger and in decisions.jsonl. */
#include "base/fail.h"
#include "cmd.h"
#include "in/input.h"
#include "ledger/review.h"
#include "reader/confine.h"
#include "reader/page.h"
#include "review-correct.h"
#include "review-decide.h"
#include "review-export.h"
#include "review-list.h"
#include "review-show.h"
#include "setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct review {
        struct setup_options shared;
        struct correct_options correct;
        struct export_order order;
        gboolean is_resolved, has_links, is_json, is_web, is_dry;
        char *revision, *listen;
        const struct action *action;
        gint64 mail;
        char **words; /* operands behind the mail; borrowed */
        int n_words;
        struct setup *setup;
        struct ledger *ledger;
        struct paint paint;
};

enum {
        TAKES_MAIL = 1,
        TAKES_LIST = 2,
        TAKES_JSON = 4,
        TAKES_REVISION = 8,
        TAKES_CORRECTION = 16,
        TAKES_TEXT = 32,
        TAKES_SAMPLE = 64,
        TAKES_LINKS = 128,
        TAKES_DRY = 256
};

struct action {
        const char *name;
        int (*run)(struct review *review, GError **error); /* a status; -1 and an error */
        int takes;
        enum deed deed;
};

static int list(struct review *review, GError **error)
{
        struct listing listing = {review->is_resolved, review->has_links, review->is_json, review->setup->settings->link_template};
        return review_list(review->ledger, &listing, &review->paint, error) ? EX_OK : -1;
}

/* A mail read by the confined child, in one way or the other; NULL: that cannot be had. Caller frees. */
static struct reading *read_confined(struct confined *confined, GBytes *bytes)
{
        struct reading *reading = confined ? confined_read(confined, bytes) : NULL;
        confined_free(confined);
        return reading;
}

/* What matched where is not kept, but read again. */
static void print_chart(struct review *review, struct chart *chart, GBytes *bytes)
{
        g_autoptr(GError) error = NULL;
        struct reading *page = NULL, *again = NULL;
        if (bytes && setup_reader(review->setup, &review->shared, &error)) {
                review->setup->reader.explains = true;
                again = read_confined(confined_new(&review->setup->reader, NULL), bytes);
                page = read_confined(confined_new_with(page_read, NULL, NULL), bytes);
        }
        review_chart_print(&review->paint, chart, again, page ? page->evidence : NULL);
        reading_free(again);
        reading_free(page);
}

static void print_json(const struct review *review, json_t *json)
{
        char *text = json_dumps(json, JSON_COMPACT);
        fprintf(review->paint.out, "%s\n", text);
        free(text);
        json_decref(json);
}

static int show(struct review *review, GError **error)
{
        struct chart *chart = review_chart(review->ledger, review->mail, error);
        if (!chart)
                return -1;
        if (review->is_json) {
                print_json(review, review_chart_json(chart));
        } else {
                g_autofree char *directory = settings_ledger(review->setup->settings);
                g_autofree char *file = review_chart_file(chart, directory);
                g_autoptr(GBytes) bytes = file ? input_read(file, NULL) : NULL;
                g_clear_pointer(&review->ledger, ledger_free); /* before children are forked */
                print_chart(review, chart, bytes);
                if (review->has_links)
                        review_add_links(&review->paint, chart);
        }
        review_chart_free(chart);
        return EX_OK;
}

/* All decisions; or, of one mail, a sample. */
static int export(struct review *review, GError **error)
{
        if (review->mail) {
                review->order.mail = review->mail;
                review->order.directory = review->n_words ? review->words[0] : NULL;
                return review_export(&review->ledger, review->setup, &review->shared, &review->order, &review->paint, error);
        }
        g_autoptr(GPtrArray) decisions = review_decisions(review->ledger, 0, 0, error);
        for (guint i = 0; decisions && i < decisions->len; i++)
                print_json(review, decision_to_json(decisions->pdata[i]));
        return decisions ? EX_OK : -1;
}

/* What was typed, in UTF-8 whatever the locale. Caller frees. */
static char *words_of(const struct review *review)
{
        g_autofree char *typed = g_strjoinv(" ", review->words);
        char *converted = g_utf8_validate(typed, -1, NULL) ? NULL : g_locale_to_utf8(typed, -1, NULL, NULL, NULL);
        return converted ? converted : g_utf8_make_valid(typed, -1);
}

static struct decision *decision_of(const struct review *review, GError **error)
{
        struct decision *decision = review_decision(review->action->deed);
        decision->text = review->action->takes & TAKES_TEXT ? words_of(review) : NULL;
        if (correct_options_take(&review->correct, &decision->correction, error))
                return decision;
        decision_free(decision);
        return NULL;
}

static void print_verdict(const struct review *review, const struct verdict *verdict)
{
        for (guint i = 0; i < verdict->reasons->len; i++)
                paint_print(&review->paint, STYLE_PLAIN, "  %s\n", (char *)verdict->reasons->pdata[i]);
        review_events(&review->paint, verdict->maintenances);
}

/* Both versions: how it stands, and what the decision would have made of it. */
static int report_overtaken(struct review *review, const struct verdict *mine, GError **error)
{
        struct chart *chart = review_chart(review->ledger, review->mail, error);
        if (!chart)
                return -1;
        paint_print(&review->paint, STYLE_YELLOW, "Nothing was done: the mail is not as it was when you looked. It stands so:\n");
        review_chart_brief(&review->paint, chart);
        paint_print(&review->paint, STYLE_YELLOW, "Your decision would make of it: %s\n", resolution_done(mine->resolution, mine->reasons));
        print_verdict(review, mine);
        review_chart_free(chart);
        return EX_TEMPFAIL;
}

/* What it would come to; nothing is done. */
static bool rehearse(struct review *review, struct decision *decision, struct decided_mail *decided, GError **error)
{
        decided->verdict = review_rehearse(review->ledger, review->setup->settings, review->mail, decision, error);
        return decided->verdict != NULL;
}

static bool carry_out(struct review *review, struct decision *decision, struct decided_mail *decided, GError **error)
{
        return review_decide(review->ledger, review->setup->settings, review->mail, review->revision, decision, decided, error);
}

static int decide(struct review *review, GError **error)
{
        struct decision *decision = decision_of(review, error);
        struct decided_mail decided = {0};
        int status = -1;
        if (decision && (review->is_dry ? rehearse : carry_out)(review, decision, &decided, error))
                status = decided.is_late ? report_overtaken(review, decided.verdict, error) : EX_OK;
        if (status == EX_OK) {
                paint_print(&review->paint, STYLE_BOLD, "mail %" G_GINT64_FORMAT "%s: %s\n", review->mail,
                            review->is_dry ? " would be" : "", resolution_done(decided.verdict->resolution, decided.verdict->reasons));
                print_verdict(review, decided.verdict);
        }
        decided_mail_release(&decided);
        decision_free(decision);
        return status;
}

static const struct action actions[] = {
        {"list", list, TAKES_LIST | TAKES_JSON | TAKES_LINKS, DEED_NOTE},
        {"show", show, TAKES_MAIL | TAKES_JSON | TAKES_LINKS, DEED_NOTE},
        {"accept", decide, TAKES_MAIL | TAKES_REVISION | TAKES_DRY, DEED_ACCEPT},
        {"correct", decide, TAKES_MAIL | TAKES_REVISION | TAKES_CORRECTION | TAKES_DRY, DEED_CORRECT},
        {"undo", decide, TAKES_MAIL | TAKES_REVISION, DEED_UNDO},
        {"note", decide, TAKES_MAIL | TAKES_TEXT, DEED_NOTE},
        {"export", export, TAKES_SAMPLE, DEED_NOTE},
};

/* The page is served by a program of its own. */
static void become_desk(const struct review *review, GError **error)
{
        g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
        const char *const options[] = {"--config", review->shared.config, "--listen", review->listen};
        g_strv_builder_add(builder, "mailclinic-desk");
        for (gsize i = 0; i < G_N_ELEMENTS(options); i += 2)
                if (options[i + 1])
                        g_strv_builder_add_many(builder, options[i], options[i + 1], NULL);
        for (char **filters = review->shared.filters; filters && *filters; filters++)
                g_strv_builder_add_many(builder, "--filters", *filters, NULL);
        g_auto(GStrv) argv = g_strv_builder_end(builder);
        cmd_become("mailclinic-desk", argv, error);
}

static const struct action *find_action(const char *name)
{
        for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
                if (strcmp(actions[i].name, name) == 0)
                        return &actions[i];
        return NULL;
}

/* What an action does not take must not be given, and the other way round; NULL: all is well. */
static const char *why_unfit(const struct review *review, int n_words)
{
        int takes = review->action->takes;
        if (review->is_resolved && !(takes & TAKES_LIST))
                return "--resolved goes with list";
        if (review->has_links && !(takes & TAKES_LINKS))
                return "--links goes with list and show";
        if (review->is_dry && !(takes & TAKES_DRY))
                return "--dry-run goes with accept and correct";
        if (review->is_json && !(takes & TAKES_JSON))
                return "--json goes with list and show";
        if (review->listen && !review->is_web)
                return "--listen goes with --web";
        if (review->revision && !(takes & TAKES_REVISION))
                return "--revision goes with accept, correct and undo";
        if ((review->order.is_yes || review->order.replace || review->order.keep) && !(review->mail && takes & TAKES_SAMPLE))
                return "--yes, --replace and --keep go with export ID";
        if (correct_options_any(&review->correct) != !!(takes & TAKES_CORRECTION))
                return takes & TAKES_CORRECTION ? "say what is to be corrected" : "what is otherwise than read is said to correct";
        if (takes & TAKES_SAMPLE)
                return n_words <= 1 ? NULL : "one mail and one directory at a time";
        if (n_words != 0 && !(takes & TAKES_TEXT))
                return takes & TAKES_MAIL ? "one mail at a time" : "it takes no mail";
        return n_words == 0 && takes & TAKES_TEXT ? "what is to be noted?" : NULL;
}

static bool take_operands(struct review *review, int argc, char **argv, GError **error)
{
        const char *name = argc > 1 ? argv[1] : "list", *wrong = NULL;
        int used = 2;
        review->action = find_action(name);
        if (!review->action) {
                g_set_error(error, FAIL, FAIL_USAGE, "no action '%s'; there are list, show, accept, correct, undo, note, export", name);
                return false;
        }
        bool may_have_mail = argc > 2 && review->action->takes & TAKES_SAMPLE;
        if (review->action->takes & TAKES_MAIL || may_have_mail) {
                guint64 id = 0;
                if (argc < 3 || !g_ascii_string_to_unsigned(argv[2], 10, 1, G_MAXINT64, &id, NULL))
                        wrong = "which mail? Give its id, as list shows it";
                review->mail = (gint64)id;
                used = 3;
        }
        review->n_words = MAX(argc - used, 0);
        if (!wrong && review->is_web && argc > 1)
                wrong = "--web stands alone";
        if (!wrong)
                wrong = why_unfit(review, review->n_words);
        review->words = argv + MIN(used, argc);
        if (wrong)
                g_set_error(error, FAIL, FAIL_USAGE, "%s: %s; see 'mailclinic review --help'", name, wrong);
        return !wrong;
}

static bool parse(struct review *review, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &review->shared.config, "read this configuration", "FILE"},
                {"filters", 'f', 0, G_OPTION_ARG_FILENAME_ARRAY, &review->shared.filters, "show: read filters beneath this directory alone",
                 "DIR"},
                {"resolved", 'r', 0, G_OPTION_ARG_NONE, &review->is_resolved, "list: what no longer needs you", NULL},
                {"links", 'l', 0, G_OPTION_ARG_NONE, &review->has_links, "with links: list to each post, show to add each event by hand",
                 NULL},
                {"json", 'j', 0, G_OPTION_ARG_NONE, &review->is_json, "list, show: JSON, one mail a line", NULL},
                {"web", 'w', 0, G_OPTION_ARG_NONE, &review->is_web, "the queue as a page, for a browser", NULL},
                {"listen", 0, 0, G_OPTION_ARG_FILENAME, &review->listen,
                 "web: a port of 127.0.0.1 (0, the default: a free one), or the path of a socket", "WHERE"},
                {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &review->is_dry, "accept, correct: show what it comes to, and do nothing", NULL},
                {"revision", 0, 0, G_OPTION_ARG_STRING, &review->revision,
                 "accept, correct, undo: only if the mail still stands as show said", "REVISION"},
                {"yes", 'y', 0, G_OPTION_ARG_NONE, &review->order.is_yes, "export ID: write the sample without asking", NULL},
                {"replace", 0, 0, G_OPTION_ARG_STRING_ARRAY, &review->order.replace, "export ID: a name that must not stand in it", "WORD"},
                {"keep", 0, 0, G_OPTION_ARG_STRING_ARRAY, &review->order.keep, "export ID: a word that is no name", "WORD"},
                {0},
        };
        g_autoptr(GOptionContext) context =
                g_option_context_new("[--web | list | show ID | accept ID | correct ID | undo ID | note ID TEXT | export [ID [DIR]]]");
        g_option_context_set_summary(context, "The mails that need you, and your decisions on them; they act on the calendar at once.");
        g_option_context_add_main_entries(context, entries, NULL);
        correct_options_add(&review->correct, context);
        return cmd_parse(context, argc, argv, error) && take_operands(review, *argc, *argv, error);
}

/* An empty ledger is not made only because somebody looks. */
static struct ledger *open_ledger(const struct review *review, GError **error)
{
        g_autofree char *directory = settings_ledger(review->setup->settings);
        g_autofree char *file = g_build_filename(directory, "ledger.sqlite", NULL);
        return g_file_test(file, G_FILE_TEST_EXISTS) ? ledger_open(directory, error) : ledger_memory(NULL, error);
}

int cmd_review(int argc, char **argv)
{
        struct review review = {.paint = paint_of(stdout)};
        g_autoptr(GError) error = NULL;
        int status = -1;
        bool is_parsed = parse(&review, &argc, &argv, &error);
        if (is_parsed && review.is_web)
                become_desk(&review, &error);
        else if (is_parsed)
                review.setup = setup_settings(&review.shared, &error);
        if (review.setup)
                review.ledger = open_ledger(&review, &error);
        if (review.ledger)
                status = review.action->run(&review, &error);
        ledger_free(review.ledger);
        setup_free(review.setup);
        correct_options_clear(&review.correct);
        setup_options_clear(&review.shared);
        g_strfreev(review.order.replace);
        g_strfreev(review.order.keep);
        g_free(review.revision);
        g_free(review.listen);
        return error ? cmd_fail("review", error) : cmd_finish("review", status);
}
