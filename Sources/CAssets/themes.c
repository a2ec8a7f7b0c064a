#include "CAssets.h"

// #embed is C23; the toolchain that builds this package has it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char porthole_dark[] = {
#embed "../../Themes/porthole-dark.toml"
};

static const unsigned char porthole_light[] = {
#embed "../../Themes/porthole-light.toml"
};

static const unsigned char contrast_dark[] = {
#embed "../../Themes/contrast-dark.toml"
};

static const unsigned char contrast_light[] = {
#embed "../../Themes/contrast-light.toml"
};

static const unsigned char cvd_dark[] = {
#embed "../../Themes/cvd-dark.toml"
};

static const unsigned char cvd_light[] = {
#embed "../../Themes/cvd-light.toml"
};

static const unsigned char ansi16[] = {
#embed "../../Themes/ansi16.toml"
};

static const unsigned char mono[] = {
#embed "../../Themes/mono.toml"
};

static const CAsset table[] = {
    {"porthole-dark.toml", porthole_dark, sizeof porthole_dark},
    {"porthole-light.toml", porthole_light, sizeof porthole_light},
    {"contrast-dark.toml", contrast_dark, sizeof contrast_dark},
    {"contrast-light.toml", contrast_light, sizeof contrast_light},
    {"cvd-dark.toml", cvd_dark, sizeof cvd_dark},
    {"cvd-light.toml", cvd_light, sizeof cvd_light},
    {"ansi16.toml", ansi16, sizeof ansi16},
    {"mono.toml", mono, sizeof mono},
    {NULL, NULL, 0},
};

const CAsset *cassets_themes(void) { return table; }
