// What Porthole needs of OpenSSL 3, and no more: both sides of TLS over memory, what can be learnt from a handshake, and the
// certificates of the lab. No OpenSSL header is visible here. Results are 1 for done and 0 for refused, with the reasons in
// tls_take_errors().
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stddef.h>
#include <stdint.h>

typedef struct TLSContext TLSContext;        // settings; may be shared by threads once it is filled in
typedef struct TLSConnection TLSConnection;  // one connection; belongs to one thread at a time

typedef enum __attribute__((enum_extensibility(closed))) TLSStep {
    TLSStepDone,       // handshake finished, or bytes were moved
    TLSStepWantIO,     // flush what tls_take_ciphertext() has, then feed more
    TLSStepClosed,     // the peer sent close_notify
    TLSStepTruncated,  // the transport ended without close_notify
    TLSStepError,      // see tls_take_errors()
} TLSStep;

// Settings. Versions are wire values (0x0301 for TLS 1.0), 0 means the library's own limit.
TLSContext *tls_client_context_new(void);
TLSContext *tls_server_context_new(void);
void tls_context_free(TLSContext *context);
int tls_context_set_versions(TLSContext *context, int minimum, int maximum);
int tls_context_set_ciphers(TLSContext *context, const char *list);  // up to TLS 1.2
void tls_context_set_security_level(TLSContext *context, int level);
int tls_context_trust_system(TLSContext *context);
int tls_context_trust_file(TLSContext *context, const char *path);
// A client's certificate with its chain, and its key, from PEM files; they must belong together.
int tls_context_use_certificate(TLSContext *context, const char *certificate_path, const char *key_path);
// A server asks clients for a certificate and records what it thinks of it; a client without one is served all the same.
void tls_context_ask_for_certificate(TLSContext *server);

// A client keeps what servers give it for coming back, the latest only; tls_connection_resume() uses it up.
void tls_context_keep_sessions(TLSContext *client);

// A certificate authority made on the spot, EC P-256, and what it signs. `names` is in OpenSSL's notation,
// "DNS:mx1.example.test,IP:127.0.0.1"; the days count from now and may be negative.
typedef struct TLSAuthority TLSAuthority;
TLSAuthority *tls_authority_new(const char *common_name);
void tls_authority_free(TLSAuthority *authority);
size_t tls_authority_pem(const TLSAuthority *authority, char *text, size_t capacity);
int tls_context_issue_certificate(
    TLSContext *server, const TLSAuthority *authority, const char *common_name, const char *names, int from_day,
    int to_day);

// Digests for SASL. Results are written to `result`, 64 bytes at most; the length is returned, 0 when OpenSSL refuses.
typedef enum __attribute__((enum_extensibility(closed))) TLSDigest { TLSDigestMD5, TLSDigestSHA1, TLSDigestSHA256 } TLSDigest;
size_t tls_digest(TLSDigest digest, const uint8_t *bytes, size_t count, uint8_t *result);
size_t tls_hmac(
    TLSDigest digest, const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *result);
size_t tls_pbkdf2(
    TLSDigest digest, const uint8_t *password, size_t password_count, const uint8_t *salt, size_t salt_count, int rounds,
    uint8_t *result);
int tls_random(uint8_t *bytes, size_t count);

// Ed25519, RFC 8032. A key is its seed of 32 bytes; a public key has 32 bytes, a signature 64. 0 when OpenSSL refuses.
int tls_ed25519_public_key(const uint8_t *seed, uint8_t *result);
int tls_ed25519_sign(const uint8_t *seed, const uint8_t *bytes, size_t count, uint8_t *result);

// One connection. The verify callback records and never refuses: judging is for the caller, afterwards.
TLSConnection *tls_connection_new(TLSContext *context);
void tls_connection_free(TLSConnection *connection);
int tls_connection_resume(TLSConnection *connection, TLSContext *context);  // 0 when there is nothing to come back with
int tls_connection_set_server_name(TLSConnection *connection, const char *name);
int tls_connection_expect_host(TLSConnection *connection, const char *name);
int tls_connection_expect_address(TLSConnection *connection, const char *address);

// Moving bytes.
int tls_feed_ciphertext(TLSConnection *connection, const uint8_t *bytes, size_t count);
void tls_end_ciphertext(TLSConnection *connection);  // the transport has ended: no more will be fed
size_t tls_pending_ciphertext(const TLSConnection *connection);
size_t tls_take_ciphertext(TLSConnection *connection, uint8_t *bytes, size_t capacity);
TLSStep tls_handshake(TLSConnection *connection);
TLSStep tls_read(TLSConnection *connection, uint8_t *bytes, size_t capacity, size_t *count);
TLSStep tls_write(TLSConnection *connection, const uint8_t *bytes, size_t count);
void tls_shutdown(TLSConnection *connection);  // puts close_notify among the ciphertext, once

// The calling thread's error queue as "reason; reason", without file names, and emptied. Returns the length.
size_t tls_take_errors(char *text, size_t capacity);

// Why libssl, which is loaded now, is not there: a sentence; NULL when it is.
const char *tls_missing(void);

// Facts. Texts belong to the library or to the connection and are valid as long as it is.
const char *tls_version(const TLSConnection *connection);
const char *tls_cipher(const TLSConnection *connection);
int tls_cipher_bits(const TLSConnection *connection);
const char *tls_group(TLSConnection *connection);  // "X25519", "ffdhe2048", "DH"; NULL without a key exchange
const char *tls_signature_digest(const TLSConnection *connection);  // NULL when the peer signed nothing
const char *tls_signature_key(const TLSConnection *connection);
int tls_session_reused(const TLSConnection *connection);

// Channel bindings, RFC 5929 and RFC 9266, after the handshake. At most 64 bytes are written; 0 where there is none.
typedef enum __attribute__((enum_extensibility(closed))) TLSBinding {
    TLSBindingUnique,
    TLSBindingEndPoint,
    TLSBindingExporter,
} TLSBinding;
size_t tls_channel_binding(TLSConnection *connection, TLSBinding which, uint8_t *result);

typedef struct TLSAlert {
    int level;        // 1 warning, 2 fatal, 0 none seen
    int description;  // RFC 8446, 6.2
} TLSAlert;
TLSAlert tls_last_alert_received(const TLSConnection *connection);
TLSAlert tls_last_alert_sent(const TLSConnection *connection);

// The chain in the order sent. A text is copied when it fits; its length is returned either way, without a final NUL.
typedef enum __attribute__((enum_extensibility(closed))) TLSCertificateText {
    TLSCertificateTextSubject,      // RFC 2253, UTF-8
    TLSCertificateTextIssuer,       // RFC 2253, UTF-8
    TLSCertificateTextNames,        // DNS names and addresses of subjectAltName, a NUL after each; a NUL inside is "\0"
    TLSCertificateTextNotBefore,    // 2026-02-02T10:00:00Z
    TLSCertificateTextNotAfter,     // 2026-02-02T10:00:00Z
    TLSCertificateTextFingerprint,  // SHA-256 of the DER form, lower-case hexadecimal
} TLSCertificateText;
int tls_chain_count(const TLSConnection *connection);
size_t tls_chain_text(
    const TLSConnection *connection, int index, TLSCertificateText which, char *text, size_t capacity);
int tls_chain_key_bits(const TLSConnection *connection, int index);
int tls_chain_days_left(const TLSConnection *connection, int index);  // by the wall clock; negative when expired

// What a TLSA record is compared with (RFC 6698, 2.1): selector and matching type, by its numbers. The bytes are copied when they
// fit; their count is returned either way.
typedef enum __attribute__((enum_extensibility(closed))) TLSCertificatePart {
    TLSCertificatePartAll,
    TLSCertificatePartKey,  // subjectPublicKeyInfo
} TLSCertificatePart;
typedef enum __attribute__((enum_extensibility(closed))) TLSCertificateForm {
    TLSCertificateFormWhole,
    TLSCertificateFormSHA256,
    TLSCertificateFormSHA512,
} TLSCertificateForm;
size_t tls_chain_bytes(
    const TLSConnection *connection, int index, TLSCertificatePart part, TLSCertificateForm form, uint8_t *bytes,
    size_t capacity);
// The same of a server's own key, digested by SHA-256.
size_t tls_context_key_digest(const TLSContext *server, uint8_t *digest, size_t capacity);
// Whether the leaf's signatures and dates lead to that certificate, if it is trusted. Names are not looked at.
int tls_chain_leads_to(const TLSConnection *connection, int index);

// What verification objected to. The depth counts in the chain that was built, 0 is the leaf.
typedef struct TLSObjection {
    int depth;
    int code;  // X509_V_ERR_*
} TLSObjection;
int tls_objection_count(const TLSConnection *connection);
TLSObjection tls_objection(const TLSConnection *connection, int index);
const char *tls_objection_text(int code);

#endif
