/**
 * @file log.h
 * @brief The library never prints: it calls back.
 *
 * A handle that has something to say takes an fpt_log. Values are numbers or
 * names that the project itself gave (files, sources, codes of organisations);
 * the content of a row is never logged.
 */
#ifndef FPT_LOG_H
#define FPT_LOG_H

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_log_level {
    FPT_LOG_DEBUG,
    FPT_LOG_INFO,
    FPT_LOG_WARNING,
    FPT_LOG_ERROR
} fpt_log_level;

/** A pair: text for names, else an integer. */
typedef struct fpt_log_pair {
    const char *key;
    const char *name; /**< NULL when `number` holds the value */
    int64_t number;
} fpt_log_pair;

typedef void (*fpt_log_function)(void *context, fpt_log_level level,
                                 const char *module, const char *message,
                                 size_t count, const fpt_log_pair *pairs);

/** How far long work has come; total 0 when it is not known. */
typedef void (*fpt_progress_function)(void *context, const char *what,
                                      uint64_t done, uint64_t total);

typedef struct fpt_log {
    fpt_log_function write;         /**< may be NULL */
    fpt_progress_function progress; /**< may be NULL */
    void *context;
} fpt_log;

/** Say something, when there is anyone to hear it; `log` may be NULL. */
void fpt_log_write(const fpt_log *log, fpt_log_level level, const char *module,
                   const char *message, size_t count,
                   const fpt_log_pair *pairs);
void fpt_log_progress(const fpt_log *log, const char *what, uint64_t done,
                      uint64_t total);

#ifdef __cplusplus
}
#endif
#endif /* FPT_LOG_H */
