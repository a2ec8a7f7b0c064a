// libunbound, loaded when DNSSEC is judged for the first time: every other run of the program does without it and what it needs.
#ifndef UNBOUND_LIBRARY_H
#define UNBOUND_LIBRARY_H

#include <unbound.h>

#define UNBOUND_FUNCTIONS(each)                                                                                        \
    each(ub_cancel) each(ub_ctx_add_ta) each(ub_ctx_add_ta_file) each(ub_ctx_async) each(ub_ctx_create)                \
    each(ub_ctx_debugout) each(ub_ctx_delete) each(ub_ctx_set_fwd) each(ub_ctx_set_option) each(ub_ctx_zone_remove)    \
    each(ub_fd) each(ub_process) each(ub_resolve_async) each(ub_resolve_free) each(ub_strerror)

typedef struct UnboundLibrary {
#define member(name) __typeof__(name) *name;
    UNBOUND_FUNCTIONS(member)
#undef member
    const char *fault;  // why it is not there; NULL when it is
} UnboundLibrary;

// Loads it at the first call; the same one ever after, for every thread.
const UnboundLibrary *unbound_library(void);

#endif
