/**
 * @file state.h
 * @brief The word that goes with every figure: is it good, and if not, why not.
 *
 * A call either works or fails (fpt_status). A figure that a working call hands
 * back is another matter: one area of seven thousand may have no population.
 * Its numbers are then NaN and its state says why. Zero, missing and suppressed
 * are three different things: a zero count is a number, a missing one is not
 * zero, a suppressed one is known to somebody.
 */
#ifndef FPT_STATE_H
#define FPT_STATE_H

#include <stdbool.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One list, best word first and then from the gravest on: of several that apply
 * the first one in the list is said. Append only: the numbers are stored. */
#define FPT_STATE_LIST(X)                                                      \
    X(OK, "all numbers are good")                                              \
    X(INVALID, "impossible input")                                             \
    X(SUPPRESSED, "an input was suppressed")                                   \
    X(MISSING, "an input that is needed is missing")                           \
    X(ZERO_DENOMINATOR, "a denominator is zero")                               \
    X(TOO_FEW_EVENTS, "fewer events than the method needs")                    \
    X(TOO_FEW_ROWS, "fewer rows than the method needs")                        \
    X(NO_VARIATION, "the spread is zero")                                      \
    X(INCOMPLETE_BANDS, "an age band is not there")                            \
    X(POPULATION_TOO_SMALL, "too few people for a life table")                 \
    X(DEATHS_EXCEED_POPULATION, "more deaths than people in an age band")      \
    X(ZERO_DEATHS_LAST_BAND, "no deaths in the last age band")                 \
    X(NO_SURVIVORS, "nobody reaches this age")                                 \
    X(INTERVAL_TOO_WIDE, "the interval is too wide to be of use")              \
    X(ZERO_EVENTS, "a logarithm or ratio of a zero count")                     \
    X(LOWER_BELOW_ZERO, "the method's lower limit is negative")                \
    X(TOO_FEW_POINTS, "fewer points than limits or signals need")              \
    X(UNBOUNDED, "a limit is infinite")                                        \
    X(NOT_CONVERGED, "the numerical method did not converge")                  \
    X(UNSTABLE, "the queue grows without end")

#define FPT_STATE_ENUM(name, text) FPT_STATE_##name,
typedef enum fpt_state {
    FPT_STATE_LIST(FPT_STATE_ENUM) FPT_STATE_COUNT
} fpt_state;
#undef FPT_STATE_ENUM

/** "ZERO_DENOMINATOR", as it stands in a `status` column; never NULL. */
const char *fpt_state_word(fpt_state state);

/** One sentence for people; never NULL. */
const char *fpt_state_text(fpt_state state);

/** The state of a word, or false. */
bool fpt_state_find(fpt_str word, fpt_state *out);

/** The graver of two. */
static inline fpt_state fpt_state_worst(fpt_state a, fpt_state b)
{
    if (a == FPT_STATE_OK) return b;
    if (b == FPT_STATE_OK) return a;
    return a < b ? a : b;
}

#ifdef __cplusplus
}
#endif
#endif /* FPT_STATE_H */
