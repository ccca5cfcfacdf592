/* The link back from an event to its post in the list's archive (CALENDAR.md 1 "Link back").
 * In: what a mail's list headers say, its Message-ID, a template. Out: a URL. */
#include "decide/link.h"

#include <string.h>

#define GROUPS_HOST "groups.google.com"

/* A Google group. */
struct group {
        char *name;
        char *domain; /* of a Workspace; NULL: a public group */
};

static void group_release(struct group *group)
{
        g_free(group->name);
        g_free(group->domain);
}

/* What a group or a domain may be made of: header text goes into a link, so nothing else may. */
static bool is_name(const char *text)
{
        return text && g_ascii_isalnum(*text) &&
               strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-") == strlen(text);
}

static bool take_group(struct group *group, const char *name, const char *domain)
{
        if (!is_name(name) || (domain && !is_name(domain)))
                return false;
        *group = (struct group){g_strdup(name), g_strdup(domain)};
        return true;
}

/* <https://groups.google.com/a/DOMAIN/group/GROUP/...> or <https://groups.google.com/group/GROUP/...>, the group's word being "group",
 * "d/forum" or "g" over the years. */
static bool group_of_url(const char *header, struct group *group)
{
        const char *at = header ? strstr(header, "://" GROUPS_HOST "/") : NULL;
        if (!at)
                return false;
        at += strlen("://" GROUPS_HOST "/");
        g_autofree char *path = g_strndup(at, strcspn(at, ">?#, \t"));
        g_auto(GStrv) step = g_strsplit(path, "/", 8);
        guint n = g_strv_length(step), i = 0;
        const char *domain = NULL;
        if (n > 2 && strcmp(step[0], "a") == 0) {
                domain = step[1];
                i = 2;
        }
        if (n > i + 2 && strcmp(step[i], "d") == 0 && strcmp(step[i + 1], "forum") == 0)
                return take_group(group, step[i + 2], domain);
        if (n > i + 1 && (strcmp(step[i], "group") == 0 || strcmp(step[i], "g") == 0))
                return take_group(group, step[i + 1], domain);
        return false;
}

/* <GROUP.googlegroups.com>: the List-ID of a public group (RFC 2919); other domains say nothing of where the archive is. */
static bool group_of_id(const char *header, struct group *group)
{
        const char *open = header ? strrchr(header, '<') : NULL;
        if (!open)
                return false;
        g_autofree char *id = g_strndup(open + 1, strcspn(open + 1, ">"));
        if (!g_str_has_suffix(id, ".googlegroups.com"))
                return false;
        id[strlen(id) - strlen(".googlegroups.com")] = '\0';
        return take_group(group, id, NULL);
}

static char *link_of_group(const struct group *group, const char *encoded)
{
        if (group->domain)
                return g_strdup_printf("https://" GROUPS_HOST "/a/%s/d/msgid/%s/%s", group->domain, group->name, encoded);
        return g_strdup_printf("https://" GROUPS_HOST "/d/msgid/%s/%s", group->name, encoded);
}

static char *fill_template(const char *link_template, const char *encoded)
{
        g_auto(GStrv) around = g_strsplit(link_template, "{msgid}", -1);
        return g_strjoinv(encoded, around);
}

char *link_to_post(const struct thread *thread, const char *message_id, const char *link_template)
{
        struct group group = {0};
        if (!message_id)
                return NULL;
        g_autofree char *encoded = g_uri_escape_string(message_id, "/", FALSE);
        char *link = NULL;
        if (group_of_url(thread->list_archive, &group) || group_of_url(thread->list_post, &group) || group_of_id(thread->list_id, &group))
                link = link_of_group(&group, encoded);
        else if (link_template)
                link = fill_template(link_template, encoded);
        group_release(&group);
        return link;
}
