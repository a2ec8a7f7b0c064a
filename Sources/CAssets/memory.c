#include "CAssets.h"

#include <malloc.h>

void cassets_give_back(void) { malloc_trim(0); }
