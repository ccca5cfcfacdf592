/* Where quoted history begins, as mail programs mark it. The texts follow what these programs print; lines are as the readers make them.
 * In: lines written here. Out: TAP. */
#include "data/mail.h"
#include "reader/history.h"

#include <string.h>

static void test_start(void)
{
        static const struct {
                const char *name, *subject, *fresh, *history;
        } row[] = {
                {"none", NULL, "Dear customer,\nwe will work on 1 May.\nFrom: 10:00\nTo: 12:00\n", ""},
                {"quoted lines", "Re: x", "Thanks.\n", "> one\n> two\n"},
                {"one arrow is no quotation", NULL, "see below\n> Details\nmore\n", ""},
                {"one line after a colon", NULL, "You said:\n", "> yes\n"},
                {"From_ escaped by a mailbox", NULL, "a\n>From here\n>From there\n", ""},
                {"gmail", "Re: x", "Fine.\n", "On Mon, Nov 22, 2021 at 10:15 AM NOC <noc@example.net> wrote:\n> one\n"},
                {"gmail, wrapped", "Re: x", "Fine.\n",
                 "On Mon, Nov 22, 2021 at 10:15 AM The Network Operations Centre <\nnoc@example.net> wrote:\nold\n"},
                {"no attribution", NULL, "On Monday we wrote to you:\nplease note\n", ""},
                {"german", NULL, "Danke.\n", "Am 22.11.2021 um 10:15 schrieb NOC:\n> eins\n"},
                {"french", NULL, "Merci.\n", "Le lun. 22 nov. 2021 à 10:15, NOC <noc@example.net> a écrit :\nvieux\n"},
                {"spanish", NULL, "Gracias.\n", "El lun, 22 nov 2021 a las 10:15, NOC (<noc@example.net>) escribió:\nviejo\n"},
                {"portuguese", NULL, "Obrigado.\n", "Em seg., 22 de nov. de 2021 às 10:15, NOC <noc@example.net> escreveu:\nvelho\n"},
                {"outlook", "RE: x", "Ok.\n",
                 "From: NOC <noc@example.net>\nSent: Monday, November 22, 2021 10:15 AM\nTo: us\nSubject: x\nold\n"},
                {"outlook, german", "AW: x", "Ok.\n", "Von: NOC\nGesendet: Montag, 22. November 2021 10:15\nAn: uns\nBetreff: x\nalt\n"},
                {"outlook, cells", "RE: x", "Ok.\n", "From:\tNOC\nSent:\tMonday, November 22, 2021 10:15 AM\nSubject:\tx\nold\n"},
                {"outlook, stars", "RE: x", "Ok.\n", "*From:* NOC\n*Sent:* Monday, November 22, 2021 10:15 AM\n*Subject:* x\nold\n"},
                {"original message", "RE: x", "Ok.\n", "-----Original Message-----\nold\n"},
                {"ursprüngliche nachricht", "AW: x", "Ok.\n", "-----Ursprüngliche Nachricht-----\nalt\n"},
                {"forward", NULL,
                 "FYI\n---------- Forwarded message ---------\nFrom: NOC <noc@example.net>\nDate: Mon, Nov 22, 2021 at 10:15 AM\n"
                 "Subject: x\nTo: us\nnews\n",
                 ""},
                {"forward of an answer", "Fwd: Re: x",
                 "---------- Forwarded message ---------\nFrom: NOC\nDate: Mon, Nov 22, 2021 at 10:15 AM\nSubject: Re: x\nnews\n",
                 "On Sun, Nov 21, 2021 at 9:00 AM A <a@example.net> wrote:\n> old\n"},
                {"forward below news", NULL, "The work moves to 10:00.\n", "-----Forwarded by A/B on 11/22/2021 10:15 AM-----\nold\n"},
                {"outlook forward", "[list] FW: x",
                 "Please handle.\nFrom: NOC <noc@example.net>\nSent: Monday, November 22, 2021 10:15 AM\nTo: us\nSubject: x\nnews\n", ""},
                {"nothing above", NULL, "From: NOC <noc@example.net>\nSent: Monday, November 22, 2021 10:15 AM\nTo: us\nSubject: x\nnews\n",
                 ""},
                {"nothing at all", NULL, "", ""},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *lines = g_strconcat(row[i].fresh, row[i].history, NULL);
                g_test_message("%s", row[i].name);
                g_assert_cmpstr(lines + history_start(lines, row[i].subject), ==, row[i].history);
        }
}

static void test_quoted(void)
{
        g_autofree char *some = history_quoted("Thanks.\n> On it\n> > deeper\n>\n>end", strlen("Thanks.\n"));
        g_autofree char *none = history_quoted("Thanks.\n", strlen("Thanks.\n"));

        g_assert_cmpstr(some, ==, "On it\ndeeper\nend");
        g_assert_cmpstr(none, ==, "");
}

/* 2021-11-22 10:15 UTC is 1637576100. */
static void test_headers(void)
{
        const char *lines = "Ok.\nOn Mon, 22 Nov 2021 at 10:15, The NOC <noc@example.net> wrote:\n> From: Vendor <x@example.com>\n"
                            "> Sent: Monday, November 22, 2021 10:15 AM\n> To: a, b,\n> c\n> Subject: works\n> text\n";
        g_autoptr(GPtrArray) headers = history_headers(lines);
        const struct quoted_header *first, *second;

        g_assert_cmpuint(headers->len, ==, 2);
        first = g_ptr_array_index(headers, 0);
        second = g_ptr_array_index(headers, 1);
        g_assert_cmpstr(first->from, ==, "noc@example.net");
        g_assert_null(first->subject);
        g_assert_cmpint(first->date, ==, 1637576100);
        g_assert_cmpstr(second->from, ==, "Vendor <x@example.com>");
        g_assert_cmpstr(second->subject, ==, "works");
        g_assert_cmpint(second->date, ==, 1637576100);
        g_assert_cmpstr(lines + second->end, ==, "> text\n");
}

static void test_broken_headers(void)
{
        g_autoptr(GPtrArray) headers = history_headers("From: a@example.net\nSent: soon\nSubject:\n\nFrom: b\nTo: c\nDate: 1\n");
        const struct quoted_header *header;

        g_assert_cmpuint(headers->len, ==, 1);
        header = g_ptr_array_index(headers, 0);
        g_assert_cmpint(header->date, ==, MAIL_NO_DATE);
        g_assert_cmpstr(header->subject, ==, "");
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/history/start", test_start);
        g_test_add_func("/history/quoted", test_quoted);
        g_test_add_func("/history/headers", test_headers);
        g_test_add_func("/history/broken-headers", test_broken_headers);
        return g_test_run();
}
