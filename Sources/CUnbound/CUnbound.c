#include "CUnbound.h"
#include "UnboundLibrary.h"

#include <stdlib.h>
#include <string.h>

// A question from its beginning until its verdict is taken.
typedef struct Case {
    struct Case *next;
    Judge *judge;
    int tag;
    int id;  // libunbound's name of it
    int is_decided;
    JudgeVerdict verdict;
    char reason[512];
} Case;

struct Judge {
    struct ub_ctx *context;
    Case *cases;
    int is_ready;
};

// libunbound would answer these from a list of its own and deny that they exist: private mail hosts live there.
static const char *const invented_zones[] = {"test.", "invalid.", "onion.", "localhost.", "127.in-addr.arpa.", NULL};

static int configure(struct ub_ctx *context) {
    static const char *const options[][2] = {
        {"do-not-query-localhost:", "no"},  // the resolver may be on this very machine
        {"unblock-lan-zones:", "yes"},      // private addresses have reverse zones
        {"cache-max-ttl:", "30"},           // whoever asks again wants to know
        {"val-bogus-ttl:", "1"},
        {"infra-host-ttl:", "5"},           // a resolver that was silent once is asked again
        {"edns-buffer-size:", "1232"},
        {"infra-cache-min-rtt:", "1500"},   // it does not hear an answer that comes after its patience, at first 0.4 s
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (unbound_library()->ub_ctx_set_option(context, options[i][0], options[i][1]) != 0) return 0;
    }
    return unbound_library()->ub_ctx_async(context, 1) == 0 && unbound_library()->ub_ctx_debugout(context, NULL) == 0;
}

const char *judge_missing(void) { return unbound_library()->fault; }

Judge *judge_new(const char *resolver) {
    if (judge_missing()) return NULL;
    Judge *judge = calloc(1, sizeof *judge);
    if (!judge) return NULL;
    judge->context = unbound_library()->ub_ctx_create();
    if (judge->context && configure(judge->context) && unbound_library()->ub_ctx_set_fwd(judge->context, resolver) == 0) return judge;
    judge_free(judge);
    return NULL;
}

void judge_free(Judge *judge) {
    if (!judge) return;
    if (judge->context) unbound_library()->ub_ctx_delete(judge->context);  // waits for its thread; no verdict comes after it
    while (judge->cases) {
        Case *gone = judge->cases;
        judge->cases = gone->next;
        free(gone);
    }
    free(judge);
}

static const char *reason_of(int error) { return error == 0 ? NULL : unbound_library()->ub_strerror(error); }

const char *judge_trust(Judge *judge, const char *record) { return reason_of(unbound_library()->ub_ctx_add_ta(judge->context, record)); }

const char *judge_trust_file(Judge *judge, const char *path) {
    return reason_of(unbound_library()->ub_ctx_add_ta_file(judge->context, path));
}

static void decide(Case *own, JudgeVerdict verdict, const char *reason) {
    own->is_decided = 1;
    own->verdict = verdict;
    strncpy(own->reason, reason ? reason : "", sizeof own->reason - 1);
}

static void decided(void *data, int error, struct ub_result *result) {
    Case *own = data;
    if (error != 0 || !result) {
        decide(own, JudgeVerdictFailed, unbound_library()->ub_strerror(error));
    } else if (result->bogus) {
        decide(own, JudgeVerdictBogus, result->why_bogus);
    } else if (result->rcode != 0 && result->rcode != 3) {
        decide(own, JudgeVerdictFailed, "the validator got no answer");
    } else {
        decide(own, result->secure ? JudgeVerdictSecure : JudgeVerdictInsecure, NULL);
    }
    unbound_library()->ub_resolve_free(result);
}

const char *judge_begin(Judge *judge, int tag, const char *name, int type) {
    if (!judge->is_ready) {
        // This closes the settings: not before.
        for (const char *const *zone = invented_zones; *zone; zone++) unbound_library()->ub_ctx_zone_remove(judge->context, *zone);
        judge->is_ready = 1;
    }
    Case *own = calloc(1, sizeof *own);
    if (!own) return "no memory is left";
    own->judge = judge;
    own->tag = tag;
    own->next = judge->cases;
    judge->cases = own;
    int error = unbound_library()->ub_resolve_async(judge->context, name, type, 1, own, decided, &own->id);
    if (error == 0) return NULL;
    judge->cases = own->next;
    free(own);
    return unbound_library()->ub_strerror(error);
}

void judge_forget(Judge *judge, int tag) {
    for (Case **link = &judge->cases; *link; link = &(*link)->next) {
        Case *own = *link;
        if (own->tag != tag) continue;
        // It may be too late to cancel: then the verdict is taken later, and nobody knows its tag.
        if (!own->is_decided && unbound_library()->ub_cancel(judge->context, own->id) != 0) return;
        *link = own->next;
        free(own);
        return;
    }
}

int judge_descriptor(Judge *judge) { return unbound_library()->ub_fd(judge->context); }

void judge_process(Judge *judge) { unbound_library()->ub_process(judge->context); }

int judge_take(Judge *judge, int *tag, JudgeVerdict *verdict, char *reason, size_t capacity) {
    for (Case **link = &judge->cases; *link; link = &(*link)->next) {
        Case *own = *link;
        if (!own->is_decided) continue;
        *tag = own->tag;
        *verdict = own->verdict;
        if (capacity) {
            strncpy(reason, own->reason, capacity - 1);
            reason[capacity - 1] = 0;
        }
        *link = own->next;
        free(own);
        return 1;
    }
    return 0;
}
