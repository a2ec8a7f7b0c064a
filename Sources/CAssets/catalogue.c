#include "CAssets.h"

static const CAsset table[] = {
    {NULL, NULL, 0},
};

const CAsset *cassets_catalogue(void) { return table; }
