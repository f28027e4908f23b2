/**
 * @file trajectory.h
 * @brief "Improving to the projected national rate will mean so many fewer by
 *        the target year": the number, how sure it is, and whether a place is on
 *        course.
 *
 * Both rates are carried on along their own straight line, on the scale of logs
 * (rates) or logits (proportions), fitted to the base years by weighted least
 * squares; what the points scatter beyond the chance in their counts widens
 * everything in proportion.
 */
#ifndef FPT_TRAJECTORY_H
#define FPT_TRAJECTORY_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the place would do by itself. */
typedef enum fpt_course {
    FPT_COURSE_OWN,   /**< its own trend goes on */
    FPT_COURSE_HELD,  /**< it stays where its line ends */
    FPT_COURSE_NATION /**< from there it goes the nation's way */
} fpt_course;

/** One side: events in each base year, of how many people. */
typedef struct fpt_past {
    size_t count;
    const double *year, *events, *people;
} fpt_past;

typedef struct fpt_trajectory_options {
    bool log_scale; /**< else logit */
    int better;     /**< 1 when higher is better, -1 when lower is */
    fpt_course course;
    int64_t draws;
    uint64_t seed;
    uint32_t entity; /**< of the random streams: a number of the place */
    double confidence;
} fpt_trajectory_options;

#define FPT_TRAJECTORY_MOST_DRAWS 1000000

/** How a place stands to the projected rate. */
typedef enum fpt_course_state {
    FPT_ON_COURSE,   /**< chance of 80 % or more */
    FPT_COURSE_OPEN, /**< between */
    FPT_OFF_COURSE   /**< 20 % or less */
} fpt_course_state;

typedef struct fpt_avoided {
    double value, lower, upper; /**< people or events; below 0: it is better off
                                     already */
} fpt_avoided;

typedef struct fpt_trajectory {
    double local, nation;   /**< rates in the target year */
    fpt_avoided final_year; /**< in the target year alone */
    fpt_avoided cumulative; /**< in all years from the base on, to the target */
    double
        chance; /**< that the place, on its own trend and with the chance of a
                        year, is as good as the nation in the target year */
    fpt_course_state state;
} fpt_trajectory;

/** "on course" and the like; never NULL. */
const char *fpt_course_word(fpt_course_state state);

/**
 * Shape    people[years]: of the years behind the place's last base year, up to
 *          the target year; years >= 1. work[2 * draws].
 * Units    rates are events / people.
 * Exact    a side that lies on its line exactly, with expected scatter, has the
 *          standard errors of its counts; scatter beyond that multiplies them, as
 *          in quasi-likelihood; less does not shrink them.
 * Errors   FPT_ERR_RANGE: fewer than three base years on a side, years that do
 *          not rise, no events in a year (pool years), events not below people on
 *          the logit scale, options out of range, lines too steep for their
 *          target year to be a number. out is unchanged.
 * Memory   none allocated.
 * Threads  pure; same seed and entity, same bytes.
 * Source   domain of Greater Manchester's plan of 2015: its numbers say neither
 *          base years nor projection, so all of this is ours.
 */
FPT_MUST_CHECK fpt_status
fpt_trajectory_find(const fpt_past *local, const fpt_past *nation, size_t years,
                    const double *people, const fpt_trajectory_options *options,
                    double *work, fpt_trajectory *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_TRAJECTORY_H */
