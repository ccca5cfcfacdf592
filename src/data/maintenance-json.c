/* A maintenance as JSON, as the ledger keeps it.
 * In: a maintenance, or such JSON, which is not trusted. Out: JSON, or a maintenance. */
#include "base/limits.h"
#include "data/maintenance.h"
#include "data/pack.h"
#include "data/reading.h"

static json_t *post_to_json(const struct post *post)
{
        return json_pack("{s:o, s:o, s:i, s:o, s:o}", "message_id", pack_text(post->message_id), "date", pack_instant(post->date),
                         "ordinal", post->ordinal, "link", pack_text(post->link), "change", pack_text(post->change));
}

static json_t *event_to_json(const struct event *event)
{
        json_t *json = json_pack("{s:o, s:i, s:s, s:s, s:o, s:o, s:o}", "uid", pack_text(event->uid), "ordinal", event->ordinal, "role",
                                 role_word(event->role), "state", state_word(event->state), "start", pack_instant(event->start), "end",
                                 pack_instant(event->end), "written", pack_text(event->written));
        json_t *beside =
                json_pack("{s:b, s:b, s:b, s:o, s:i, s:o, s:o}", "is_all_day", (int)event->is_all_day, "is_postponed",
                          (int)event->is_postponed, "is_checked", (int)event->is_checked, "circuits", circuits_to_json(event->circuits),
                          "sequence", event->sequence, "created", pack_instant(event->created), "modified", pack_instant(event->modified));
        json_object_update(json, beside);
        json_decref(beside);
        if (event->is_day)
                json_object_set_new(json, "is_day", json_true());
        return json;
}

static json_t *events_to_json(const GPtrArray *events)
{
        json_t *list = json_array();
        for (guint i = 0; i < events->len; i++)
                json_array_append_new(list, event_to_json(events->pdata[i]));
        return list;
}

static json_t *posts_to_json(const GPtrArray *posts)
{
        json_t *list = json_array();
        for (guint i = 0; i < posts->len; i++)
                json_array_append_new(list, post_to_json(posts->pdata[i]));
        return list;
}

json_t *maintenance_to_json(const struct maintenance *maintenance)
{
        json_t *json = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "key", pack_text(maintenance->key), "vendor",
                                 pack_text(maintenance->vendor), "vendor_name", pack_text(maintenance->vendor_name), "maintenance_id",
                                 pack_text(maintenance->maintenance_id), "account", pack_text(maintenance->account), "summary",
                                 pack_text(maintenance->summary), "location", pack_text(maintenance->location), "subject",
                                 pack_text(maintenance->subject));
        json_t *beside = json_pack("{s:b, s:s?, s:s?, s:o, s:o, s:o, s:o, s:o, s:i, s:b}", "emergency", (int)maintenance->emergency,
                                   "status", status_word(maintenance->status), "impact", impact_word(maintenance->impact), "circuits",
                                   circuits_to_json(maintenance->circuits), "events", events_to_json(maintenance->events), "posts",
                                   posts_to_json(maintenance->posts), "aliases", pack_texts(maintenance->aliases), "applied",
                                   pack_instant(maintenance->applied), "vendor_sequence", maintenance->vendor_sequence, "is_tombstone",
                                   (int)maintenance->is_tombstone);
        json_object_update(json, beside);
        json_decref(beside);
        return json;
}

static gpointer post_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct post *post = post_new();
        post->message_id = unpack_text(&unpack, "message_id");
        post->date = unpack_instant(&unpack, "date");
        post->ordinal = unpack_number(&unpack, "ordinal", 0);
        post->link = unpack_text(&unpack, "link");
        post->change = unpack_needed(&unpack, "change");
        return unpack_end(&unpack, post, (GDestroyNotify)post_free, error);
}

static gpointer event_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct event *event = event_new();
        event->uid = unpack_needed(&unpack, "uid");
        event->ordinal = unpack_number(&unpack, "ordinal", 1);
        event->role = (enum role)unpack_word(&unpack, "role", role_from_word, false);
        event->state = (enum state)unpack_word(&unpack, "state", state_from_word, false);
        event->start = unpack_instant(&unpack, "start");
        event->end = unpack_instant(&unpack, "end");
        event->written = unpack_text(&unpack, "written");
        event->is_all_day = unpack_flag(&unpack, "is_all_day");
        event->is_day = json_is_true(json_object_get(json, "is_day"));
        event->is_postponed = unpack_flag(&unpack, "is_postponed");
        event->is_checked = unpack_flag(&unpack, "is_checked");
        unpack_list(&unpack, "circuits", LIMIT_KEPT, circuit_from_json, event->circuits);
        event->sequence = unpack_number(&unpack, "sequence", 0);
        event->created = unpack_instant(&unpack, "created");
        event->modified = unpack_instant(&unpack, "modified");
        return unpack_end(&unpack, event, (GDestroyNotify)event_free, error);
}

static void unpack_names(struct unpack *unpack, struct maintenance *maintenance)
{
        maintenance->key = unpack_needed(unpack, "key");
        maintenance->vendor = unpack_needed(unpack, "vendor");
        maintenance->vendor_name = unpack_text(unpack, "vendor_name");
        maintenance->maintenance_id = unpack_text(unpack, "maintenance_id");
        maintenance->account = unpack_text(unpack, "account");
        maintenance->summary = unpack_text(unpack, "summary");
        maintenance->location = unpack_text(unpack, "location");
        maintenance->subject = unpack_text(unpack, "subject");
}

struct maintenance *maintenance_from_json(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct maintenance *maintenance = maintenance_new();
        unpack_names(&unpack, maintenance);
        maintenance->emergency = unpack_flag(&unpack, "emergency");
        maintenance->status = (enum status)unpack_word(&unpack, "status", status_from_word, true);
        maintenance->impact = (enum impact)unpack_word(&unpack, "impact", impact_from_word, true);
        unpack_list(&unpack, "circuits", LIMIT_KEPT, circuit_from_json, maintenance->circuits);
        unpack_list(&unpack, "events", LIMIT_KEPT, event_from, maintenance->events);
        unpack_list(&unpack, "posts", LIMIT_KEPT, post_from, maintenance->posts);
        unpack_list(&unpack, "aliases", LIMIT_KEPT, unpack_text_element, maintenance->aliases);
        maintenance->applied = unpack_instant(&unpack, "applied");
        maintenance->vendor_sequence = unpack_number(&unpack, "vendor_sequence", -1);
        maintenance->is_tombstone = unpack_flag(&unpack, "is_tombstone");
        return unpack_end(&unpack, maintenance, (GDestroyNotify)maintenance_free, error);
}
