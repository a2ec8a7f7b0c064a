// What SASL mechanisms are built of.
#include <limits.h>

#include "COpenSSL.h"
#include "OpenSSLLibrary.h"

static const EVP_MD *method(TLSDigest digest) {
    switch (digest) {
    case TLSDigestMD5: return EVP_md5();
    case TLSDigestSHA1: return EVP_sha1();
    case TLSDigestSHA256: return EVP_sha256();
    }
    return NULL;
}

size_t tls_digest(TLSDigest digest, const uint8_t *bytes, size_t count, uint8_t *result) {
    unsigned int length = 0;
    if (openssl_library()->fault) return 0;
    if (EVP_Digest(bytes, count, result, &length, method(digest), NULL) == 1) return length;
    ERR_clear_error();
    return 0;
}

size_t tls_hmac(
    TLSDigest digest, const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *result) {
    unsigned int length = 0;
    if (openssl_library()->fault) return 0;
    // A NULL key would mean "the one before".
    const void *present = key_count ? (const void *)key : "";
    if (key_count <= INT_MAX && HMAC(method(digest), present, (int)key_count, bytes, count, result, &length)) return length;
    ERR_clear_error();
    return 0;
}

size_t tls_pbkdf2(
    TLSDigest digest, const uint8_t *password, size_t password_count, const uint8_t *salt, size_t salt_count, int rounds,
    uint8_t *result) {
    if (openssl_library()->fault) return 0;
    const EVP_MD *hash = method(digest);
    if (password_count > INT_MAX || salt_count > INT_MAX) return 0;
    const char *present = password_count ? (const char *)password : "";
    int length = EVP_MD_get_size(hash);
    if (PKCS5_PBKDF2_HMAC(present, (int)password_count, salt, (int)salt_count, rounds, hash, length, result) == 1) {
        return (size_t)length;
    }
    ERR_clear_error();
    return 0;
}

int tls_random(uint8_t *bytes, size_t count) {
    if (openssl_library()->fault) return 0;
    if (count <= INT_MAX && RAND_bytes(bytes, (int)count) == 1) return 1;
    ERR_clear_error();
    return 0;
}
