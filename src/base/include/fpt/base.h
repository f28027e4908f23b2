/**
 * @file base.h
 * @brief The cellar of the house: what every module may use. Stands on libc.
 */
#ifndef FPT_BASE_H
#define FPT_BASE_H

#include "arena.h"
#include "behind.h"
#include "date.h"
#include "log.h"
#include "money.h"
#include "number.h"
#include "parallel.h"
#include "report.h"
#include "rng.h"
#include "status.h"
#include "str.h"

#endif /* FPT_BASE_H */
