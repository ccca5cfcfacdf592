/* The reader: from the bytes of one mail to its reading; pure: it sees the bytes, the filters and the settings, nothing else.
 * In: bytes. Out: a reading. */
#include "reader/reader.h"

#include "reader/attempts.h"
#include "reader/history.h"
#include "reader/lines.h"
#include "reader/mime.h"
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

static bool try_history(struct work *work, const GPtrArray *claims)
{
        char *quoted[BODY_COUNT] = {0};
        struct text text;
        bool is_taken = claims->len && text_of_history(work->envelope.mail, &text, quoted) && try_claims(work, claims, &text);
        for (int b = 0; b < BODY_COUNT; b++)
                g_free(quoted[b]);
        return is_taken;
}

static GPtrArray *claims_of(struct work *work, const struct envelope *envelope, bool by_words)
{
        const struct filters *filters = work->reader->filters;
        if (work->reader->vendor)
                return classify_as(filters, work->reader->vendor);
        return by_words ? classify_by_words(&work->search, envelope, filters) : classify(&work->search, envelope, filters);
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
                for (int by_words = 0; by_words < 2; by_words++) {
                        g_autoptr(GPtrArray) claims = claims_of(work, &envelope, by_words);
                        if (try_claims(work, claims, &text))
                                return true;
                }
        }
        return false;
}

/* The mail itself, then what it quotes, then what it encloses; by who sent it, then by what it says. */
static bool try_vendors(struct work *work, const GPtrArray *claims, const struct text *text)
{
        if (try_claims(work, claims, text))
                return true;
        g_autoptr(GPtrArray) by_words = work->reader->vendor ? g_ptr_array_new() : claims_of(work, &work->envelope, true);
        return try_claims(work, by_words, text) || try_history(work, claims) || try_history(work, by_words) || try_enclosed(work);
}

/* A window still to come when the mail was written: no mail that announces one is noise. */
static bool announces_window(const struct reading *reading, gint64 written)
{
        for (guint i = 0; i < reading->notices->len; i++) {
                const struct notice *notice = reading->notices->pdata[i];
                for (guint k = 0; k < notice->windows->len; k++) {
                        const struct window *window = notice->windows->pdata[k];
                        if (window->start != READING_NO_TIME && window->end != READING_NO_TIME && window->start > written)
                                return true;
                }
        }
        return false;
}

static void take_noise(struct reading *reading, const struct noise_filter *noise, gint64 written)
{
        int kind = kind_from_word(noise->reason);
        reading_reason(reading, "noise filter '%s'", noise->reason);
        if (noise->resolution == RESOLUTION_REVIEW) {
                reading->needs_person = true;
        } else if (announces_window(reading, written)) {
                reading_reason(reading, "but it announces a window");
                reading->needs_person = true;
        } else {
                reading->is_noise = true;
        }
        g_free(reading->other);
        reading->other = kind > 0 ? NULL : g_strdup(noise->reason);
        reading->kind = kind > 0 ? (enum kind)kind : KIND_OTHER;
        reading->confidence = noise->from.n || noise->list.n ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
}

static const struct claim *surest(const GPtrArray *claims)
{
        return claims->len ? claims->pdata[0] : NULL;
}

/* No vendor's notice was taken: noise, or what the generic reader makes of it. */
static void read_unclaimed(struct work *work, const GPtrArray *claims, const struct text *text)
{
        struct reading *reading = work->reading;
        const struct claim *claim = surest(claims);
        const struct noise_filter *noise = classify_noise(&work->search, &work->envelope, work->reader->filters);
        if (claim) {
                reading->vendor = g_strdup(claim->filter->vendor);
                reading->vendor_name = g_strdup(claim->filter->name);
                attempts_say_sender(work, claim);
                reading_reason(reading, "no notice of this vendor was recognised");
        } else if (!noise) {
                reading_reason(reading, "no filter claims it");
        }
        if (!attempts_generic(work, claim, text) || !reading->kind) {
                reading->kind = KIND_OTHER;
                reading->other = g_strdup(claim ? "no notice of this vendor was recognised" : "no filter claims it");
        }
        if (noise)
                take_noise(reading, noise, text->written);
}

/* A request for a decision (a held message, a contract) is one whatever it holds. */
static void mind_requests(struct work *work)
{
        const struct noise_filter *noise = classify_noise(&work->search, &work->envelope, work->reader->filters);
        if (!noise || noise->resolution != RESOLUTION_REVIEW)
                return;
        work->reading->needs_person = true;
        reading_reason(work->reading, "noise filter '%s' wants a decision", noise->reason);
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
        reading->stream = STREAM_MAINT;
        reading->message_id = g_strdup(mail->message_id);
        reading->subject = g_strdup(mail->subject);
        reading->date = mail_written(mail);
        thread_read(&reading->thread, mail);
        if (addresses->len)
                reading->from = g_strdup(((struct header *)addresses->pdata[0])->value);
}

struct reading *reader_read_mail(const struct reader *reader, const struct mail *mail)
{
        g_autoptr(GPtrArray) addresses = sender_addresses(mail);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        struct sender_check *check = sender_check(mail, reader->settings);
        struct work work = {reader, {reader->patterns, reader->labels, reader->zones, faults}, {mail, check, addresses}, reading_new()};
        struct text text;
        text_of_mail(mail, &text);
        say_mail(work.reading, mail, addresses);
        g_autoptr(GPtrArray) claims = claims_of(&work, &work.envelope, false);
        if (try_vendors(&work, claims, &text))
                mind_requests(&work);
        else
                read_unclaimed(&work, claims, &text);
        mind_faults(&work);
        zone_set_trim(reader->zones, faults->len > 0);
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
