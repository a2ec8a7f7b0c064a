#define OPENSSL_LIBRARY_BY_NAME
#include "OpenSSLLibrary.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static OpenSSLLibrary library;
static char fault[384];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void keep_fault(void) {
    const char *words = dlerror();
    snprintf(fault, sizeof fault, "the library libssl (Debian: libssl3) is missing: %s", words ? words : "no reason given");
    library.fault = fault;
}

static void load(void) {
    // It brings libcrypto, and dlsym() looks there too.
    void *handle = dlopen("libssl.so.3", RTLD_LAZY | RTLD_LOCAL);
    if (!handle) return keep_fault();
    // A pointer to a function in a pointer to void: POSIX.1-2017, dlsym(3).
#define find(name)                                                                                                     \
    if (!(*(void **)&library.name = dlsym(handle, #name))) return keep_fault();
    OPENSSL_FUNCTIONS(find)
#undef find
}

const OpenSSLLibrary *openssl_library(void) {
    pthread_once(&once, load);
    return &library;
}
