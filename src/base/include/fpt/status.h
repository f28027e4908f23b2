/**
 * @file status.h
 * @brief How every fallible function in Footprint reports failure.
 *
 * A function that can fail returns fpt_status and writes its results through
 * pointers. FPT_OK is zero, so `if (status)` reads "if it failed".
 *
 * A function that handles people's data (files, rows, plans) also takes a last
 * argument `fpt_error *err`. The caller owns it, usually on the stack, and may
 * pass NULL. On failure it holds one sentence that names the thing at fault,
 * written for the analyst at the keyboard. On success it is left unchanged.
 *
 * A broken rule of the caller (a bug) is neither: FPT_REQUIRE stops the program
 * with file and line.
 */
#ifndef FPT_STATUS_H
#define FPT_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* One list; the enum, the texts and the command's exit codes are made from it.
 * Add at the end: the numbers are part of the ABI.
 *   exit 2: the call is wrong; 3: the input is wrong; 4: refused;
 *   5: the environment (disk, memory, database); 130: interrupted. */
#define FPT_STATUS_LIST(X)                                                     \
    X(FPT_OK, 0, "success")                                                    \
    X(FPT_ERR_NULL, 2, "a required pointer is NULL")                           \
    X(FPT_ERR_RANGE, 3, "a value is outside its permitted range")              \
    X(FPT_ERR_MEMORY, 5, "memory could not be allocated")                      \
    X(FPT_ERR_INPUT, 3, "the input data are malformed")                        \
    X(FPT_ERR_DIVERGED, 3, "a numerical method did not converge")              \
    X(FPT_ERR_USAGE, 2, "the call is wrong")                                   \
    X(FPT_ERR_NOT_FOUND, 3, "there is no such thing")                          \
    X(FPT_ERR_AMBIGUOUS, 3, "there is more than one such thing")               \
    X(FPT_ERR_EXISTS, 3, "it is there already")                                \
    X(FPT_ERR_REFUSED, 4, "refused")                                           \
    X(FPT_ERR_IO, 5, "a file could not be read or written")                    \
    X(FPT_ERR_STORE, 5, "the database failed")                                 \
    X(FPT_ERR_LOCKED, 5, "another process holds it")                           \
    X(FPT_ERR_INTERRUPTED, 130, "interrupted")

#define FPT_STATUS_ENUM(name, exit_code, text) name,
typedef enum fpt_status {
    FPT_STATUS_LIST(FPT_STATUS_ENUM) FPT_STATUS_COUNT
} fpt_status;
#undef FPT_STATUS_ENUM

enum { FPT_ERROR_TEXT_BYTES = 512 };

typedef struct fpt_error {
    fpt_status code;
    char text[FPT_ERROR_TEXT_BYTES]; /**< UTF-8, always NUL-terminated */
} fpt_error;

#if defined(__GNUC__)
#define FPT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define FPT_MUST_CHECK __attribute__((warn_unused_result))
#define FPT_NO_RETURN __attribute__((noreturn))
#else
#define FPT_PRINTF(text, first)
#define FPT_MUST_CHECK
#define FPT_NO_RETURN
#endif

/** English text for a status; never NULL, also for a value not in the list. */
const char *fpt_status_text(fpt_status status);

/** The exit code with which the command ends on this status. */
int fpt_status_exit_code(fpt_status status);

/**
 * Record a failure and hand the status back, so that a caller can write
 * `return fpt_fail(err, FPT_ERR_RANGE, "row %zu: ...", row);`.
 *
 * Memory: none allocated; text longer than the buffer is cut at its end, at the
 * border of a UTF-8 character.
 */
fpt_status fpt_fail(fpt_error *err, fpt_status status, const char *format, ...)
    FPT_PRINTF(3, 4);

/** Put `format` before the text of an error that is being passed up, as in
 *  "ae.csv: " + "line 3: ...". Hands back err's status. */
fpt_status fpt_fail_prefix(fpt_error *err, fpt_status status,
                           const char *format, ...) FPT_PRINTF(3, 4);

/* Static analysers see one file at a time, not that the status comes back. */
#ifdef FPT_ANALYSER
#define fpt_fail(err, status, ...)                                             \
    ((void)fpt_fail((err), (status), __VA_ARGS__), (status))
#define fpt_fail_prefix(err, status, ...)                                      \
    ((void)fpt_fail_prefix((err), (status), __VA_ARGS__), (status))
#endif

/** Return from the calling function when `expression` is not FPT_OK. */
#define FPT_TRY(expression)                                                    \
    do {                                                                       \
        const fpt_status fpt_try_status_ = (expression);                       \
        if (fpt_try_status_ != FPT_OK) return fpt_try_status_;                 \
    } while (0)

/** As FPT_TRY, but set the local `status` and go to `done:` to clean up. */
#define FPT_TRY_DONE(expression)                                               \
    do {                                                                       \
        status = (expression);                                                 \
        if (status != FPT_OK) goto done;                                       \
    } while (0)

/** Stop the program: the caller broke a rule that code can keep. */
void fpt_bug(const char *file, int line, const char *rule) FPT_NO_RETURN;

#define FPT_REQUIRE(condition)                                                 \
    ((condition) ? (void)0 : fpt_bug(__FILE__, __LINE__, #condition))

#ifdef NDEBUG
#define FPT_ASSERT(condition) ((void)0)
#else
#define FPT_ASSERT(condition) FPT_REQUIRE(condition)
#endif

/* A guard against what happens nowhere that a test can reach: it stays, and does
 * not count as a branch that nobody takes (tools/coverage.sh). */
#define FPT_NEVER(condition) (condition)
#define FPT_ALWAYS(condition) (condition)

#ifdef __cplusplus
}
#endif
#endif /* FPT_STATUS_H */
