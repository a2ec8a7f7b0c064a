// What Porthole needs of libidn2: the form in which the DNS knows an internationalized domain name. No header of libidn2 is
// visible here.
#ifndef CIDN_H
#define CIDN_H

#include <stddef.h>

// Why libidn2, which is loaded now, is not there; NULL when it is.
const char *idn_missing(void);

// The A-label form of a UTF-8 name (RFC 5891, mapped by UTS 46 without transitional processing), with a NUL. NULL for done, else
// libidn2's reason.
const char *idn_to_ascii(const char *name, char *result, size_t capacity);

#endif
