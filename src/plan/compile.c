/*
 * From records to arrays: the linear maps through which a future is carried.
 * Sums over cells become sparse matrices, so that running needs no search and
 * no branch on what a plan says.
 */
#include "compile_i.h"

/* ---- sparse matrices ---- */

bool fpti_element_add(fpti_reader *r, fpti_elements *list, size_t row,
                      size_t column, double weight)
{
    fpti_element *made = FPTI_ADD(r->arena, *list);
    if (!fpti_enough_memory(r, made)) return false;
    *made = (fpti_element){(uint32_t)row, (uint32_t)column, weight};
    return true;
}

static bool before(const fpti_element *a, const fpti_element *b)
{
    return a->row != b->row ? a->row < b->row : a->column < b->column;
}

/* Stable merge sort: the order of equal places, and so the order in which
 * they are added up, is that of the plan. */
static void sort_elements(fpti_element *at, fpti_element *work, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            const size_t middle = low + width < count ? low + width : count;
            const size_t high =
                low + 2 * width < count ? low + 2 * width : count;
            size_t i = low, k = middle, to = low;
            while (i < middle || k < high) {
                const bool right =
                    i == middle || (k < high && before(&at[k], &at[i]));
                work[to++] = right ? at[k++] : at[i++];
            }
        }
        memcpy(at, work, count * sizeof *at);
    }
}

bool fpti_matrix_make(fpti_reader *r, fpti_elements *list, size_t rows,
                      fpt_lanes_matrix *out)
{
    fpti_element *work = FPT_NEW(r->arena, fpti_element, list->count + 1);
    uint32_t *start = FPT_NEW(r->arena, uint32_t, rows + 1);
    uint32_t *column = FPT_NEW(r->arena, uint32_t, list->count + 1);
    double *weight = FPT_NEW(r->arena, double, list->count + 1);
    if (!fpti_enough_memory(r, work) || !fpti_enough_memory(r, start) ||
        !fpti_enough_memory(r, column) || !fpti_enough_memory(r, weight))
        return false;
    if (list->count > 0) sort_elements(list->at, work, list->count);
    size_t used = 0, row = 0;
    for (size_t i = 0; i < list->count; i++) {
        const fpti_element *e = &list->at[i];
        const bool same = used > start[row] && i > 0 &&
                          list->at[i - 1].row == e->row &&
                          list->at[i - 1].column == e->column;
        if (same) {
            weight[used - 1] += e->weight;
            continue;
        }
        while (row < e->row)
            start[++row] = (uint32_t)used;
        column[used] = e->column;
        weight[used++] = e->weight;
    }
    while (row < rows)
        start[++row] = (uint32_t)used;
    *out = (fpt_lanes_matrix){rows, start, column, weight};
    return true;
}

/* ---- what schemes take, and where it goes ---- */

static uint32_t destination(fpti_reader *r, const fpti_scheme *s,
                            const fpti_output *from)
{
    if (s->type != FPTI_SHIFT && s->type != FPTI_MOVE) return FPTI_NO_ROW;
    fpt_plan *plan = r->plan;
    fpti_key key;
    memcpy(key.id, from->id, sizeof key.id);
    if (s->to_org != FPTI_NONE)
        key.id[FPTI_ORG] = fpt_intern_add(&plan->field[FPTI_ORG],
                                          plan->org.at[s->to_org].code);
    if (s->to_site != UINT32_MAX) key.id[FPTI_SITE] = s->to_site;
    if (s->type == FPTI_SHIFT) {
        key.id[FPTI_POD] = s->to_pod;
        key.id[FPTI_LOS] = 0;
        key.id[FPTI_TAGS] = 0;
    }
    return fpti_line_of(r, &key);
}

static void compile_removals(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    for (size_t g = 0; g < c->group.count && !r->no_memory; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->mask == FPTI_NO_ROW) continue;
        const fpti_mask *mask = &c->mask.at[group->mask];
        for (size_t i = 0; i < mask->count; i++) {
            fpti_removal *made = FPTI_ADD(r->arena, c->removal);
            if (!fpti_enough_memory(r, made)) return;
            const uint32_t scheme = mask->scheme[i];
            const fpti_output from = c->line.at[group->line];
            const uint32_t to =
                scheme < plan->scheme.count
                    ? destination(r, &plan->scheme.at[scheme], &from)
                    : FPTI_NO_ROW;
            *made = (fpti_removal){(uint32_t)g, (uint32_t)(mask->share + i),
                                   scheme, to};
        }
    }
}

void fpti_compile_matrices(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    compile_removals(r);
    if (r->no_memory) return;
    fpti_elements lines = {0}, days = {0}, pools = {0}, removed = {0};
    for (size_t g = 0; g < c->group.count; g++) {
        fpti_element_add(r, &lines, c->group.at[g].line, g, 1.0);
        if (c->group.at[g].bed != FPTI_NO_ROW)
            fpti_element_add(r, &days, c->group.at[g].line, c->group.at[g].bed,
                             1.0);
    }
    for (size_t l = 0; l < c->line.count; l++)
        if (c->line.at[l].beds != SIZE_MAX)
            fpti_element_add(r, &pools, c->line.at[l].beds, l, 1.0);
    for (size_t i = 0; i < c->removal.count; i++)
        fpti_element_add(r, &removed, c->removal.at[i].scheme, i, 1.0);
    fpti_matrix_make(r, &lines, c->line.count, &c->lines);
    fpti_matrix_make(r, &days, c->line.count, &c->line_days);
    fpti_matrix_make(r, &pools, plan->beds.count, &c->pools);
    fpti_matrix_make(r, &removed, plan->scheme.count + plan->org.count,
                     &c->scheme_removed);
    c->pre_flow = FPT_NEW(r->arena, uint32_t, c->group.count + 1);
    c->pre_group = FPT_NEW(r->arena, uint32_t, c->group.count + 1);
    c->post_mask = FPT_NEW(r->arena, uint32_t, c->group.count + 1);
    if (!fpti_enough_memory(r, c->pre_flow) ||
        !fpti_enough_memory(r, c->pre_group) ||
        !fpti_enough_memory(r, c->post_mask))
        return;
    for (size_t g = 0; g < c->group.count; g++) {
        c->pre_group[g] = (uint32_t)g;
        c->pre_flow[g] = c->group.at[g].flow;
        c->post_mask[g] = c->group.at[g].mask;
    }
}

/* ---- drawing integers ---- */

void fpti_compile_spells(fpti_reader *r)
{
    fpti_compiled *c = &r->plan->c;
    if (!c->whole_counts) return;
    const size_t lines = c->line.count;
    fpt_activity_keys *keys = FPT_NEW(r->arena, fpt_activity_keys, lines + 1);
    uint32_t *output = FPT_NEW(r->arena, uint32_t, 2 * lines + 1);
    if (!fpti_enough_memory(r, keys) || !fpti_enough_memory(r, output)) return;
    for (size_t i = 0; i < lines; i++) {
        keys[i] = (fpt_activity_keys){
            .stream = c->line.at[i].stream,
            .first = (uint32_t)(2 * i),
            .event_count = 1,
            .day_count = c->line.at[i].uses_beds ? 1 : 0,
            .converted = {FPT_ACTIVITY_NONE, FPT_ACTIVITY_NONE,
                          FPT_ACTIVITY_NONE}};
        output[2 * i] = (uint32_t)(2 * i);
        output[2 * i + 1] = (uint32_t)(2 * i + 1);
    }
    c->spell.keys_count = lines;
    c->spell.keys = keys;
    c->spell.output = output;
    c->spell.output_count = 2 * lines;
    fpt_error err = {0};
    if (fpt_activity_check(&c->spell, &err) != FPT_OK) r->no_memory = true;
}

/* ---- costs and staff ---- */

static void key_of(const fpti_output *line, fpti_key *key)
{
    memcpy(key->id, line->id, sizeof key->id);
}

/* Volumes stand in one stack of rows: events of lines, their days, open beds
 * of pools. */
void fpti_compile_capacity(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    const size_t lines = c->line.count;
    fpti_elements volume = {0}, staffing = {0};
    for (size_t i = 0; i < plan->cost.count; i++) {
        const fpti_cost *cost = &plan->cost.at[i];
        bool some = cost->driver == FPTI_DRIVER_NONE;
        for (size_t l = 0; l < lines; l++) {
            fpti_key key;
            key_of(&c->line.at[l], &key);
            if (c->line.at[l].org != cost->org ||
                !fpti_target_matches(plan, &cost->target, &key))
                continue;
            if (cost->driver == FPTI_DRIVER_ACTIVITY)
                some = fpti_element_add(r, &volume, i, l, 1.0);
            if (cost->driver == FPTI_DRIVER_BED_DAYS)
                some = fpti_element_add(r, &volume, i, lines + l, 1.0);
        }
        for (size_t b = 0; b < plan->beds.count; b++)
            if (cost->driver == FPTI_DRIVER_BEDS &&
                plan->beds.at[b].org == cost->org)
                some = fpti_element_add(r, &volume, i, 2 * lines + b, 1.0);
        if (!some)
            fpti_find(r, FPT_FAULT, "aims-at-nothing", FPT_STR("costs.csv"),
                      cost->line, 0,
                      "the cost \"%.*s\" is driven by activity that its "
                      "organisation does not have",
                      FPT_STR_ARG(cost->name));
    }
    for (size_t i = 0; i < plan->staffing.count; i++) {
        const fpti_staffing *s = &plan->staffing.at[i];
        for (size_t l = 0; l < lines && !s->by_bed; l++) {
            fpti_key key;
            key_of(&c->line.at[l], &key);
            if (c->line.at[l].org == s->org &&
                fpti_target_matches(plan, &s->target, &key))
                fpti_element_add(r, &staffing, i, l, 1.0);
        }
        for (size_t b = 0; b < plan->beds.count && s->by_bed; b++)
            if (plan->beds.at[b].org == s->org &&
                (s->site == UINT32_MAX || plan->beds.at[b].site == s->site) &&
                (s->pool == UINT32_MAX || plan->beds.at[b].pool == s->pool))
                fpti_element_add(r, &staffing, i, 2 * lines + b, 1.0);
    }
    fpti_matrix_make(r, &volume, plan->cost.count, &c->volume);
    fpti_matrix_make(r, &staffing, plan->staffing.count, &c->staffing);
}

/* ---- all of it ---- */

fpt_status fpti_compile(fpti_reader *r, bool keep_rows)
{
    fpti_compile_inputs(r);
    if (!r->no_memory) fpti_compile_rules(r);
    if (!r->no_memory) fpti_compile_cells(r, keep_rows);
    if (!r->no_memory) fpti_compile_matrices(r);
    if (!r->no_memory) fpti_compile_spells(r);
    if (!r->no_memory) fpti_compile_money(r);
    if (!r->no_memory) fpti_compile_capacity(r);
    if (!r->no_memory) fpti_compile_metrics(r);
    if (!r->no_memory) fpti_compile_steps(r);
    if (r->no_memory) return FPT_ERR_MEMORY;
    if (r->report->of_severity[FPT_FAULT] > 0) return FPT_OK;
    return fpti_compile_planned(r);
}
