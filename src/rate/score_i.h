/* Shared by scores and leagues. */
#ifndef FPT_SCORE_I_H
#define FPT_SCORE_I_H

#include "fpt/score.h"

/* The order of fpt_order_by(), faster for what is spread out.
 * Shape    order[2 * count]; the first half is the order. */
void fpti_order_column(size_t count, const double *key, size_t *order);

#endif /* FPT_SCORE_I_H */
