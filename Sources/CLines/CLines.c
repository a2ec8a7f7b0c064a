// memmem is of the C library, not of the C language.
#define _GNU_SOURCE
#include "CLines.h"

#include <string.h>

// Vectors as Clang has them on every processor; a vector of 64 truths is a number of 64 bits.
typedef uint8_t Block __attribute__((vector_size(64)));
typedef _Bool Truths __attribute__((ext_vector_type(64)));

size_t find_line_ends(const void *bytes, size_t count, uint32_t *ends) {
    const uint8_t *text = bytes;
    size_t found = 0, place = 0;
    for (; count - place >= sizeof(Block); place += sizeof(Block)) {
        Block block;
        memcpy(&block, text + place, sizeof block);
        Truths truths = __builtin_convertvector(block == '\n', Truths);
        uint64_t feeds;
        memcpy(&feeds, &truths, sizeof feeds);
        for (; feeds; feeds &= feeds - 1) ends[found++] = (uint32_t)(place + (size_t)__builtin_ctzll(feeds));
    }
    for (; place < count; place++) {
        if (text[place] == '\n') ends[found++] = (uint32_t)place;
    }
    return found;
}

size_t find_line_with(const void *bytes, size_t count, const void *needle, size_t length, size_t *end) {
    const char *text = bytes;
    const char *hit = memmem(text, count, needle, length);
    if (!hit) return count;
    const char *feed = memchr(hit, '\n', count - (size_t)(hit - text));
    *end = feed ? (size_t)(feed - text) : count;
    const char *before = memrchr(text, '\n', (size_t)(hit - text));
    return before ? (size_t)(before - text) + 1 : 0;
}
