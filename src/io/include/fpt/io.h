/**
 * @file io.h
 * @brief Outside bytes: files, gzip, CSV, JSON, YAML, packs.
 */
#ifndef FPT_IO_H
#define FPT_IO_H

#include "fpt/csv.h"
#include "fpt/file.h"
#include "fpt/input.h"
#include "fpt/output.h"
#include "fpt/pack.h"
#include "fpt/yaml.h"

#endif /* FPT_IO_H */
