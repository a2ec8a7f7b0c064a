// Ed25519, for the signed zones of the lab.
#include "COpenSSL.h"
#include "OpenSSLLibrary.h"

static EVP_PKEY *key_of(const uint8_t *seed) { return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32); }

int tls_ed25519_public_key(const uint8_t *seed, uint8_t *result) {
    if (openssl_library()->fault) return 0;
    EVP_PKEY *key = key_of(seed);
    size_t length = 32;
    int done = key && EVP_PKEY_get_raw_public_key(key, result, &length) == 1 && length == 32;
    EVP_PKEY_free(key);
    if (!done) ERR_clear_error();
    return done;
}

int tls_ed25519_sign(const uint8_t *seed, const uint8_t *bytes, size_t count, uint8_t *result) {
    if (openssl_library()->fault) return 0;
    EVP_PKEY *key = key_of(seed);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = 64;
    int done = key && context && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
               EVP_DigestSign(context, result, &length, bytes, count) == 1 && length == 64;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    if (!done) ERR_clear_error();
    return done;
}
