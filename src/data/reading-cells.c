/* A reading as cells of one line, both ways: each value has one function that writes it, or reads it, as the line is being written or read.
 * In: a reading, or a line, which is not trusted. Out: a line, or a reading. */
#include "data/reading-cells.h"

#include "base/fail.h"
#include "base/limits.h"

#include <string.h>

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: no other instants can be written in JSON. */
static const gint64 first_instant = -62135596800, last_instant = 253402300799;

struct cells {
        GString *out;   /* being written; NULL: it is being read */
        const char *at; /* being read: the next cell; NULL: there is no more */
        const char *fault;
};

static void find_fault(struct cells *cells, const char *fault)
{
        if (!cells->fault)
                cells->fault = fault;
}

/* The next cell; empty after a fault. */
static const char *next_cell(struct cells *cells, gsize *length)
{
        const char *cell = cells->fault ? NULL : cells->at;
        if (!cell)
                find_fault(cells, "it ends too early");
        *length = cell ? strcspn(cell, "\t") : 0;
        cells->at = cell && cell[*length] ? cell + *length + 1 : NULL;
        return cell ? cell : "";
}

/* A number from least to most: the given one is written, or one is read and given back. */
static gint64 number(struct cells *cells, gint64 value, gint64 least, gint64 most)
{
        if (cells->out) {
                g_string_append_printf(cells->out, "%" G_GINT64_FORMAT "\t", value);
                return value;
        }
        gsize length;
        const char *cell = next_cell(cells, &length);
        char *end;
        gint64 read = g_ascii_strtoll(cell, &end, 10);
        if (length > 0 && end == cell + length && read >= least && read <= most)
                return read;
        find_fault(cells, "a number is none, or out of its range");
        return least;
}

/* A member of an enum of so many, or a bool: a letter. */
static unsigned member(struct cells *cells, unsigned value, unsigned count)
{
        if (cells->out) {
                g_string_append_c(cells->out, (char)('a' + value));
                g_string_append_c(cells->out, '\t');
                return value;
        }
        gsize length;
        const char *cell = next_cell(cells, &length);
        unsigned read = length == 1 ? (guchar)*cell - (unsigned)'a' : count;
        if (read < count)
                return read;
        find_fault(cells, "a word is not known");
        return 0;
}

static gint64 instant(struct cells *cells, gint64 at)
{
        bool is_none = cells->out && (at < first_instant || at > last_instant);
        gint64 read = number(cells, is_none ? READING_NO_TIME : at, READING_NO_TIME, last_instant);
        if (read < first_instant && read != READING_NO_TIME)
                find_fault(cells, "an instant is out of range");
        return read;
}

static void write_text(GString *out, const char *text)
{
        while (true) {
                gsize plain = strcspn(text, "\t\n\\");
                g_string_append_len(out, text, (gssize)plain);
                text += plain;
                if (!*text)
                        return;
                g_string_append_c(out, '\\');
                g_string_append_c(out, *text == '\t' ? 't' : *text == '\n' ? 'n' : '\\');
                text++;
        }
}

/* In place. false where an escape is none. */
static bool unescape(char *text)
{
        char *to = text;
        for (const char *from = text; *from; from++) {
                char letter = *from;
                if (letter == '\\') {
                        from++;
                        letter = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from == '\\' ? '\\' : '\0';
                }
                if (!letter)
                        return false;
                *to++ = letter;
        }
        *to = '\0';
        return true;
}

/* Caller frees what is read. */
static char *read_text(struct cells *cells)
{
        gsize length;
        const char *cell = next_cell(cells, &length);
        if (length == 2 && memcmp(cell, "\\N", 2) == 0)
                return NULL;
        g_autofree char *text = g_strndup(cell, length);
        if (!unescape(text) || !g_utf8_validate(text, -1, NULL)) {
                find_fault(cells, "a text is none");
                return NULL;
        }
        return g_steal_pointer(&text);
}

/* A text or NULL: the given one is written and given back, or one is read. */
static char *text_or_null(struct cells *cells, char *text)
{
        if (!cells->out)
                return read_text(cells);
        g_autofree char *valid = text && !g_utf8_validate(text, -1, NULL) ? g_utf8_make_valid(text, -1) : NULL;
        if (text)
                write_text(cells->out, valid ? valid : text);
        else
                g_string_append(cells->out, "\\N");
        g_string_append_c(cells->out, '\t');
        return text;
}

/* A text that must be there. */
static gpointer text(struct cells *cells, gpointer text)
{
        char *found = text_or_null(cells, text);
        if (!found)
                find_fault(cells, "a text is missing");
        return found;
}

/* An element of a list: the given one is written, or (NULL is given) a new one read. */
typedef gpointer element_of_list(struct cells *cells, gpointer element);

static void list(struct cells *cells, GPtrArray *list, gint64 most, element_of_list *element)
{
        gint64 n = number(cells, list->len, 0, most);
        for (gint64 i = 0; i < n && !cells->fault; i++) {
                gpointer given = cells->out ? list->pdata[i] : NULL, found = element(cells, given);
                if (!given && found)
                        g_ptr_array_add(list, found);
        }
}

static gpointer circuit(struct cells *cells, gpointer element)
{
        struct circuit *circuit = element ? element : circuit_new(NULL, IMPACT_NONE);
        circuit->circuit_id = text(cells, circuit->circuit_id);
        circuit->impact = (enum impact)member(cells, circuit->impact, IMPACT_COUNT);
        return circuit;
}

static gpointer window(struct cells *cells, gpointer element)
{
        struct window *window = element ? element : window_new();
        window->start = instant(cells, window->start);
        window->end = instant(cells, window->end);
        window->written = text_or_null(cells, window->written);
        window->role = (enum role)member(cells, window->role, ROLE_BACKUP + 1);
        window->status = (enum status)member(cells, window->status, STATUS_COUNT);
        list(cells, window->circuits, LIMIT_CIRCUITS, circuit);
        return window;
}

static gpointer notice(struct cells *cells, gpointer element)
{
        struct notice *notice = element ? element : notice_new();
        notice->maintenance_id = text_or_null(cells, notice->maintenance_id);
        notice->account = text_or_null(cells, notice->account);
        notice->summary = text_or_null(cells, notice->summary);
        notice->revision = text_or_null(cells, notice->revision);
        notice->location = text_or_null(cells, notice->location);
        notice->status = (enum status)member(cells, notice->status, STATUS_COUNT);
        list(cells, notice->windows, LIMIT_WINDOWS, window);
        list(cells, notice->circuits, LIMIT_CIRCUITS, circuit);
        return notice;
}

static gpointer evidence(struct cells *cells, gpointer element)
{
        struct evidence *evidence = element ? element : g_new0(struct evidence, 1);
        evidence->field = text_or_null(cells, evidence->field);
        evidence->value = text_or_null(cells, evidence->value);
        evidence->rule = text_or_null(cells, evidence->rule);
        evidence->where = text_or_null(cells, evidence->where);
        evidence->line = (int)number(cells, evidence->line, 0, G_MAXINT);
        return evidence;
}

static void thread(struct cells *cells, struct thread *thread)
{
        list(cells, thread->references, LIMIT_REFERENCES, text);
        thread->list_id = text_or_null(cells, thread->list_id);
        thread->list_archive = text_or_null(cells, thread->list_archive);
        thread->list_post = text_or_null(cells, thread->list_post);
        thread->text_hash = text_or_null(cells, thread->text_hash);
        thread->calendar_uid = text_or_null(cells, thread->calendar_uid);
        thread->calendar_sequence = (int)number(cells, thread->calendar_sequence, -1, G_MAXINT);
        thread->received = instant(cells, thread->received);
}

static struct root *root(struct cells *cells, struct root *given)
{
        if (!member(cells, given != NULL, 2))
                return NULL;
        struct root *root = given ? given : root_new();
        root->kind = text(cells, root->kind);
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                root->field[i] = text_or_null(cells, root->field[i]);
        root->title = text(cells, root->title);
        root->signature = text(cells, root->signature);
        root->is_well = member(cells, root->is_well, 2);
        root->is_sensitive = member(cells, root->is_sensitive, 2);
        root->is_rest = member(cells, root->is_rest, 2);
        return root;
}

static void reading(struct cells *cells, struct reading *reading)
{
        reading->message_id = text_or_null(cells, reading->message_id);
        reading->stream = (enum stream)member(cells, reading->stream, STREAM_ROOT + 1);
        reading->vendor = text_or_null(cells, reading->vendor);
        reading->kind = (enum kind)member(cells, reading->kind, KIND_COUNT);
        reading->emergency = member(cells, reading->emergency, 2);
        reading->is_test = member(cells, reading->is_test, 2);
        reading->is_by_words = member(cells, reading->is_by_words, 2);
        reading->is_noise = member(cells, reading->is_noise, 2);
        reading->needs_person = member(cells, reading->needs_person, 2);
        reading->other = text_or_null(cells, reading->other);
        reading->confidence = (enum confidence)member(cells, reading->confidence, CONFIDENCE_HIGH + 1);
        reading->sender = (enum sender)member(cells, reading->sender, SENDER_FAILED + 1);
        list(cells, reading->reasons, LIMIT_READING_LINE, text);
        list(cells, reading->notices, LIMIT_READING_LINE, notice);
        reading->root = root(cells, reading->root);
        list(cells, reading->evidence, LIMIT_READING_LINE, evidence);
        list(cells, reading->tried, LIMIT_READING_LINE, text);
        reading->from = text_or_null(cells, reading->from);
        reading->subject = text_or_null(cells, reading->subject);
        reading->vendor_name = text_or_null(cells, reading->vendor_name);
        thread(cells, &reading->thread);
        reading->date = instant(cells, reading->date);
}

void reading_to_cells(const struct reading *written, GString *line)
{
        struct cells cells = {.out = line};
        reading(&cells, (struct reading *)written); /* left as it is */
        g_string_append_c(line, '.');
}

struct reading *reading_from_cells(const char *line, GError **error)
{
        struct cells cells = {.at = line};
        struct reading *found = reading_new();
        reading(&cells, found);
        if (!cells.fault && g_strcmp0(cells.at, ".") != 0)
                cells.fault = "it goes on after its end";
        if (!cells.fault)
                return found;
        g_set_error_literal(error, FAIL, FAIL_DATA, cells.fault);
        reading_free(found);
        return NULL;
}
