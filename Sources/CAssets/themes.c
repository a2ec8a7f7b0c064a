#include "CAssets.h"

// #embed is C23; the toolchain that builds this package has it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char porthole_dark[] = {
#embed "../../Themes/porthole-dark.toml"
};

static const unsigned char porthole_light[] = {
#embed "../../Themes/porthole-light.toml"
};

static const CAsset table[] = {
    {"porthole-dark.toml", porthole_dark, sizeof porthole_dark},
    {"porthole-light.toml", porthole_light, sizeof porthole_light},
    {NULL, NULL, 0},
};

const CAsset *cassets_themes(void) { return table; }
