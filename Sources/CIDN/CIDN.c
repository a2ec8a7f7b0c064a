#include "CIDN.h"

#include <string.h>

#include <idn2.h>

const char *idn_to_ascii(const char *name, char *result, size_t capacity) {
    char *ascii = NULL;
    int error = idn2_to_ascii_8z(name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (error != IDN2_OK) return idn2_strerror(error);
    const char *objection = strlen(ascii) < capacity ? NULL : "the name is too long";
    if (!objection) memcpy(result, ascii, strlen(ascii) + 1);
    idn2_free(ascii);
    return objection;
}
