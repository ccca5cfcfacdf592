/* What the configuration may say of the tracker and of owners, as const tables for libcyaml.
 * In: nothing. Out: rows of the tables, for data/schema.c. */
#include "data/schema-rows.h"
#include "data/settings.h"

static const cyaml_schema_value_t text = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_strval_t quotes[] = {{"template", QUOTE_TEMPLATE}, {"excerpt", QUOTE_EXCERPT}};
const cyaml_schema_field_t schema_caps_fields[] = {MAYBE(struct tracker_caps, tasks_per_day), MAYBE(struct tracker_caps, tasks_per_run),
                                                   MAYBE(struct tracker_caps, comments_per_day), CYAML_FIELD_END};
const cyaml_schema_field_t schema_tracker_fields[] = {MAYBE(struct tracker_settings, url),
                                                      MAYBE(struct tracker_settings, contact),
                                                      MAYBE(struct tracker_settings, token_file),
                                                      MAYBE(struct tracker_settings, bot_file),
                                                      MAYBE(struct tracker_settings, parent),
                                                      WORDS("projects", struct tracker_settings, projects, text),
                                                      WORDS("subscribers", struct tracker_settings, subscribers, text),
                                                      MAYBE(struct tracker_settings, priority),
                                                      MAYBE(struct tracker_settings, view),
                                                      ONE_OF("quote", WORD, struct tracker_settings, quote, quotes),
                                                      MAP("caps", struct tracker_settings, caps, schema_caps_fields),
                                                      MAYBE(struct tracker_settings, patience),
                                                      MAYBE(struct tracker_settings, pause),
                                                      CYAML_FIELD_END};
static const cyaml_schema_field_t owner_fields[] = {
        MAYBE(struct owner_rule, kind),
        MAYBE(struct owner_rule, host),
        MAYBE(struct owner_rule, job),
        WORDS("projects", struct owner_rule, projects, text),
        WORDS("subscribers", struct owner_rule, subscribers, text),
        MAYBE(struct owner_rule, priority),
        CYAML_FIELD_END,
};
const cyaml_schema_value_t schema_owner = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct owner_rule, owner_fields)};
