// What weighs the words of replies, Sources/Triage/Catalogue/weights.
#include "CAssets.h"

// #embed is C23; the toolchain that builds this package has it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char words[] = {
#embed "../Triage/Catalogue/weights/words.json"
};

static const CAsset table[] = {
    {"weights/words.json", words, sizeof words},
    {NULL, NULL, 0},
};

const CAsset *cassets_weights(void) { return table; }
