/**
 * @file num.h
 * @brief Numerical kernels: pure functions over numbers and arrays.
 */
#ifndef FPT_NUM_H
#define FPT_NUM_H

#include "fpt/belief.h"
#include "fpt/design.h"
#include "fpt/distribution.h"
#include "fpt/lanes.h"
#include "fpt/lanes_math.h"
#include "fpt/matrix.h"
#include "fpt/moments.h"
#include "fpt/order.h"
#include "fpt/regression.h"
#include "fpt/sample.h"
#include "fpt/sum.h"

#endif /* FPT_NUM_H */
