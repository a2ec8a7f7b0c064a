// The interface's words of Sources/Triage/Catalogue/interface, one file a language.
#include "CAssets.h"

// #embed is C23; the toolchain that builds this package has it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char japanese[] = {
#embed "../Triage/Catalogue/interface/ja.json"
};

static const CAsset table[] = {
    {"ja", japanese, sizeof japanese},
    {NULL, NULL, 0},
};

const CAsset *cassets_interface(void) { return table; }
