/* What GMime and GIO could do that they are never asked for: GnuPG, tables of mounts, SELinux. Where they are linked into the program (see
 * configure.ac), this stands for the seven libraries that it would have to find and join at each start to no purpose.
 * In: a call that nobody makes. Out: the end of the process; deliver makes 75 of that. */
#include <stdlib.h>

const char *gpgme_check_version_internal(const char *wanted, size_t offset);

/* g_mime_init() asks for it, and minds no answer. */
const char *gpgme_check_version_internal(const char *wanted, size_t offset)
{
        (void)wanted;
        (void)offset;
        return NULL;
}

#define ABSENT(name)                                                                                                                       \
        _Noreturn void name(void);                                                                                                         \
        _Noreturn void name(void)                                                                                                          \
        {                                                                                                                                  \
                abort();                                                                                                                   \
        }

ABSENT(fgetfilecon_raw)
ABSENT(freecon)
ABSENT(getfilecon_raw)
ABSENT(gpgme_data_new_from_cbs)
ABSENT(gpgme_data_release)
ABSENT(gpgme_engine_check_version)
ABSENT(gpgme_get_key)
ABSENT(gpgme_get_keylist_mode)
ABSENT(gpgme_get_protocol)
ABSENT(gpgme_key_unref)
ABSENT(gpgme_new)
ABSENT(gpgme_op_decrypt)
ABSENT(gpgme_op_decrypt_result)
ABSENT(gpgme_op_decrypt_verify)
ABSENT(gpgme_op_encrypt)
ABSENT(gpgme_op_encrypt_sign)
ABSENT(gpgme_op_export_ext)
ABSENT(gpgme_op_import)
ABSENT(gpgme_op_import_result)
ABSENT(gpgme_op_keylist_end)
ABSENT(gpgme_op_keylist_next)
ABSENT(gpgme_op_keylist_start)
ABSENT(gpgme_op_sign)
ABSENT(gpgme_op_sign_result)
ABSENT(gpgme_op_verify)
ABSENT(gpgme_op_verify_result)
ABSENT(gpgme_release)
ABSENT(gpgme_set_armor)
ABSENT(gpgme_set_ctx_flag)
ABSENT(gpgme_set_keylist_mode)
ABSENT(gpgme_set_offline)
ABSENT(gpgme_set_passphrase_cb)
ABSENT(gpgme_set_protocol)
ABSENT(gpgme_set_textmode)
ABSENT(gpgme_signers_add)
ABSENT(gpgme_signers_clear)
ABSENT(gpgme_strerror)
ABSENT(is_selinux_enabled)
ABSENT(lgetfilecon_raw)
ABSENT(mnt_free_iter)
ABSENT(mnt_free_table)
ABSENT(mnt_fs_get_fstype)
ABSENT(mnt_fs_get_options)
ABSENT(mnt_fs_get_root)
ABSENT(mnt_fs_get_source)
ABSENT(mnt_fs_get_target)
ABSENT(mnt_fs_strdup_options)
ABSENT(mnt_get_builtin_optmap)
ABSENT(mnt_get_fstab_path)
ABSENT(mnt_has_regular_mtab)
ABSENT(mnt_new_iter)
ABSENT(mnt_new_table)
ABSENT(mnt_optstr_get_flags)
ABSENT(mnt_table_next_fs)
ABSENT(mnt_table_parse_fstab)
ABSENT(mnt_table_parse_mtab)
ABSENT(setfilecon_raw)
