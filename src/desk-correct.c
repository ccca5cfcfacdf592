/* The fields of a correction: what was read stands in them, and what a person changes is what is said.
 * In: a mail of the ledger; a form that was filled in. Out: HTML; options as of `review correct`. */
#include "desk-correct.h"

#include "decide/alike.h"
#include "desk-day.h"
#include "desk-field.h"

#include <string.h>

enum { MOST_KNOWN = 200, LOOK_BACK = 90 * 24 * 60 * 60 };

/* A choice among words, or what was read. */
static void write_words(struct markup *markup, const struct choice *choice, const char *name, const char *label, const char *read,
                        const char *(*word)(int member), int n)
{
        const char *typed = field_typed(choice, name);
        g_autofree char *as_read = g_strdup_printf("as read: %s", read ? read : "nothing");
        field_begin(markup, label, NULL);
        markup_open(markup, "select");
        markup_attribute(markup, "name", name);
        field_write_option(markup, "", as_read, !typed || !*typed);
        for (int i = 1; i < n; i++)
                field_write_option(markup, word(i), word(i), g_strcmp0(typed, word(i)) == 0);
        markup_close(markup);
        markup_close(markup);
}

static const char *kind_of(int member)
{
        return kind_word((enum kind)member);
}

static const char *status_of(int member)
{
        return status_word((enum status)member);
}

static char *minute_text(gint64 at)
{
        g_autoptr(GDateTime) time = at == READING_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%F %R") : g_strdup("");
}

/* Where the mail says a start and no end, none is known. */
static void write_open(struct markup *markup, const struct choice *choice, const struct window *window, guint number)
{
        g_autofree char *name = g_strdup_printf("open-%u", number);
        const char *read = window && window->start != READING_NO_TIME && window->end == READING_NO_TIME ? "1" : NULL;
        frame_open(markup, "label", "pick");
        markup_open(markup, "input");
        markup_attribute(markup, "type", "checkbox");
        markup_attribute(markup, "name", name);
        markup_attribute(markup, "value", "1");
        if (choice->typed ? field_typed(choice, name) : read)
                markup_flag(markup, "checked");
        markup_element(markup, "span", NULL, "its end is not known yet");
        markup_close(markup);
        field_write_was(markup, name, read);
}

/* Start and end of a window; the last pair is empty, for one more. */
static void write_window(struct markup *markup, const struct choice *choice, const struct window *window, guint number)
{
        g_autofree char *start = window ? minute_text(window->start) : g_strdup(""),
                        *end = window ? minute_text(window->end) : g_strdup("");
        const char *const texts[] = {start, end};
        const char *const names[] = {"start", "end"};
        markup_open(markup, "fieldset");
        markup_open(markup, "legend");
        if (window || !number)
                markup_print(markup, "Window %u, UTC", number + 1);
        else
                markup_text(markup, "One more window, UTC");
        markup_close(markup);
        for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
                g_autofree char *name = g_strdup_printf("%s-%u", names[i], number);
                field_write(markup, choice,
                            &(struct form_field){.name = name,
                                                 .label = i ? "End" : "Start",
                                                 .read = texts[i],
                                                 .placeholder = "YYYY-MM-DD HH:MM",
                                                 .mode = "numeric"});
                field_write_was(markup, name, texts[i]);
        }
        write_open(markup, choice, window, number);
        markup_close(markup);
}

static void add_circuits(GPtrArray *all, const GPtrArray *circuits)
{
        for (guint i = 0; i < circuits->len; i++)
                if (!alike_circuit(all, ((const struct circuit *)circuits->pdata[i])->circuit_id))
                        g_ptr_array_add(all, circuits->pdata[i]);
}

/* Those of all windows, a line each, with its impact. */
static char *circuits_text(const struct notice *notice)
{
        GString *text = g_string_new(NULL);
        g_autoptr(GPtrArray) all = g_ptr_array_new();
        if (notice)
                add_circuits(all, notice->circuits);
        for (guint i = 0; notice && i < notice->windows->len; i++)
                add_circuits(all, ((const struct window *)notice->windows->pdata[i])->circuits);
        for (guint i = 0; i < all->len; i++) {
                const struct circuit *circuit = all->pdata[i];
                const char *impact = impact_word(circuit->impact);
                g_string_append_printf(text, "%s%s%s%s", i ? "\n" : "", circuit->circuit_id, impact ? " " : "", impact ? impact : "");
        }
        return g_string_free(text, FALSE);
}

static void write_circuits(struct markup *markup, const struct choice *choice, const struct notice *notice)
{
        const char *typed = choice->typed ? request_form(choice->typed, "circuits") : NULL;
        g_autofree char *read = circuits_text(notice);
        frame_open(markup, "label", "field wide");
        markup_element(markup, "span", NULL, "Circuits, one a line, the impact of each behind it");
        markup_element(markup, "small", NULL,
                       "OUTAGE, DEGRADED, REDUCED-REDUNDANCY or NO-IMPACT. Take out the line of a circuit that is called off while the "
                       "others stay.");
        markup_open(markup, "textarea");
        markup_attribute(markup, "name", "circuits");
        markup_attribute(markup, "rows", "3");
        markup_lines(markup, typed ? typed : read);
        markup_close(markup);
        markup_close(markup);
        frame_open(markup, "textarea", "was");
        markup_attribute(markup, "name", "was-circuits");
        markup_flag(markup, "hidden");
        markup_lines(markup, read);
        markup_close(markup);
}

static void begin_list(struct markup *markup, const char *id)
{
        markup_open(markup, "datalist");
        markup_attribute(markup, "id", id);
}

static void write_vendors(struct markup *markup, const struct view *view)
{
        const GPtrArray *filters = view->desk->setup->filters->vendors;
        begin_list(markup, "vendors");
        for (guint i = 0; i < filters->len; i++) {
                const struct vendor_filter *filter = filters->pdata[i];
                field_write_option(markup, filter->vendor, filter->name, false);
        }
        markup_close(markup);
}

struct known {
        struct markup *markup;
        const char *vendor;
        guint n;
};

static bool write_known(const struct maintenance *maintenance, void *data)
{
        struct known *known = data;
        const char *what = maintenance->summary ? maintenance->summary : maintenance->subject;
        if (!known->vendor || g_strcmp0(known->vendor, maintenance->vendor) == 0) {
                field_write_option(known->markup, maintenance->key, what, false);
                known->n++;
        }
        return known->n < MOST_KNOWN;
}

/* What the mail may be about: the vendor's work of the last months and all to come. */
static void write_maintenances(struct markup *markup, const struct view *view, const struct reading *reading)
{
        gint64 since = reading->date == READING_NO_TIME ? G_MININT64 : reading->date - LOOK_BACK;
        begin_list(markup, "maintenances");
        ledger_maintenances(view->ledger, since, write_known, &(struct known){markup, reading->vendor, 0}, NULL);
        markup_close(markup);
}

/* The notice that is meant, where the mail has several. */
static const struct notice *notice_of(const struct view *view, const struct choice *choice, guint *n)
{
        const GPtrArray *notices = choice->chart->reading->notices;
        const char *typed = field_typed(choice, "notice");
        guint64 wanted = typed ? g_ascii_strtoull(typed, NULL, 10) : (guint64)request_number(view->request, "notice");
        *n = notices->len;
        if (!notices->len)
                return NULL;
        return notices->pdata[wanted && wanted <= notices->len ? wanted - 1 : 0];
}

static void write_notices(struct markup *markup, const struct choice *choice)
{
        const GPtrArray *notices = choice->chart->reading->notices;
        frame_open(markup, "p", "note");
        markup_text(markup, "The mail has several notices. Correct: ");
        for (guint i = 0; i < notices->len; i++) {
                const struct notice *notice = notices->pdata[i];
                frame_link(markup, NULL, "/mail?id=%" G_GINT64_FORMAT "&notice=%u#correct", choice->chart->entry->id, i + 1);
                markup_text(markup, notice->maintenance_id ? notice->maintenance_id : "that without a reference");
                markup_close(markup);
                markup_text(markup, " ");
        }
        markup_close(markup);
}

char *correct_vendor_of(const char *from)
{
        const char *at = from ? strrchr(from, '@') : NULL;
        g_auto(GStrv) labels = at ? g_strsplit(at + 1, ".", -1) : NULL;
        guint n = labels ? g_strv_length(labels) : 0;
        return n >= 2 ? g_ascii_strdown(labels[n - 2], -1) : NULL;
}

/* Of a vendor that is not known, the sender's name is proposed. */
static void write_vendor(struct markup *markup, const struct choice *choice)
{
        const struct reading *reading = choice->chart->reading;
        g_autofree char *sender = reading->vendor ? NULL : correct_vendor_of(reading->from);
        field_write(markup, choice,
                    &(struct form_field){.name = "vendor",
                                         .label = "Vendor",
                                         .hint = "whose work it is: a short name, one of the list or a new one",
                                         .read = reading->vendor ? reading->vendor : sender,
                                         .list = "vendors"});
        field_write_was(markup, "vendor", reading->vendor);
}

/* What names the work: the vendor's id, or other work of the ledger. */
static void write_names(struct markup *markup, const struct choice *choice, const struct notice *notice)
{
        const char *id = notice ? notice->maintenance_id : NULL;
        field_write(markup, choice,
                    &(struct form_field){.name = "id", .label = "Vendor's id", .hint = "as the vendor numbers the work", .read = id});
        field_write_was(markup, "id", id);
        field_write(markup, choice,
                    &(struct form_field){.name = "same-as",
                                         .label = "Same work as",
                                         .hint = "if the mail is about work that the calendar has already: choose it; else leave it empty",
                                         .list = "maintenances"});
        field_write_was(markup, "same-as", NULL);
}

void correct_write(struct markup *markup, const struct view *view, const struct choice *choice)
{
        const struct reading *reading = choice->chart->reading;
        guint n, windows = 0;
        const struct notice *notice = notice_of(view, choice, &n);
        if (n > 1) {
                write_notices(markup, choice);
                frame_hidden(markup, "meant", notice->maintenance_id);
                frame_hidden(markup, "notice",
                             field_typed(choice, "notice") ? field_typed(choice, "notice") : request_query(view->request, "notice"));
        }
        frame_open(markup, "div", "fields");
        for (; notice && windows < notice->windows->len; windows++)
                write_window(markup, choice, notice->windows->pdata[windows], windows);
        write_window(markup, choice, NULL, windows);
        write_words(markup, choice, "kind", "What it tells", kind_word(reading->kind), kind_of, KIND_COUNT);
        write_words(markup, choice, "status", "Status", notice ? status_word(notice->status) : NULL, status_of, STATUS_COUNT);
        write_vendor(markup, choice);
        write_names(markup, choice, notice);
        write_circuits(markup, choice, notice);
        markup_close(markup);
        write_vendors(markup, view);
        write_maintenances(markup, view, reading);
}

/* Browsers end lines by CR LF. Caller frees. */
static char *clean(const char *text)
{
        g_autofree char *copy = g_strdup(text ? text : "");
        g_auto(GStrv) lines = g_strsplit(copy, "\r\n", -1);
        g_autofree char *joined = g_strjoinv("\n", lines);
        return g_strdup(g_strstrip(joined));
}

static bool is_otherwise(const struct request *request, const char *name)
{
        g_autofree char *was_name = g_strconcat("was-", name, NULL);
        g_autofree char *now = clean(request_form(request, name)), *was = clean(request_form(request, was_name));
        return strcmp(now, was) != 0;
}

/* What a field says if that was changed; NULL. Caller frees. */
static char *changed(const struct request *request, const char *name)
{
        g_autofree char *now = clean(request_form(request, name));
        return *now && is_otherwise(request, name) ? g_steal_pointer(&now) : NULL;
}

/* The windows that are filled in, and whether one is otherwise than read. */
struct filled {
        GStrvBuilder *starts, *ends;
        bool is_changed;
};

/* Whether the form has a window of this number. */
static bool fill(const struct request *request, guint number, struct filled *filled)
{
        g_autofree char *start_name = g_strdup_printf("start-%u", number), *end_name = g_strdup_printf("end-%u", number);
        g_autofree char *open_name = g_strdup_printf("open-%u", number);
        g_autofree char *start = clean(request_form(request, start_name)), *told = clean(request_form(request, end_name));
        const char *end = request_form(request, open_name) ? CORRECT_UNKNOWN : told;
        filled->is_changed |= is_otherwise(request, start_name) || is_otherwise(request, end_name) || is_otherwise(request, open_name);
        if (*start || *end) {
                g_strv_builder_add(filled->starts, start);
                g_strv_builder_add(filled->ends, end);
        }
        return request_form(request, start_name) != NULL;
}

/* All windows as soon as one of them was changed: they stand in place of what was read. */
static bool take_windows(const struct request *request, struct correct_options *options, GError **error)
{
        g_autoptr(GStrvBuilder) starts = g_strv_builder_new(), ends = g_strv_builder_new();
        g_autofree char *day = NULL;
        struct filled filled = {starts, ends, false};
        if (!day_take(request, &day, error))
                return false;
        for (guint i = 0; fill(request, i, &filled);)
                i++;
        if (*day) {
                g_strv_builder_add(starts, day);
                g_strv_builder_add(ends, day);
        }
        if (filled.is_changed || *day) {
                options->starts = g_strv_builder_end(starts);
                options->ends = g_strv_builder_end(ends);
        }
        return true;
}

/* Lines of circuits that are not empty. */
static void take_circuits(const struct request *request, struct correct_options *options)
{
        g_autofree char *now = clean(request_form(request, "circuits")), *was = clean(request_form(request, "was-circuits"));
        if (!is_otherwise(request, "circuits"))
                return;
        g_auto(GStrv) old = g_strsplit(was, "\n", -1);
        g_autoptr(GPtrArray) named = g_ptr_array_new_with_free_func((GDestroyNotify)circuit_free);
        g_autoptr(GStrvBuilder) without = g_strv_builder_new();
        options->circuits = *now ? g_strsplit(now, "\n", -1) : NULL;
        for (char **line = options->circuits; line && *line; line++)
                g_ptr_array_add(named, correct_circuit(*line));
        for (char **line = old; *line; line++) {
                struct circuit *circuit = correct_circuit(*line);
                if (!alike_circuit(named, circuit->circuit_id))
                        g_strv_builder_add(without, circuit->circuit_id);
                circuit_free(circuit);
        }
        options->without = g_strv_builder_end(without);
}

bool correct_take(const struct request *request, struct correct_options *options, GError **error)
{
        const char *meant = request_form(request, "meant");
        *options = (struct correct_options){
                .kind = changed(request, "kind"),
                .status = changed(request, "status"),
                .vendor = changed(request, "vendor"),
                .id = changed(request, "id"),
                .same_as = changed(request, "same-as"),
                .is_no_maintenance = request_form(request, "not-a-maintenance") != NULL,
        };
        take_circuits(request, options);
        if (!take_windows(request, options, error))
                return false;
        if (meant && *meant && !options->id && correct_options_any(options) && !options->is_no_maintenance)
                options->id = g_strdup(meant);
        return true;
}
