/* Whose word counts: true results, and every way to forge them that DELIVERY knows. RFC 8601 B has the examples of the grammar.
 * In: mails written here. Out: TAP. */
#include "reader/authres.h"
#include "reader/mime.h"
#include "reader/sender.h"

#include <string.h>

#define OURS                                                                                                                               \
        "Received: from relay.example.com (relay.example.com [192.0.2.1])\n\tby mx1.example.org (Exim 4.96) with esmtps;\n"                \
        "\tMon, 22 Nov 2021 10:15:00 +0000\n"
#define SIGNED "dkim=pass header.d=vendor.example"

static char *ids[] = {"mx1.example.org", "list.example.org"};
static char *sealers[] = {"sealer.example", "group.example"};
static const struct settings settings = {.authserv_ids = {ids, 2}, .sealers = {sealers, 2}};

static struct mail *read_headers(const char *headers)
{
        g_autofree char *text = g_strconcat(
                headers, "From: NOC <noc@vendor.example>\nSubject: s\n\nAuthentication-Results: mx1.example.org; " SIGNED "\n", NULL);
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

        return mime_read(bytes);
}

static enum sender verdict_of(const char *headers, const struct settings *of, const char *address)
{
        struct mail *mail = read_headers(headers);
        struct sender_check *check = sender_check(mail, of);
        struct re_set *patterns = re_set_new(NULL);
        const char *how = "";
        enum sender sender = sender_verdict(check, address, NULL, patterns, &how);

        g_assert_true((how == NULL) == (sender == SENDER_UNCHECKED));
        re_set_free(patterns);
        sender_check_free(check);
        mail_free(mail);
        return sender;
}

static void test_trust(void)
{
        static const struct {
                const char *name, *headers;
                enum sender sender;
        } row[] = {
                {"true", "Authentication-Results: mx1.example.org;\n\t" SIGNED "\n" OURS, SENDER_PASSED},
                {"version and comments",
                 "Authentication-Results: (a \\) (b) c) MX1.example.org (x) 1 (y);(z)\n dkim (z) = (z) pass (good) header.d = "
                 "vendor.example\n" OURS,
                 SENDER_PASSED},
                {"quoted id", "Authentication-Results: \"mx1.example.org\"; dkim=pass header.d=\"vendor.example\"\n" OURS, SENDER_PASSED},
                {"other version", "Authentication-Results: mx1.example.org 2; " SIGNED "\n" OURS, SENDER_UNCHECKED},
                {"failed", "Authentication-Results: mx1.example.org; dmarc=fail (p=reject) header.from=vendor.example\n" OURS,
                 SENDER_FAILED},
                {"one signature broke", "Authentication-Results: mx1.example.org; dkim=fail header.d=vendor.example; " SIGNED "\n" OURS,
                 SENDER_PASSED},
                {"no result", "Authentication-Results: mx1.example.org; none\n" OURS, SENDER_UNCHECKED},
                {"neutral",
                 "Authentication-Results: mx1.example.org; dkim=neutral header.d=vendor.example; spf=softfail "
                 "smtp.mailfrom=vendor.example\n" OURS,
                 SENDER_UNCHECKED},
                {"another's", "Authentication-Results: mx1.example.org; dkim=pass header.d=other.example\n" OURS, SENDER_UNCHECKED},
                {"subdomain", "Authentication-Results: mx1.example.org; dkim=pass header.i=@mail.vendor.example\n" OURS, SENDER_PASSED},
                {"ends alike", "Authentication-Results: mx1.example.org; dkim=pass header.d=notvendor.example\n" OURS, SENDER_UNCHECKED},
                {"top level", "Authentication-Results: mx1.example.org; dkim=pass header.d=example\n" OURS, SENDER_UNCHECKED},
                {"spf", "Authentication-Results: mx1.example.org; spf=pass smtp.mailfrom=bounce@vendor.example\n" OURS, SENDER_PASSED},
                {"unsigned by spf's host", "Authentication-Results: mx1.example.org; spf=pass smtp.helo=vendor.example\n" OURS,
                 SENDER_UNCHECKED},
                {"wrong id", "Authentication-Results: mx1.example.org.evil.example; " SIGNED "\n" OURS, SENDER_UNCHECKED},
                {"id in a comment", "Authentication-Results: evil.example (mx1.example.org); " SIGNED "\n" OURS, SENDER_UNCHECKED},
                {"below Received", OURS "Authentication-Results: mx1.example.org; " SIGNED "\n", SENDER_UNCHECKED},
                {"below a stranger's Received", "Received: by evil.example\nAuthentication-Results: mx1.example.org; " SIGNED "\n",
                 SENDER_UNCHECKED},
                {"only the topmost",
                 "Authentication-Results: mx1.example.org; none\nAuthentication-Results: mx1.example.org; " SIGNED "\n" OURS,
                 SENDER_UNCHECKED},
                {"another id above",
                 "Authentication-Results: inner.example; none\nAuthentication-Results: mx1.example.org; " SIGNED "\n" OURS, SENDER_PASSED},
                {"hop of ours above",
                 "Received: from mx1.example.org by list.example.org with esmtp\nAuthentication-Results: mx1.example.org; " SIGNED
                 "\n" OURS,
                 SENDER_PASSED},
                {"forged below a hop",
                 "Received: from mx1.example.org by list.example.org with esmtp\n" OURS "Authentication-Results: mx1.example.org; " SIGNED
                 "\n",
                 SENDER_UNCHECKED},
                {"forged id of the hop",
                 "Received: from mx1.example.org by list.example.org with esmtp\n" OURS "Authentication-Results: list.example.org; " SIGNED
                 "\n",
                 SENDER_UNCHECKED},
                {"written into the sender",
                 "Authentication-Results: mx1.example.org; spf=pass smtp.mailfrom=\"x; dkim=pass "
                 "header.d=vendor.example\"@evil.example\n" OURS,
                 SENDER_UNCHECKED},
                {"encoded into the sender",
                 "Authentication-Results: mx1.example.org; spf=pass\n "
                 "smtp.mailfrom==?utf-8?q?x=3B_dkim=3Dpass_header.d=3Dvendor.example?=\n" OURS,
                 SENDER_UNCHECKED},
                {"unended comment", "Authentication-Results: mx1.example.org; dkim=pass (header.d=vendor.example\n" OURS, SENDER_UNCHECKED},
                {"nothing", OURS, SENDER_UNCHECKED},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_test_message("%s", row[i].name);
                g_assert_cmpint(verdict_of(row[i].headers, &settings, "noc@vendor.example"), ==, row[i].sender);
        }
}

/* Without a configuration nobody is believed. */
static void test_unconfigured(void)
{
        static const struct settings none = {.filters = NULL};

        g_assert_cmpint(verdict_of("Authentication-Results: mx1.example.org; " SIGNED "\n" OURS, &none, "noc@vendor.example"), ==,
                        SENDER_UNCHECKED);
}

#define SEAL(i, d) "ARC-Seal: i=" i "; a=rsa-sha256; t=1; cv=pass; d=" d "; s=k; b=AAAA\n"
#define SEALED                                                                                                                             \
        "ARC-Authentication-Results: i=1; mx.sealer.example; dkim=pass header.i=@vendor.example header.s=k; dmarc=pass "                   \
        "header.from=vendor.example\n"
#define PASS     "Authentication-Results: mx1.example.org; dmarc=fail header.from=vendor.example; arc=pass\n" OURS
#define ORIGINAL "X-Original-Authentication-Results: mx.group.example; " SIGNED "\n"

static void test_sealed(void)
{
        static const struct {
                const char *name, *headers;
                enum sender sender;
        } row[] = {
                {"sealed", PASS SEAL("2", "group.example") SEALED SEAL("1", "sealer.example"), SENDER_PASSED},
                {"arc failed", "Authentication-Results: mx1.example.org; arc=fail\n" OURS SEALED SEAL("1", "sealer.example"),
                 SENDER_UNCHECKED},
                {"arc unknown", "Authentication-Results: mx1.example.org; spf=none\n" OURS SEALED SEAL("1", "sealer.example"),
                 SENDER_UNCHECKED},
                {"a stranger's seal", PASS SEALED SEAL("1", "evil.example"), SENDER_FAILED},
                {"a stranger's seal upon ours", PASS SEAL("2", "evil.example") SEALED SEAL("1", "sealer.example"), SENDER_FAILED},
                {"no seal", PASS SEALED, SENDER_FAILED},
                {"two first results", PASS SEALED SEALED SEAL("1", "sealer.example"), SENDER_FAILED},
                {"later result", PASS "ARC-Authentication-Results: i=2; mx.sealer.example; " SIGNED "\n" SEAL("1", "sealer.example"),
                 SENDER_FAILED},
                {"group, signed", "Authentication-Results: mx1.example.org; dkim=pass header.d=group.example\n" OURS ORIGINAL,
                 SENDER_PASSED},
                {"group, sealed", PASS ORIGINAL SEAL("1", "group.example"), SENDER_PASSED},
                {"group, neither", PASS ORIGINAL, SENDER_FAILED},
                {"signed by a stranger", "Authentication-Results: mx1.example.org; dkim=pass header.d=evil.example\n" OURS ORIGINAL,
                 SENDER_UNCHECKED},
                {"signed, but not sealed", "Authentication-Results: mx1.example.org; dkim=pass header.d=group.example\n" OURS SEALED,
                 SENDER_UNCHECKED},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_test_message("%s", row[i].name);
                g_assert_cmpint(verdict_of(row[i].headers, &settings, "noc@vendor.example"), ==, row[i].sender);
        }
}

/* A vendor may send through a domain that its filter names. */
static void test_patterns(void)
{
        static char *pattern[] = {"^mailer\\.example$"};
        const struct words dkim = {pattern, 1};
        struct mail *mail = read_headers("Authentication-Results: mx1.example.org; dkim=pass header.d=Mailer.Example\n" OURS);
        struct sender_check *check = sender_check(mail, &settings);
        struct re_set *patterns = re_set_new(NULL);
        const char *how = NULL;

        g_assert_cmpint(sender_verdict(check, "noc@vendor.example", &dkim, patterns, &how), ==, SENDER_PASSED);
        g_assert_cmpstr(how, ==, "dkim=pass by mx1.example.org");
        g_assert_cmpstr(check->trusted, ==, "mx1.example.org");
        g_assert_cmpint(sender_verdict(check, NULL, NULL, patterns, &how), ==, SENDER_UNCHECKED);
        re_set_free(patterns);
        sender_check_free(check);
        mail_free(mail);
}

/* RFC 8601 B.5 and B.6. */
static void test_grammar(void)
{
        struct authres *authres =
                authres_parse("example.com;"
                              " dkim=pass reason=\"good signature\" header.i=@mail-router.example.net;"
                              " dkim=fail reason=\"bad signature\" header.i=@newyork.example.com; auth=pass (cram-md5) smtp.auth=a@x");
        const struct authres_result *result;

        g_assert_cmpstr(authres->id, ==, "example.com");
        g_assert_cmpuint(authres->results->len, ==, 3);
        result = g_ptr_array_index(authres->results, 1);
        g_assert_cmpstr(result->method, ==, "dkim");
        g_assert_cmpstr(result->result, ==, "fail");
        g_assert_cmpstr(result->domain, ==, "newyork.example.com");
        result = g_ptr_array_index(authres->results, 2);
        g_assert_null(result->domain);
        authres_free(authres);
        g_assert_null(authres_parse(""));
        g_assert_null(authres_parse("(unended"));
}

static void test_addresses(void)
{
        static const char *const expected[][2] = {
                {"X-Original-Sender", "noc@vendor.example"},
                {"X-Original-From", "Robot@vendor.example"},
                {"Reply-To", "help@vendor.example"},
                {"From", "maint@group.example"},
        };
        struct mail *mail = read_headers("X-Original-Sender: noc@vendor.example\nX-Original-From: \"a@b.example\" <Robot@Vendor.example>\n"
                                         "Reply-To: (x@y.example) Help <help@vendor.example>, noc@vendor.example\nFrom: 'Vendor' via maint "
                                         "<maint@group.example>\n" OURS);
        g_autoptr(GPtrArray) found = NULL;

        mail->body[BODY_TEXT] = g_strdup("hello\n> From: Old [mailto:old@vendor.example]\n> Sent: Monday\n> Subject: x\n");
        found = sender_addresses(mail);
        g_assert_cmpuint(found->len, ==, 5);
        for (guint i = 0; i < found->len; i++) {
                const struct header *header = g_ptr_array_index(found, i);
                g_autofree char *address = g_ascii_strdown(i < 4 ? expected[i][1] : "old@vendor.example", -1);
                g_assert_cmpstr(header->name, ==, i < 4 ? expected[i][0] : "quoted From");
                g_assert_cmpstr(header->value, ==, address);
        }
        mail_free(mail);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        mime_init();
        g_test_add_func("/sender/trust", test_trust);
        g_test_add_func("/sender/unconfigured", test_unconfigured);
        g_test_add_func("/sender/sealed", test_sealed);
        g_test_add_func("/sender/patterns", test_patterns);
        g_test_add_func("/sender/grammar", test_grammar);
        g_test_add_func("/sender/addresses", test_addresses);
        return g_test_run();
}
