/* Shared by the files that draw ratings again. */
#ifndef FPT_DOUBT_I_H
#define FPT_DOUBT_I_H

#include "fpt/doubt.h"
#include "fpt/num.h"

/* Work space of one piece of the draws. */
typedef struct fpti_doubt_piece {
    fpt_league rules;
    fpt_league_input in;
    fpt_league_work work;
    fpt_league_output out;
    double *value; /* [items * places] */
    /* METRICS */
    fpt_league_node *node;
    fpt_league_part *part;
    size_t *first; /* of each node in `part` */
    uint32_t *times;
} fpti_doubt_piece;

typedef struct fpti_doubt {
    const fpt_league *rules;
    const fpt_doubt_input *input;
    const fpt_doubt_options *options;
    fpt_league_output point; /* the figures as they are */
    double *above, *below;   /* [items * places] */
    fpt_lanes_level level;
    uint64_t stream;
    fpti_doubt_piece *piece;
    /* [nodes * places * draws] */
    double *score;
    float *rank; /* halves and whole numbers below 2^23: exact */
    uint16_t *category;
} fpti_doubt;

bool fpti_doubt_varies(const fpti_doubt *d, size_t node, size_t place);
fpt_status fpti_doubt_tally(fpti_doubt *d, fpt_arena *arena, fpt_doubt *out);

#endif /* FPT_DOUBT_I_H */
