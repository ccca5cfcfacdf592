/* What the configuration may say of calendars, as const tables for libcyaml.
 * In: nothing. Out: rows of the tables, for data/schema.c. */
#include "data/schema-rows.h"
#include "data/settings.h"

static const cyaml_strval_t cancel_modes[] = {{"status", CANCEL_STATUS}, {"title", CANCEL_TITLE}, {"delete", CANCEL_DELETE}};
const cyaml_schema_field_t schema_publish_fields[] = {MAYBE(struct publish_settings, feed), MAYBE(struct publish_settings, vdir),
                                                      MAYBE(struct publish_settings, name), MAYBE(struct publish_settings, keep),
                                                      CYAML_FIELD_END};
static const cyaml_schema_field_t target_fields[] = {TEXT("name", CYAML_FLAG_POINTER, struct calendar_target, name),
                                                     TEXT("url", CYAML_FLAG_POINTER, struct calendar_target, url),
                                                     MAYBE(struct calendar_target, user),
                                                     MAYBE(struct calendar_target, password_file),
                                                     MAYBE(struct calendar_target, token_file),
                                                     MAYBE(struct calendar_target, token_command),
                                                     ONE_OF("cancel_mode", WORD, struct calendar_target, cancel_mode, cancel_modes),
                                                     CYAML_FIELD_END};
const cyaml_schema_value_t schema_calendar = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct calendar_target, target_fields)};
