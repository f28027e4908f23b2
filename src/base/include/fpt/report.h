/**
 * @file report.h
 * @brief Many faults in data: a list returned beside success.
 *
 * A file with bad rows does not fail: each bad row is set aside and told of
 * here, with the place where it stands.
 */
#ifndef FPT_REPORT_H
#define FPT_REPORT_H

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_severity {
    FPT_NOTE,    /**< worth knowing */
    FPT_WARNING, /**< kept, but look at it */
    FPT_FAULT    /**< set aside, or a check that failed */
} fpt_severity;

const char *fpt_severity_text(fpt_severity severity);

typedef struct fpt_finding {
    fpt_severity severity;
    fpt_str code;   /**< stable name of the kind of finding: "bad-number" */
    fpt_str source; /**< file */
    int64_t line;   /**< from 1; 0 when it concerns the whole file */
    int64_t column; /**< from 1; 0 when it concerns the whole line */
    fpt_str text;   /**< one sentence: found, expected, what to do */
} fpt_finding;

typedef struct fpt_report {
    fpt_arena *arena;
    fpt_finding *finding;
    size_t count, capacity;
    size_t of_severity[3];
} fpt_report;

fpt_report fpt_report_make(fpt_arena *arena);

/** Add a finding; texts are copied. FPT_ERR_MEMORY when there is no room. */
FPT_MUST_CHECK fpt_status fpt_report_add(
    fpt_report *report, fpt_severity severity, const char *code, fpt_str source,
    int64_t line, int64_t column, const char *format, ...) FPT_PRINTF(7, 8);

#ifdef __cplusplus
}
#endif
#endif /* FPT_REPORT_H */
