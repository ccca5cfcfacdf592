/* A disguised mail on its way out of the confined child, which takes the mail apart.
 * In: the bytes of a mail. Out: a reading that carries its disguise; and that disguise again. */
#include "disguise/hand.h"

#include "base/fail.h"

#include <string.h>

static const char carries_mail[] = "mail", carries_phrase[] = "phrase";

static void add(struct reading *reading, const char *field, char *value, guint line)
{
        struct evidence *evidence = g_new0(struct evidence, 1);
        evidence->field = g_strdup(field);
        evidence->value = value;
        evidence->line = (int)line;
        g_ptr_array_add(reading->evidence, evidence);
}

/* Phrases that are no UTF-8 stand in no reading. */
static void add_phrases(struct reading *reading, const GPtrArray *phrases)
{
        for (guint i = 0; i < phrases->len; i++)
                if (g_utf8_validate(phrases->pdata[i], -1, NULL))
                        add(reading, carries_phrase, g_strdup(phrases->pdata[i]), 0);
}

struct reading *hand_read(const void *disguise, GBytes *mail)
{
        g_autoptr(GError) error = NULL;
        struct pairs *pairs = NULL;
        guint sealed = 0;
        g_autoptr(GBytes) disguised = disguise_mail(disguise, mail, &pairs, &sealed, &error);
        if (!disguised)
                return reading_failed(STREAM_MAINT, error->message);
        gsize length;
        const guchar *bytes = g_bytes_get_data(disguised, &length);
        struct reading *reading = reading_new();
        add(reading, carries_mail, g_base64_encode(bytes, length), sealed);
        add_phrases(reading, pairs_phrases(pairs));
        pairs_free(pairs);
        return reading;
}

GBytes *hand_take(const struct disguise *disguise, const struct reading *handed, struct pairs **pairs, guint *sealed, GError **error)
{
        const struct evidence *first = handed->evidence->len ? handed->evidence->pdata[0] : NULL;
        if (!first || g_strcmp0(first->field, carries_mail) != 0 || !first->value) {
                const char *why = handed->reasons->len ? handed->reasons->pdata[0] : "no answer";
                g_set_error(error, FAIL, FAIL_DATA, "the mail cannot be disguised: %s", why);
                return NULL;
        }
        gsize length;
        guchar *bytes = g_base64_decode(first->value, &length);
        *pairs = pairs_new(disguise->key, disguise->kept);
        *sealed = (guint)MAX(first->line, 0);
        for (guint i = 1; i < handed->evidence->len; i++) {
                const char *phrase = ((const struct evidence *)handed->evidence->pdata[i])->value;
                if (phrase)
                        pairs_add(*pairs, phrase, strlen(phrase));
        }
        return g_bytes_new_take(bytes, length);
}
