/**
 * @file num.h
 * @brief Numerical kernels: pure functions over numbers and arrays.
 */
#ifndef FPT_NUM_H
#define FPT_NUM_H

#include "fpt/sum.h"

#endif /* FPT_NUM_H */
