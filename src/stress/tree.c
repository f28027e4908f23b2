/*
 * A small tree of conditions. Each question is the split of one input that
 * leaves the two sides purest; three questions deep, since more cannot be told
 * to a board.
 */
#include "stress_i.h"

enum { DEPTH = 3, CUTS = 32, LEAST_ROWS = 10 };

typedef struct grower {
    size_t rows, columns;
    const double *x;
    const bool *failing;
    uint32_t *member; /* node of each row, or UINT32_MAX: held back */
    double *values;
    fpt_tree *tree;
} grower;

/* Twice the impurity of `fails` in `n`, times n. */
static double impurity(double fails, double n)
{
    return n > 0.0 ? fails * (n - fails) / n : 0.0;
}

/* The best cut of one column in a node: what is left of the impurity. */
static double best_cut(const grower *g, uint32_t node, size_t column,
                       double *threshold)
{
    size_t count = 0;
    for (size_t i = 0; i < g->rows; i++)
        if (g->member[i] == node)
            g->values[count++] = g->x[i * g->columns + column];
    fpti_sort(count, g->values);
    double best = (double)INFINITY;
    double cuts[CUTS];
    size_t made = 0;
    for (int k = 1; k <= CUTS; k++) {
        const double cut =
            fpti_sorted_quantile(count, g->values, k / (CUTS + 1.0));
        if (cut < g->values[count - 1] && (made == 0 || cut > cuts[made - 1]))
            cuts[made++] = cut;
    }
    for (size_t c = 0; c < made; c++) {
        double left = 0.0, left_fails = 0.0, right = 0.0, right_fails = 0.0;
        for (size_t i = 0; i < g->rows; i++) {
            if (g->member[i] != node) continue;
            const bool low = g->x[i * g->columns + column] <= cuts[c];
            *(low ? &left : &right) += 1.0;
            *(low ? &left_fails : &right_fails) += g->failing[i];
        }
        if (left < LEAST_ROWS || right < LEAST_ROWS) continue;
        const double rest =
            impurity(left_fails, left) + impurity(right_fails, right);
        if (rest >= best) continue;
        best = rest;
        *threshold = cuts[c];
    }
    return best;
}

static void split(grower *g, int node, int depth)
{
    fpt_tree_node *n = &g->tree->node[node];
    double fails = 0.0, count = 0.0;
    for (size_t i = 0; i < g->rows; i++) {
        if (g->member[i] != (uint32_t)node) continue;
        count += 1.0;
        fails += g->failing[i];
    }
    *n = (fpt_tree_node){.column = -1,
                         .left = -1,
                         .right = -1,
                         .share_failing = count > 0.0 ? fails / count : 0.0,
                         .rows = (size_t)count};
    if (depth == DEPTH || impurity(fails, count) == 0.0 ||
        count < 2 * LEAST_ROWS)
        return;
    double least = impurity(fails, count) * (1.0 - 1e-3), threshold = 0.0;
    for (size_t c = 0; c < g->columns; c++) {
        double cut = 0.0;
        const double rest = best_cut(g, (uint32_t)node, c, &cut);
        if (rest >= least) continue;
        least = rest;
        threshold = cut;
        n->column = (int)c;
    }
    if (n->column < 0) return;
    n->threshold = threshold;
    n->left = (int)g->tree->count++;
    n->right = (int)g->tree->count++;
    for (size_t i = 0; i < g->rows; i++)
        if (g->member[i] == (uint32_t)node)
            g->member[i] =
                (uint32_t)(g->x[i * g->columns + (size_t)n->column] <= threshold
                               ? n->left
                               : n->right);
    const int left = n->left, right = n->right;
    split(g, left, depth + 1);
    split(g, right, depth + 1);
}

bool fpt_tree_foretells(const fpt_tree *tree, const double *x)
{
    int at = 0;
    while (tree->node[at].column >= 0)
        at = x[tree->node[at].column] <= tree->node[at].threshold
                 ? tree->node[at].left
                 : tree->node[at].right;
    return tree->node[at].share_failing >= 0.5;
}

fpt_status fpt_tree_grow(fpt_arena scratch, size_t rows, size_t columns,
                         const double *x, const bool *failing, fpt_tree *tree)
{
    if (rows < 8) return FPT_ERR_RANGE;
    grower g = {.rows = rows,
                .columns = columns,
                .x = x,
                .failing = failing,
                .member = FPT_NEW(&scratch, uint32_t, rows),
                .values = FPT_NEW(&scratch, double, rows),
                .tree = tree};
    if (g.member == NULL || g.values == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < rows; i++)
        g.member[i] = i % 2 == 0 ? 0 : UINT32_MAX;
    *tree = (fpt_tree){.count = 1};
    split(&g, 0, 0);
    double fails = 0.0, foretold = 0.0, both = 0.0;
    for (size_t i = 1; i < rows; i += 2) {
        const bool says = fpt_tree_foretells(tree, x + i * columns);
        fails += failing[i];
        foretold += says;
        both += says && failing[i];
    }
    tree->sensitivity = fails > 0.0 ? both / fails : (double)NAN;
    tree->precision = foretold > 0.0 ? both / foretold : (double)NAN;
    return FPT_OK;
}
