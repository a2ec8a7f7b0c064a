// What DANE compares with TLSA records, RFC 6698: certificates and keys of the chain as sent, whole or digested.
#include <string.h>

#include "Connection.h"

static X509 *sent(const TLSConnection *connection, int index) {
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(connection->ssl);
    return chain && index >= 0 && index < sk_X509_num(chain) ? sk_X509_value(chain, index) : NULL;
}

static size_t copy(
    X509 *certificate, TLSCertificatePart part, TLSCertificateForm form, uint8_t *bytes, size_t capacity) {
    if (!certificate) return 0;
    unsigned char *der = NULL;
    int length = part == TLSCertificatePartAll ? i2d_X509(certificate, &der)
                                               : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    size_t count = length > 0 ? (size_t)length : 0;
    unsigned char digest[EVP_MAX_MD_SIZE];
    const unsigned char *result = der;
    if (count && form != TLSCertificateFormWhole) {
        unsigned int size = 0;
        const EVP_MD *method = form == TLSCertificateFormSHA256 ? EVP_sha256() : EVP_sha512();
        count = EVP_Digest(der, count, digest, &size, method, NULL) == 1 ? size : 0;
        result = digest;
    }
    if (count && count <= capacity) memcpy(bytes, result, count);
    OPENSSL_free(der);
    ERR_clear_error();
    return count;
}

size_t tls_chain_bytes(
    const TLSConnection *connection, int index, TLSCertificatePart part, TLSCertificateForm form, uint8_t *bytes,
    size_t capacity) {
    return copy(sent(connection, index), part, form, bytes, capacity);
}

size_t tls_context_key_digest(const TLSContext *server, uint8_t *digest, size_t capacity) {
    X509 *leaf = SSL_CTX_get0_certificate(server->ssl);
    return copy(leaf, TLSCertificatePartKey, TLSCertificateFormSHA256, digest, capacity);
}

int tls_chain_leads_to(const TLSConnection *connection, int index) {
    X509 *leaf = sent(connection, 0), *anchor = sent(connection, index);
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    int leads = 0;
    if (leaf && anchor && store && context && X509_STORE_add_cert(store, anchor) == 1 &&
        X509_STORE_CTX_init(context, store, leaf, SSL_get_peer_cert_chain(connection->ssl)) == 1) {
        X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);  // the anchor need not be a root
        X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
        X509_VERIFY_PARAM_set_auth_level(rules, 0);
        leads = X509_verify_cert(context) == 1;
    }
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    ERR_clear_error();
    return leads;
}
