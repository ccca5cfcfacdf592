/* The confined child: whatever a mail makes the reader do, the parent gets a reading, and the next mail is read as if nothing had happened.
 * In: functions that misbehave in place of the reader. Out: TAP. */
#include "config.h"

#include "reader/confine.h"

#include "base/limits.h"
#include "data/reading-cells.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef SANITIZED
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

enum { PARENT = 3 }; /* the child's descriptor of its parent */

/* A reader's place is taken by a function of this file; the counter lives in the child. */
struct misdeed {
        void (*commit)(struct reading *reading, GBytes *mail);
        int *mails_read;
};

static struct reading *misbehave(const void *data, GBytes *mail)
{
        const struct misdeed *misdeed = data;
        struct reading *reading = reading_new();
        reading->kind = KIND_NEW;
        (*misdeed->mails_read)++;
        if (!g_str_has_prefix(g_bytes_get_data(mail, NULL), "harmless"))
                misdeed->commit(reading, mail);
        reading_reason(reading, "mail %d", *misdeed->mails_read);
        return reading;
}

static struct reading *read_text(struct confined *confined, const char *text)
{
        g_autoptr(GBytes) mail = g_bytes_new(text, strlen(text) + 1);
        return confined_read(confined, mail);
}

static const char *first_reason(const struct reading *reading)
{
        g_assert_cmpuint(reading->reasons->len, >, 0);
        return reading->reasons->pdata[0];
}

static void assert_reason(struct confined *confined, const char *text, const char *expected)
{
        struct reading *reading = read_text(confined, text);
        g_assert_nonnull(reading);
        if (strstr(first_reason(reading), expected) == NULL)
                g_error("'%s' is not in: %s", expected, first_reason(reading));
        bool has_failed = g_str_has_prefix(expected, "reader failed");
        g_assert_cmpint(reading->kind, ==, has_failed ? KIND_OTHER : KIND_NEW);
        g_assert_cmpint(reading->needs_person, ==, has_failed);
        reading_free(reading);
}

static struct confined *confine(const struct misdeed *misdeed)
{
        g_autoptr(GError) error = NULL;
        struct confined *confined = confined_new_with(misbehave, misdeed, &error);
        g_assert_no_error(error);
        return confined;
}

static void crash(struct reading *reading, GBytes *mail)
{
        volatile char *volatile nowhere = NULL;
        *nowhere = reading != NULL && mail != NULL;
}

static void recurse(struct reading *reading, GBytes *mail)
{
        volatile char frame[64 * 1024];
        frame[0] = 1;
        if (reading->kind == KIND_NEW) /* always */
                recurse(reading, mail);
        frame[1] = frame[0];
}

static void give_up(struct reading *reading, GBytes *mail)
{
        g_assert(reading == NULL || mail == NULL);
}

static void loop(struct reading *reading, GBytes *mail)
{
        (void)mail;
        for (volatile guint64 i = 0; reading->kind == KIND_NEW; i++)
                ;
}

static void wait_for_ever(struct reading *reading, GBytes *mail)
{
        char byte;
        (void)mail;
        while (reading->kind == KIND_NEW)
                reading->emergency = read(PARENT, &byte, 1) == 1;
}

static void hoard(struct reading *reading, GBytes *mail)
{
        (void)mail;
        while (reading->kind == KIND_NEW) {
                char *block = g_malloc(1024 * 1024);
                memset(block, 1, 1024 * 1024);
                reading_reason(reading, "%p", (void *)block);
        }
}

static void leave(struct reading *reading, GBytes *mail)
{
        (void)reading;
        (void)mail;
        _exit(3);
}

static void say(const char *text)
{
        if (write(PARENT, text, strlen(text)) < 0)
                _exit(4);
}

static void babble(struct reading *reading, GBytes *mail)
{
        (void)reading;
        (void)mail;
        say("how are you?\n");
}

static void stop_short(struct reading *reading, GBytes *mail)
{
        (void)reading;
        (void)mail;
        say("1 12@mail.exa");
        _exit(0);
}

/* The line is in order, but no reading. */
static void lie(struct reading *reading, GBytes *mail)
{
        (void)reading;
        (void)mail;
        say("1 12@mail.example\tsplendid\n");
        _exit(0);
}

static void talk_on(struct reading *reading, GBytes *mail)
{
        (void)mail;
        char words[4096];
        memset(words, 'x', sizeof(words));
        while (reading->kind == KIND_NEW)
                if (write(PARENT, words, sizeof(words)) < 0)
                        _exit(4);
}

struct expectation {
        const char *name;
        void (*commit)(struct reading *reading, GBytes *mail);
        const char *reason;
        bool not_sanitized; /* needs seccomp, the memory limit, the CPU limit or signals that sanitizers catch */
        bool is_slow;
};

static const struct expectation expectations[] = {
        {.name = "crash", .commit = crash, .reason = "reader failed: it crashed (SIGSEGV)", .not_sanitized = true},
        {.name = "recursion", .commit = recurse, .reason = "reader failed: it crashed (SIGSEGV)", .not_sanitized = true},
        {.name = "broken-promise", .commit = give_up, .reason = "reader failed: it gave up", .not_sanitized = true},
        {.name = "loop", .commit = loop, .reason = "reader failed: out of time: it computed", .not_sanitized = true},
        {.name = "hang", .commit = wait_for_ever, .reason = "reader failed: out of time: no answer within 30 seconds", .is_slow = true},
        {.name = "memory", .commit = hoard, .reason = "reader failed: out of memory: more than 256 MB", .not_sanitized = true},
        {.name = "exit", .commit = leave, .reason = "reader failed: it ended by itself, with status 3"},
        {.name = "garbage", .commit = babble, .reason = "reader failed: its answer is no reading"},
        {.name = "half-a-line", .commit = stop_short, .reason = "reader failed: it ended by itself, with status 0"},
        {.name = "false-line", .commit = lie, .reason = "reader failed: its answer is no reading"},
        {.name = "endless-line", .commit = talk_on, .reason = "reader failed: its answer is longer than 16 MB"},
};

static void test_death(gconstpointer data)
{
        const struct expectation *expectation = data;
        if ((expectation->not_sanitized && IS_SANITIZED) || (expectation->is_slow && !g_test_slow())) {
                g_test_skip("built with sanitizers, or slow");
                return;
        }
        int mails_read = 0;
        struct misdeed misdeed = {expectation->commit, &mails_read};
        struct confined *confined = confine(&misdeed);
        assert_reason(confined, "first", expectation->reason);
        assert_reason(confined, "harmless", "mail 1"); /* in a new child */
        assert_reason(confined, "harmless", "mail 2"); /* in the same */
        assert_reason(confined, "second", expectation->reason);
        assert_reason(confined, "harmless", "mail 1");
        confined_free(confined);
        g_assert_cmpint(mails_read, ==, 0);
}

/* A mail must not pay for those before it: it is read again in a new child, and once only. */
static struct reading *leave_when_old(const void *data, GBytes *mail)
{
        int *mails_read = *(int *const *)data;
        struct reading *reading = reading_new();
        reading->kind = KIND_NEW;
        if (++*mails_read > 1)
                leave(reading, mail);
        reading_reason(reading, "mail %d", *mails_read);
        return reading;
}

static void test_second_try(void)
{
        int mails_read = 0;
        int *counter = &mails_read;
        g_autoptr(GError) error = NULL;
        struct confined *confined = confined_new_with(leave_when_old, &counter, &error);
        g_assert_no_error(error);
        for (int i = 0; i < 3; i++)
                assert_reason(confined, "", "mail 1");
        confined_free(confined);
}

static void speak_up(int signal)
{
        (void)signal;
        struct reading *forged = reading_failed(STREAM_MAINT, "forged");
        g_autoptr(GString) line = g_string_new("1 ");
        reading_to_cells(forged, line);
        g_string_append_c(line, '\n');
        say(line->str);
        reading_free(forged);
}

static void speak_later(struct reading *reading, GBytes *mail)
{
        (void)reading;
        (void)mail;
        struct itimerval soon = {.it_value = {.tv_usec = 200 * 1000}};
        signal(SIGALRM, speak_up);
        setitimer(ITIMER_REAL, &soon, NULL);
}

/* A child that speaks unasked could answer for a mail that it has not seen. */
static void test_unasked(void)
{
        int mails_read = 0;
        struct misdeed misdeed = {speak_later, &mails_read};
        struct confined *confined = confine(&misdeed);
        assert_reason(confined, "", "mail 1");
        struct pollfd unasked = {.fd = confined_fd(confined), .events = POLLIN};
        g_assert_cmpint(poll(&unasked, 1, 10000), ==, 1);
        assert_reason(confined, "harmless", "mail 1"); /* in a new child, at the first try */
        confined_free(confined);
}

static void nothing(struct reading *reading, GBytes *mail)
{
        reading_reason(reading, "%" G_GSIZE_FORMAT " bytes", g_bytes_get_size(mail));
}

static void test_renewal(void)
{
        int mails_read = 0;
        struct misdeed misdeed = {nothing, &mails_read};
        struct confined *confined = confine(&misdeed);
        for (int i = 0; i < LIMIT_CHILD_MAILS - 1; i++)
                reading_free(read_text(confined, "harmless"));
        g_autofree char *last = g_strdup_printf("mail %d", LIMIT_CHILD_MAILS);
        assert_reason(confined, "harmless", last);
        assert_reason(confined, "harmless", "mail 1");
        confined_free(confined);
}

static void test_sizes(void)
{
        int mails_read = 0;
        struct misdeed misdeed = {nothing, &mails_read};
        struct confined *confined = confine(&misdeed);
        const gsize sizes[][2] = {{0, 0}, {1, 1}, {LIMIT_MAIL, LIMIT_MAIL}, {LIMIT_MAIL + 1000, LIMIT_MAIL + 1}};
        for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
                g_autoptr(GBytes) mail = g_bytes_new_take(g_malloc0(sizes[i][0] + 1), sizes[i][0]);
                struct reading *reading = confined_read(confined, mail);
                g_autofree char *expected = g_strdup_printf("%" G_GSIZE_FORMAT " bytes", sizes[i][1]);
                g_assert_cmpstr(first_reason(reading), ==, expected);
                reading_free(reading);
        }
        confined_free(confined);
}

/* Two children at work at the same time; one of them dies. */
static void test_side_by_side(void)
{
        int mails_read = 0;
        struct misdeed good = {nothing, &mails_read}, bad = {leave, &mails_read};
        struct confined *confined[] = {confine(&good), confine(&bad)};
        g_autoptr(GBytes) mail = g_bytes_new_static("mail", 5);
        for (gsize i = 0; i < 2; i++)
                confined_send(confined[i], mail);
        struct reading *reading[] = {confined_receive(confined[0]), confined_receive(confined[1])};
        g_assert_cmpstr(first_reason(reading[0]), ==, "5 bytes");
        g_assert_cmpint(reading[1]->kind, ==, KIND_OTHER);
        for (gsize i = 0; i < 2; i++) {
                reading_free(reading[i]);
                confined_free(confined[i]);
        }
        g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1); /* no child is left */
        g_assert_cmpint(errno, ==, ECHILD);
}

static void answer_before(struct reading *reading, GBytes *mail)
{
        (void)reading;
        (void)mail;
        say("1 ");
        speak_up(SIGALRM);
}

/* Send two mails before the answer to the first is taken; give the reading of the second, which is harmless. */
static struct reading *read_behind(struct confined *confined, const char *text)
{
        g_autoptr(GBytes) first = g_bytes_new(text, strlen(text) + 1), second = g_bytes_new_static("harmless", 9);
        confined_send(confined, first);
        g_assert_true(confined_has_room(confined, second));
        confined_send(confined, second);
        reading_free(confined_receive(confined));
        return confined_receive(confined);
}

/* A mail that was sent ahead is read whatever the one before it does, and gets no answer but its own. */
static void test_ahead(void)
{
        void (*const misdeeds[])(struct reading *, GBytes *) = {leave, babble, stop_short, answer_before};
        for (gsize i = 0; i < G_N_ELEMENTS(misdeeds); i++) {
                int mails_read = 0;
                struct misdeed misdeed = {misdeeds[i], &mails_read};
                struct confined *confined = confine(&misdeed);
                struct reading *reading = read_behind(confined, "first");
                g_assert_cmpint(reading->kind, ==, KIND_NEW);
                g_assert_cmpstr(first_reason(reading), ==, "mail 1"); /* in a new child */
                reading_free(reading);
                confined_free(confined);
        }
}

/* As many harmless mails as are taken at once, but for one. */
static guint send_many(struct confined *confined, guint wicked)
{
        g_autoptr(GBytes) harmless = g_bytes_new_static("harmless", 9), other = g_bytes_new_static("other", 6);
        guint n = 0;
        while (confined_has_room(confined, harmless))
                confined_send(confined, n++ == wicked ? other : harmless);
        return n;
}

/* Give how many mails were sent together: the wicked one pays, whichever it is, and all others are read. */
static guint assert_blame(const struct expectation *expectation, guint wicked)
{
        int mails_read = 0;
        struct misdeed misdeed = {expectation->commit, &mails_read};
        struct confined *confined = confine(&misdeed);
        guint n = send_many(confined, wicked);
        for (guint i = 0; i < n; i++) {
                struct reading *reading = answer_read(confined_take(confined));
                g_autofree char *expected = g_strdup_printf("mail %u", i < wicked ? i + 1 : i - wicked);
                g_assert_true(g_str_has_prefix(first_reason(reading), i == wicked ? expectation->reason : expected));
                g_assert_cmpint(reading_has_failed(reading), ==, i == wicked);
                reading_free(reading);
        }
        confined_free(confined);
        return n;
}

static void test_blame(gconstpointer data)
{
        const struct expectation *expectation = data;
        if ((expectation->not_sanitized && IS_SANITIZED) || expectation->is_slow) {
                g_test_skip("built with sanitizers, or slow");
                return;
        }
        guint n = assert_blame(expectation, 0);
        g_assert_cmpuint(n, >, 2);
        assert_blame(expectation, 1);
        assert_blame(expectation, n - 1);
}

/* A child is not given more mails than it may read, though there were room, and those it was given are answered before it goes. */
static void test_renewal_ahead(void)
{
        int mails_read = 0;
        struct misdeed misdeed = {nothing, &mails_read};
        struct confined *confined = confine(&misdeed);
        for (int i = 0; i < LIMIT_CHILD_MAILS - 2; i++)
                reading_free(read_text(confined, "harmless"));
        g_assert_cmpuint(send_many(confined, G_MAXUINT), ==, 2);
        for (int i = LIMIT_CHILD_MAILS - 1; i <= LIMIT_CHILD_MAILS; i++) {
                struct reading *reading = answer_read(confined_take(confined));
                g_autofree char *expected = g_strdup_printf("mail %d", i);
                g_assert_cmpstr(first_reason(reading), ==, expected);
                reading_free(reading);
        }
        assert_reason(confined, "harmless", "mail 1");
        confined_free(confined);
}

/* A mail that may not fit into the socket is not sent ahead, nor anything ahead of its answer. */
static void test_room(void)
{
        int mails_read = 0;
        struct misdeed misdeed = {nothing, &mails_read};
        struct confined *confined = confine(&misdeed);
        g_autoptr(GBytes) small = g_bytes_new_static("small", 5), large = g_bytes_new_take(g_malloc0(1000 * 1000), 1000 * 1000);
        g_assert_true(confined_has_room(confined, large));
        confined_send(confined, small);
        g_assert_false(confined_has_room(confined, large));
        reading_free(confined_receive(confined));
        confined_send(confined, large);
        g_assert_false(confined_has_room(confined, small));
        reading_free(confined_receive(confined));
        confined_free(confined);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(expectations); i++) {
                g_autofree char *path = g_strconcat("/confine/death/", expectations[i].name, NULL);
                g_autofree char *among = g_strconcat("/confine/blame/", expectations[i].name, NULL);
                g_test_add_data_func(path, &expectations[i], test_death);
                g_test_add_data_func(among, &expectations[i], test_blame);
        }
        g_test_add_func("/confine/unasked", test_unasked);
        g_test_add_func("/confine/second-try", test_second_try);
        g_test_add_func("/confine/renewal", test_renewal);
        g_test_add_func("/confine/sizes", test_sizes);
        g_test_add_func("/confine/side-by-side", test_side_by_side);
        g_test_add_func("/confine/ahead", test_ahead);
        g_test_add_func("/confine/renewal-ahead", test_renewal_ahead);
        g_test_add_func("/confine/room", test_room);
        return g_test_run();
}
