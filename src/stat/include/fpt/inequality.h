/**
 * @file inequality.h
 * @brief How unequal an indicator is across deprivation: slope, relative, and
 * concentration indices.
 *
 * Groups stand in order from the most to the least deprived. The rank of a group
 * is the middle of its place in the population; a straight line through the
 * values against that rank, weighted by people, falls or rises by the slope
 * index from one end of the population to the other.
 */
#ifndef FPT_INEQUALITY_H
#define FPT_INEQUALITY_H

#include "fpt/level.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_sii_type {
    FPT_SII_NORMAL,    /**< se on the scale of the value */
    FPT_SII_RATE,      /**< se on the scale of the logarithm */
    FPT_SII_PROPORTION /**< se on the scale of the logit */
} fpt_sii_type;

typedef struct fpt_sii_options {
    size_t struct_size;
    fpt_sii_type type;
    bool transform;    /**< fit the line to logarithms or logits */
    double multiplier; /**< not 0; negative reverses polarity */
    size_t draws;      /**< of the simulation; default 100,000 */
    uint64_t seed;
    uint32_t stream;   /**< which group of a call this is: its own numbers */
    size_t min_groups; /**< default 5; never below 3 */
    size_t level_count;
    const fpt_level *level;
    unsigned threads; /**< of the simulation */
} fpt_sii_options;

fpt_sii_options fpt_sii_options_default(void);

/** FPT_ERR_RANGE with a word on the field that is wrong. */
FPT_MUST_CHECK fpt_status fpt_sii_options_check(const fpt_sii_options *options,
                                                fpt_error *err);

/** Does this call simulate? Only rates and proportions without transform. */
bool fpt_sii_simulates(const fpt_sii_options *options);

typedef struct fpt_sii {
    double value; /**< slope index, times the multiplier */
    double rii;   /**< relative index; inverted when the multiplier < 0 */
    double
        intercept; /**< the line at rank 0; times |multiplier| if transformed */
    double std_error; /**< of value; if transformed, of the slope of the line */
    size_t groups;
    size_t draws; /**< 0: closed form */
    fpt_state state;
} fpt_sii;

typedef struct fpt_sii_limits {
    fpt_limits value, rii;
    fpt_limits value_error; /**< Monte Carlo standard errors of the limits */
} fpt_sii_limits;

/** The standard error that 95 % limits imply, on the scale of the type; NaN when
 *  a limit has no logarithm or logit. */
double fpt_sii_standard_error(fpt_sii_type type, double lower, double upper);

/** How many doubles of work space a call needs: 0 without simulation. */
size_t fpt_sii_work(const fpt_sii_options *options);

/**
 * Slope and relative index of one area.
 *
 * Shape    population[count], value[count], se[count] in order of rank;
 *          limits[level_count] out; work[fpt_sii_work()].
 * Units    value: any; a rate > 0, a proportion a fraction in (0, 1).
 * Exact    the normal type and every transform are closed forms. Without
 *          transform rates and proportions are simulated: draw i of group
 *          `stream` is a function of (seed, stream, i) alone.
 * Missing  se NaN: index without limits, MISSING. TOO_FEW_ROWS under
 *          min_groups, ZERO_DENOMINATOR for a group without people, ZERO_EVENTS
 *          where a logarithm or logit does not exist (without transform the
 *          index is still given), UNBOUNDED where a limit of the relative index
 *          is infinite (the slope index is still given).
 * Memory   none allocated.
 * Threads  draws on several; the same bits from any number of them.
 * Source   A. Low, A. Low, J. Public Health 26 (2004) 388-395;
 *          E. C. Fieller, J. R. Stat. Soc. B 16 (1954) 175-185;
 *          dhsc-govuk/PHEindicatormethods 2.1.0, SII_function.R.
 */
FPT_MUST_CHECK fpt_status fpt_sii_of(size_t count, const double *population,
                                     const double *value, const double *se,
                                     const fpt_sii_options *options,
                                     fpt_sii *out, fpt_sii_limits *limits,
                                     double *work);

/* ---- concentration index ---- */

typedef struct fpt_concentration {
    double value; /**< -1 to 1; negative: more of it is with the deprived */
    double std_error;
    double mean;
    double wagstaff; /**< value / (1 - mean), for outcomes of 0 and 1 */
    size_t groups;
    fpt_state state;
} fpt_concentration;

/**
 * Concentration index of one area.
 *
 * Shape    as fpt_sii_of(); se may be NULL. Then, if all populations are equal,
 *          rows are people in order of rank and the error is that of Kakwani,
 *          Wagstaff and van Doorslaer; if they are not, there is none.
 * Missing  ZERO_DENOMINATOR when the mean is 0; TOO_FEW_ROWS under two rows;
 *          MISSING for a NaN (of se: the value is still given).
 * Source   N. Kakwani, A. Wagstaff, E. van Doorslaer, J. Econometrics 77 (1997)
 *          87-103, as in the help of Stata's concindexi.
 */
void fpt_concentration_of(size_t count, const double *population,
                          const double *value, const double *se, size_t levels,
                          const fpt_level *level, fpt_concentration *out,
                          fpt_limits *limits);

#ifdef __cplusplus
}
#endif
#endif /* FPT_INEQUALITY_H */
