/* The reader: from the bytes of one mail to its reading; pure: it sees the bytes, the filters and the settings, nothing else.
 * In: bytes. Out: a reading. */
#include "reader/reader.h"

#include "reader/attempts.h"
#include "reader/history.h"
#include "reader/lines.h"
#include "reader/mime.h"
#include "reader/noise.h"
#include "reader/root-mail.h"
#include "reader/thread.h"

/* Where the patterns of many filters are searched. */
static void know_mail(struct search *search, const struct mail *mail)
{
        search_know(search, mail->subject);
        for (int b = 0; b < BODY_COUNT; b++)
                if (mail->body[b])
                        search_know(search, mail->body[b]);
}

static void text_of_mail(const struct mail *mail, struct text *text)
{
        *text = (struct text){.mail = mail, .written = mail_written(mail)};
        for (int b = 0; b < BODY_COUNT; b++) {
                if (!mail->body[b])
                        continue;
                text->body[b] = block_of(body_word((enum body)b), mail->body[b]);
                if (b != BODY_ICS)
                        text->body[b].end = history_start(mail->body[b], mail->subject);
        }
}

static gint64 written_of_history(const char *lines, gint64 otherwise)
{
        g_autoptr(GPtrArray) headers = history_headers(lines);
        const struct quoted_header *header = headers->len ? headers->pdata[0] : NULL;
        return header && header->date != MAIL_NO_DATE ? header->date : otherwise;
}

static void read_history(struct work *work)
{
        struct text *text = &work->history;
        const GPtrArray *addresses = work->envelope.addresses;
        const struct header *sender = addresses->len ? addresses->pdata[0] : NULL;
        *text = (struct text){.mail = work->text->mail, .is_history = true, .is_own = sender, .written = work->text->written};
        work->quoted = g_ptr_array_new_with_free_func(g_free);
        for (int b = 0; b < BODY_ICS; b++) {
                const struct block *own = &work->text->body[b];
                if (!own->lines || !own->lines[own->end])
                        continue;
                char *quoted = history_quoted(own->lines, own->end);
                g_ptr_array_add(work->quoted, quoted);
                search_know(&work->search, quoted);
                text->body[b] = block_of(own->where, quoted);
                text->written = written_of_history(own->lines + own->end, text->written);
                text->is_own = text->is_own && history_is_own(quoted, text->mail->subject, sender->value);
        }
}

/* What the mail quotes, as a text of its own. NULL where it quotes nothing. */
static const struct text *history_of(struct work *work)
{
        const struct text *own = work->text;
        for (int b = 0; !work->quoted && b < BODY_ICS; b++)
                if (own->body[b].lines && own->body[b].lines[own->body[b].end])
                        read_history(work);
        return work->quoted ? &work->history : NULL;
}

static bool try_claims(struct work *work, const GPtrArray *claims, const struct text *text)
{
        for (guint i = 0; i < claims->len; i++)
                if (attempts_by_claim(work, claims->pdata[i], text))
                        return true;
        return false;
}

/* What the mail quotes; with claims NULL by the generic reader. */
static bool try_history(struct work *work, const GPtrArray *claims)
{
        const struct text *text = claims && !claims->len ? NULL : history_of(work);
        return text && (claims ? try_claims(work, claims, text) : attempts_generic(work, NULL, text));
}

static GPtrArray *claims_by_sender(struct work *work, const struct envelope *envelope)
{
        const struct reader *reader = work->reader;
        return reader->vendor ? classify_as(reader->filters, reader->vendor) : classify(&work->search, envelope, reader->filters);
}

static GPtrArray *claims_by_words(struct work *work, const struct envelope *envelope, const GPtrArray *by_sender)
{
        if (work->reader->vendor)
                return g_ptr_array_new();
        return classify_by_words(&work->search, envelope, work->reader->filters, by_sender);
}

/* A message that the mail encloses is read as if it had come by itself. */
static bool try_enclosed(struct work *work)
{
        const GPtrArray *enclosed = work->envelope.mail->enclosed;
        for (guint i = 0; i < enclosed->len; i++) {
                const struct mail *mail = enclosed->pdata[i];
                g_autoptr(GPtrArray) addresses = sender_addresses(mail);
                struct envelope envelope = {mail, work->envelope.check, addresses};
                struct text text;
                know_mail(&work->search, mail);
                text_of_mail(mail, &text);
                g_autoptr(GPtrArray) by_sender = claims_by_sender(work, &envelope);
                if (try_claims(work, by_sender, &text))
                        return true;
                g_autoptr(GPtrArray) by_words = claims_by_words(work, &envelope, by_sender);
                if (try_claims(work, by_words, &text))
                        return true;
        }
        return false;
}

/* Whether the mail is noise: what an automatic answer or a bounce quotes is not its own word. */
static bool is_noise(const struct noise_filter *noise)
{
        return noise && noise->resolution == RESOLUTION_NONE;
}

/* Whether the mail says nothing but what it quotes: its subject alone would be half of a notice. */
static bool is_all_quoted(const struct text *text)
{
        bool is_quoted = false;
        for (int b = 0; b < BODY_COUNT; b++) {
                const struct block *own = &text->body[b];
                if (own->lines && own->end > own->start)
                        return false;
                is_quoted = is_quoted || (own->lines && own->lines[own->end]);
        }
        return is_quoted;
}

/* The mail itself, by who sent it, then by what it says; then, where no noise filter takes it, what it quotes and encloses. *noise is the
 * request for a decision that the mail is, if any. */
static bool try_vendors(struct work *work, const GPtrArray *claims, const struct text *text, const struct noise_filter **noise)
{
        bool is_quoted = is_all_quoted(text);
        if (!is_quoted && try_claims(work, claims, text))
                return true;
        g_autoptr(GPtrArray) by_words = claims_by_words(work, &work->envelope, claims);
        if (try_claims(work, by_words, text))
                return true;
        if (!*noise)
                *noise = noise_find(&work->search, &work->envelope, work->reader->filters, RESOLUTION_NONE);
        return !is_noise(*noise) && (try_history(work, claims) || try_history(work, by_words) || try_enclosed(work) ||
                                     (is_quoted && try_claims(work, claims, text)));
}

static bool try_generic_enclosed(struct work *work)
{
        const GPtrArray *enclosed = work->envelope.mail->enclosed;
        for (guint i = 0; i < enclosed->len; i++) {
                struct text text;
                know_mail(&work->search, enclosed->pdata[i]);
                text_of_mail(enclosed->pdata[i], &text);
                if (attempts_generic(work, NULL, &text))
                        return true;
        }
        return try_history(work, NULL);
}

/* What a request for a decision encloses or quotes is what it is about; any other mail speaks first for itself, and noise for nothing else.
 */
static bool try_generic(struct work *work, const struct claim *claim, const struct text *text, const struct noise_filter *noise)
{
        if (is_noise(noise))
                return attempts_generic(work, claim, text);
        if (noise)
                return try_generic_enclosed(work) || attempts_generic(work, claim, text);
        return attempts_generic(work, claim, text) || try_generic_enclosed(work);
}

static const struct claim *surest(const GPtrArray *claims)
{
        return claims->len ? claims->pdata[0] : NULL;
}

/* No vendor's notice was taken: what the generic reader makes of it. */
static void read_unclaimed(struct work *work, const GPtrArray *claims, const struct text *text, const struct noise_filter *noise)
{
        struct reading *reading = work->reading;
        const struct claim *claim = surest(claims);
        if (claim) {
                reading->vendor = g_strdup(claim->filter->vendor);
                reading->vendor_name = g_strdup(claim->filter->name);
                attempts_say_sender(work, claim);
                reading_reason(reading, "no notice of this vendor was recognised");
        } else if (!noise) {
                reading_reason(reading, "no filter claims it");
        }
        if (!try_generic(work, claim, text, noise) || !reading->kind) {
                reading->kind = KIND_OTHER;
                reading->other = g_strdup(claim ? "no notice of this vendor was recognised" : "no filter claims it");
        }
}

/* A pattern that gave up, or text that was left out, leaves a reading that cannot be trusted. */
static void mind_faults(struct work *work)
{
        struct reading *reading = work->reading;
        const GPtrArray *notes = work->envelope.mail->notes;
        for (guint i = 0; i < work->search.faults->len; i++) {
                reading_reason(reading, "%s", (char *)work->search.faults->pdata[i]);
                reading->needs_person = true;
        }
        for (guint i = 0; i < notes->len; i++)
                reading_reason(reading, "%s", (char *)notes->pdata[i]);
        if ((notes->len || work->search.faults->len) && reading->confidence == CONFIDENCE_HIGH)
                reading->confidence = CONFIDENCE_MEDIUM;
}

static void say_mail(struct reading *reading, const struct mail *mail, const GPtrArray *addresses)
{
        reading->message_id = g_strdup(mail->message_id);
        reading->subject = g_strdup(mail->subject);
        reading->date = mail_written(mail);
        thread_read(&reading->thread, mail);
        if (addresses->len)
                reading->from = g_strdup(((struct header *)addresses->pdata[0])->value);
}

/* A request for a decision (a held message, a contract) is one whatever it holds. */
static void read_text(struct work *work, const struct text *text)
{
        const struct noise_filter *noise = noise_find(&work->search, &work->envelope, work->reader->filters, RESOLUTION_REVIEW);
        g_autoptr(GPtrArray) claims = claims_by_sender(work, &work->envelope);
        bool is_notice = try_vendors(work, claims, text, &noise);
        if (!is_notice)
                read_unclaimed(work, claims, text, noise);
        if (noise)
                noise_say(&work->search, work->envelope.mail, noise, work->reading);
        if (noise && is_notice)
                work->reading->needs_person = true;
        else if (noise)
                noise_take(noise, work->reading);
}

static void work_release(struct work *work)
{
        zone_set_trim(work->reader->zones, work->search.faults->len > 0);
        search_forget(&work->search);
        g_clear_pointer(&work->quoted, g_ptr_array_unref);
}

struct reading *reader_read_mail(const struct reader *reader, const struct mail *mail)
{
        g_autoptr(GPtrArray) addresses = sender_addresses(mail);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        struct sender_check *check = sender_check(mail, reader->settings);
        struct text text;
        text_of_mail(mail, &text);
        struct work work = {
                .reader = reader,
                .search = {reader->patterns, reader->labels, reader->zones, faults, NULL},
                .envelope = {mail, check, addresses},
                .reading = reading_new(),
                .text = &text,
        };
        know_mail(&work.search, mail);
        for (guint i = 0; i < addresses->len; i++)
                search_know(&work.search, ((struct header *)addresses->pdata[i])->value);
        say_mail(work.reading, mail, addresses);
        work.reading->stream = reader->stream;
        if (reader->stream == STREAM_ROOT)
                root_mail_read(&work.search, &work.envelope, reader, work.reading);
        else
                read_text(&work, &text);
        mind_faults(&work);
        work_release(&work);
        sender_check_free(check);
        return work.reading;
}

struct reading *reader_read(const struct reader *reader, GBytes *bytes)
{
        struct mail *mail = mime_read(bytes);
        lines_read(mail);
        struct reading *reading = reader_read_mail(reader, mail);
        mail_free(mail);
        return reading;
}
