// The files that are compiled into the program: see catalogue.c, interface.c and themes.c.
#ifndef CASSETS_H
#define CASSETS_H

#include <stddef.h>

/// One embedded file. The table ends with a row whose name is NULL.
typedef struct CAsset {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} CAsset;

/// `entries/NAME.json` and `text/LANGUAGE/NAME.json` of the reply catalogue.
const CAsset *cassets_catalogue(void);

/// The interface's words, the name is the language, which may have several.
const CAsset *cassets_interface(void);

/// The words of sentences that the engines say in English; named as those of the interface.
const CAsset *cassets_sentences(void);

/// `weights/NAME.json` of the reply catalogue.
const CAsset *cassets_weights(void);

/// `NAME.toml` of the Themes folder.
const CAsset *cassets_themes(void);

/// Gives the memory that was freed since back to the system.
void cassets_give_back(void);

#endif
