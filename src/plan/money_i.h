/*
 * The arithmetic of money over a row of lanes, at each level of vector
 * instructions: the same bits, since all of it is IEEE arithmetic in the same
 * order. Rows of results may not overlap any other.
 */
#ifndef FPT_PLAN_MONEY_I_H
#define FPT_PLAN_MONEY_I_H

#include "run_i.h"

/* One line of costs.csv, in pounds but for the level of its index. */
typedef struct fpti_money_cost {
    const double *fixed, *unit, *volume, *step, *held, *level;
} fpti_money_cost;

/* One line of savings.csv. */
typedef struct fpti_money_saving {
    const double *fraction, *pounds, *realisation, *recurrent;
} fpti_money_saving;

/* The savings of an organisation in a year: shares of cost that are kept, for
 * good and this year only; pence saved likewise; cost schemes' shares and
 * pence of this year. */
typedef struct fpti_money_saved {
    double *keep, *pence;                      /* for good: carried on */
    double once_keep[FPT_LANES];               /* this year only */
    double once_pence[FPT_LANES];              /* the same */
    double share[FPT_LANES], level[FPT_LANES]; /* of cost schemes */
} fpti_money_saved;

/* What a contract's form makes of the value of its activity, in pence. */
typedef struct fpti_money_contract {
    fpti_contract_type type;
    const double *value, *planned, *pounds, *share, *level, *people;
    double budget;    /* of all personal budgets, pence */
    double recovered; /* share of what they leave */
} fpti_money_contract;

/* What an organisation's position is made of, in pence. */
typedef struct fpti_money_org {
    const double *net, *income, *cost, *other, *reform;
} fpti_money_org;

#define FPTI_MONEY_LIST(X, ending)                                             \
    /* sum += pence of a cost */                                               \
    X(void, cost, ending)(const fpti_money_cost *cost, double *sum);           \
    /* nothing saved yet this year, or at all */                               \
    X(void, begin, ending)(fpti_money_saved * all, bool first);                \
    X(void, saving, ending)                                                    \
    (const fpti_money_saving *saving, fpti_money_saved *all);                  \
    /* cost -= all that is saved; saved and once: how much */                  \
    X(void, saved, ending)                                                     \
    (const fpti_money_saved *all, double *cost, double *saved, double *once);  \
    X(void, pay, ending)(const fpti_money_contract *contract, double *paid);   \
    X(void, move, ending)(const double *pence, double *payer, double *payee);  \
    /* sum += pence of some pounds at a level */                               \
    X(void, add, ending)                                                       \
    (const double *pounds, const double *level, double *sum);                  \
    /* own = row; all += row */                                                \
    X(void, put, ending)(const double *row, double *own, double *all);         \
    X(void, sum, ending)                                                       \
    (const fpti_money_org *org, double control, double *position,              \
     double *total);                                                           \
    /* 0 where income and cost are below 2^53 pence in every lane */           \
    X(uint64_t, beyond, ending)(const double *income, const double *position);

#define FPTI_MONEY_DECLARE(type, name, ending) type fpti_money_##name##_##ending
FPTI_MONEY_LIST(FPTI_MONEY_DECLARE, plain)
#if defined(__x86_64__)
FPTI_MONEY_LIST(FPTI_MONEY_DECLARE, avx2)
FPTI_MONEY_LIST(FPTI_MONEY_DECLARE, avx512)
#endif

/* Call one of them at the level of a work space. */
#if defined(__x86_64__)
#define FPTI_MONEY(w, name, ...)                                               \
    ((w)->level == FPT_LANES_AVX512 ? fpti_money_##name##_avx512(__VA_ARGS__)  \
     : (w)->level == FPT_LANES_AVX2 ? fpti_money_##name##_avx2(__VA_ARGS__)    \
                                    : fpti_money_##name##_plain(__VA_ARGS__))
#else
#define FPTI_MONEY(w, name, ...) fpti_money_##name##_plain(__VA_ARGS__)
#endif

#endif /* FPT_PLAN_MONEY_I_H */
