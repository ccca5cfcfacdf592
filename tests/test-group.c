/* Which lines, and which signatures, are one: templates, issues, and their way through the ledger. */
#include "decide/group.h"
#include "decide/template.h"

#include <string.h>

static guint root_of(struct templates *templates, guint id)
{
        return templates_root(templates, id);
}

static void test_templates(void)
{
        struct templates *templates = templates_new();
        guint first = templates_add(templates, "cannot open /var/log/a.log for writing");
        g_assert_cmpuint(templates_add(templates, "cannot open /srv/b.log for writing"), ==, first);
        g_assert_cmpuint(templates_add(templates, "cannot open /srv/b.log for reading"), !=, first);
        g_assert_cmpuint(templates_add(templates, "could open /srv/b.log for writing"), !=, first);
        templates_free(templates);
}

/* One word that differs between many lines is a value; the first word never is. */
static void test_siblings(void)
{
        static const char *const names[] = {"alder", "birch", "cedar", "dogwood", "elm", "fir"};
        struct templates *templates = templates_new();
        guint tail[G_N_ELEMENTS(names)], head[G_N_ELEMENTS(names)];
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
                g_autofree char *late = g_strdup_printf("session closed for %s today", names[i]);
                g_autofree char *early = g_strdup_printf("%s startup has succeeded", names[i]);
                tail[i] = templates_add(templates, late);
                head[i] = templates_add(templates, early);
        }
        for (gsize i = 1; i < G_N_ELEMENTS(names); i++) {
                g_assert_cmpuint(root_of(templates, tail[i]), ==, root_of(templates, tail[0]));
                g_assert_cmpuint(root_of(templates, head[i]), !=, root_of(templates, head[0]));
        }
        g_autofree char *text = templates_text(templates, tail[0]);
        g_assert_cmpstr(text, ==, "session closed for <*> today");
        templates_free(templates);
}

static const char job[] = "cron\njob: /usr/local/bin/backup";

/* Bodies that are one issue with the first of their row, and some that are not. */
static const struct {
        const char *body, *other;
        bool is_one;
} bodies[] = {
        {"error: disk full", "error: disk full", true},
        {"error: disk full", "error: access denied", false},
        {"starting\nreading list\nerror: disk full", "starting\nerror: disk full\ndone", true},
        {"starting\nreading list\nlisting\nwriting\nclosing\nerror: disk full",
         "starting\nreading list\nlisting\nwriting\nclosing\nerror: no route", false},
        {"starting\nreading list", "starting\nreading list\nerror: disk full", false},
        {"Traceback (most recent call last):\n File <*> line <*> in run\n do_it()\nIOError: no space",
         "Traceback (most recent call last):\n File <*> line <*> in run\n do_it()\nKeyError: name", false},
        {"rows read: <*>\nrows written: <*>\nall well", "rows read: <*>\nrows written: <*>\nbye", true},
        {"", "", true},
};

static void test_bodies(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
                struct groups *groups = groups_new();
                g_autofree char *one = g_strdup_printf("%s\n\n%s", job, bodies[i].body);
                g_autofree char *other = g_strdup_printf("%s\n\n%s", job, bodies[i].other);
                g_autofree char *why = NULL;
                bool is_new;
                const char *name = groups_add(groups, one, &is_new, NULL);
                g_assert_true(is_new);
                g_assert_cmpuint(strlen(name), ==, strlen("rmf") + 32);
                g_assert_cmpint(strcmp(groups_add(groups, other, &is_new, &why), name) == 0, ==, bodies[i].is_one);
                g_assert_cmpint(is_new, ==, !bodies[i].is_one);
                g_assert_nonnull(why);
                groups_free(groups);
        }
}

static void test_heads(void)
{
        struct groups *groups = groups_new();
        const char *name = groups_add(groups, "cron\njob: a\n\nerror: disk full", NULL, NULL);
        g_assert_cmpstr(groups_add(groups, "cron\njob: b\n\nerror: disk full", NULL, NULL), !=, name);
        g_assert_cmpstr(groups_add(groups, "at\njob: a\n\nerror: disk full", NULL, NULL), !=, name);
        groups_free(groups);
}

static void test_kept(void)
{
        struct groups *groups = groups_new(), *later = groups_new();
        g_autoptr(GError) error = NULL;
        g_autofree char *first = g_strdup(groups_add(groups, "cron\njob: a\n\nerror: cannot open /a", NULL, NULL));
        groups_add(groups, "cron\njob: a\n\nerror: no route", NULL, NULL);
        json_t *kept = groups_save(groups, "cron\njob: a");
        g_assert_nonnull(kept);
        g_assert_null(groups_save(groups, "cron\njob: b"));
        g_assert_true(groups_load(later, "cron\njob: a", kept, &error));
        bool is_new;
        g_assert_cmpstr(groups_add(later, "cron\njob: a\n\nerror: cannot open /b", &is_new, NULL), ==, first);
        g_assert_false(is_new);
        json_t *again = groups_save(later, "cron\njob: a");
        g_assert_nonnull(again);
        json_decref(again);
        json_decref(kept);
        groups_free(later);
        groups_free(groups);
}

static void test_not_kept(void)
{
        static const char *const texts[] = {
                "{}",
                "[]",
                "{\"templates\":[{\"words\":[],\"joined\":0}],\"groups\":[]}",
                "{\"templates\":[{\"words\":[\"a\"],\"joined\":7}],\"groups\":[]}",
                "{\"templates\":[{\"words\":[1],\"joined\":0}],\"groups\":[]}",
                "{\"templates\":[],\"groups\":[{\"name\":\"x\",\"variants\":[]}]}",
                "{\"templates\":[],\"groups\":[{\"name\":\"x\",\"variants\":[[[3,4,false]]]}]}",
                "{\"templates\":[],\"groups\":[{\"variants\":[[]]}]}",
        };
        for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
                g_autoptr(GError) error = NULL;
                struct groups *groups = groups_new();
                json_t *json = json_loads(texts[i], 0, NULL);
                g_assert_false(groups_load(groups, "cron", json, &error));
                g_assert_nonnull(error);
                json_decref(json);
                groups_free(groups);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/group/templates", test_templates);
        g_test_add_func("/group/siblings", test_siblings);
        g_test_add_func("/group/bodies", test_bodies);
        g_test_add_func("/group/heads", test_heads);
        g_test_add_func("/group/kept", test_kept);
        g_test_add_func("/group/not-kept", test_not_kept);
        return g_test_run();
}
