// The interface's words of Sources/Triage/Catalogue/interface, a language may have several files.
#include "CAssets.h"

// #embed is C23; the toolchain that builds this package has it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char japanese[] = {
#embed "../Triage/Catalogue/interface/ja.json"
};

static const unsigned char japanese_walkthroughs[] = {
#embed "../Triage/Catalogue/interface/ja-walkthroughs.json"
};

static const unsigned char japanese_options[] = {
#embed "../Triage/Catalogue/interface/ja-options.json"
};

static const unsigned char japanese_logs[] = {
#embed "../Triage/Catalogue/interface/ja-logs.json"
};

static const unsigned char japanese_forms[] = {
#embed "../Triage/Catalogue/interface/ja-forms.json"
};

static const unsigned char japanese_findings[] = {
#embed "../Triage/Catalogue/interface/ja-findings.json"
};

static const unsigned char japanese_dashboard[] = {
#embed "../Triage/Catalogue/interface/ja-dashboard.json"
};

static const unsigned char japanese_oddities[] = {
#embed "../Triage/Catalogue/interface/ja-oddities.json"
};

static const unsigned char japanese_trace[] = {
#embed "../Triage/Catalogue/interface/ja-trace.json"
};

static const unsigned char japanese_check[] = {
#embed "../Triage/Catalogue/interface/ja-check.json"
};

static const unsigned char japanese_sessions[] = {
#embed "../Triage/Catalogue/interface/ja-sessions.json"
};

static const unsigned char japanese_outside[] = {
#embed "../Triage/Catalogue/interface/ja-outside.json"
};

static const unsigned char japanese_usage[] = {
#embed "../Triage/Catalogue/interface/ja-usage.json"
};

static const CAsset table[] = {
    {"ja", japanese, sizeof japanese},
    {"ja", japanese_walkthroughs, sizeof japanese_walkthroughs},
    {"ja", japanese_options, sizeof japanese_options},
    {"ja", japanese_trace, sizeof japanese_trace},
    {"ja", japanese_check, sizeof japanese_check},
    {"ja", japanese_logs, sizeof japanese_logs},
    {"ja", japanese_forms, sizeof japanese_forms},
    {"ja", japanese_findings, sizeof japanese_findings},
    {"ja", japanese_dashboard, sizeof japanese_dashboard},
    {"ja", japanese_oddities, sizeof japanese_oddities},
    {NULL, NULL, 0},
};

const CAsset *cassets_interface(void) { return table; }

// What sessions, name servers and files bring with them: sentences that are in English before anybody asks for a language.
static const CAsset sentences[] = {
    {"ja", japanese_sessions, sizeof japanese_sessions},
    {"ja", japanese_outside, sizeof japanese_outside},
    {"ja", japanese_usage, sizeof japanese_usage},
    {NULL, NULL, 0},
};

const CAsset *cassets_sentences(void) { return sentences; }
