/* What WebDAV servers answer in XML: multistatus and error bodies (RFC 4918 13 and 16, RFC 4791 5.3.2.1).
 * In: the body of an answer. Out: plain structs. */
#include "out/dav.h"

#include "reader/xml.h"

#include <string.h>

/* The conditions by which servers say it. */
static const char *const uid_conditions[] = {"no-uid-conflict", "unique-scheduling-object-resource"};

struct parse {
        struct dav *dav;
        struct dav_member *member; /* within a response */
        GString *text;             /* of the element that is open */
        guint n_elements, in_type;
        bool is_conflict_open;
};

static void member_free(struct dav_member *member)
{
        g_free(member->href);
        g_free(member);
}

static bool is_uid_condition(const char *name)
{
        for (gsize i = 0; i < G_N_ELEMENTS(uid_conditions); i++)
                if (g_str_equal(name, uid_conditions[i]))
                        return true;
        return false;
}

static void start(void *user, const char *name, const char *const *attributes G_GNUC_UNUSED)
{
        struct parse *parse = user;
        parse->n_elements++;
        g_string_truncate(parse->text, 0);
        if (g_str_equal(name, "response")) {
                parse->member = g_new0(struct dav_member, 1);
                g_ptr_array_add(parse->dav->members, parse->member);
        } else if (g_str_equal(name, "resourcetype")) {
                parse->in_type++;
        } else if (g_str_equal(name, "calendar") && parse->in_type && parse->member) {
                parse->member->is_calendar = true;
        } else if (is_uid_condition(name)) {
                parse->dav->is_uid_conflict = parse->is_conflict_open = true;
        }
}

static void take_href(struct parse *parse)
{
        char **href = parse->is_conflict_open ? &parse->dav->href : parse->member ? &parse->member->href : NULL;
        if (href && !*href)
                *href = g_strdup(g_strstrip(parse->text->str));
}

static void end(void *user, const char *name)
{
        struct parse *parse = user;
        if (g_str_equal(name, "href"))
                take_href(parse);
        else if (g_str_equal(name, "response"))
                parse->member = NULL;
        else if (g_str_equal(name, "resourcetype"))
                parse->in_type -= parse->in_type > 0;
        else if (is_uid_condition(name))
                parse->is_conflict_open = false;
        g_string_truncate(parse->text, 0);
}

static void text(void *user, const char *bytes, gsize length)
{
        g_string_append_len(((struct parse *)user)->text, bytes, (gssize)length);
}

struct dav *dav_read(const char *body)
{
        static const struct xml_events events = {start, end, text};
        g_autoptr(GString) held = g_string_new(NULL);
        g_autoptr(GBytes) bytes = g_bytes_new_static(body, strlen(body));
        struct dav *dav = g_new0(struct dav, 1);
        dav->members = g_ptr_array_new_with_free_func((GDestroyNotify)member_free);
        struct parse parse = {.dav = dav, .text = held};
        if (*body && xml_read(bytes, &events, &parse, NULL) && parse.n_elements)
                return dav;
        dav_free(dav);
        return NULL;
}

void dav_free(struct dav *dav)
{
        if (!dav)
                return;
        g_ptr_array_unref(dav->members);
        g_free(dav->href);
        g_free(dav);
}

bool dav_is_uid_conflict(const char *body)
{
        struct dav *dav = dav_read(body);
        bool is_conflict = dav && dav->is_uid_conflict;
        g_autofree char *lower = g_ascii_strdown(body, -1);
        dav_free(dav);
        return is_conflict || (strstr(lower, "uid already exists") && !strstr(lower, "deleted calendar object"));
}
