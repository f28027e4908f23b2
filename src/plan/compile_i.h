/* The parts of compiling, in the order in which they are called. */
#ifndef FPT_PLAN_COMPILE_I_H
#define FPT_PLAN_COMPILE_I_H

#include "read_i.h"

void fpti_compile_inputs(fpti_reader *r);
void fpti_compile_rules(fpti_reader *r);
void fpti_compile_cells(fpti_reader *r, bool keep_rows);
void fpti_compile_matrices(fpti_reader *r);
void fpti_compile_money(fpti_reader *r);
void fpti_compile_capacity(fpti_reader *r);
void fpti_compile_spells(fpti_reader *r);
void fpti_compile_metrics(fpti_reader *r);
void fpti_compile_steps(fpti_reader *r);
fpt_status fpti_compile_planned(fpti_reader *r);

/* A set of schemes as a mask, found or added; NO_ROW for the empty set. */
uint32_t fpti_mask_of(fpti_reader *r, size_t count, const uint32_t *scheme);
/* The line of a key, found or added. */
uint32_t fpti_line_of(fpti_reader *r, const fpti_key *key);

/* ---- sparse matrices by elements in any order ---- */

typedef struct fpti_element {
    uint32_t row, column;
    double weight;
} fpti_element;

typedef struct fpti_elements {
    fpti_element *at;
    size_t count, capacity;
} fpti_elements;

bool fpti_element_add(fpti_reader *r, fpti_elements *list, size_t row,
                      size_t column, double weight);
/* Sorted by row and column, equal places added up. */
bool fpti_matrix_make(fpti_reader *r, fpti_elements *list, size_t rows,
                      fpt_lanes_matrix *out);

#endif /* FPT_PLAN_COMPILE_I_H */
