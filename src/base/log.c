#include "fpt/log.h"

void fpt_log_write(const fpt_log *log, fpt_log_level level, const char *module,
                   const char *message, size_t count, const fpt_log_pair *pairs)
{
    if (log == NULL || log->write == NULL) return;
    log->write(log->context, level, module, message, count, pairs);
}

void fpt_log_progress(const fpt_log *log, const char *what, uint64_t done,
                      uint64_t total)
{
    if (log == NULL || log->progress == NULL) return;
    log->progress(log->context, what, done, total);
}
