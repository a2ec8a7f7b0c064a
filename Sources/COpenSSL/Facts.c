// What a handshake showed.
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "Connection.h"

const char *tls_version(const TLSConnection *connection) { return SSL_get_version(connection->ssl); }
const char *tls_cipher(const TLSConnection *connection) { return SSL_get_cipher_name(connection->ssl); }
int tls_cipher_bits(const TLSConnection *connection) { return SSL_get_cipher_bits(connection->ssl, NULL); }

const char *tls_group(TLSConnection *connection) {
    EVP_PKEY *key = NULL;
    size_t length = 0;
    if (!SSL_get_peer_tmp_key(connection->ssl, &key)) return NULL;
    if (!EVP_PKEY_get_group_name(key, connection->group, sizeof connection->group, &length)) {
        const char *type = EVP_PKEY_get0_type_name(key);  // X25519 has a type only, hand-made DH parameters have no name
        OPENSSL_strlcpy(connection->group, type ? type : "unnamed", sizeof connection->group);
    }
    EVP_PKEY_free(key);
    ERR_clear_error();
    return connection->group;
}

const char *tls_signature_digest(const TLSConnection *connection) {
    int nid = NID_undef;
    return SSL_get_peer_signature_nid(connection->ssl, &nid) && nid != NID_undef ? OBJ_nid2sn(nid) : NULL;
}

const char *tls_signature_key(const TLSConnection *connection) {
    int nid = NID_undef;
    return SSL_get_peer_signature_type_nid(connection->ssl, &nid) && nid != NID_undef ? OBJ_nid2sn(nid) : NULL;
}

// The digest of RFC 5929, 4.1: that of the certificate's signature, and SHA-256 where that is MD5 or SHA-1.
static size_t end_point(const TLSConnection *connection, uint8_t *result) {
    X509 *certificate = SSL_is_server(connection->ssl) ? SSL_get_certificate(connection->ssl)
                                                       : SSL_get0_peer_certificate(connection->ssl);
    int digest = NID_undef;
    unsigned count = 0;
    if (!certificate || !OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, NULL)) return 0;
    if (digest == NID_md5 || digest == NID_sha1) digest = NID_sha256;
    const EVP_MD *method = EVP_get_digestbynid(digest);  // a signature without a digest of its own has no binding
    return method && X509_digest(certificate, method, result, &count) ? count : 0;
}

size_t tls_channel_binding(TLSConnection *connection, TLSBinding which, uint8_t *result) {
    static const char label[] = "EXPORTER-Channel-Binding";
    SSL *ssl = connection->ssl;
    int is_new = SSL_version(ssl) >= TLS1_3_VERSION;
    size_t count = 0;
    switch (which) {
    case TLSBindingUnique:  // the first Finished: the client's, or the server's when the session was resumed
        if (is_new) break;
        if (SSL_is_server(ssl) == SSL_session_reused(ssl)) count = SSL_get_finished(ssl, result, 64);
        else count = SSL_get_peer_finished(ssl, result, 64);
        break;
    case TLSBindingEndPoint: count = end_point(connection, result); break;
    case TLSBindingExporter:  // RFC 9266, 4.2: before TLS 1.3 only with the extended master secret
        if (!is_new && SSL_get_extms_support(ssl) != 1) break;
        if (SSL_export_keying_material(ssl, result, 32, label, sizeof label - 1, (const uint8_t *)"", 0, 1) == 1) {
            count = 32;
        }
        break;
    }
    ERR_clear_error();
    return count;
}

int tls_session_reused(const TLSConnection *connection) { return SSL_session_reused(connection->ssl); }
TLSAlert tls_last_alert_received(const TLSConnection *connection) { return connection->received; }
TLSAlert tls_last_alert_sent(const TLSConnection *connection) { return connection->sent; }

// MARK: the chain

int tls_chain_count(const TLSConnection *connection) {
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(connection->ssl);
    int count = chain ? sk_X509_num(chain) : 0;
    if (!SSL_is_server(connection->ssl)) return count;
    return SSL_get0_peer_certificate(connection->ssl) ? count + 1 : 0;  // a server's chain lacks the client's own
}

static X509 *sent_certificate(const TLSConnection *connection, int index) {
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(connection->ssl);
    if (!SSL_is_server(connection->ssl)) return sk_X509_value(chain, index);  // NULL for what is not there
    return index == 0 ? SSL_get0_peer_certificate(connection->ssl) : sk_X509_value(chain, index - 1);
}

static void write_name(BIO *memory, const X509_NAME *name) {
    X509_NAME_print_ex(memory, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
}

static void write_time(BIO *memory, const ASN1_TIME *time) {
    struct tm parts;
    char text[32];
    if (ASN1_TIME_to_tm(time, &parts) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)) {
        BIO_puts(memory, text);
    }
}

static void write_dns_name(BIO *memory, const ASN1_STRING *name) {
    const unsigned char *bytes = ASN1_STRING_get0_data(name);
    for (int i = 0; i < ASN1_STRING_length(name); i++) {
        if (bytes[i]) BIO_write(memory, bytes + i, 1);
        else BIO_write(memory, "\\0", 2);
    }
    BIO_write(memory, "", 1);
}

static void write_address(BIO *memory, const ASN1_STRING *address) {
    char text[INET6_ADDRSTRLEN];
    int family = ASN1_STRING_length(address) == 4 ? AF_INET : AF_INET6;
    if (family == AF_INET6 && ASN1_STRING_length(address) != 16) return;
    if (!inet_ntop(family, ASN1_STRING_get0_data(address), text, sizeof text)) return;
    BIO_write(memory, text, (int)strlen(text) + 1);
}

static void write_alternative_names(BIO *memory, const X509 *certificate) {
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names); i++) {
        int kind;
        const ASN1_STRING *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &kind);
        if (kind == GEN_DNS) write_dns_name(memory, value);
        if (kind == GEN_IPADD) write_address(memory, value);
    }
    GENERAL_NAMES_free(names);
}

static void write_fingerprint(BIO *memory, const X509 *certificate) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned count = 0;
    if (!X509_digest(certificate, EVP_sha256(), digest, &count)) return;
    for (unsigned i = 0; i < count; i++) BIO_printf(memory, "%02x", digest[i]);
}

size_t tls_chain_text(
    const TLSConnection *connection, int index, TLSCertificateText which, char *text, size_t capacity) {
    X509 *certificate = sent_certificate(connection, index);
    BIO *memory = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    size_t count = 0;
    if (certificate && memory) {
        switch (which) {
        case TLSCertificateTextSubject: write_name(memory, X509_get_subject_name(certificate)); break;
        case TLSCertificateTextIssuer: write_name(memory, X509_get_issuer_name(certificate)); break;
        case TLSCertificateTextNames: write_alternative_names(memory, certificate); break;
        case TLSCertificateTextNotBefore: write_time(memory, X509_get0_notBefore(certificate)); break;
        case TLSCertificateTextNotAfter: write_time(memory, X509_get0_notAfter(certificate)); break;
        case TLSCertificateTextFingerprint: write_fingerprint(memory, certificate); break;
        }
        long written = BIO_get_mem_data(memory, &bytes);
        count = written > 0 ? (size_t)written : 0;
        if (count && count <= capacity) memcpy(text, bytes, count);
    }
    BIO_free(memory);
    ERR_clear_error();
    return count;
}

int tls_chain_key_bits(const TLSConnection *connection, int index) {
    X509 *certificate = sent_certificate(connection, index);
    EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate) : NULL;
    return key ? EVP_PKEY_get_bits(key) : 0;
}

int tls_chain_days_left(const TLSConnection *connection, int index) {
    X509 *certificate = sent_certificate(connection, index);
    int days = 0, seconds = 0;
    if (!certificate || !ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate))) return 0;
    return seconds < 0 ? days - 1 : days;  // a certificate that ended an hour ago has -1 days left, not 0
}

// MARK: objections

int tls_objection_count(const TLSConnection *connection) { return connection->objection_count; }

TLSObjection tls_objection(const TLSConnection *connection, int index) {
    return index >= 0 && index < connection->objection_count ? connection->objections[index] : (TLSObjection){0, 0};
}

const char *tls_objection_text(int code) {
    return openssl_library()->fault ? openssl_library()->fault : X509_verify_cert_error_string(code);
}
