/* Noise: mail that asks for nothing, and requests that want a person's decision (FILTERS.md "Noise filters").
 * In: a mail and the noise filters. Out: the filter that takes it, and what it makes of the reading. */
#include "reader/noise.h"

#include "reader/value.h"

#include <string.h>

static bool is_from(struct search *search, const struct envelope *envelope, const struct words *patterns)
{
        for (guint i = 0; i < envelope->addresses->len; i++) {
                const struct header *address = envelope->addresses->pdata[i];
                if (!classify_is_quoted(address) && classify_is_in(search, address->value, patterns))
                        return true;
        }
        return false;
}

/* What is asked of the mail's fields, and their letters once that was asked for. */
struct fields {
        const struct mail *mail;
        bool are_known;
        struct trigrams trigrams;
};

static void know_fields(struct fields *fields)
{
        g_autoptr(GString) lines = g_string_new(NULL);
        for (guint i = 0; i < fields->mail->headers->len; i++) {
                const struct header *header = fields->mail->headers->pdata[i];
                g_string_append(lines, header->name);
                g_string_append(lines, ": ");
                g_string_append(lines, header->value);
                g_string_append_c(lines, '\n');
        }
        trigrams_of_text(&fields->trigrams, lines->str, lines->len);
        fields->are_known = true;
}

static bool may_have_header(struct search *search, struct fields *fields, const struct words *patterns)
{
        if (!fields->are_known)
                know_fields(fields);
        for (unsigned i = 0; i < patterns->n; i++)
                if (re_may_match(search->patterns, patterns->word[i], &fields->trigrams))
                        return true;
        return false;
}

static bool has_header(struct search *search, struct fields *fields, const struct words *patterns)
{
        if (!may_have_header(search, fields, patterns))
                return false;
        for (guint i = 0; i < fields->mail->headers->len; i++) {
                const struct header *header = fields->mail->headers->pdata[i];
                g_autofree char *line = g_strdup_printf("%s: %s", header->name, header->value);
                if (classify_is_in(search, line, patterns))
                        return true;
        }
        return false;
}

static bool takes(struct search *search, const struct envelope *envelope, struct fields *fields, const struct noise_filter *filter)
{
        const struct mail *mail = envelope->mail;
        const char *list = mail_header(mail, "List-Id");
        return (!filter->subject.n || classify_is_in(search, mail->subject, &filter->subject)) &&
               (!filter->from.n || is_from(search, envelope, &filter->from)) &&
               (!filter->list.n || (list && classify_is_in(search, list, &filter->list))) &&
               (!filter->header.n || has_header(search, fields, &filter->header)) &&
               (!filter->says.n || classify_says(search, mail, &filter->says, NULL)) &&
               !(filter->unless.n && classify_says(search, mail, &filter->unless, NULL));
}

/* Whoever sent it: a mail that speaks of planned work is not noise by its other words. */
static bool is_spared(struct search *search, const struct mail *mail, const struct noise_filter *filter, const struct filters *filters)
{
        return filter->resolution == RESOLUTION_NONE && !filter->despite_work && filters->words && filters->words->work.n &&
               classify_says(search, mail, &filters->words->work, NULL);
}

const struct noise_filter *noise_find(struct search *search, const struct envelope *envelope, const struct filters *filters,
                                      enum resolution resolution)
{
        struct fields fields = {.mail = envelope->mail};
        for (guint i = 0; i < filters->noise->len; i++) {
                const struct noise_filter *filter = filters->noise->pdata[i];
                if (filter->resolution == resolution && takes(search, envelope, &fields, filter) &&
                    !is_spared(search, envelope->mail, filter, filters))
                        return filter;
        }
        return NULL;
}

void noise_say(struct search *search, const struct mail *mail, const struct noise_filter *noise, struct reading *reading)
{
        g_autofree char *file = g_path_get_basename(noise->path);
        reading_reason(reading, "filter noise/%s: %s", file, noise->reason);
        for (unsigned i = 0; i < noise->tells.n; i++) {
                struct words one = {.word = &noise->tells.word[i], .n = 1};
                g_autofree char *what = NULL;
                if (classify_says(search, mail, &one, &what))
                        reading_reason(reading, "it says: %s", what);
        }
}

/* A window with an id that is still to come when the mail was written: no mail that announces one is noise. */
static bool announces_window(const struct reading *reading)
{
        for (guint i = 0; i < reading->notices->len; i++) {
                const struct notice *notice = reading->notices->pdata[i];
                for (guint k = 0; k < notice->windows->len; k++)
                        if (((struct window *)notice->windows->pdata[k])->start > reading->date)
                                return true;
        }
        return false;
}

void noise_take(const struct noise_filter *noise, struct reading *reading)
{
        int kind = kind_from_word(noise->reason);
        if (noise->resolution == RESOLUTION_REVIEW) {
                reading->needs_person = true;
        } else if (announces_window(reading)) {
                reading_reason(reading, "but it announces a window");
                reading->needs_person = true;
        } else {
                reading->is_noise = true;
                g_ptr_array_set_size(reading->notices, 0);
        }
        g_free(reading->other);
        reading->other = kind > 0 ? NULL : g_strdup(noise->reason);
        reading->kind = kind > 0 ? (enum kind)kind : KIND_OTHER;
        if (!reading->notices->len)
                reading->confidence = noise->from.n || noise->list.n || noise->header.n ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
}
