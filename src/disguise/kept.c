/* Words that are nobody's: what filters look for, and the language of notices. They stand as they are in a disguised mail.
 * In: filters' files, single words. Out: yes or no. */
#include "disguise/kept.h"

#include <string.h>

enum { WORD_AT_LEAST = 2, LONGEST_DOMAIN = 24 };

struct kept {
        GHashTable *words; /* of small letters */
};

/* A few lists rather than a dictionary: a word that is missing here is disguised only where something else says that it is a name. */
static const char *const usual[] = {
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april may june july "
        "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec am pm noon midnight",
        "utc gmt est edt cst cdt mst mdt pst pdt cet cest eet eest bst ist jst kst hkt sgt aest aedt brt local time zone eastern central "
        "mountain pacific standard daylight summer europe america asia africa atlantic australia indian etc",
        "from to cc bcc subject date message id re fw fwd aw sv mail email mailto http https www smtp mx mta esmtp esmtps list lists group "
        "groups announce reply noreply no do not donotreply bounce bounces owner postmaster mailer daemon localhost "
        "unsubscribe tel fax phone cid png jpg jpeg gif pdf csv xlsx ics html xml text plain utf iso",
        "maint maintenance planned scheduled emergency urgent work works window notice notification notifications change changes update "
        "reminder cancelled canceled completed started postponed rescheduled outage impact service services circuit circuits link links "
        "network networks networking operations operation ops noc soc support customer customers client clients care desk help helpdesk "
        "team center centre management manager engineer engineering technical technician contact contacts sales office global "
        "international telecom telecommunications carrier carriers communications wholesale enterprise solutions systems security "
        "department dear hello hi regards thanks thank you best kind sincerely all sir madam valued partner partners everyone colleague "
        "colleagues mr mrs ms miss dr",
        "received by with esmtpa smtps mailfrom helo header dkim spf dmarc arc pass fail none neutral permitted sender domain designates "
        "rsa sha1 sha256 sha512 relaxed simple tls cipher version provider object please",
        "inc incorporated llc ltd limited corp corporation company gmbh ag bv sa sas srl plc pty co foundation group holdings the and of "
        "for by on in at your our",
        "ticket case reference ref number name account company site location address city country start end begin finish status summary "
        "description reason type priority example test",
};

static const char months[] =
        "january february march april may june july august september october november december jan feb mar apr jun jul "
        "aug sep sept oct nov dec";

/* Longer ones that end names of hosts; of two letters (ISO 3166) any is taken for one. */
static const char domains[] = "com net org edu gov mil int arpa info biz name mobi cloud network global online tech site live example test "
                              "invalid localdomain internal local lan corp";

/* Whether a list of words with blanks between has this one. */
static bool lists(const char *words, const char *word, gsize length)
{
        for (const char *at = words; *at;) {
                gsize n = strcspn(at, " ");
                if (n == length && g_ascii_strncasecmp(at, word, n) == 0)
                        return true;
                at += n;
                at += strspn(at, " ");
        }
        return false;
}

struct kept *kept_new(void)
{
        struct kept *kept = g_new0(struct kept, 1);
        kept->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(usual); i++)
                kept_add(kept, usual[i], strlen(usual[i]));
        for (gsize i = 0; i < 2; i++)
                kept_add(kept, i ? domains : months, strlen(i ? domains : months));
        return kept;
}

void kept_free(struct kept *kept)
{
        if (!kept)
                return;
        g_hash_table_unref(kept->words);
        g_free(kept);
}

static void add_word(struct kept *kept, const char *word, gsize length)
{
        if (length >= WORD_AT_LEAST)
                g_hash_table_add(kept->words, g_ascii_strdown(word, (gssize)length));
}

static gsize span(const char *text, gsize length, bool is_kind(char c))
{
        gsize n = 0;
        while (n < length && is_kind(text[n]))
                n++;
        return n;
}

static bool is_letter(char c)
{
        return g_ascii_isalpha(c);
}

static bool is_letter_or_digit(char c)
{
        return g_ascii_isalnum(c);
}

/* A run of letters and digits, and each word in it. */
static void add_run(struct kept *kept, const char *run, gsize length)
{
        gsize n_letters = 0;
        for (gsize at = 0, n; at < length; at += MAX(n, 1)) {
                n = span(run + at, length - at, is_letter);
                add_word(kept, run + at, n);
                n_letters += n;
        }
        if (n_letters > 0)
                add_word(kept, run, length);
}

void kept_add(struct kept *kept, const char *text, gsize length)
{
        for (gsize at = 0, n; at < length; at += MAX(n, 1)) {
                n = span(text + at, length - at, is_letter_or_digit);
                if (text[at] == '\\')
                        n = 2;
                else if (n > 0)
                        add_run(kept, text + at, n);
        }
}

void kept_drop(struct kept *kept, const char *text, gsize length)
{
        for (gsize at = 0, n; at < length; at += MAX(n, 1)) {
                n = span(text + at, length - at, is_letter);
                g_autofree char *word = g_ascii_strdown(text + at, (gssize)n);
                g_hash_table_remove(kept->words, word);
        }
}

bool kept_has(const struct kept *kept, const char *word, gsize length)
{
        g_autofree char *folded = g_ascii_strdown(word, (gssize)length);
        return g_hash_table_contains(kept->words, folded);
}

bool kept_is_month(const char *word, gsize length)
{
        return lists(months, word, length);
}

bool kept_is_domain(const char *word, gsize length)
{
        return length == 2 || (length <= LONGEST_DOMAIN && lists(domains, word, length));
}
