// libssl and libcrypto, loaded when the first of their functions is wanted: a session in the clear does without them, and the
// loader needs longer for them than for everything else together.
//
// To be included last: from here on the name of each function below is that of a pointer in the loaded library.
#ifndef OPENSSL_LIBRARY_H
#define OPENSSL_LIBRARY_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#define OPENSSL_FUNCTIONS(each)                                                                                       \
    each(ASN1_STRING_get0_data) each(ASN1_STRING_length) each(ASN1_TIME_diff) each(ASN1_TIME_to_tm) each(BIO_ctrl)     \
    each(BIO_ctrl_pending) each(BIO_free) each(BIO_new) each(BIO_printf) each(BIO_puts) each(BIO_read_ex)              \
    each(BIO_s_mem) each(BIO_write) each(BIO_write_ex) each(BN_bin2bn) each(BN_free) each(BN_to_ASN1_INTEGER)          \
    each(CRYPTO_free) each(CRYPTO_zalloc) each(ERR_clear_error) each(ERR_get_error) each(ERR_peek_error)               \
    each(ERR_reason_error_string) each(EVP_Digest) each(EVP_DigestSign) each(EVP_DigestSignInit)                       \
    each(EVP_MD_CTX_free) each(EVP_MD_CTX_new) each(EVP_MD_get_size) each(EVP_PKEY_Q_keygen) each(EVP_PKEY_free)       \
    each(EVP_PKEY_get0_type_name) each(EVP_PKEY_get_bits) each(EVP_PKEY_get_group_name)                                \
    each(EVP_PKEY_get_raw_public_key) each(EVP_PKEY_new_raw_private_key) each(EVP_get_digestbyname) each(EVP_md5)      \
    each(EVP_sha1) each(EVP_sha256) each(EVP_sha512) each(GENERAL_NAMES_free) each(GENERAL_NAME_get0_value)            \
    each(HMAC) each(OBJ_find_sigid_algs) each(OBJ_nid2sn) each(OPENSSL_sk_num) each(OPENSSL_sk_value)                  \
    each(OPENSSL_strlcpy) each(PEM_write_bio_X509) each(PKCS5_PBKDF2_HMAC) each(RAND_bytes)                            \
    each(SSL_CIPHER_get_bits) each(SSL_CIPHER_get_name) each(SSL_CTX_check_private_key)                                \
    each(SSL_CTX_clear_options) each(SSL_CTX_ctrl) each(SSL_CTX_free) each(SSL_CTX_get0_certificate)                   \
    each(SSL_CTX_get_ex_data) each(SSL_CTX_load_verify_file) each(SSL_CTX_new) each(SSL_CTX_sess_set_new_cb)           \
    each(SSL_CTX_set_cipher_list) each(SSL_CTX_set_default_passwd_cb) each(SSL_CTX_set_default_verify_paths)           \
    each(SSL_CTX_set_ex_data) each(SSL_CTX_set_info_callback) each(SSL_CTX_set_options)                                \
    each(SSL_CTX_set_security_level) each(SSL_CTX_set_session_id_context) each(SSL_CTX_set_verify)                     \
    each(SSL_CTX_use_PrivateKey) each(SSL_CTX_use_PrivateKey_file) each(SSL_CTX_use_certificate)                       \
    each(SSL_CTX_use_certificate_chain_file) each(SSL_SESSION_free) each(SSL_SESSION_is_resumable) each(SSL_ctrl)      \
    each(SSL_do_handshake) each(SSL_export_keying_material) each(SSL_free) each(SSL_get0_param)                        \
    each(SSL_get0_peer_certificate) each(SSL_get_SSL_CTX) each(SSL_get_certificate) each(SSL_get_current_cipher)       \
    each(SSL_get_error) each(SSL_get_ex_data) each(SSL_get_ex_data_X509_STORE_CTX_idx) each(SSL_get_finished)          \
    each(SSL_get_peer_cert_chain) each(SSL_get_peer_finished) each(SSL_get_peer_signature_type_nid)                    \
    each(SSL_get_version) each(SSL_is_init_finished) each(SSL_is_server) each(SSL_new) each(SSL_read_ex)               \
    each(SSL_session_reused) each(SSL_set1_host) each(SSL_set_accept_state) each(SSL_set_bio)                          \
    each(SSL_set_connect_state) each(SSL_set_ex_data) each(SSL_set_hostflags) each(SSL_set_session)                    \
    each(SSL_shutdown) each(SSL_version) each(SSL_write_ex) each(TLS_client_method) each(TLS_server_method)            \
    each(X509V3_EXT_conf_nid) each(X509V3_set_ctx) each(X509_EXTENSION_free) each(X509_NAME_add_entry_by_txt)          \
    each(X509_NAME_print_ex) each(X509_STORE_CTX_free) each(X509_STORE_CTX_get0_param)                                 \
    each(X509_STORE_CTX_get_error) each(X509_STORE_CTX_get_error_depth) each(X509_STORE_CTX_get_ex_data)               \
    each(X509_STORE_CTX_init) each(X509_STORE_CTX_new) each(X509_STORE_CTX_set_error) each(X509_STORE_add_cert)        \
    each(X509_STORE_free) each(X509_STORE_new) each(X509_VERIFY_PARAM_set1_ip_asc)                                     \
    each(X509_VERIFY_PARAM_set_auth_level) each(X509_VERIFY_PARAM_set_flags) each(X509_VERIFY_PARAM_set_purpose)       \
    each(X509_add_ext) each(X509_digest) each(X509_free) each(X509_get0_notAfter) each(X509_get0_notBefore)            \
    each(X509_get0_pubkey) each(X509_get_X509_PUBKEY) each(X509_get_ext_d2i) each(X509_get_issuer_name)                \
    each(X509_get_serialNumber) each(X509_get_signature_nid) each(X509_get_subject_name) each(X509_getm_notAfter)      \
    each(X509_getm_notBefore) each(X509_new) each(X509_set_issuer_name) each(X509_set_pubkey)                          \
    each(X509_set_version) each(X509_sign) each(X509_time_adj_ex) each(X509_verify_cert)                               \
    each(X509_verify_cert_error_string) each(i2d_X509) each(i2d_X509_PUBKEY)

typedef struct OpenSSLLibrary {
#define member(name) __typeof__(name) *name;
    OPENSSL_FUNCTIONS(member)
#undef member
    const char *fault;  // why it is not there, and then no function is; NULL when it is
} OpenSSLLibrary;

// Loads it at the first call; the same one ever after, for every thread.
const OpenSSLLibrary *openssl_library(void);

#ifndef OPENSSL_LIBRARY_BY_NAME
#define ASN1_STRING_get0_data openssl_library()->ASN1_STRING_get0_data
#define ASN1_STRING_length openssl_library()->ASN1_STRING_length
#define ASN1_TIME_diff openssl_library()->ASN1_TIME_diff
#define ASN1_TIME_to_tm openssl_library()->ASN1_TIME_to_tm
#define BIO_ctrl openssl_library()->BIO_ctrl
#define BIO_ctrl_pending openssl_library()->BIO_ctrl_pending
#define BIO_free openssl_library()->BIO_free
#define BIO_new openssl_library()->BIO_new
#define BIO_printf openssl_library()->BIO_printf
#define BIO_puts openssl_library()->BIO_puts
#define BIO_read_ex openssl_library()->BIO_read_ex
#define BIO_s_mem openssl_library()->BIO_s_mem
#define BIO_write openssl_library()->BIO_write
#define BIO_write_ex openssl_library()->BIO_write_ex
#define BN_bin2bn openssl_library()->BN_bin2bn
#define BN_free openssl_library()->BN_free
#define BN_to_ASN1_INTEGER openssl_library()->BN_to_ASN1_INTEGER
#define CRYPTO_free openssl_library()->CRYPTO_free
#define CRYPTO_zalloc openssl_library()->CRYPTO_zalloc
#define ERR_clear_error openssl_library()->ERR_clear_error
#define ERR_get_error openssl_library()->ERR_get_error
#define ERR_peek_error openssl_library()->ERR_peek_error
#define ERR_reason_error_string openssl_library()->ERR_reason_error_string
#define EVP_Digest openssl_library()->EVP_Digest
#define EVP_DigestSign openssl_library()->EVP_DigestSign
#define EVP_DigestSignInit openssl_library()->EVP_DigestSignInit
#define EVP_MD_CTX_free openssl_library()->EVP_MD_CTX_free
#define EVP_MD_CTX_new openssl_library()->EVP_MD_CTX_new
#define EVP_MD_get_size openssl_library()->EVP_MD_get_size
#define EVP_PKEY_Q_keygen openssl_library()->EVP_PKEY_Q_keygen
#define EVP_PKEY_free openssl_library()->EVP_PKEY_free
#define EVP_PKEY_get0_type_name openssl_library()->EVP_PKEY_get0_type_name
#define EVP_PKEY_get_bits openssl_library()->EVP_PKEY_get_bits
#define EVP_PKEY_get_group_name openssl_library()->EVP_PKEY_get_group_name
#define EVP_PKEY_get_raw_public_key openssl_library()->EVP_PKEY_get_raw_public_key
#define EVP_PKEY_new_raw_private_key openssl_library()->EVP_PKEY_new_raw_private_key
#define EVP_get_digestbyname openssl_library()->EVP_get_digestbyname
#define EVP_md5 openssl_library()->EVP_md5
#define EVP_sha1 openssl_library()->EVP_sha1
#define EVP_sha256 openssl_library()->EVP_sha256
#define EVP_sha512 openssl_library()->EVP_sha512
#define GENERAL_NAMES_free openssl_library()->GENERAL_NAMES_free
#define GENERAL_NAME_get0_value openssl_library()->GENERAL_NAME_get0_value
#define HMAC openssl_library()->HMAC
#define OBJ_find_sigid_algs openssl_library()->OBJ_find_sigid_algs
#define OBJ_nid2sn openssl_library()->OBJ_nid2sn
#define OPENSSL_sk_num openssl_library()->OPENSSL_sk_num
#define OPENSSL_sk_value openssl_library()->OPENSSL_sk_value
#define OPENSSL_strlcpy openssl_library()->OPENSSL_strlcpy
#define PEM_write_bio_X509 openssl_library()->PEM_write_bio_X509
#define PKCS5_PBKDF2_HMAC openssl_library()->PKCS5_PBKDF2_HMAC
#define RAND_bytes openssl_library()->RAND_bytes
#define SSL_CIPHER_get_bits openssl_library()->SSL_CIPHER_get_bits
#define SSL_CIPHER_get_name openssl_library()->SSL_CIPHER_get_name
#define SSL_CTX_check_private_key openssl_library()->SSL_CTX_check_private_key
#define SSL_CTX_clear_options openssl_library()->SSL_CTX_clear_options
#define SSL_CTX_ctrl openssl_library()->SSL_CTX_ctrl
#define SSL_CTX_free openssl_library()->SSL_CTX_free
#define SSL_CTX_get0_certificate openssl_library()->SSL_CTX_get0_certificate
#define SSL_CTX_get_ex_data openssl_library()->SSL_CTX_get_ex_data
#define SSL_CTX_load_verify_file openssl_library()->SSL_CTX_load_verify_file
#define SSL_CTX_new openssl_library()->SSL_CTX_new
#define SSL_CTX_sess_set_new_cb openssl_library()->SSL_CTX_sess_set_new_cb
#define SSL_CTX_set_cipher_list openssl_library()->SSL_CTX_set_cipher_list
#define SSL_CTX_set_default_passwd_cb openssl_library()->SSL_CTX_set_default_passwd_cb
#define SSL_CTX_set_default_verify_paths openssl_library()->SSL_CTX_set_default_verify_paths
#define SSL_CTX_set_ex_data openssl_library()->SSL_CTX_set_ex_data
#define SSL_CTX_set_info_callback openssl_library()->SSL_CTX_set_info_callback
#define SSL_CTX_set_options openssl_library()->SSL_CTX_set_options
#define SSL_CTX_set_security_level openssl_library()->SSL_CTX_set_security_level
#define SSL_CTX_set_session_id_context openssl_library()->SSL_CTX_set_session_id_context
#define SSL_CTX_set_verify openssl_library()->SSL_CTX_set_verify
#define SSL_CTX_use_PrivateKey openssl_library()->SSL_CTX_use_PrivateKey
#define SSL_CTX_use_PrivateKey_file openssl_library()->SSL_CTX_use_PrivateKey_file
#define SSL_CTX_use_certificate openssl_library()->SSL_CTX_use_certificate
#define SSL_CTX_use_certificate_chain_file openssl_library()->SSL_CTX_use_certificate_chain_file
#define SSL_SESSION_free openssl_library()->SSL_SESSION_free
#define SSL_SESSION_is_resumable openssl_library()->SSL_SESSION_is_resumable
#define SSL_ctrl openssl_library()->SSL_ctrl
#define SSL_do_handshake openssl_library()->SSL_do_handshake
#define SSL_export_keying_material openssl_library()->SSL_export_keying_material
#define SSL_free openssl_library()->SSL_free
#define SSL_get0_param openssl_library()->SSL_get0_param
#define SSL_get0_peer_certificate openssl_library()->SSL_get0_peer_certificate
#define SSL_get_SSL_CTX openssl_library()->SSL_get_SSL_CTX
#define SSL_get_certificate openssl_library()->SSL_get_certificate
#define SSL_get_current_cipher openssl_library()->SSL_get_current_cipher
#define SSL_get_error openssl_library()->SSL_get_error
#define SSL_get_ex_data openssl_library()->SSL_get_ex_data
#define SSL_get_ex_data_X509_STORE_CTX_idx openssl_library()->SSL_get_ex_data_X509_STORE_CTX_idx
#define SSL_get_finished openssl_library()->SSL_get_finished
#define SSL_get_peer_cert_chain openssl_library()->SSL_get_peer_cert_chain
#define SSL_get_peer_finished openssl_library()->SSL_get_peer_finished
#define SSL_get_peer_signature_type_nid openssl_library()->SSL_get_peer_signature_type_nid
#define SSL_get_version openssl_library()->SSL_get_version
#define SSL_is_init_finished openssl_library()->SSL_is_init_finished
#define SSL_is_server openssl_library()->SSL_is_server
#define SSL_new openssl_library()->SSL_new
#define SSL_read_ex openssl_library()->SSL_read_ex
#define SSL_session_reused openssl_library()->SSL_session_reused
#define SSL_set1_host openssl_library()->SSL_set1_host
#define SSL_set_accept_state openssl_library()->SSL_set_accept_state
#define SSL_set_bio openssl_library()->SSL_set_bio
#define SSL_set_connect_state openssl_library()->SSL_set_connect_state
#define SSL_set_ex_data openssl_library()->SSL_set_ex_data
#define SSL_set_hostflags openssl_library()->SSL_set_hostflags
#define SSL_set_session openssl_library()->SSL_set_session
#define SSL_shutdown openssl_library()->SSL_shutdown
#define SSL_version openssl_library()->SSL_version
#define SSL_write_ex openssl_library()->SSL_write_ex
#define TLS_client_method openssl_library()->TLS_client_method
#define TLS_server_method openssl_library()->TLS_server_method
#define X509V3_EXT_conf_nid openssl_library()->X509V3_EXT_conf_nid
#define X509V3_set_ctx openssl_library()->X509V3_set_ctx
#define X509_EXTENSION_free openssl_library()->X509_EXTENSION_free
#define X509_NAME_add_entry_by_txt openssl_library()->X509_NAME_add_entry_by_txt
#define X509_NAME_print_ex openssl_library()->X509_NAME_print_ex
#define X509_STORE_CTX_free openssl_library()->X509_STORE_CTX_free
#define X509_STORE_CTX_get0_param openssl_library()->X509_STORE_CTX_get0_param
#define X509_STORE_CTX_get_error openssl_library()->X509_STORE_CTX_get_error
#define X509_STORE_CTX_get_error_depth openssl_library()->X509_STORE_CTX_get_error_depth
#define X509_STORE_CTX_get_ex_data openssl_library()->X509_STORE_CTX_get_ex_data
#define X509_STORE_CTX_init openssl_library()->X509_STORE_CTX_init
#define X509_STORE_CTX_new openssl_library()->X509_STORE_CTX_new
#define X509_STORE_CTX_set_error openssl_library()->X509_STORE_CTX_set_error
#define X509_STORE_add_cert openssl_library()->X509_STORE_add_cert
#define X509_STORE_free openssl_library()->X509_STORE_free
#define X509_STORE_new openssl_library()->X509_STORE_new
#define X509_VERIFY_PARAM_set1_ip_asc openssl_library()->X509_VERIFY_PARAM_set1_ip_asc
#define X509_VERIFY_PARAM_set_auth_level openssl_library()->X509_VERIFY_PARAM_set_auth_level
#define X509_VERIFY_PARAM_set_flags openssl_library()->X509_VERIFY_PARAM_set_flags
#define X509_VERIFY_PARAM_set_purpose openssl_library()->X509_VERIFY_PARAM_set_purpose
#define X509_add_ext openssl_library()->X509_add_ext
#define X509_digest openssl_library()->X509_digest
#define X509_free openssl_library()->X509_free
#define X509_get0_notAfter openssl_library()->X509_get0_notAfter
#define X509_get0_notBefore openssl_library()->X509_get0_notBefore
#define X509_get0_pubkey openssl_library()->X509_get0_pubkey
#define X509_get_X509_PUBKEY openssl_library()->X509_get_X509_PUBKEY
#define X509_get_ext_d2i openssl_library()->X509_get_ext_d2i
#define X509_get_issuer_name openssl_library()->X509_get_issuer_name
#define X509_get_serialNumber openssl_library()->X509_get_serialNumber
#define X509_get_signature_nid openssl_library()->X509_get_signature_nid
#define X509_get_subject_name openssl_library()->X509_get_subject_name
#define X509_getm_notAfter openssl_library()->X509_getm_notAfter
#define X509_getm_notBefore openssl_library()->X509_getm_notBefore
#define X509_new openssl_library()->X509_new
#define X509_set_issuer_name openssl_library()->X509_set_issuer_name
#define X509_set_pubkey openssl_library()->X509_set_pubkey
#define X509_set_version openssl_library()->X509_set_version
#define X509_sign openssl_library()->X509_sign
#define X509_time_adj_ex openssl_library()->X509_time_adj_ex
#define X509_verify_cert openssl_library()->X509_verify_cert
#define X509_verify_cert_error_string openssl_library()->X509_verify_cert_error_string
#define i2d_X509 openssl_library()->i2d_X509
#define i2d_X509_PUBKEY openssl_library()->i2d_X509_PUBKEY
#endif

#endif
