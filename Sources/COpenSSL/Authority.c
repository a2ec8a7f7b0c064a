// A certificate authority for one run of the lab: made in memory, never written but for its own certificate.
#include <string.h>

#include "Connection.h"

struct TLSAuthority {
    EVP_PKEY *key;
    X509 *certificate;
};

static int add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    int added = extension && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

static int set_random_serial(X509 *certificate) {
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return 0;
    bytes[0] &= 0x7f;  // RFC 5280, 4.1.2.2: positive
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    int set = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return set;
}

// Everything but the issuer, the extensions and the signature.
static X509 *blank_certificate(EVP_PKEY *key, const char *common_name, int from_day, int to_day) {
    X509 *certificate = X509_new();
    if (certificate && X509_set_version(certificate, X509_VERSION_3) && set_random_serial(certificate) &&
        X509_time_adj_ex(X509_getm_notBefore(certificate), from_day, 0, NULL) &&
        X509_time_adj_ex(X509_getm_notAfter(certificate), to_day, 60, NULL) &&  // a minute more: to_day whole days are left
        X509_set_pubkey(certificate, key) &&
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1, 0)) {
        return certificate;
    }
    X509_free(certificate);
    return NULL;
}

TLSAuthority *tls_authority_new(const char *common_name) {
    if (openssl_library()->fault) return NULL;
    TLSAuthority *authority = OPENSSL_zalloc(sizeof *authority);
    if (!authority) return NULL;
    authority->key = EVP_EC_gen("P-256");
    X509 *certificate = authority->key ? blank_certificate(authority->key, common_name, -1, 366) : NULL;
    authority->certificate = certificate;
    if (certificate && X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) &&
        add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
        add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
        add_extension(certificate, certificate, NID_subject_key_identifier, "hash") &&
        X509_sign(certificate, authority->key, EVP_sha256())) {
        return authority;
    }
    tls_authority_free(authority);
    return NULL;
}

void tls_authority_free(TLSAuthority *authority) {
    if (!authority) return;
    X509_free(authority->certificate);
    EVP_PKEY_free(authority->key);
    OPENSSL_free(authority);
}

size_t tls_authority_pem(const TLSAuthority *authority, char *text, size_t capacity) {
    BIO *memory = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    size_t count = 0;
    if (memory && PEM_write_bio_X509(memory, authority->certificate)) {
        count = (size_t)BIO_get_mem_data(memory, &bytes);
        if (count <= capacity) memcpy(text, bytes, count);
    }
    BIO_free(memory);
    return count;
}

static X509 *issue(
    const TLSAuthority *authority, EVP_PKEY *key, const char *common_name, const char *names, int from_day, int to_day) {
    X509 *leaf = blank_certificate(key, common_name, from_day, to_day);
    if (leaf && X509_set_issuer_name(leaf, X509_get_subject_name(authority->certificate)) &&
        add_extension(leaf, authority->certificate, NID_basic_constraints, "critical,CA:FALSE") &&
        add_extension(leaf, authority->certificate, NID_key_usage, "critical,digitalSignature") &&
        add_extension(leaf, authority->certificate, NID_ext_key_usage, "serverAuth") &&
        add_extension(leaf, authority->certificate, NID_subject_key_identifier, "hash") &&
        add_extension(leaf, authority->certificate, NID_authority_key_identifier, "keyid") &&
        add_extension(leaf, authority->certificate, NID_subject_alt_name, names) &&
        X509_sign(leaf, authority->key, EVP_sha256())) {
        return leaf;
    }
    X509_free(leaf);
    return NULL;
}

int tls_context_issue_certificate(
    TLSContext *server, const TLSAuthority *authority, const char *common_name, const char *names, int from_day,
    int to_day) {
    ERR_clear_error();
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *leaf = key ? issue(authority, key, common_name, names, from_day, to_day) : NULL;
    // The authority is sent too, so that a client which does not trust it can still name it.
    int used = leaf && SSL_CTX_use_certificate(server->ssl, leaf) == 1 &&
        SSL_CTX_use_PrivateKey(server->ssl, key) == 1 &&
        SSL_CTX_add1_chain_cert(server->ssl, authority->certificate) == 1;
    X509_free(leaf);
    EVP_PKEY_free(key);
    return used;
}
