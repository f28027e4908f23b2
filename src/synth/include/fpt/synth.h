/**
 * @file synth.h
 * @brief A made-up small nation, written in the files of the real publishers.
 *
 * People, areas, commissioners, trusts, practices, their activity and their
 * money, in just the formats that packs/sources reads, with the troubles that
 * real files have: trusts that merge, a commissioner that changes its system, a
 * system that is renamed, a practice that closes, a month that cannot be right,
 * cells that are withheld and records that nobody can read. Its codes were never
 * issued and its systems are named after colours, so that nothing of it can be
 * taken for a real place.
 */
#ifndef FPT_SYNTH_H
#define FPT_SYNTH_H

#include "fpt/io.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How large a nation is; fpt_synth_scales() has those that are known. */
typedef struct fpt_synth_scale {
    const char *name;
    size_t systems, commissioners, areas, trusts, practices;
} fpt_synth_scale;

const fpt_synth_scale *fpt_synth_scales(size_t *count);

typedef struct fpt_synth_options {
    size_t struct_size;
    fpt_str scale; /**< empty: the first of fpt_synth_scales() */
    uint64_t seed;
} fpt_synth_options;

/** What a file holds that a reader must find again: a row for each series of
 *  it, one with an empty series where it has none. MANIFEST.csv says the same. */
typedef struct fpt_synth_entry {
    fpt_str path; /**< below the folder */
    fpt_str source, vintage;
    int64_t records; /**< that can be read, without header and totals */
    fpt_str series;
    int64_t total; /**< of its values, as the warehouse keeps them */
} fpt_synth_entry;

/**
 * Write a nation into a folder that is not there yet or is empty.
 *
 * Exact    same scale and seed, same bytes, on any machine.
 * Errors   FPT_ERR_USAGE: a scale that is not known (the text lists them), or a
 *          folder named "." or ".."; FPT_ERR_EXISTS: the folder holds something;
 *          FPT_ERR_IO. Nothing is then left of what was begun: files are made
 *          in a neighbour of the folder that takes its name when it is whole.
 * Memory   entries live in the arena.
 */
FPT_MUST_CHECK fpt_status fpt_synth_write(fpt_arena *arena, const char *folder,
                                          const fpt_synth_options *options,
                                          size_t *count, fpt_synth_entry **out,
                                          fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_SYNTH_H */
