/**
 * @file rating.h
 * @brief Frameworks, ratings and opportunity: all of the module.
 *
 * (fpt/rate.h is the header of rates of events: module stat.)
 */
#ifndef FPT_RATING_H
#define FPT_RATING_H

#include "fpt/doubt.h"
#include "fpt/framework.h"
#include "fpt/gains.h"
#include "fpt/league.h"
#include "fpt/opportunity.h"
#include "fpt/ratings.h"
#include "fpt/score.h"
#include "fpt/trajectory.h"
#include "fpt/whatif.h"
#include "fpt/worth.h"

#endif /* FPT_RATING_H */
