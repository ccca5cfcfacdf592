/* A calendar on a server, kept true by CalDAV (RFC 4791; CALENDAR.md 3 "Client rules").
 * In: an event as it is now, what is known of its copy there. Out: what became of it, and the copy as it stands now. */
#include "out/caldav.h"

#include "base/fail.h"
#include "out/answer.h"
#include "out/dav.h"
#include "out/theirs.h"

#include <string.h>

enum { MOST_ROUNDS = 4 };

/* One event on its way there. */
struct work {
        struct caldav *caldav;
        const struct listed *listed;
        const struct copy *known;
        struct outcome *outcome;
        char *url;
        char *etag;            /* strong; NULL: none */
        struct theirs *theirs; /* what stands there, if it was looked at */
        bool is_there;         /* something stands there, as far as we know */
        bool has_searched;     /* for another object with the UID */
};

static void work_release(struct work *work)
{
        g_free(work->url);
        g_free(work->etag);
        theirs_free(work->theirs);
}

enum cancel_mode caldav_usual_mode(const char *url)
{
        g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
        const char *host = uri ? g_uri_get_host(uri) : NULL;
        return host && g_str_has_suffix(host, ".googleusercontent.com") ? CANCEL_TITLE : CANCEL_STATUS;
}

static void end(struct outcome *outcome, enum sent sent, const char *did, char *why)
{
        outcome->sent = sent;
        outcome->did = did;
        g_free(outcome->why);
        outcome->why = why;
}

/* Take what an answer means over into the outcome, unless the caller goes on with it: TOLD_OK, TOLD_CONFLICT, TOLD_GONE, TOLD_UID. */
static enum told exchange_with(struct caldav *caldav, const struct request *request, struct answer *answer, struct outcome *outcome)
{
        static const enum sent meaning[] = {
                [TOLD_LATER] = SENT_LATER, [TOLD_BUSY] = SENT_BUSY, [TOLD_NEVER] = SENT_NEVER, [TOLD_LOGIN] = SENT_STOP};
        g_autoptr(GError) error = NULL;
        if (!caldav->send(caldav->sender, request, answer, &error)) {
                bool is_ours = g_error_matches(error, FAIL, FAIL_CONFIG);
                end(outcome, is_ours ? SENT_STOP : SENT_BUSY, NULL, g_strdup(error->message));
                return is_ours ? TOLD_LOGIN : TOLD_BUSY;
        }
        enum told told = answer_told(answer);
        outcome->retry_after = answer_retry_after(answer, g_get_real_time() / G_USEC_PER_SEC);
        if (told >= TOLD_LATER)
                end(outcome, meaning[told], NULL, answer_why(answer, request));
        return told;
}

/* See what stands there. */
static enum told look(struct work *work)
{
        struct answer answer = {0};
        const struct request request = {.method = "GET", .url = work->url};
        enum told told = exchange_with(work->caldav, &request, &answer, work->outcome);
        g_autoptr(GError) error = NULL;
        g_clear_pointer(&work->theirs, theirs_free);
        g_clear_pointer(&work->etag, g_free);
        work->is_there = told == TOLD_OK;
        if (told == TOLD_OK) {
                work->etag = answer_etag(&answer);
                work->theirs = theirs_read(answer.body, work->listed->event->uid, &error);
        }
        if (error) {
                end(work->outcome, SENT_LATER, NULL, g_strdup_printf("GET %s: %s", work->url, error->message));
                told = TOLD_LATER;
        }
        if (told == TOLD_CONFLICT || told == TOLD_UID) {
                end(work->outcome, SENT_NEVER, NULL, answer_why(&answer, &request));
                told = TOLD_NEVER;
        }
        answer_release(&answer);
        return told;
}

static char *hash(const char *text)
{
        return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* Above all that was there, if anything of it changes (RFC 5545 3.8.7.4). */
static int next_sequence(const struct work *work)
{
        int theirs = work->theirs ? work->theirs->sequence : -1, wrote = work->known ? work->known->sequence : -1;
        int highest = MAX(theirs, wrote);
        return MAX(work->listed->event->sequence, highest < G_MAXINT ? highest + 1 : highest);
}

/* Where something of theirs stands beside ours, no ETag is remembered: the next writing then looks first, and keeps it again. */
static void done(struct work *work, const char *did, const char *text, int sequence)
{
        bool has_kept = work->theirs && work->theirs->kept->len;
        struct copy *copy = g_new0(struct copy, 1);
        copy->uid = g_strdup(work->listed->event->uid);
        copy->href = g_strdup(work->url);
        copy->etag = has_kept ? NULL : g_strdup(work->etag);
        copy->sha256 = text ? hash(text) : NULL;
        copy->sequence = sequence;
        end(work->outcome, SENT_DONE, did, NULL);
        work->outcome->copy = copy;
}

/* Whether our last writing left just this there: an act that is repeated, or that a later one has already carried out. */
static bool is_written(const struct work *work)
{
        const struct copy *known = work->known;
        if (!known || !known->sha256 || !known->etag)
                return false;
        g_autofree char *text = event_object(work->listed, work->caldav->mode, MAX(known->sequence, work->listed->event->sequence));
        g_autofree char *sha256 = hash(text);
        return g_str_equal(sha256, known->sha256);
}

/* An href of the server's, if it leads to the same host; NULL. */
static char *resolve(const struct caldav *caldav, const char *href)
{
        g_autoptr(GUri) base = g_uri_parse(caldav->url, G_URI_FLAGS_ENCODED, NULL);
        g_autoptr(GUri) there = base && href ? g_uri_parse_relative(base, href, G_URI_FLAGS_ENCODED, NULL) : NULL;
        bool is_same = there && g_str_equal(g_uri_get_scheme(base), g_uri_get_scheme(there)) &&
                       g_strcmp0(g_uri_get_host(base), g_uri_get_host(there)) == 0 && g_uri_get_port(base) == g_uri_get_port(there);
        return is_same ? g_uri_to_string(there) : NULL;
}

/* Ask for the object that has the UID (RFC 4791 7.8.6). NULL: none was named. */
static char *search(struct work *work)
{
        static const char *const headers[] = {"Content-Type: application/xml; charset=utf-8", "Depth: 1", NULL};
        g_autofree char *body = g_strdup_printf("<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                                "<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
                                                "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">"
                                                "<C:comp-filter name=\"VEVENT\"><C:prop-filter name=\"UID\">"
                                                "<C:text-match collation=\"i;octet\">%s</C:text-match>"
                                                "</C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>",
                                                work->listed->event->uid);
        const struct request request = {.method = "REPORT", .url = work->caldav->url, .headers = headers, .body = body};
        struct answer answer = {0};
        exchange_with(work->caldav, &request, &answer, work->outcome);
        struct dav *dav = answer.status == 207 ? dav_read(answer.body) : NULL;
        char *href = dav && dav->members->len ? g_strdup(((struct dav_member *)dav->members->pdata[0])->href) : NULL;
        dav_free(dav);
        answer_release(&answer);
        return href;
}

/* Go on with the object that holds our UID already, as the refusal or the server's search names it. */
static enum told adopt(struct work *work, const struct answer *refusal, const struct request *request)
{
        struct dav *dav = dav_read(refusal->body);
        g_autofree char *href = dav && dav->href ? g_strdup(dav->href) : search(work);
        char *url = resolve(work->caldav, href);
        dav_free(dav);
        if (!url || work->has_searched) {
                end(work->outcome, SENT_NEVER, NULL, answer_why(refusal, request));
                g_free(url);
                return TOLD_NEVER;
        }
        work->has_searched = true;
        g_free(work->url);
        work->url = url;
        enum told told = look(work);
        if (told == TOLD_GONE || (told == TOLD_LATER && work->is_there)) {
                end(work->outcome, SENT_NEVER, NULL, answer_why(refusal, request));
                told = TOLD_NEVER;
        }
        return told;
}

/* A condition that fails with the very ETag that stands there is none: some servers refuse in this way what they do not like. */
static enum told look_again(struct work *work, const struct answer *refusal, const struct request *request)
{
        g_autofree char *sent = g_strdup(work->etag);
        enum told told = look(work);
        if (told != TOLD_OK || !sent || g_strcmp0(sent, work->etag) != 0)
                return told;
        end(work->outcome, SENT_NEVER, NULL, answer_why(refusal, request));
        return TOLD_NEVER;
}

/* The header that lets nothing be overwritten that we did not see; NULL where the server gives no strong ETag. */
static char *condition(const struct work *work)
{
        if (!work->is_there)
                return g_strdup("If-None-Match: *");
        return work->etag ? g_strconcat("If-Match: ", work->etag, NULL) : NULL;
}

/* Write it once. TOLD_OK: it stands there; TOLD_CONFLICT: once more. */
static enum told write_once(struct work *work, const char *did)
{
        int sequence = next_sequence(work);
        g_autofree char *ours = event_object(work->listed, work->caldav->mode, sequence);
        g_autofree char *text = work->theirs ? theirs_merge(work->theirs, ours) : g_strdup(ours);
        g_autofree char *only_if = condition(work);
        const char *const headers[] = {"Content-Type: text/calendar; charset=utf-8", only_if, NULL};
        const struct request request = {.method = "PUT", .url = work->url, .headers = headers, .body = text};
        struct answer answer = {0};
        enum told told = exchange_with(work->caldav, &request, &answer, work->outcome);
        if (told == TOLD_CONFLICT && only_if) {
                told = look_again(work, &answer, &request);
                told = told == TOLD_OK || told == TOLD_GONE ? TOLD_CONFLICT : told;
        } else if (told == TOLD_UID) {
                told = adopt(work, &answer, &request);
                told = told == TOLD_OK ? TOLD_CONFLICT : told;
        } else if (told == TOLD_OK) {
                g_free(work->etag);
                work->etag = answer_etag(&answer);
                /* Without an ETag the server keeps something else than we sent. */
                if (work->etag || look(work) == TOLD_OK)
                        done(work, did, text, sequence);
        } else if (told == TOLD_GONE && work->is_there) {
                work->is_there = false;
                told = TOLD_CONFLICT;
        } else if (told < TOLD_LATER) {
                end(work->outcome, SENT_NEVER, NULL, answer_why(&answer, &request));
                told = TOLD_NEVER;
        }
        answer_release(&answer);
        return told;
}

/* What stands there may say it all already: an act that was cut off before it could be recorded. */
static bool is_said(struct work *work)
{
        g_autofree char *ours = event_object(work->listed, work->caldav->mode, work->listed->event->sequence);
        if (!work->theirs || work->theirs->sequence < work->listed->event->sequence || !theirs_says(work->theirs, ours))
                return false;
        done(work, "there already", NULL, work->theirs->sequence);
        return true;
}

static const char *deed(const struct work *work, bool was_there)
{
        if (!work->is_there)
                return was_there ? "made again, a person had deleted it" : "created";
        return work->theirs && work->theirs->kept->len ? "updated, what others added stays" : "updated";
}

static void write_event(struct work *work)
{
        bool was_there = work->is_there;
        if (!work->etag) {
                enum told told = look(work);
                if (told != TOLD_OK && told != TOLD_GONE)
                        return;
        }
        for (int round = 0; round < MOST_ROUNDS; round++)
                if (is_said(work) || write_once(work, deed(work, was_there)) != TOLD_CONFLICT)
                        return;
        end(work->outcome, SENT_LATER, NULL, g_strdup_printf("%s changes faster than it can be written", work->url));
}

static void remove_event(struct work *work)
{
        for (int round = 0; round < MOST_ROUNDS; round++) {
                enum told told = work->etag ? TOLD_OK : look(work);
                g_autofree char *only_if = told == TOLD_OK ? condition(work) : NULL;
                const char *const headers[] = {only_if, NULL};
                const struct request request = {.method = "DELETE", .url = work->url, .headers = headers, .body = NULL};
                struct answer answer = {0};
                if (told == TOLD_OK)
                        told = exchange_with(work->caldav, &request, &answer, work->outcome);
                if (told == TOLD_UID || (told == TOLD_CONFLICT && !only_if))
                        end(work->outcome, SENT_NEVER, NULL, answer_why(&answer, &request));
                answer_release(&answer);
                g_clear_pointer(&work->etag, g_free);
                if (told == TOLD_OK || told == TOLD_GONE) {
                        done(work, "removed", NULL, work->listed->event->sequence);
                        g_clear_pointer(&work->outcome->copy->href, g_free);
                }
                if (told != TOLD_CONFLICT || !only_if)
                        return;
        }
        end(work->outcome, SENT_LATER, NULL, g_strdup_printf("%s changes faster than it can be removed", work->url));
}

void caldav_put(struct caldav *caldav, const struct listed *listed, const struct copy *known, struct outcome *outcome)
{
        struct work work = {.caldav = caldav, .listed = listed, .known = known, .outcome = outcome};
        *outcome = (struct outcome){.sent = SENT_NEVER, .retry_after = -1};
        work.url = known && known->href ? resolve(caldav, known->href) : NULL;
        work.is_there = work.url != NULL;
        work.etag = work.url ? g_strdup(known->etag) : NULL;
        if (!work.url)
                work.url = g_strconcat(caldav->url, listed->event->uid, ".ics", NULL);
        if (listed->event->state == STATE_CANCELLED && caldav->mode == CANCEL_DELETE)
                remove_event(&work);
        else if (is_written(&work))
                end(outcome, SENT_DONE, "there already", NULL);
        else
                write_event(&work);
        work_release(&work);
}

static char *with_slash(char *url)
{
        if (!url || g_str_has_suffix(url, "/"))
                return url;
        char *longer = g_strconcat(url, "/", NULL);
        g_free(url);
        return longer;
}

static bool is_calendar(const struct answer *answer)
{
        struct dav *dav = answer->status == 207 ? dav_read(answer->body) : NULL;
        bool is_calendar = dav && dav->members->len && ((struct dav_member *)dav->members->pdata[0])->is_calendar;
        dav_free(dav);
        return is_calendar;
}

/* Where a redirection of discovery leads; NULL. */
static char *moved_to(const struct caldav *caldav, const struct answer *answer)
{
        bool is_moved = answer->status == 301 || answer->status == 302 || answer->status == 307 || answer->status == 308;
        return is_moved ? with_slash(resolve(caldav, answer_header(answer, "location"))) : NULL;
}

void caldav_open(struct caldav *caldav, const char *url, struct outcome *outcome)
{
        static const char *const headers[] = {"Content-Type: application/xml; charset=utf-8", "Depth: 0", NULL};
        *outcome = (struct outcome){.retry_after = -1};
        caldav->url = with_slash(g_strdup(url));
        for (int round = 0; round < MOST_ROUNDS; round++) {
                const struct request request = {.method = "PROPFIND",
                                                .url = caldav->url,
                                                .headers = headers,
                                                .body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                                        "<D:propfind xmlns:D=\"DAV:\"><D:prop><D:resourcetype/></D:prop></D:propfind>"};
                struct answer answer = {0};
                enum told told = exchange_with(caldav, &request, &answer, outcome);
                char *moved = moved_to(caldav, &answer);
                if (is_calendar(&answer))
                        end(outcome, SENT_DONE, NULL, NULL);
                else if (told != TOLD_LATER && told != TOLD_BUSY && answer.status)
                        end(outcome, SENT_STOP, NULL,
                            told == TOLD_LOGIN ? answer_why(&answer, &request)
                                               : g_strdup_printf("%s: no calendar (HTTP %d)", caldav->url, answer.status));
                answer_release(&answer);
                if (!moved)
                        return;
                g_free(caldav->url);
                caldav->url = moved;
        }
}

void caldav_release(struct caldav *caldav)
{
        g_clear_pointer(&caldav->url, g_free);
}
