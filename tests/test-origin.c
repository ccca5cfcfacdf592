/* Which mail began on a host of ours: fields as exim, Postfix and sendmail write them, and what a stranger may put into them.
 * In: header fields. Out: TAP. */
#include "data/network.h"
#include "reader/mime.h"
#include "reader/origin.h"

#include <string.h>

static char *entries[] = {"db.example.net", ".lab.example.net", "10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48"};
static const struct words internal = {entries, G_N_ELEMENTS(entries)};

/* Fields from the top, each as the server writes it. */
static const struct row {
        const char *what;
        bool is_ours;
        const char *received[4];
} rows[] = {
        {"exim: by address", true, {"from [10.1.2.3] (helo=anything) by mx1.example.org with esmtp (Exim 4.96) id 1"}},
        {"exim: by name", true, {"from web1.db.example.net ([198.51.100.3]) by mx1.example.org with esmtps (Exim 4.96) id 1"}},
        {"exim: by name, with another helo",
         true,
         {"from db.example.net ([198.51.100.3] helo=x) by mx1.example.org with esmtp (Exim 4.96) id 1"}},
        {"exim: began there", true, {"from root by mx1.example.org with local (Exim 4.96) (envelope-from <root@mx1.example.org>) id 1"}},
        {"postfix: by address",
         true,
         {"from web1 (unknown [10.1.2.3]) by mx1.example.org (Postfix) with ESMTP id 1 for <root@example.org>"}},
        {"postfix: by name", true, {"from x (a.lab.example.net [198.51.100.3]) by mx1.example.org (Postfix) with ESMTP id 1"}},
        {"postfix: began there", true, {"by mx1.example.org (Postfix, from userid 0) id 1"}},
        {"postfix: with TLS",
         true,
         {"from x (db.example.net [IPv6:2001:db8:1::5]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) (No client "
          "certificate requested) by mx1.example.org (Postfix) with ESMTPS id 1"}},
        {"sendmail: by address", true, {"from x (localhost [192.0.2.7]) by mx1.example.org (8.17.1/8.17.1) with ESMTP id 1"}},
        {"by way of a relay of ours",
         true,
         {"from relay ([10.0.0.1]) by clinic.example.org with esmtp (Exim 4.96) id 1",
          "from web1 (unknown [10.1.2.3]) by relay.example.org (Postfix) with ESMTP id 2", "by web1 (Postfix, from userid 0) id 3"}},
        {"a filter of ours on the same server",
         true,
         {"from localhost (localhost [127.0.0.1]) by mx1.example.org (Postfix) with ESMTP id 1",
          "from web1 (unknown [10.1.2.3]) by mx1.example.org (Postfix) with ESMTP id 2"}},
        {"no Received at all", false, {NULL}},
        {"a stranger", false, {"from x (mail.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) with ESMTP id 1"}},
        {"a stranger by way of our relay",
         false,
         {"from relay ([10.0.0.1]) by clinic.example.org with esmtp (Exim 4.96) id 1",
          "from x (mail.stranger.example [203.0.113.9]) by relay.example.org (Postfix) with ESMTP id 2"}},
        {"a stranger who writes a field of ours below",
         false,
         {"from x (mail.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) with ESMTP id 1",
          "from web1 (unknown [10.1.2.3]) by mx1.example.org (Postfix) with ESMTP id 2"}},
        {"he calls himself one of us",
         false,
         {"from db.example.net (mail.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"he calls himself so and has no name", false, {"from db.example.net (unknown [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"sendmail, which cannot look up his name", false, {"from db.example.net ([203.0.113.9]) by mx1.example.org (8.17.1/8.17.1) id 1"}},
        {"sendmail, which says so",
         false,
         {"from x (db.example.net [203.0.113.9] (may be forged)) by mx1.example.org (8.17.1/8.17.1) id 1"}},
        {"his helo is an address of ours",
         false,
         {"from [10.1.2.3] (mail.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"his helo is a comment of ours",
         false,
         {"from x (db.example.net [10.1.2.3]) (mail.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"his helo ends the clause",
         false,
         {"from x (db.example.net [10.1.2.3]) by mx1.example.org (mail.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"his certificate has a name of ours",
         false,
         {"from x (mail.stranger.example [203.0.113.9]) (Client CN \"(db.example.net [10.1.2.3])\", Issuer \"x\" (not verified)) by "
          "mx1.example.org (Postfix) id 1"}},
        {"his name ends like ours", false, {"from x (notdb.example.net [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"his name begins like ours", false, {"from x (db.example.net.stranger.example [203.0.113.9]) by mx1.example.org (Postfix) id 1"}},
        {"his address begins like ours", false, {"from x (unknown [192.0.2.70]) by mx1.example.org (Postfix) id 1"}},
        {"nothing in brackets", false, {"from db.example.net by mx1.example.org with ESMTP id 1"}},
        {"an empty field", false, {""}},
};

static struct mail *mail_of(const struct row *row)
{
        g_autoptr(GString) text = g_string_new(NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(row->received) && row->received[i]; i++)
                g_string_append_printf(text, "Received: %s; Mon, 22 Nov 2021 10:15:00 +0000\n", row->received[i]);
        g_string_append(text, "From: root@db.example.net\nSubject: s\n\nbody\n");
        g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
        return mime_read(bytes);
}

static void test_row(gconstpointer data)
{
        const struct row *row = data;
        struct mail *mail = mail_of(row);
        g_autofree char *how = NULL, *none = NULL;
        static const struct words nothing;
        g_assert_cmpint(origin_is_internal(mail, &internal, &how), ==, row->is_ours);
        g_assert_false(origin_is_internal(mail, &nothing, &none));
        g_assert_null(none);
        mail_free(mail);
}

static void test_entries(void)
{
        static const char *const good[] = {"example.net", ".example.net",  "host", "10.0.0.0/8",
                                           "10.1.2.3",    "2001:db8::/32", "::1",  "10.0.0.0/32"};
        static const char *const bad[] = {"",         "10.0.0.0/0", "10.0.0.0/33",    "10.0.0.0/x",
                                          "10.0.0/8", "a b",        "2001:db8::/129", "*.example.net"};
        for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
                g_assert_true(network_is_entry(good[i]));
        for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
                g_assert_false(network_is_entry(bad[i]));
        g_assert_true(network_has_address(&internal, "::ffff:10.1.2.3"));
        g_assert_false(network_has_address(&internal, "11.0.0.0"));
        g_assert_true(network_has_address(&internal, "2001:db8:1:ffff::1"));
        g_assert_false(network_has_address(&internal, "2001:db8:2::1"));
        g_assert_true(network_has_name(&internal, "A.DB.Example.NET."));
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        mime_init();
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *path = g_strdup_printf("/origin/%s", rows[i].what);
                g_test_add_data_func(path, &rows[i], test_row);
        }
        g_test_add_func("/network/entries", test_entries);
        return g_test_run();
}
