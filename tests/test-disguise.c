/* disguise/: what is personal goes, what filters need stays, and nothing moves.
 * In: mails made here. Out: TAP. */
#include "disguise/disguise.h"
#include "disguise/walk.h"

#include <string.h>

/* Of the text, with facts (NULL-terminated; may be NULL). Caller frees. */
static char *disguised(const char *mail, const char *const *facts)
{
        struct kept *kept = kept_new();
        struct re_set *patterns = re_set_new(NULL);
        g_autoptr(GPtrArray) list = g_ptr_array_new();
        for (; facts && *facts; facts++)
                g_ptr_array_add(list, (gpointer)*facts);
        struct disguise disguise = {"key", kept, list, patterns};
        struct pairs *pairs = NULL;
        guint sealed;
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = g_bytes_new_static(mail, strlen(mail));
        kept_add(kept, "larch", 5);
        g_autoptr(GBytes) made = disguise_mail(&disguise, bytes, &pairs, &sealed, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(g_bytes_get_size(made), ==, strlen(mail));
        char *text = g_strndup(g_bytes_get_data(made, NULL), g_bytes_get_size(made));
        pairs_free(pairs);
        kept_free(kept);
        re_set_free(patterns);
        return text;
}

/* Letters for letters of the same case, digits for digits, all else as it was. */
static void assert_same_shape(const char *a, const char *b)
{
        for (; *a; a++, b++) {
                g_assert_cmpint(g_ascii_isupper(*a), ==, g_ascii_isupper(*b));
                g_assert_cmpint(g_ascii_islower(*a), ==, g_ascii_islower(*b));
                g_assert_cmpint(g_ascii_isdigit(*a), ==, g_ascii_isdigit(*b));
                if (!g_ascii_isalnum(*a))
                        g_assert_cmpint(*a, ==, *b);
        }
        g_assert_cmpint(*b, ==, '\0');
}

#define HEAD "From: Larch NOC <noc@larch.example>\nSubject: Planned work\n\n"

static void test_personal(void)
{
        static const char *const cases[][2] = {
                /* a line of the body, what must not be left of it */
                {"Dear Wilma,", "Wilma"},
                {"Hello Fred Flint,", "Flint"},
                {"Kind regards,\nBarney Rubble\n", "Rubble"},
                {"Contact: Pebbles", "Pebbles"},
                {"Customer: Bedrock Quarry Inc.", "Bedrock"},
                {"mail ops@bedrock-quarry.org now", "quarry"},
                {"see https://portal.bedrock.org/t?id=ab12345cd", "12345"},
                {"https://portal.bedrock.org/", "bedrock"},
                {"host mx1.bedrock.org", "bedrock"},
                {"ticket 7310077", "7310077"},
                {"ticket TTN-0007310077", "7310077"},
                {"ticket CHG7310077", "7310077"},
                {"call +1 212 555 0123", "212 555"},
                {"call (212) 555-0123", "555-0123"},
                {"Phone: 044 555 01 23", "555 01"},
                {"from 203.0.113.77", "203.0.113"},
                {"from 2001:db8:17::42", "db8:17"},
                {"key AbCdEfGhIjKlMnOpQr", "AbCdEf"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                g_autofree char *mail = g_strconcat(HEAD, cases[i][0], "\n", NULL);
                g_autofree char *made = disguised(mail, NULL);
                g_test_message("%s", made + strlen(HEAD));
                g_assert_null(strstr(made, cases[i][1]));
                assert_same_shape(mail, made);
        }
}

static void test_kept(void)
{
        static const char *const lines[] = {
                "Start: 02-Apr-2031 08:00 UTC",
                "Start 2031-04-02T08:00:00Z",
                "20310402T080000Z to 20310402T100000Z",
                "on 20310402 at 0800UTC",
                "02Apr2031 0800-1000",
                "Europe/Zurich",
                "Dear Customer,",
                "(UTC+01:00)",
                "Wed, 02 Apr 2031 08:00:00 +0000",
                "Maintenance will be performed on 2 April 2031",
                "noc@larch.example",
                "Duration: 120 minutes",
                "Status: Planned",
        };
        for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
                g_autofree char *mail = g_strconcat(HEAD, lines[i], "\n", NULL);
                g_autofree char *made = disguised(mail, NULL);
                g_assert_cmpstr(made, ==, mail);
        }
}

/* Where the text between two marks stands. Caller frees. */
static char *between(const char *text, const char *start, const char *end)
{
        const char *from = strstr(text, start);
        g_assert_nonnull(from);
        from += strlen(start);
        const char *to = strstr(from, end);
        g_assert_nonnull(to);
        return g_strndup(from, (gsize)(to - from));
}

static void test_same_everywhere(void)
{
        static const char *const facts[] = {"Bedrock Quarry", "BRQ/17/ZH", NULL};
        g_autofree char *made = disguised("From: noc@larch.example\nSubject: [bedrock] TTN-0007310077;\n"
                                          "To: \"Quarry, Bedrock\" <noc@bedrock.org>\n\n"
                                          "Customer=Bedrock Quarry; id=TTN-0007310077; no=0007310077; BEDROCK! line=BRQ/17/ZH;\n",
                                          facts);
        g_autofree char *in_subject = between(made, "[", "]"), *in_body = between(made, "Customer=", " ");
        g_autofree char *id = between(made, "] ", ";"), *again = between(made, "id=", ";"), *number = between(made, "no=", ";");
        g_assert_cmpint(g_ascii_strcasecmp(in_subject, in_body), ==, 0);
        g_assert_cmpstr(in_subject, !=, "bedrock");
        g_assert_cmpstr(id, ==, again);
        g_assert_true(g_str_has_prefix(id + strlen("TTN-"), "000"));
        g_assert_cmpstr(id + strlen("TTN-"), ==, number);
        g_assert_null(strstr(made, "BRQ/17"));
}

/* One part after the other, with the name Wilma Flint in each. */
static const char parts[] = "From: noc@larch.example\n"
                            "Subject: =?utf-8?B?V2lsbWEgRmxpbnQ=?= =?utf-8?q?Wilma_=46lint?=\n"
                            "To: \"Wilma Flint\" <x@larch.example>\n"
                            "MIME-Version: 1.0\n"
                            "Content-Type: multipart/mixed; boundary=\"Wilma\"\n\n"
                            "--Wilma\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
                            "Dear Wil=\nma =46lint,\n"
                            "--Wilma\nContent-Type: text/plain; name=\"Wilma.txt\"\nContent-Transfer-Encoding: base64\n\n"
                            "RGVhciBX\naWxtYSBGbGludCw=\n"
                            "--Wilma\nContent-Type: text/html\n\n"
                            "<p class=\"x\">Dear&nbsp;Wilma&nbsp;Flint</p>\n"
                            "--Wilma\nContent-Type: text/calendar\n\n"
                            "ATTENDEE;CN=Wil\r\n ma Flint:mailto:x@larch.example\n"
                            "--Wilma\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
                            "Abcd09==\n--Wilma--\n";

/* What each leaf of a mail holds, decoded. */
static void gather(const struct leaf *leaf, void *data)
{
        g_ptr_array_add(data, leaf->view ? g_strndup(leaf->view->text, leaf->view->length) : g_strdup("sealed"));
}

static GPtrArray *leaves(const char *mail)
{
        GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
        walk_mail(mail, strlen(mail), gather, list);
        return list;
}

static guint count(const GPtrArray *list, const char *text)
{
        guint n = 0;
        for (guint i = 0; i < list->len; i++)
                for (const char *at = list->pdata[i]; (at = strstr(at, text)); at++)
                        n++;
        return n;
}

static void test_encodings(void)
{
        g_autofree char *made = disguised(parts, NULL), *name = between(made, "To: \"", "\"");
        g_auto(GStrv) words = g_strsplit(name, " ", 2);
        g_autoptr(GPtrArray) before = leaves(parts), after = leaves(made);
        g_assert_cmpuint(before->len, ==, after->len);
        g_assert_cmpuint(count(before, "sealed"), ==, 1);
        g_assert_cmpuint(count(after, "Flint"), ==, 0);
        g_assert_cmpuint(count(after, words[1]), ==, count(before, "Flint"));
        g_assert_cmpuint(count(after, "Dear"), ==, 3);
        g_assert_nonnull(strstr(made, "AAAA00==\n--Wilma--\n"));
        g_assert_nonnull(strstr(made, "<p class=\"x\">Dear&nbsp;"));
}

/* Bytes of other alphabets stay; letters beside them are of the same word. */
static void test_alphabets(void)
{
        static const char *const facts[] = {"M\xC3\xBCller", NULL};
        g_autofree char *utf8 = disguised(HEAD "M\xC3\xBCller and Mller\n", facts);
        g_autofree char *latin = disguised("From: noc@larch.example\nContent-Type: text/plain; charset=iso-8859-1\n\nM\xFCller.\n", facts);
        g_autofree char *first = between(utf8, "\n\n", " and"), *second = between(latin, "\n\n", ".");
        g_assert_nonnull(strstr(utf8, "\xC3\xBC"));
        g_assert_nonnull(strstr(utf8, " and Mller\n"));
        g_assert_null(strstr(utf8, "ller "));
        g_assert_cmpint(second[0], ==, first[0]);
        g_assert_cmpstr(second + 2, ==, first + 3);
        /* 0x8141 is one character of Shift_JIS, whose second byte is no letter */
        g_autofree char *japanese = disguised("Content-Type: text/plain; charset=shift_jis\n\nDear \x81"
                                              "AB,\n",
                                              (const char *const[]){"AB", NULL});
        g_assert_nonnull(strstr(japanese, "\x81"
                                          "AB"));
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/disguise/personal", test_personal);
        g_test_add_func("/disguise/kept", test_kept);
        g_test_add_func("/disguise/same-everywhere", test_same_everywhere);
        g_test_add_func("/disguise/encodings", test_encodings);
        g_test_add_func("/disguise/alphabets", test_alphabets);
        return g_test_run();
}
