// The files of Sources/Triage/Catalogue, as they are. A test compares this table with the folder.
#include "CAssets.h"

// #embed is C23; the compiler of the toolchain has it in every C mode and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char entries_basic[] = {
#embed "../Triage/Catalogue/entries/basic.json"
};
static const unsigned char entries_enhanced[] = {
#embed "../Triage/Catalogue/entries/enhanced.json"
};
static const unsigned char entries_esa[] = {
#embed "../Triage/Catalogue/entries/esa.json"
};
static const unsigned char entries_events[] = {
#embed "../Triage/Catalogue/entries/events.json"
};
static const unsigned char entries_exchange[] = {
#embed "../Triage/Catalogue/entries/exchange.json"
};
static const unsigned char entries_gateways[] = {
#embed "../Triage/Catalogue/entries/gateways.json"
};
static const unsigned char entries_generic[] = {
#embed "../Triage/Catalogue/entries/generic.json"
};
static const unsigned char entries_keywords[] = {
#embed "../Triage/Catalogue/entries/keywords.json"
};
static const unsigned char entries_providers[] = {
#embed "../Triage/Catalogue/entries/providers.json"
};
static const unsigned char entries_seeds[] = {
#embed "../Triage/Catalogue/entries/seeds.json"
};
static const unsigned char text_en_basic[] = {
#embed "../Triage/Catalogue/text/en/basic.json"
};
static const unsigned char text_en_causes[] = {
#embed "../Triage/Catalogue/text/en/causes.json"
};
static const unsigned char text_en_common[] = {
#embed "../Triage/Catalogue/text/en/common.json"
};
static const unsigned char text_en_enhanced[] = {
#embed "../Triage/Catalogue/text/en/enhanced.json"
};
static const unsigned char text_en_esa[] = {
#embed "../Triage/Catalogue/text/en/esa.json"
};
static const unsigned char text_en_events[] = {
#embed "../Triage/Catalogue/text/en/events.json"
};
static const unsigned char text_en_exchange[] = {
#embed "../Triage/Catalogue/text/en/exchange.json"
};
static const unsigned char text_en_gateways[] = {
#embed "../Triage/Catalogue/text/en/gateways.json"
};
static const unsigned char text_en_generic[] = {
#embed "../Triage/Catalogue/text/en/generic.json"
};
static const unsigned char text_en_keywords[] = {
#embed "../Triage/Catalogue/text/en/keywords.json"
};
static const unsigned char text_en_next[] = {
#embed "../Triage/Catalogue/text/en/next.json"
};
static const unsigned char text_en_providers[] = {
#embed "../Triage/Catalogue/text/en/providers.json"
};
static const unsigned char text_en_seeds[] = {
#embed "../Triage/Catalogue/text/en/seeds.json"
};
static const unsigned char text_ja_basic[] = {
#embed "../Triage/Catalogue/text/ja/basic.json"
};
static const unsigned char text_ja_causes[] = {
#embed "../Triage/Catalogue/text/ja/causes.json"
};
static const unsigned char text_ja_common[] = {
#embed "../Triage/Catalogue/text/ja/common.json"
};
static const unsigned char text_ja_enhanced[] = {
#embed "../Triage/Catalogue/text/ja/enhanced.json"
};
static const unsigned char text_ja_esa[] = {
#embed "../Triage/Catalogue/text/ja/esa.json"
};
static const unsigned char text_ja_events[] = {
#embed "../Triage/Catalogue/text/ja/events.json"
};
static const unsigned char text_ja_exchange[] = {
#embed "../Triage/Catalogue/text/ja/exchange.json"
};
static const unsigned char text_ja_gateways[] = {
#embed "../Triage/Catalogue/text/ja/gateways.json"
};
static const unsigned char text_ja_generic[] = {
#embed "../Triage/Catalogue/text/ja/generic.json"
};
static const unsigned char text_ja_keywords[] = {
#embed "../Triage/Catalogue/text/ja/keywords.json"
};
static const unsigned char text_ja_next[] = {
#embed "../Triage/Catalogue/text/ja/next.json"
};
static const unsigned char text_ja_providers[] = {
#embed "../Triage/Catalogue/text/ja/providers.json"
};
static const unsigned char text_ja_seeds[] = {
#embed "../Triage/Catalogue/text/ja/seeds.json"
};

#define FILE_ROW(name, bytes) {name, bytes, sizeof(bytes)}

static const CAsset table[] = {
    FILE_ROW("entries/basic.json", entries_basic),
    FILE_ROW("entries/enhanced.json", entries_enhanced),
    FILE_ROW("entries/esa.json", entries_esa),
    FILE_ROW("entries/events.json", entries_events),
    FILE_ROW("entries/exchange.json", entries_exchange),
    FILE_ROW("entries/gateways.json", entries_gateways),
    FILE_ROW("entries/generic.json", entries_generic),
    FILE_ROW("entries/keywords.json", entries_keywords),
    FILE_ROW("entries/providers.json", entries_providers),
    FILE_ROW("entries/seeds.json", entries_seeds),
    FILE_ROW("text/en/basic.json", text_en_basic),
    FILE_ROW("text/en/causes.json", text_en_causes),
    FILE_ROW("text/en/common.json", text_en_common),
    FILE_ROW("text/en/enhanced.json", text_en_enhanced),
    FILE_ROW("text/en/esa.json", text_en_esa),
    FILE_ROW("text/en/events.json", text_en_events),
    FILE_ROW("text/en/exchange.json", text_en_exchange),
    FILE_ROW("text/en/gateways.json", text_en_gateways),
    FILE_ROW("text/en/generic.json", text_en_generic),
    FILE_ROW("text/en/keywords.json", text_en_keywords),
    FILE_ROW("text/en/next.json", text_en_next),
    FILE_ROW("text/en/providers.json", text_en_providers),
    FILE_ROW("text/en/seeds.json", text_en_seeds),
    FILE_ROW("text/ja/basic.json", text_ja_basic),
    FILE_ROW("text/ja/causes.json", text_ja_causes),
    FILE_ROW("text/ja/common.json", text_ja_common),
    FILE_ROW("text/ja/enhanced.json", text_ja_enhanced),
    FILE_ROW("text/ja/esa.json", text_ja_esa),
    FILE_ROW("text/ja/events.json", text_ja_events),
    FILE_ROW("text/ja/exchange.json", text_ja_exchange),
    FILE_ROW("text/ja/gateways.json", text_ja_gateways),
    FILE_ROW("text/ja/generic.json", text_ja_generic),
    FILE_ROW("text/ja/keywords.json", text_ja_keywords),
    FILE_ROW("text/ja/next.json", text_ja_next),
    FILE_ROW("text/ja/providers.json", text_ja_providers),
    FILE_ROW("text/ja/seeds.json", text_ja_seeds),
    {NULL, NULL, 0},
};

const CAsset *cassets_catalogue(void) { return table; }
