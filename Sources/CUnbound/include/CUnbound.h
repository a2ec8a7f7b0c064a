// What Porthole needs of libunbound, and no more: a judge of DNSSEC that asks through one resolver. No header of libunbound is
// visible here. A judge belongs to one thread at a time; libunbound works in a thread of its own behind it.
#ifndef CUNBOUND_H
#define CUNBOUND_H

#include <stddef.h>

typedef struct Judge Judge;

typedef enum __attribute__((enum_extensibility(closed))) JudgeVerdict {
    JudgeVerdictSecure,
    JudgeVerdictInsecure,
    JudgeVerdictBogus,   // the reason says why
    JudgeVerdictFailed,  // the reason says how
} JudgeVerdict;

// Why libunbound, which is loaded now, is not there; NULL when it is.
const char *judge_missing(void);

// `resolver` is ADDRESS@PORT. NULL when libunbound is missing, when there is no memory for it, or no thread.
Judge *judge_new(const char *resolver);
void judge_free(Judge *judge);

// Before the first question: a DS or DNSKEY record as text, or a file of them. NULL for done, else libunbound's reason.
const char *judge_trust(Judge *judge, const char *record);
const char *judge_trust_file(Judge *judge, const char *path);

// Begins to judge; `tag` names the question from now on. NULL for done, else libunbound's reason.
const char *judge_begin(Judge *judge, int tag, const char *name, int type);
// Nothing is said about the question any more.
void judge_forget(Judge *judge, int tag);

// Readable when judge_process() has something to do.
int judge_descriptor(Judge *judge);
void judge_process(Judge *judge);
// Takes one verdict; 0 when there is none. The reason is cut at `capacity`, and always ends with a NUL.
int judge_take(Judge *judge, int *tag, JudgeVerdict *verdict, char *reason, size_t capacity);

#endif
