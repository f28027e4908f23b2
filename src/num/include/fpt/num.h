/**
 * @file num.h
 * @brief Numerical kernels: pure functions over numbers and arrays.
 */
#ifndef FPT_NUM_H
#define FPT_NUM_H

#include "fpt/distribution.h"
#include "fpt/moments.h"
#include "fpt/order.h"
#include "fpt/regression.h"
#include "fpt/sum.h"

#endif /* FPT_NUM_H */
