/* Shared by sii.c, sii_draws.c and concentration.c. */
#ifndef FPT_INEQUALITY_I_H
#define FPT_INEQUALITY_I_H

#include "fpt/inequality.h"

/* Shares of the population and ranks, walked in order of rank. */
struct fpti_walk {
    double total;  /* all people */
    double before; /* people of the groups before */
};

double fpti_total(size_t count, const double *population);

/*
 * Share of the next group, and how far its rank m lies from the middle. Those
 * who stand before less those who stand behind is a whole number where people
 * are: m - 1/2 would lose digits where one group holds nearly everybody.
 */
static inline double fpti_step(struct fpti_walk *walk, double people,
                               double *off_middle)
{
    *off_middle =
        (2.0 * walk->before + people - walk->total) / (2.0 * walk->total);
    walk->before += people;
    return people / walk->total;
}

/* sum s (m - 1/2)^2 */
double fpti_spread(size_t count, const double *population, double total);

/* The state that people alone decide. */
fpt_state fpti_population_state(size_t count, const double *population);

fpt_status fpti_sii_simulate(size_t count, const double *population,
                             const double *value, const double *se,
                             const fpt_sii_options *options, fpt_sii *out,
                             fpt_sii_limits *limits, double *work);

#endif /* FPT_INEQUALITY_I_H */
