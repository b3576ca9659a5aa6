#pragma once
// OpenSSL 3 as Swift sees it: what are macros or variadic functions there are functions here.
// Functions named `openssl_…` are ours.
#include <stdint.h>
#include <string.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

/// SHA-256 of two pieces, one after the other. By the functions that OpenSSL 3 would rather see
/// replaced: they do the same work in the same code, without five pieces of memory for each digest,
/// and every look-up of a token takes one.
static inline void openssl_sha256(
    const void *_Nullable first, size_t first_count, const void *_Nullable second,
    size_t second_count, unsigned char *_Nonnull digest) {
    SHA256_CTX context;
    SHA256_Init(&context);
    if (first_count > 0) SHA256_Update(&context, first, first_count);
    if (second_count > 0) SHA256_Update(&context, second, second_count);
    SHA256_Final(digest, &context);
    OPENSSL_cleanse(&context, sizeof context);
}

/// SHA-256 of pieces that come one after the other.
static inline void openssl_sha256_begin(SHA256_CTX *_Nonnull context) { SHA256_Init(context); }
static inline void openssl_sha256_add(
    SHA256_CTX *_Nonnull context, const void *_Nullable bytes, size_t count) {
    if (count > 0) SHA256_Update(context, bytes, count);
}
static inline void openssl_sha256_end(
    SHA256_CTX *_Nonnull context, unsigned char *_Nonnull digest) {
    SHA256_Final(digest, context);
}

#pragma clang diagnostic pop

/// A new key pair of a kind that `EVP_PKEY_Q_keygen` knows without parameters: "ED25519".
static inline EVP_PKEY *_Nullable openssl_generate(const char *_Nonnull type) {
    return EVP_PKEY_Q_keygen(NULL, NULL, type);
}

static inline EVP_PKEY *_Nullable openssl_generate_p256(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

static inline EVP_PKEY *_Nullable openssl_generate_rsa(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static inline EVP_PKEY *_Nullable openssl_public_key(
    const char *_Nonnull type, OSSL_PARAM *_Nonnull parameters) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (context && EVP_PKEY_fromdata_init(context) > 0
        && EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) <= 0) key = NULL;
    EVP_PKEY_CTX_free(context);
    return key;
}

/// The public key at an uncompressed point of P-256; null when it is not on the curve.
static inline EVP_PKEY *_Nullable openssl_public_p256(
    const uint8_t *_Nonnull point, size_t count) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)"P-256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)point, count),
        OSSL_PARAM_construct_end(),
    };
    return openssl_public_key("EC", parameters);
}

/// The public key of a modulus and an exponent, both big-endian.
static inline EVP_PKEY *_Nullable openssl_public_rsa(
    const uint8_t *_Nonnull modulus, size_t modulus_count,
    const uint8_t *_Nonnull exponent, size_t exponent_count) {
    EVP_PKEY *key = NULL;
    BIGNUM *n = BN_bin2bn(modulus, (int)modulus_count, NULL);
    BIGNUM *e = BN_bin2bn(exponent, (int)exponent_count, NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    if (n && e && build && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n)
        && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e)) {
        OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(build);
        if (parameters) key = openssl_public_key("RSA", parameters);
        OSSL_PARAM_free(parameters);
    }
    OSSL_PARAM_BLD_free(build);
    BN_free(e);
    BN_free(n);
    return key;
}

/// A number of the key, big-endian and padded on the left to `count` bytes. 1, or 0 when the key
/// has none of that name or it is longer.
static inline int openssl_key_number(
    const EVP_PKEY *_Nonnull key, const char *_Nonnull name, uint8_t *_Nonnull out, size_t count) {
    BIGNUM *number = NULL;
    int done = EVP_PKEY_get_bn_param(key, name, &number) == 1
        && BN_bn2binpad(number, out, (int)count) == (int)count;
    BN_free(number);
    return done;
}

/// The bytes that a number of the key takes; 0 when the key has none of that name.
static inline size_t openssl_key_number_count(
    const EVP_PKEY *_Nonnull key, const char *_Nonnull name) {
    BIGNUM *number = NULL;
    size_t count = EVP_PKEY_get_bn_param(key, name, &number) == 1 ? BN_num_bytes(number) : 0;
    BN_free(number);
    return count;
}

/// The private key as PKCS#8 DER; null when it cannot be written. Freed with `openssl_free`.
static inline uint8_t *_Nullable openssl_pkcs8(
    const EVP_PKEY *_Nonnull key, size_t *_Nonnull count) {
    uint8_t *der = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int length = info ? i2d_PKCS8_PRIV_KEY_INFO(info, &der) : -1;
    PKCS8_PRIV_KEY_INFO_free(info);
    *count = length > 0 ? (size_t)length : 0;
    return length > 0 ? der : NULL;
}

/// The private key of PKCS#8 DER with nothing after it.
static inline EVP_PKEY *_Nullable openssl_read_pkcs8(const uint8_t *_Nonnull der, size_t count) {
    const uint8_t *cursor = der;
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &cursor, (long)count);
    EVP_PKEY *key = info && cursor == der + count ? EVP_PKCS82PKEY(info) : NULL;
    PKCS8_PRIV_KEY_INFO_free(info);
    return key;
}

/// Wipes and frees what `openssl_pkcs8` gave.
static inline void openssl_free(void *_Nullable pointer, size_t count) {
    OPENSSL_clear_free(pointer, count);
}

/// The DER form of an ECDSA signature of two numbers of 32 bytes each (RFC 7518 §3.4). The count
/// written, at most 72 bytes, or 0.
static inline size_t openssl_ecdsa_der(
    const uint8_t *_Nonnull raw, uint8_t *_Nonnull out, size_t capacity) {
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw, 32, NULL);
    BIGNUM *s = BN_bin2bn(raw + 32, 32, NULL);
    size_t count = 0;
    if (signature && r && s && ECDSA_SIG_set0(signature, r, s)) {
        r = s = NULL;  // The signature owns them now.
        int length = i2d_ECDSA_SIG(signature, NULL);
        if (length > 0 && (size_t)length <= capacity)
            count = (size_t)i2d_ECDSA_SIG(signature, &out);
    }
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(signature);
    return count;
}

/// The two numbers of a DER signature, 32 bytes each. 1, or 0 when it is no such signature.
static inline int openssl_ecdsa_raw(
    const uint8_t *_Nonnull der, size_t count, uint8_t *_Nonnull out) {
    ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &der, (long)count);
    int done = signature && BN_bn2binpad(ECDSA_SIG_get0_r(signature), out, 32) == 32
        && BN_bn2binpad(ECDSA_SIG_get0_s(signature), out + 32, 32) == 32;
    ECDSA_SIG_free(signature);
    return done;
}
