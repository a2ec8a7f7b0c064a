#include "CIDN.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <idn2.h>

// libidn2, loaded for the first name that is not ASCII: few runs of the program meet one.
static struct {
    __typeof__(idn2_to_ascii_8z) *to_ascii;
    __typeof__(idn2_strerror) *strerror;
    __typeof__(idn2_free) *free;
    char fault[256];
} library;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *find(void *handle, const char *name) {
    void *place = handle ? dlsym(handle, name) : NULL;
    const char *words = place ? NULL : dlerror();
    if (words) snprintf(library.fault, sizeof library.fault, "%s", words);
    return place;
}

static void load(void) {
    void *handle = dlopen("libidn2.so.0", RTLD_NOW | RTLD_LOCAL);
    // A pointer to a function in a pointer to void: POSIX.1-2017, dlsym(3).
    *(void **)&library.to_ascii = find(handle, "idn2_to_ascii_8z");
    *(void **)&library.strerror = find(handle, "idn2_strerror");
    *(void **)&library.free = find(handle, "idn2_free");
}

const char *idn_missing(void) {
    pthread_once(&once, load);
    return library.to_ascii && library.strerror && library.free ? NULL : library.fault;
}

const char *idn_to_ascii(const char *name, char *result, size_t capacity) {
    const char *missing = idn_missing();
    if (missing) return missing;
    char *ascii = NULL;
    int error = library.to_ascii(name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (error != IDN2_OK) return library.strerror(error);
    const char *objection = strlen(ascii) < capacity ? NULL : "the name is too long";
    if (!objection) memcpy(result, ascii, strlen(ascii) + 1);
    library.free(ascii);
    return objection;
}
