/* Reading of root@ mail: of which kind it is, what its fields are, what tells it from others (FILTERS.md "root@ filters").
 * In: a mail and the filters of its kinds. Out: struct root in a reading. */
#include "reader/root-mail.h"

#include "base/visible.h"
#include "reader/origin.h"
#include "reader/signature.h"

#include <string.h>

/* The file that takes what no other does. */
#define REST "zz-other.yaml"

enum { TITLE_AT_MOST = 200 };

/* One mail being read. */
struct taking {
        struct search *search;
        const struct envelope *envelope;
        struct block subject, text;
        struct root *root;
        struct reading *reading;
};

/* All that may say something: the text, and the report of a delivery (RFC 3464). */
static char *text_of(const struct mail *mail)
{
        const char *body = mail->body[BODY_TEXT] ? mail->body[BODY_TEXT] : mail->body[BODY_HTML];
        g_autoptr(GString) text = g_string_new(body);
        for (guint i = 0; i < mail->parts->len; i++) {
                const struct part *part = mail->parts->pdata[i];
                if (part->lines && strcmp(part->type, "message/delivery-status") == 0)
                        g_string_append_printf(text, "\n%s", part->lines);
        }
        return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The text with its indentation, which says what is detail; as lines where it was wrapped or marked up. Caller frees. */
static char *written_of(const struct mail *mail)
{
        for (guint i = 0; i < mail->parts->len; i++) {
                const struct part *part = mail->parts->pdata[i];
                gsize n;
                const char *bytes = g_bytes_get_data(part->bytes, &n);
                if (part->lines && part->is_text && !part->is_attachment && !part->is_flowed && strcmp(part->type, "text/plain") == 0 &&
                    n > 0)
                        return g_strndup(bytes, n);
        }
        const char *body = mail->body[BODY_TEXT] ? mail->body[BODY_TEXT] : mail->body[BODY_HTML];
        return g_strdup(body ? body : "");
}

/* Keep the captures that no earlier pattern gave. */
static void take_captures(const struct taking *taking, const struct block *block, const struct re_match *match, const char *pattern)
{
        for (guint i = 0; i < match->n_named; i++) {
                const struct re_named *named = &match->named[i];
                int field = root_field_from_word(named->name);
                if (field < 0 || taking->root->field[field] || named->end == named->start)
                        continue;
                char *value = g_strndup(block->lines + named->start, named->end - named->start);
                taking->root->field[field] = g_strstrip(value);
                struct evidence *evidence = g_new0(struct evidence, 1);
                *evidence = (struct evidence){.field = g_strdup(named->name),
                                              .value = g_strdup(value),
                                              .rule = g_strdup_printf("'%s'", pattern),
                                              .where = g_strdup(block->where),
                                              .line = block == &taking->subject ? 0 : block_line(block, named->start)};
                g_ptr_array_add(taking->reading->evidence, evidence);
        }
}

/* Take the captures of all patterns that match. */
static void take_fields(const struct taking *taking, const struct block *block, const struct words *patterns)
{
        for (unsigned i = 0; i < patterns->n; i++) {
                struct re_match match;
                if (block->lines && block_search(taking->search, block, patterns->word[i], block->start, &match))
                        take_captures(taking, block, &match, patterns->word[i]);
        }
}

static bool is_from(const struct taking *taking, const struct words *patterns)
{
        const GPtrArray *addresses = taking->envelope->addresses;
        for (guint i = 0; i < addresses->len; i++) {
                const struct header *address = addresses->pdata[i];
                if (!classify_is_quoted(address) && classify_is_in(taking->search, address->value, patterns))
                        return true;
        }
        return false;
}

static bool takes(const struct taking *taking, const struct root_filter *filter)
{
        return (!filter->subject.n || block_search_any(taking->search, &taking->subject, &filter->subject, NULL)) &&
               (!filter->from.n || is_from(taking, &filter->from)) &&
               (!filter->says.n || block_search_any(taking->search, &taking->text, &filter->says, NULL));
}

static const struct root_filter *find_filter(const struct taking *taking, const struct filters *filters)
{
        for (guint i = 0; i < filters->root->len; i++)
                if (takes(taking, filters->root->pdata[i]))
                        return filters->root->pdata[i];
        return NULL;
}

/* A host that the mail does not name is the one that its sender's address names. */
static void guess_host(const struct taking *taking)
{
        const char *from = taking->reading->from, *at = from ? strrchr(from, '@') : NULL;
        if (!taking->root->field[ROOT_HOST] && at && at[1])
                taking->root->field[ROOT_HOST] = g_strdup(at + 1);
}

/* The title with the fields in place of their names in braces; one that the mail does not give is left out. */
static char *title_of(const struct root *root, const char *form)
{
        g_autoptr(GString) title = g_string_new(NULL);
        for (const char *at = form; *at;) {
                const char *end = *at == '{' ? strchr(at, '}') : NULL;
                if (!end) {
                        if (*at != ' ' || (title->len > 0 && title->str[title->len - 1] != ' '))
                                g_string_append_c(title, *at);
                        at++;
                        continue;
                }
                g_autofree char *name = g_strndup(at + 1, (gsize)(end - at - 1));
                int field = root_field_from_word(name);
                g_string_append(title, field >= 0 && root->field[field] ? root->field[field] : "");
                at = end + 1;
        }
        while (title->len > 0 && strchr(" :", title->str[title->len - 1]))
                g_string_truncate(title, title->len - 1);
        return visible_cut(title->str, TITLE_AT_MOST);
}

static void say(const struct taking *taking, const struct root_filter *filter)
{
        struct reading *reading = taking->reading;
        struct root *root = taking->root;
        g_autofree char *file = g_path_get_basename(filter->path);
        const char *well = filter->well.n ? block_search_any(taking->search, &taking->subject, &filter->well, NULL) : NULL;
        if (!well && filter->well.n)
                well = block_search_any(taking->search, &taking->text, &filter->well, NULL);
        root->is_rest = strcmp(file, REST) == 0;
        root->is_sensitive = filter->sensitive;
        root->is_well = well != NULL;
        root->is_echo = mail_header(taking->envelope->mail, "X-Phabricator-Sent-This-Message") != NULL;
        reading->confidence = root->is_rest ? CONFIDENCE_LOW : CONFIDENCE_HIGH;
        reading_reason(reading, "filter root/%s", file);
        if (well)
                reading_reason(reading, "all is well: '%s'", well);
}

/* Where it came from: `passed` is what began on a host of ours. */
static void say_origin(const struct taking *taking, const struct settings *settings)
{
        struct reading *reading = taking->reading;
        g_autofree char *host = NULL;
        bool is_ours = origin_is_internal(taking->envelope->mail, &settings->internal, &host);
        reading->sender = is_ours ? SENDER_PASSED : SENDER_UNCHECKED;
        if (is_ours)
                reading_reason(reading, "it came from %s, which is ours", host ? host : "this mail server");
        else if (host)
                reading_reason(reading, "it came from %s, which is not ours", host);
}

void root_mail_read(struct search *search, const struct envelope *envelope, const struct reader *reader, struct reading *reading)
{
        const struct filters *filters = reader->filters;
        g_autofree char *text = text_of(envelope->mail), *written = written_of(envelope->mail);
        struct taking taking = {.search = search,
                                .envelope = envelope,
                                .subject = block_of("subject", envelope->mail->subject),
                                .text = block_of("text", text),
                                .reading = reading};
        const struct root_filter *filter = find_filter(&taking, filters);
        say_origin(&taking, reader->settings);
        reading->needs_person = envelope->mail->is_partial; /* what is read in part may look like any problem */
        if (!filter) {
                reading->needs_person = true;
                reading->kind = KIND_OTHER;
                reading->other = g_strdup("no filter claims it");
                reading_reason(reading, "no filter of filters/root takes it");
                return;
        }
        reading->root = taking.root = root_new();
        taking.root->kind = g_strdup(filter->kind);
        take_fields(&taking, &taking.subject, &filter->subject);
        take_fields(&taking, &taking.text, &filter->says);
        take_fields(&taking, &taking.text, &filter->find);
        guess_host(&taking);
        taking.root->title = title_of(taking.root, filter->title ? filter->title : filter->kind);
        taking.root->signature = signature_make(search, filter, taking.root, written);
        say(&taking, filter);
}
