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

/* What the mail quotes, as a text of its own; quoted[] owns its lines. false where it quotes nothing. */
static bool text_of_history(const struct mail *mail, struct text *text, char *quoted[BODY_COUNT])
{
        bool has_text = false;
        *text = (struct text){.mail = mail, .is_history = true, .written = mail_written(mail)};
        for (int b = 0; b < BODY_ICS; b++) {
                quoted[b] = mail->body[b] ? history_quoted(mail->body[b], mail->subject) : NULL;
                if (!quoted[b])
                        continue;
                text->body[b] = block_of(body_word((enum body)b), quoted[b]);
                text->written = written_of_history(mail->body[b] + history_start(mail->body[b], mail->subject), text->written);
                has_text = true;
        }
        return has_text;
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
        char *quoted[BODY_COUNT] = {0};
        struct text text;
        bool is_taken = (!claims || claims->len) && text_of_history(work->envelope.mail, &text, quoted) &&
                        (claims ? try_claims(work, claims, &text) : attempts_generic(work, NULL, &text));
        for (int b = 0; b < BODY_COUNT; b++)
                g_free(quoted[b]);
        return is_taken;
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

/* The mail itself, by who sent it, then by what it says; then, where no noise filter takes it, what it quotes and encloses. *noise is the
 * request for a decision that the mail is, if any. */
static bool try_vendors(struct work *work, const GPtrArray *claims, const struct text *text, const struct noise_filter **noise)
{
        if (try_claims(work, claims, text))
                return true;
        g_autoptr(GPtrArray) by_words = claims_by_words(work, &work->envelope, claims);
        if (try_claims(work, by_words, text))
                return true;
        if (!*noise)
                *noise = noise_find(&work->search, &work->envelope, work->reader->filters, RESOLUTION_NONE);
        return !is_noise(*noise) && (try_history(work, claims) || try_history(work, by_words) || try_enclosed(work));
}

static bool try_generic_enclosed(struct work *work)
{
        const GPtrArray *enclosed = work->envelope.mail->enclosed;
        for (guint i = 0; i < enclosed->len; i++) {
                struct text text;
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

/* Where the patterns of all filters are searched. */
static void know_texts(struct search *search, const struct mail *mail, const GPtrArray *addresses)
{
        search_know(search, mail->subject);
        for (int b = 0; b < BODY_COUNT; b++)
                if (mail->body[b])
                        search_know(search, mail->body[b]);
        for (guint i = 0; i < addresses->len; i++)
                search_know(search, ((struct header *)addresses->pdata[i])->value);
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

struct reading *reader_read_mail(const struct reader *reader, const struct mail *mail)
{
        g_autoptr(GPtrArray) addresses = sender_addresses(mail);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        struct sender_check *check = sender_check(mail, reader->settings);
        struct work work = {
                reader, {reader->patterns, reader->labels, reader->zones, faults, NULL}, {mail, check, addresses}, reading_new()};
        struct text text;
        know_texts(&work.search, mail, addresses);
        text_of_mail(mail, &text);
        say_mail(work.reading, mail, addresses);
        work.reading->stream = reader->stream;
        if (reader->stream == STREAM_ROOT)
                root_mail_read(&work.search, &work.envelope, reader->filters, work.reading);
        else
                read_text(&work, &text);
        mind_faults(&work);
        zone_set_trim(reader->zones, faults->len > 0);
        search_forget(&work.search);
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
