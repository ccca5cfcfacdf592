/* How a mail stands among others: references, list headers, and the hash that tells the same mail from another one. */
#include "reader/thread.h"

#define FOOTER                                                                                                                             \
        "--\nYou received this message because you are subscribed to the Google Groups \"works\" group.\nTo unsubscribe from this group "  \
        "and stop receiving emails from it, send an email to works+unsubscribe@example.com.\nTo view this discussion visit "               \
        "https://groups.example/x."

static void add_header(struct mail *mail, const char *name, const char *value)
{
        struct header *header = g_new0(struct header, 1);
        header->name = g_strdup(name);
        header->value = g_strdup(value);
        g_ptr_array_add(mail->headers, header);
}

static struct mail *make_mail(const char *subject, const char *text)
{
        struct mail *mail = mail_new();
        mail->subject = g_strdup(subject);
        mail->body[BODY_TEXT] = g_strdup(text);
        return mail;
}

static struct reading *read_and_free(struct mail *mail)
{
        struct reading *reading = reading_new();
        thread_read(&reading->thread, mail);
        mail_free(mail);
        return reading;
}

static char *hash(const char *subject, const char *text)
{
        struct reading *reading = read_and_free(make_mail(subject, text));
        char *hash = g_steal_pointer(&reading->thread.text_hash);
        reading_free(reading);
        return hash;
}

static void test_references(void)
{
        struct mail *mail = make_mail("Works", "x");
        add_header(mail, "References", "<root@mail.example> (a comment) <second@mail.example>\t<broken <root@mail.example> <>");
        add_header(mail, "In-Reply-To", "<third@mail.example>");
        struct reading *reading = read_and_free(mail);
        const GPtrArray *references = reading->thread.references;
        g_assert_cmpuint(references->len, ==, 3);
        g_assert_cmpstr(references->pdata[0], ==, "root@mail.example");
        g_assert_cmpstr(references->pdata[1], ==, "second@mail.example");
        g_assert_cmpstr(references->pdata[2], ==, "third@mail.example");
        reading_free(reading);
}

static void test_many_references(void)
{
        g_autoptr(GString) header = g_string_new(NULL);
        for (int i = 0; i < 1000; i++)
                g_string_append_printf(header, "<%d@mail.example> ", i);
        struct mail *mail = make_mail("Works", "x");
        add_header(mail, "References", header->str);
        struct reading *reading = read_and_free(mail);
        g_assert_cmpuint(reading->thread.references->len, ==, 100);
        reading_free(reading);
}

static void test_list(void)
{
        struct mail *mail = make_mail("Works", "x");
        add_header(mail, "List-ID", "Works <works.example.com>");
        add_header(mail, "List-Post", "<mailto:works@example.com>");
        mail->received = 7;
        struct reading *reading = read_and_free(mail);
        g_assert_cmpstr(reading->thread.list_id, ==, "Works <works.example.com>");
        g_assert_cmpstr(reading->thread.list_post, ==, "<mailto:works@example.com>");
        g_assert_null(reading->thread.list_archive);
        g_assert_null(reading->thread.calendar_uid);
        g_assert_cmpint(reading->thread.calendar_sequence, ==, -1);
        g_assert_cmpint(reading->thread.received, ==, 7);
        reading_free(reading);
}

static void test_calendar(void)
{
        struct calendar *calendar = calendar_new();
        struct calendar_event *event = calendar_event_new();
        struct mail *mail = make_mail("Works", "x");
        event->uid = g_strdup("77@tidewater.example");
        event->sequence = 4;
        g_ptr_array_add(calendar->events, event);
        mail->calendar = calendar;
        struct reading *reading = read_and_free(mail);
        g_assert_cmpstr(reading->thread.calendar_uid, ==, "77@tidewater.example");
        g_assert_cmpint(reading->thread.calendar_sequence, ==, 4);
        reading_free(reading);
        calendar_free(calendar);
}

/* printf 'Works\nabc\n' | sha256sum */
static void test_hash(void)
{
        g_autofree char *own = hash("Works", "abc");
        g_assert_cmpstr(own, ==, "3bd3de2441f0106e7242f7b41ab6bc7100f274a923db19de1a88a053b65f0a62");
}

static void test_same_mail(void)
{
        g_autofree char *direct = hash("Works", "abc\ndef");
        const char *const same[] = {"abc\ndef\n" FOOTER,
                                    "abc\ndef\n_______________________________________________\nworks mailing list\nworks@example.com"};
        for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
                g_autofree char *by_list = hash("[works] Works", same[i]);
                g_assert_cmpstr(direct, ==, by_list);
        }
}

static void test_other_mail(void)
{
        g_autofree char *direct = hash("Works", "abc\ndef");
        g_autoptr(GString) longer = g_string_new("abc\ndef\n" FOOTER);
        for (int i = 0; i < 12; i++)
                g_string_append(longer, "\ntext");
        const struct {
                const char *subject, *text;
        } other[] = {{"Works", "abc\ndeg"}, {"Work", "abc\ndef"},   {"Works", "abc\ndef\n--\nNight shift"},
                     {"Works", "abc"},      {"Works", longer->str}, {"Works [x]", "abc\ndef"}};
        for (gsize i = 0; i < G_N_ELEMENTS(other); i++) {
                g_autofree char *its = hash(other[i].subject, other[i].text);
                g_assert_cmpstr(direct, !=, its);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/thread/references", test_references);
        g_test_add_func("/thread/many-references", test_many_references);
        g_test_add_func("/thread/list", test_list);
        g_test_add_func("/thread/calendar", test_calendar);
        g_test_add_func("/thread/hash", test_hash);
        g_test_add_func("/thread/same-mail", test_same_mail);
        g_test_add_func("/thread/other-mail", test_other_mail);
        return g_test_run();
}
