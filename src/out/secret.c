/* Where a text holds what looks like a secret: tokens, passwords, keys, cookies, mail addresses, long hexadecimal numbers.
 * In: text. Out: which of its bytes are not to be shown. */
#include "out/secret.h"

#include "base/re.h"
#include "out/opaque.h"

#include <string.h>

enum { MOST_COMMAND = 300 };

#define KEY                                                                                                                                \
        "(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|(?:api|access|auth|private|encryption|license)[_-]?key|apikey|credentials?|"     \
        "community|session[_-]?(?:id|key)|(?:php|j)?sess(?:ion)?id)"
#define QUOTED "\\\\?\"[^\"\\n]*\"|\\\\?'[^'\\n]*'"

/* What hides is the group `s`, or all of a match without one. Text before it is bounded, so that no text makes the search slow. */
static const struct rule {
        const char *pattern;
        bool is_of_lines; /* asks for the rest of a line */
} rules[] = {
        {"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE ?KEY(?: BLOCK)?-----(?:[^-]++|-(?!----END))*+(?:-----END [A-Z0-9 ]{0,30}-----)?", false},
        {"\\bPrivate-Lines: ?\\d+(?<s>[\\s\\S]*+)", false},
        {"\\b[a-z][a-z0-9+.-]{0,30}://(?<s>[^\\s/?#@:]*:(?:[^\\s@/]*|(?!\\d+/)[^\\s@]*))@", false},
        {"\\b[a-z][a-z0-9+.-]{0,30}://(?<s>[^\\s/?#@]{8,})@", false},
        {KEY "[\\w-]{0,20}\\\\?[\"'\\])]?\\s{0,3}(?:=>?|:=?|\\bis\\b)\\s{0,3}(?<s>" QUOTED "|(?:bearer|basic|token)\\s+\\S+|\\S+)", false},
        {"(?<![\\w-])--?[\\w-]{0,30}(?:" KEY "|auth|cookie)[\\w-]{0,20}[\\s=]\\s*(?<s>" QUOTED "|\\S+)", false},
        {"\\bhtpasswd\\s+-\\w*b\\w*\\s+\\S+\\s+\\S+\\s+(?<s>\\S+)", false},
        {"\\b(?:echo|printf)\\s+(?<s>[^|\\n]{1,200})\\|[^|\\n]{0,100}(?:passwd|sudo\\s+-S|password-stdin|gpg|openssl|kinit|cryptsetup)",
         false},
        {"\\b(?:identified\\s+(?:with\\s+\\S+\\s+)?(?:by|as)|password\\s?\\()\\s*(?<s>" QUOTED "|\\S+)", false},
        {"\\blogin\\s+\\S+\\s+password\\s+(?<s>\\S+)", false},
        {"(?:authorization|cookie2?)\\\\?[\"']?\\s?[:=](?<s>[^\\n]+(?:\\n[ \\t][^\\n]+)*)", true},
        {"(?:authorization|cookie2?)\\\\?[\"']?\\s?[:=]\\s*(?<s>(?:[a-z]+\\s+)?[^\\s;]+(?:;\\s*[^\\s;=]+=[^\\s;]*)*)", false},
        {"\\bx-[\\w-]{0,30}(?:token|key|auth|secret|session)[\\w-]{0,20}\\s?:\\s*(?<s>\\S+)", false},
        {"\\bbearer\\s+(?<s>\\S{6,})", false},
        {"(?:api|cli|clr)-[a-z0-9]{20,}", false},
        {"(?<![a-z0-9])(?:gh[opsur]|github_pat|glpat|gldt|xox[abeoprs]|xapp|sk|pk|rk|npm|pypi|dop_v1|hvs|hvb|ya29|whsec|shpat|dckr_pat|lin_"
         "api)[._-]["
         "\\w.-]{10,}",
         false},
        {"(?<![a-z0-9])(?-i:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AROA)[A-Z0-9]{12,}", false},
        {"(?<![a-z0-9])AIza[\\w-]{20,}|\\bSG\\.[\\w-]{10,}\\.[\\w-]{10,}|\\beyJ[\\w-]{10,}(?:\\.[\\w-]*){0,4}", false},
        {"\\$(?:1|2[abxy]?|5|6|7|y|apr1|argon2\\w{1,2}|scrypt|pbkdf2[\\w-]{0,10})\\$[^\\s:]{8,}", false},
        {"[\\w.%+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,}", false},
        {"(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{16,}", false},
        {"(?<![0-9a-z])[0-9a-f]{24,}", true},
        {"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", false},
        {"(?<![0-9a-f])(?:[0-9a-f]{2}[:-]){9,}[0-9a-f]{2}", false},
};

/* Programs whose short options may take a secret, and those options. */
static const char program[] =
        "(?<![\\w-])(?:mysql\\w*|mariadb[\\w-]*|sshpass|mongo\\w*|curl|wget|ldap\\w+|smb\\w+|mount|redis-cli|psql|l?ftp|"
        "7z\\w?|zip|unzip|openssl|snmp\\w*|ipmitool|rpcclient|xfreerdp|restic|influx|http|https|borg|docker|podman|"
        "skopeo|kinit|gpg|svn|hg|aws|rclone)(?=\\s)";
static const char option[] = "(?<!\\S)-(?:pw?|w|a|u|U|P|c|b|K|k)\\s*(?<s>" QUOTED "|\\S+)";

struct secrets {
        struct re_set *set;
        struct re *rule[G_N_ELEMENTS(rules)], *program, *option;
};

/* One search for all finds of it. */
struct hunt {
        const char *text;
        gsize n;
        secret_hide *hide;
        void *data;
};

static struct re *compile(struct re_set *set, const char *pattern)
{
        struct re *re = re_set_get(set, pattern, NULL);
        g_assert(re);
        return re;
}

struct secrets *secrets_new(void)
{
        struct secrets *secrets = g_new0(struct secrets, 1);
        secrets->set = re_set_new(NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
                secrets->rule[i] = compile(secrets->set, rules[i].pattern);
        secrets->program = compile(secrets->set, program);
        secrets->option = compile(secrets->set, option);
        return secrets;
}

void secrets_free(struct secrets *secrets)
{
        if (!secrets)
                return;
        re_set_free(secrets->set);
        g_free(secrets);
}

/* The next find from `from` on; false: no more. */
static bool next(const struct hunt *hunt, struct re *re, gsize n, gsize from, struct re_match *match)
{
        enum re_result result = from < n ? re_search(re, hunt->text, n, from, match) : RE_NO;
        if (result == RE_LIMIT)
                hunt->hide(0, hunt->n, hunt->data);
        return result == RE_YES;
}

static void hide_all(const struct hunt *hunt, struct re *re, gsize from, gsize n)
{
        struct re_match match;
        while (next(hunt, re, n, from, &match)) {
                bool is_named = match.n_named > 0;
                hunt->hide(is_named ? match.named[0].start : match.start, is_named ? match.named[0].end : match.end, hunt->data);
                from = MAX(match.end, from + 1);
        }
}

/* What a program is called with: to the end of the line, where there are lines. */
static gsize end_of_call(const struct hunt *hunt, gsize from, bool is_joined)
{
        const char *line_end = memchr(hunt->text + from, '\n', hunt->n - from);
        gsize end = line_end && !is_joined ? (gsize)(line_end - hunt->text) : MIN(hunt->n, from + MOST_COMMAND);
        while (end < hunt->n && ((guchar)hunt->text[end] & 0xC0) == 0x80)
                end++;
        return end;
}

static void hide_arguments(const struct secrets *secrets, const struct hunt *hunt, bool is_joined)
{
        struct re_match match;
        for (gsize from = 0; next(hunt, secrets->program, hunt->n, from, &match); from = match.end)
                hide_all(hunt, secrets->option, match.end, end_of_call(hunt, match.end, is_joined));
}

void secrets_find(struct secrets *secrets, const char *text, gsize n, bool is_joined, secret_hide *hide, void *data)
{
        const struct hunt hunt = {text, n, hide, data};
        for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
                if (!is_joined || !rules[i].is_of_lines)
                        hide_all(&hunt, secrets->rule[i], 0, n);
        hide_arguments(secrets, &hunt, is_joined);
        for (gsize at = 0, length; at < n; at += length) {
                length = opaque_run(text + at, n - at);
                if (length && opaque_is_secret(text + at, length))
                        hide(at, at + length, data);
                length = MAX(length, 1);
        }
}
