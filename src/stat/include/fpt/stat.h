/**
 * @file stat.h
 * @brief The statistics of indicators: pure kernels, column-wise.
 */
#ifndef FPT_STAT_H
#define FPT_STAT_H

#include "fpt/compare.h"
#include "fpt/funnel.h"
#include "fpt/inequality.h"
#include "fpt/level.h"
#include "fpt/life_table.h"
#include "fpt/mean.h"
#include "fpt/proportion.h"
#include "fpt/quantile.h"
#include "fpt/rate.h"
#include "fpt/spc.h"
#include "fpt/standardise.h"
#include "fpt/state.h"
#include "fpt/trend.h"

#endif /* FPT_STAT_H */
