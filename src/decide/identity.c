/* Which maintenance a notice is about (CALENDAR.md 1 "Identity"): keys, aliases, threads, and circuits and times where there is no id.
 * In: a notice and the maintenances that may be meant. Out: one of them, or a new one with its key. */
#include "decide/identity.h"

#include "base/limits.h"
#include "decide/alike.h"

#include <string.h>

/* uuid5(DNS namespace, "mailclinic"): ours for ever, since UIDs must come out the same whenever the ledger is rebuilt. */
static const guint8 project_space[16] = {0x91, 0x62, 0x44, 0xf8, 0xd9, 0x05, 0x58, 0x8c, 0xa9, 0xf7, 0x13, 0xf6, 0x1e, 0x90, 0x11, 0x40};

char *uuid5(const guint8 space[16], const void *name, gsize length)
{
        guint8 d[20];
        gsize size = sizeof d;
        g_autoptr(GChecksum) sha1 = g_checksum_new(G_CHECKSUM_SHA1);
        g_checksum_update(sha1, space, 16);
        g_checksum_update(sha1, name, (gssize)length);
        g_checksum_get_digest(sha1, d, &size);
        d[6] = (guint8)((d[6] & 0x0f) | 0x50);
        d[8] = (guint8)((d[8] & 0x3f) | 0x80);
        return g_strdup_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", d[0], d[1], d[2], d[3], d[4], d[5],
                               d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
}

char *event_uid(const char *key, int ordinal)
{
        g_autoptr(GString) name = g_string_new(key);
        g_string_append_c(name, '\0');
        g_string_append_printf(name, "%d", ordinal);
        return uuid5(project_space, name->str, name->len);
}

static char *id_alias(const struct reading *reading, const char *maintenance_id)
{
        g_autofree char *key = maintenance_id && reading->vendor ? maintenance_key(reading->vendor, maintenance_id) : NULL;
        return key ? g_strconcat("id:", key, NULL) : NULL;
}

static char *uid_alias(const struct reading *reading)
{
        const char *uid = reading->thread.calendar_uid;
        return uid && reading->vendor ? g_strconcat("uid:", reading->vendor, ":", uid, NULL) : NULL;
}

static char *mail_alias(const char *message_id)
{
        return message_id ? g_strconcat("mail:", message_id, NULL) : NULL;
}

/* Take over an alias; NULL is none. */
static void add(GPtrArray *aliases, char *alias)
{
        if (alias && aliases->len < LIMIT_KEPT && !g_ptr_array_find_with_equal_func(aliases, alias, g_str_equal, NULL))
                g_ptr_array_add(aliases, alias);
        else
                g_free(alias);
}

GPtrArray *identity_aliases(const struct reading *reading)
{
        GPtrArray *aliases = g_ptr_array_new_with_free_func(g_free);
        const GPtrArray *references = reading->thread.references;
        for (guint i = 0; i < reading->notices->len; i++)
                add(aliases, id_alias(reading, ((const struct notice *)reading->notices->pdata[i])->maintenance_id));
        add(aliases, uid_alias(reading));
        for (guint i = 0; i < references->len; i++)
                add(aliases, mail_alias(references->pdata[i]));
        add(aliases, mail_alias(reading->message_id));
        return aliases;
}

static bool has_alias(const struct maintenance *maintenance, const char *alias)
{
        return alias && g_ptr_array_find_with_equal_func(maintenance->aliases, alias, g_str_equal, NULL);
}

static bool is_in_thread(const struct maintenance *maintenance, const struct reading *reading)
{
        const GPtrArray *references = reading->thread.references;
        g_autofree char *own = mail_alias(reading->message_id);
        if (has_alias(maintenance, own))
                return true;
        for (guint i = 0; i < references->len; i++) {
                g_autofree char *alias = mail_alias(references->pdata[i]);
                if (has_alias(maintenance, alias))
                        return true;
        }
        return false;
}

static struct maintenance *by_alias(const GPtrArray *known, const char *alias)
{
        for (guint i = 0; i < known->len; i++)
                if (has_alias(known->pdata[i], alias))
                        return known->pdata[i];
        return NULL;
}

static bool is_vendors(const struct maintenance *maintenance, const struct reading *reading)
{
        return g_strcmp0(maintenance->vendor, reading->vendor) == 0;
}

/* Whether the thread alone may join them: two ids are two maintenances even in one thread. */
static bool may_join(const struct maintenance *maintenance, const struct notice *notice)
{
        return !notice->maintenance_id || !maintenance->maintenance_id;
}

/* The only one that passes; several: none is taken. */
static enum found only(GPtrArray *candidates, struct maintenance **found)
{
        if (candidates->len == 1)
                *found = candidates->pdata[0];
        return candidates->len == 0 ? FOUND_NOTHING : candidates->len == 1 ? FOUND_ONE : FOUND_SEVERAL;
}

static enum found by_thread(const GPtrArray *known, const struct reading *reading, const struct notice *notice, struct maintenance **found)
{
        g_autoptr(GPtrArray) all = g_ptr_array_new(), same_times = g_ptr_array_new();
        for (guint i = 0; i < known->len; i++) {
                struct maintenance *maintenance = known->pdata[i];
                if (!is_vendors(maintenance, reading) || !may_join(maintenance, notice) || !is_in_thread(maintenance, reading))
                        continue;
                g_ptr_array_add(all, maintenance);
                if (alike_times(maintenance, notice))
                        g_ptr_array_add(same_times, maintenance);
        }
        return only(same_times->len ? same_times : all, found);
}

/* Without an id and a thread: the same times with circuits that do not speak against it; else, unless it announces, the same circuits. */
static enum found by_likeness(const GPtrArray *known, const struct reading *reading, const struct notice *notice,
                              struct maintenance **found)
{
        g_autoptr(GPtrArray) same_times = g_ptr_array_new(), same_circuits = g_ptr_array_new();
        for (guint i = 0; i < known->len; i++) {
                struct maintenance *maintenance = known->pdata[i];
                if (!is_vendors(maintenance, reading))
                        continue;
                if (alike_times(maintenance, notice) && alike_circuits(maintenance, notice, true))
                        g_ptr_array_add(same_times, maintenance);
                else if (reading->kind != KIND_NEW && alike_circuits(maintenance, notice, false) && alike_is_open(maintenance))
                        g_ptr_array_add(same_circuits, maintenance);
        }
        return only(same_times->len ? same_times : same_circuits, found);
}

enum found identity_find(const GPtrArray *known, const struct reading *reading, const struct notice *notice, struct maintenance **found)
{
        g_autofree char *id = id_alias(reading, notice->maintenance_id), *uid = uid_alias(reading);
        *found = by_alias(known, id);
        if (*found)
                return FOUND_ONE;
        *found = by_alias(known, uid);
        if (*found && may_join(*found, notice))
                return FOUND_ONE;
        *found = NULL;
        enum found how = by_thread(known, reading, notice, found);
        if (how != FOUND_NOTHING || notice->maintenance_id)
                return how;
        return by_likeness(known, reading, notice, found);
}

struct maintenance *identity_replaced(const GPtrArray *known, const struct reading *reading, const struct notice *notice)
{
        g_autofree char *id = id_alias(reading, notice->maintenance_id);
        for (guint i = 0; i < known->len; i++) {
                struct maintenance *maintenance = known->pdata[i];
                if (is_vendors(maintenance, reading) && is_in_thread(maintenance, reading) && !has_alias(maintenance, id))
                        return maintenance;
        }
        return NULL;
}

static char *root_of(const struct reading *reading)
{
        const GPtrArray *references = reading->thread.references;
        if (references->len)
                return g_strdup(references->pdata[0]);
        if (reading->message_id)
                return g_strdup(reading->message_id);
        return g_strconcat("sha256:", reading->thread.text_hash ? reading->thread.text_hash : "none", NULL);
}

static char *key_of(const struct reading *reading, const struct notice *notice, guint number)
{
        if (notice->maintenance_id)
                return maintenance_key(reading->vendor, notice->maintenance_id);
        g_autofree char *root = root_of(reading);
        g_autofree char *behind = number ? g_strdup_printf("/%u", number) : g_strdup("");
        return g_strdup_printf("%s:<%s>%s", reading->vendor, root, behind);
}

struct maintenance *identity_new(const struct reading *reading, const struct notice *notice, guint number)
{
        struct maintenance *maintenance = maintenance_new();
        const GPtrArray *references = reading->thread.references;
        maintenance->key = key_of(reading, notice, number);
        maintenance->vendor = g_strdup(reading->vendor);
        maintenance->vendor_name = g_strdup(reading->vendor_name);
        maintenance->subject = g_strdup(reading->subject);
        identity_learn(maintenance, reading, notice);
        if (references->len)
                add(maintenance->aliases, mail_alias(references->pdata[0]));
        return maintenance;
}

void identity_learn(struct maintenance *maintenance, const struct reading *reading, const struct notice *notice)
{
        if (!maintenance->maintenance_id)
                maintenance->maintenance_id = g_strdup(notice->maintenance_id);
        add(maintenance->aliases, id_alias(reading, notice->maintenance_id));
        add(maintenance->aliases, uid_alias(reading));
        add(maintenance->aliases, mail_alias(reading->message_id));
}

void identity_hand_over(struct maintenance *from, struct maintenance *to)
{
        for (guint i = 0; i < from->aliases->len;) {
                if (!g_str_has_prefix(from->aliases->pdata[i], "id:")) {
                        i++;
                        continue;
                }
                add(to->aliases, g_strdup(from->aliases->pdata[i]));
                g_ptr_array_remove_index(from->aliases, i);
        }
}
