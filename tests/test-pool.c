/* Readers side by side: readings come in the order of the mails, whichever is done first and whichever dies. */
#include <stdlib.h>
#include <string.h>

#include "reader/pool.h"

/* Takes the longer the later the letter is in the alphabet; '!' kills it. */
static struct reading *read_letter(const void *data, GBytes *mail)
{
        const char *text = g_bytes_get_data(mail, NULL);
        const int *work = data;
        volatile unsigned sum = 0;
        if (*text == '!')
                abort();
        for (int i = 0; i < (*text - 'a') * *work; i++)
                sum += (unsigned)i;
        struct reading *reading = reading_new();
        reading->date = sum;
        reading->kind = KIND_OTHER;
        reading->other = g_strdup("a letter");
        reading->subject = g_strndup(text, g_bytes_get_size(mail));
        return reading;
}

static void put(struct pool *pool, char letter)
{
        char text[] = {letter, '\0'};
        g_autoptr(GBytes) mail = g_bytes_new(text, 1);
        pool_put(pool, mail, g_strdup(text));
}

static struct pool *pool_of(guint n, const int *work)
{
        struct pool *pool = pool_new(g_free);
        for (guint i = 0; i < n; i++) {
                g_autoptr(GError) error = NULL;
                struct confined *confined = confined_new_with(read_letter, work, &error);
                g_assert_no_error(error);
                pool_add(pool, confined);
        }
        return pool;
}

static void expect(struct pool *pool, char letter)
{
        void *tag;
        struct reading *reading = pool_take(pool, &tag);
        g_autofree char *text = tag;
        g_assert_cmpint(*text, ==, letter);
        g_assert_cmpint(reading_has_failed(reading), ==, letter == '!');
        if (letter != '!')
                g_assert_cmpstr(reading->subject, ==, text);
        reading_free(reading);
}

/* More mails than readers, the slow ones first, one that kills its reader among them. */
static void test_order(void)
{
        static const char letters[] = "zmaby!cxaaazb!!ka";
        const int work = 200000;
        for (guint n = 1; n <= 3; n++) {
                struct pool *pool = pool_of(n, &work);
                for (gsize i = 0; i < strlen(letters); i++)
                        put(pool, letters[i]);
                for (gsize i = 0; i < strlen(letters); i++)
                        expect(pool, letters[i]);
                g_assert_false(pool_has_mail(pool));
                pool_free(pool);
        }
}

/* Any number of mails passes through a pool that never holds many. */
static void test_full(void)
{
        const int work = 10;
        struct pool *pool = pool_of(2, &work);
        guint put_in = 0, taken = 0;
        for (; put_in < 1000; put_in++) {
                for (; pool_is_full(pool); taken++)
                        expect(pool, (char)('a' + taken % 26));
                put(pool, (char)('a' + put_in % 26));
                g_assert_cmpuint(put_in - taken, <, 100);
        }
        for (; pool_has_mail(pool); taken++)
                expect(pool, (char)('a' + taken % 26));
        g_assert_cmpuint(taken, ==, 1000);
        pool_free(pool);
}

/* Mails that nobody takes are freed with the pool. */
static void test_left(void)
{
        const int work = 10;
        struct pool *pool = pool_of(1, &work);
        for (int i = 0; i < 3; i++)
                put(pool, 'b');
        pool_free(pool);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/pool/order", test_order);
        g_test_add_func("/pool/full", test_full);
        g_test_add_func("/pool/left", test_left);
        return g_test_run();
}
