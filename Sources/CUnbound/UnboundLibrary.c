#include "UnboundLibrary.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static UnboundLibrary library;
static char fault[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void keep_fault(void) {
    const char *words = dlerror();
    snprintf(fault, sizeof fault, "%s", words ? words : "libunbound.so.8 cannot be loaded");
    library.fault = fault;
}

static void load(void) {
    void *handle = dlopen("libunbound.so.8", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return keep_fault();
    // A pointer to a function in a pointer to void: POSIX.1-2017, dlsym(3).
#define find(name)                                                                                                     \
    if (!(*(void **)&library.name = dlsym(handle, #name))) return keep_fault();
    UNBOUND_FUNCTIONS(find)
#undef find
}

const UnboundLibrary *unbound_library(void) {
    pthread_once(&once, load);
    return &library;
}
