#include "fpt/report.h"

#include <stdarg.h>
#include <stdio.h>

const char *fpt_severity_text(fpt_severity severity)
{
    switch (severity) {
    case FPT_NOTE:
        return "note";
    case FPT_WARNING:
        return "warning";
    case FPT_FAULT:
        return "fault";
    }
    return "";
}

fpt_report fpt_report_make(fpt_arena *arena)
{
    return (fpt_report){.arena = arena};
}

fpt_status fpt_report_add(fpt_report *report, fpt_severity severity,
                          const char *code, fpt_str source, int64_t line,
                          int64_t column, const char *format, ...)
{
    if (!FPT_RESERVE(report->arena, report->finding, report->count,
                     report->capacity))
        return FPT_ERR_MEMORY;

    char text[FPT_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    const int written = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const fpt_finding finding = {
        .severity = severity,
        .code = fpt_str_keep(report->arena, fpt_str_from(code)),
        .source = fpt_str_keep(report->arena, source),
        .line = line,
        .column = column,
        .text = fpt_str_keep(report->arena,
                             written < 0 ? FPT_STR("") : fpt_str_from(text)),
    };
    if (finding.code.data == NULL || finding.source.data == NULL ||
        finding.text.data == NULL)
        return FPT_ERR_MEMORY;
    report->finding[report->count++] = finding;
    report->of_severity[severity]++;
    return FPT_OK;
}
