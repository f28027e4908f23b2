/*
 * Cells: rows of the baseline that agree in every field that anything reads.
 * Which fields those are is found from the plan: nothing is told apart that
 * nobody asks for.
 *
 * A cell knows its growth; where flows take it, it becomes several branches,
 * each with an organisation of its own; each branch has the schemes that aim
 * at it and the line that it is counted in. Branches that agree in flow,
 * schemes and line are a group, and only sums over a group are carried: of
 * events, of their days and of the squares of their days.
 */
#include "compile_i.h"

/* ---- which fields are read ---- */

static void read_by_money(const fpt_plan *plan, bool *field)
{
    field[FPTI_ORG] = field[FPTI_POD] = field[FPTI_FUNDER] = true;
    for (size_t i = 0; i < plan->price.count; i++)
        if (plan->price.at[i].service != UINT32_MAX) field[FPTI_SERVICE] = true;
    if (plan->beds.count > 0) field[FPTI_SITE] = true;
    for (size_t i = 0; i < plan->contract.count; i++)
        fpti_target_fields(&plan->contract.at[i].target, field);
    for (size_t i = 0; i < plan->cost.count; i++)
        if (plan->cost.at[i].driver == FPTI_DRIVER_ACTIVITY ||
            plan->cost.at[i].driver == FPTI_DRIVER_BED_DAYS)
            fpti_target_fields(&plan->cost.at[i].target, field);
    for (size_t i = 0; i < plan->staffing.count; i++)
        fpti_target_fields(&plan->staffing.at[i].target, field);
}

static void read_by_cells(const fpt_plan *plan, bool *field)
{
    for (size_t i = 0; i < plan->scheme.count; i++)
        if (plan->scheme.at[i].type < FPTI_COST && !plan->scheme.at[i].null)
            fpti_target_fields(&plan->scheme.at[i].target, field);
    for (size_t i = 0; i < plan->flow.count; i++)
        fpti_target_fields(&plan->flow.at[i].target, field);
    if (plan->people.count > 0)
        field[FPTI_PLACE] = field[FPTI_AGE] = field[FPTI_SEX] = true;
    for (size_t i = 0; i < plan->growth.count; i++)
        if (plan->growth.at[i].service != UINT32_MAX)
            field[FPTI_SERVICE] = true;
    if (plan->waiting.count > 0) field[FPTI_SERVICE] = true;
    if (plan->set.health_given) field[FPTI_AGE] = field[FPTI_SEX] = true;
}

/* ---- growth ---- */

static uint32_t growth_of(const fpt_plan *plan, const fpti_key *key)
{
    uint32_t best = FPTI_NO_ROW;
    for (size_t i = 0; i < plan->growth.count; i++) {
        const fpti_growth *g = &plan->growth.at[i];
        if (g->pod != key->id[FPTI_POD]) continue;
        if (g->service == key->id[FPTI_SERVICE]) return (uint32_t)i;
        if (g->service == UINT32_MAX) best = (uint32_t)i;
    }
    return best;
}

static uint32_t waiting_of(const fpt_plan *plan, const fpti_key *key)
{
    for (size_t i = 0; i < plan->waiting.count; i++) {
        const fpti_waiting *w = &plan->waiting.at[i];
        if (w->service != key->id[FPTI_SERVICE]) continue;
        fpt_str rest = w->pods;
        const fpt_str pod = plan->field[FPTI_POD].text[key->id[FPTI_POD]];
        while (rest.data != NULL)
            if (fpt_str_equal(fpt_str_cut(&rest, '|'), pod)) return (uint32_t)i;
    }
    return FPTI_NO_ROW;
}

/* Years of life left at an age in a calendar year; NaN when not in the table. */
static double life_at(const fpt_plan *plan, int year, uint32_t sex, double age)
{
    for (size_t i = 0; i < plan->life.count; i++) {
        const fpti_life *l = &plan->life.at[i];
        if (l->year == year && l->sex == sex && l->age == age) return l->left;
    }
    return (double)NAN;
}

/* Rates by whole age, straight lines between the ages that are given. */
static bool fill_rates(const fpt_plan *plan, fpti_health_class *h)
{
    for (int age = 0; age <= 120; age++)
        h->rate[age] = (double)NAN;
    int least = 121, most = -1;
    for (size_t i = 0; i < plan->rate.count; i++) {
        const fpti_health_rate *q = &plan->rate.at[i];
        if (q->pod != h->pod || q->sex != h->sex) continue;
        const int age = (int)q->age;
        h->rate[age] = q->rate;
        least = age < least ? age : least;
        most = age > most ? age : most;
    }
    if (most < 0) return false;
    int before = least;
    for (int age = 0; age <= 120; age++) {
        if (age < least) h->rate[age] = h->rate[least];
        if (age > most) h->rate[age] = h->rate[most];
        if (age <= least || age > most || isnan(h->rate[age])) continue;
        for (int k = before + 1; k < age; k++)
            h->rate[k] = h->rate[before] + (h->rate[age] - h->rate[before]) *
                                               (double)(k - before) /
                                               (double)(age - before);
        before = age;
    }
    return true;
}

static uint32_t health_of(fpti_reader *r, const fpti_key *key)
{
    fpt_plan *plan = r->plan;
    if (!plan->set.health_given) return FPTI_NO_ROW;
    const double age =
        fpti_age_from(plan->field[FPTI_AGE].text[key->id[FPTI_AGE]]);
    if (!(age >= plan->set.health_from && age <= plan->set.health_to))
        return FPTI_NO_ROW;
    for (size_t i = 0; i < plan->c.health_class.count; i++) {
        const fpti_health_class *h = &plan->c.health_class.at[i];
        if (h->pod == key->id[FPTI_POD] && h->sex == key->id[FPTI_SEX] &&
            h->age == age)
            return (uint32_t)i;
    }
    fpti_health_class made = {
        .pod = key->id[FPTI_POD], .sex = key->id[FPTI_SEX], .age = age};
    if (!fill_rates(plan, &made)) return FPTI_NO_ROW;
    const int first = plan->set.life_from;
    const double start = life_at(plan, first, made.sex, age);
    for (int year = 0; year <= plan->set.years; year++) {
        const double here = life_at(plan, first + year, made.sex, age);
        if (isnan(start) || isnan(here)) {
            fpti_find(r, FPT_FAULT, "no-life-table", FPT_STR("life.csv"), 0, 0,
                      "no years of life left for sex \"%.*s\", age %g in %d",
                      FPT_STR_ARG(plan->field[FPTI_SEX].text[made.sex]), age,
                      first + year);
            return FPTI_NO_ROW;
        }
        made.gain[year] = here - start;
    }
    fpti_health_class *h = FPTI_ADD(r->arena, plan->c.health_class);
    if (!fpti_enough_memory(r, h)) return FPTI_NO_ROW;
    *h = made;
    return (uint32_t)(plan->c.health_class.count - 1);
}

static uint32_t growth_class_of(fpti_reader *r, const fpti_key *key,
                                fpt_intern *seen)
{
    fpt_plan *plan = r->plan;
    const fpti_pod *pod = &plan->pod.at[key->id[FPTI_POD]];
    fpti_growth_class g = {FPTI_NO_ROW, growth_of(plan, key),
                           waiting_of(plan, key), health_of(r, key)};
    if (pod->demography != FPTI_BY_NOTHING && plan->people.count > 0) {
        const fpti_people *p =
            fpti_people_of(plan, key, pod->demography == FPTI_BY_BIRTHS);
        if (p != NULL) g.people = (uint32_t)(p - plan->people.at);
    }
    const size_t before = seen->count;
    const fpt_str bytes = {(const char *)&g, sizeof g};
    const uint32_t id = fpt_intern_add(seen, bytes);
    if (id == FPT_INTERN_NONE) {
        r->no_memory = true;
        return 0;
    }
    if (seen->count > before) {
        fpti_growth_class *made = FPTI_ADD(r->arena, plan->c.growth_class);
        if (!fpti_enough_memory(r, made)) return 0;
        *made = g;
    }
    return id;
}

/* ---- masks, lines, groups ---- */

uint32_t fpti_mask_of(fpti_reader *r, size_t count, const uint32_t *scheme)
{
    if (count == 0) return FPTI_NO_ROW;
    fpti_compiled *c = &r->plan->c;
    if (count > FPTI_MASK_MOST) {
        fpti_find(r, FPT_FAULT, "too-many-schemes", FPT_STR("schemes.csv"), 0,
                  0, "more than %d schemes act on the same patients",
                  FPTI_MASK_MOST);
        return FPTI_NO_ROW;
    }
    for (size_t i = 0; i < c->mask.count; i++)
        if (c->mask.at[i].count == count &&
            memcmp(c->mask.at[i].scheme, scheme, count * sizeof *scheme) == 0)
            return (uint32_t)i;
    fpti_mask *made = FPTI_ADD(r->arena, c->mask);
    uint32_t *kept = FPT_NEW(r->arena, uint32_t, count);
    if (!fpti_enough_memory(r, made) || !fpti_enough_memory(r, kept))
        return FPTI_NO_ROW;
    memcpy(kept, scheme, count * sizeof *scheme);
    *made = (fpti_mask){count, kept, c->share_count};
    c->share_count += count;
    return (uint32_t)(c->mask.count - 1);
}

static fpt_str line_name(fpti_reader *r, const uint32_t *id)
{
    static const fpti_field order[] = {
        FPTI_ORG, FPTI_SITE, FPTI_POD,     FPTI_SERVICE, FPTI_PLACE,
        FPTI_AGE, FPTI_SEX,  FPTI_SEGMENT, FPTI_TAGS,    FPTI_FUNDER};
    fpt_strbuf text = fpt_strbuf_make(r->arena);
    for (size_t i = 0; i < FPTI_COUNT_OF(order); i++) {
        if (!r->plan->c.line_field[order[i]]) continue;
        if (text.len > 0) fpt_strbuf_add_char(&text, '/');
        fpt_strbuf_add(&text, r->plan->field[order[i]].text[id[order[i]]]);
    }
    if (r->plan->c.line_field[FPTI_LOS])
        fpt_strbuf_print(&text, "/%u days", (unsigned)id[FPTI_LOS]);
    if (text.failed) r->no_memory = true;
    return fpt_strbuf_view(&text);
}

uint32_t fpti_line_of(fpti_reader *r, const fpti_key *key)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    fpti_output made = {.beds = SIZE_MAX};
    for (int f = 0; f < FPTI_FIELDS; f++)
        made.id[f] = c->line_field[f] ? key->id[f] : 0;
    for (size_t i = c->line.count; i-- > 0;)
        if (memcmp(c->line.at[i].id, made.id, sizeof made.id) == 0)
            return (uint32_t)i;
    made.org =
        fpti_org_find(plan, plan->field[FPTI_ORG].text[made.id[FPTI_ORG]]);
    made.funder = fpti_org_find(
        plan, plan->field[FPTI_FUNDER].text[made.id[FPTI_FUNDER]]);
    const fpti_pod *pod = &plan->pod.at[made.id[FPTI_POD]];
    made.uses_beds = pod->pool.len > 0;
    const uint32_t pool = fpt_intern_find(&plan->pool, pod->pool);
    for (size_t b = 0; b < plan->beds.count && made.uses_beds; b++)
        if (plan->beds.at[b].site == made.id[FPTI_SITE] &&
            plan->beds.at[b].pool == pool)
            made.beds = b;
    if (made.uses_beds && plan->beds.count > 0 && made.beds == SIZE_MAX &&
        made.org >= 0 && plan->org.at[made.org].inside)
        fpti_find(r, FPT_FAULT, "no-beds", FPT_STR("beds.csv"), 0, 0,
                  "\"%.*s\" is done at site \"%.*s\", where there are no beds "
                  "of the pool \"%.*s\"",
                  FPT_STR_ARG(pod->code),
                  FPT_STR_ARG(plan->field[FPTI_SITE].text[made.id[FPTI_SITE]]),
                  FPT_STR_ARG(pod->pool));
    made.name = line_name(r, made.id);
    made.stream = fpt_stream("line", made.name);
    fpti_output *kept = FPTI_ADD(r->arena, c->line);
    if (!fpti_enough_memory(r, kept)) return 0;
    *kept = made;
    return (uint32_t)(c->line.count - 1);
}

/* The schemes of one kind that aim at a branch, closures behind them. */
static uint32_t schemes_at(fpti_reader *r, const fpti_key *key, bool length,
                           uint32_t *work)
{
    const fpt_plan *plan = r->plan;
    size_t count = 0;
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        if (s->type >= FPTI_COST || s->null ||
            (s->type == FPTI_LENGTH) != length)
            continue;
        if (fpti_target_matches(plan, &s->target, key))
            work[count++] = (uint32_t)k;
    }
    if (!length) {
        const int org =
            fpti_org_find(plan, plan->field[FPTI_ORG].text[key->id[FPTI_ORG]]);
        if (org >= 0 && plan->c.closes[org])
            work[count++] = (uint32_t)(plan->scheme.count + (size_t)org);
    }
    return fpti_mask_of(r, count, work);
}

static uint32_t group_of(fpti_reader *r, fpt_intern *seen, fpti_group g)
{
    fpti_compiled *c = &r->plan->c;
    g.bed = 0;
    const size_t before = seen->count;
    const uint32_t id =
        fpt_intern_add(seen, (fpt_str){(const char *)&g, sizeof g});
    if (id == FPT_INTERN_NONE) {
        r->no_memory = true;
        return 0;
    }
    if (seen->count == before) return id;
    fpti_group *made = FPTI_ADD(r->arena, c->group);
    if (!fpti_enough_memory(r, made)) return 0;
    *made = g;
    made->bed = c->line.at[g.line].uses_beds ? (uint32_t)c->bed_group_count++
                                             : FPTI_NO_ROW;
    return id;
}

/* Which row of flow shares stays when these rules take their part. */
static uint32_t stay_of(fpti_reader *r, size_t count, const uint32_t *rule)
{
    fpti_compiled *c = &r->plan->c;
    for (size_t i = 0; i < c->stay.count; i++)
        if (c->stay.at[i].count == count &&
            memcmp(c->stay.at[i].scheme, rule, count * sizeof *rule) == 0)
            return (uint32_t)(r->plan->flow.count + i);
    fpti_mask *made = FPTI_ADD(r->arena, c->stay);
    uint32_t *kept = FPT_NEW(r->arena, uint32_t, count);
    if (!fpti_enough_memory(r, made) || !fpti_enough_memory(r, kept)) return 0;
    memcpy(kept, rule, count * sizeof *rule);
    *made = (fpti_mask){.count = count, .scheme = kept};
    return (uint32_t)(r->plan->flow.count + c->stay.count - 1);
}

/* ---- cells ---- */

/* One kind of cell and the groups that it falls into. */
typedef struct kind {
    uint32_t growth, first, count; /* groups[first ..] */
} kind;

typedef struct gathering {
    fpti_reader *r;
    fpt_intern cells, growths, groups;
    FPTI_LIST(kind) kind;
    FPTI_LIST(uint32_t) group;
    uint32_t *scheme, *rule;
    fpti_elements mass[3], base, base_days;
    FPTI_LIST(fpt_activity_row) spell;
    fpt_intern spell_growths;
} gathering;

static void add_branch(gathering *g, const fpti_key *key, uint32_t flow)
{
    fpti_reader *r = g->r;
    const fpti_group made = {.flow = flow,
                             .mask = schemes_at(r, key, false, g->scheme),
                             .length = schemes_at(r, key, true, g->scheme),
                             .line = fpti_line_of(r, key)};
    if (r->no_memory) return;
    uint32_t *at = FPTI_ADD(r->arena, g->group);
    if (!fpti_enough_memory(r, at)) return;
    *at = group_of(r, &g->groups, made);
}

static void add_kind(gathering *g, const fpti_key *key)
{
    fpti_reader *r = g->r;
    fpt_plan *plan = r->plan;
    kind *made = FPTI_ADD(r->arena, g->kind);
    if (!fpti_enough_memory(r, made)) return;
    const size_t number = g->kind.count - 1;
    kind k = {.growth = growth_class_of(r, key, &g->growths),
              .first = (uint32_t)g->group.count};
    const int org =
        fpti_org_find(plan, plan->field[FPTI_ORG].text[key->id[FPTI_ORG]]);
    size_t rules = 0;
    for (size_t f = 0; f < plan->flow.count; f++)
        if (plan->flow.at[f].from_org == org &&
            fpti_target_matches(plan, &plan->flow.at[f].target, key))
            g->rule[rules++] = (uint32_t)f;
    add_branch(g, key, rules == 0 ? FPTI_NO_ROW : stay_of(r, rules, g->rule));
    for (size_t i = 0; i < rules && !r->no_memory; i++) {
        const fpti_flow *f = &plan->flow.at[g->rule[i]];
        fpti_key there = *key;
        there.id[FPTI_ORG] = fpt_intern_add(&plan->field[FPTI_ORG],
                                            plan->org.at[f->to_org].code);
        there.id[FPTI_SITE] = f->to_site;
        add_branch(g, &there, g->rule[i]);
    }
    k.count = (uint32_t)(g->group.count - k.first);
    g->kind.at[number] = k;
}

/* Spells of one row and branch, for drawing integers. */
static void add_spells(gathering *g, uint32_t growth, uint32_t group,
                       double count, uint32_t days)
{
    fpti_reader *r = g->r;
    const uint32_t pair[2] = {growth, r->plan->c.group.at[group].flow};
    const uint32_t row = fpt_intern_add(
        &g->spell_growths, (fpt_str){(const char *)pair, sizeof pair});
    if (row == FPT_INTERN_NONE) r->no_memory = true;
    while (count > 0.0 && !r->no_memory) {
        const double here = fmin(count, FPT_ACTIVITY_COUNT_MOST);
        fpt_activity_row *made = FPTI_ADD(r->arena, g->spell);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpt_activity_row){.growth = row,
                                   .keys = r->plan->c.group.at[group].line,
                                   .effect = group,
                                   .count = (uint16_t)here,
                                   .stay = (uint16_t)days};
        count -= here;
    }
}

static void add_row(gathering *g, const fpti_cell *cell, uint32_t id)
{
    fpti_reader *r = g->r;
    fpti_compiled *c = &r->plan->c;
    const kind *k = &g->kind.at[id];
    const double days = (double)cell->key.id[FPTI_LOS], n = cell->count;
    for (uint32_t i = 0; i < k->count; i++) {
        const uint32_t at = g->group.at[k->first + i];
        const fpti_group *group = &c->group.at[at];
        fpti_element_add(r, &g->mass[0], at, k->growth, n);
        if (group->bed != FPTI_NO_ROW) {
            fpti_element_add(r, &g->mass[1], group->bed, k->growth, n * days);
            fpti_element_add(r, &g->mass[2], group->bed, k->growth,
                             n * days * days);
        }
        if (c->whole_counts)
            add_spells(g, k->growth, at, n,
                       group->bed == FPTI_NO_ROW ? 0 : cell->key.id[FPTI_LOS]);
    }
    /* Where it was done before anything moved: for the waterfall. */
    const fpti_group *first = &c->group.at[g->group.at[k->first]];
    const fpti_output *line = &c->line.at[first->line];
    if (line->org < 0 || !r->plan->org.at[line->org].inside) return;
    const size_t pod = cell->key.id[FPTI_POD];
    fpti_element_add(r, &g->base, pod, k->growth, n);
    if (line->uses_beds)
        fpti_element_add(r, &g->base_days, pod, k->growth,
                         n * (days + r->plan->set.day_offset));
}

/* Names of what a growth factor and a group stand for, for their streams. */
static uint64_t growth_stream(const fpt_plan *plan, const uint32_t *pair)
{
    const fpti_growth_class *g = &plan->c.growth_class.at[pair[0]];
    uint64_t stream = fpt_stream("growth", FPT_STR(""));
    if (g->people != FPTI_NO_ROW) {
        const fpti_people *p = &plan->people.at[g->people];
        stream = fpt_stream_join(
            stream,
            fpt_stream("place", plan->field[FPTI_PLACE].text[p->place]));
        stream = fpt_stream_join(
            stream, fpt_stream("age", plan->field[FPTI_AGE].text[p->age]));
        stream = fpt_stream_join(
            stream, fpt_stream("sex", plan->field[FPTI_SEX].text[p->sex]));
    }
    if (g->waiting != FPTI_NO_ROW)
        stream = fpt_stream_join(stream, 3 + g->waiting);
    if (g->health != FPTI_NO_ROW) stream = fpt_stream_join(stream, 5);
    if (pair[1] == FPTI_NO_ROW) return stream;
    return fpt_stream_join(stream,
                           pair[1] < plan->flow.count
                               ? fpt_stream("flow", plan->flow.at[pair[1]].name)
                               : fpt_stream("stays", FPT_STR("")));
}

static uint64_t mask_stream(const fpt_plan *plan, uint32_t mask)
{
    uint64_t stream = fpt_stream("schemes", FPT_STR(""));
    if (mask == FPTI_NO_ROW) return stream;
    const fpti_mask *m = &plan->c.mask.at[mask];
    for (size_t i = 0; i < m->count; i++)
        if (m->scheme[i] < plan->scheme.count)
            stream = fpt_stream_join(
                stream,
                fpt_stream("scheme", plan->scheme.at[m->scheme[i]].name));
    return stream;
}

static void finish_spells(gathering *g)
{
    fpti_reader *r = g->r;
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    fpt_activity_model *m = &c->spell;
    const size_t growths = g->spell_growths.count, groups = c->group.count;
    uint64_t *streams = FPT_NEW(r->arena, uint64_t, growths + 1);
    fpt_activity_effect *effect =
        FPT_NEW(r->arena, fpt_activity_effect, groups + 1);
    fpt_activity_choice *choice =
        FPT_NEW(r->arena, fpt_activity_choice, groups + 1);
    fpt_activity_row *work =
        FPT_NEW(r->arena, fpt_activity_row, g->spell.count + 1);
    c->spell_class = FPT_NEW(r->arena, uint32_t, growths + 1);
    c->spell_flow = FPT_NEW(r->arena, uint32_t, growths + 1);
    if (!fpti_enough_memory(r, streams) || !fpti_enough_memory(r, effect) ||
        !fpti_enough_memory(r, choice) || !fpti_enough_memory(r, work) ||
        !fpti_enough_memory(r, c->spell_class) ||
        !fpti_enough_memory(r, c->spell_flow))
        return;
    for (size_t i = 0; i < growths; i++) {
        uint32_t pair[2];
        memcpy(pair, g->spell_growths.text[i].data, sizeof pair);
        c->spell_class[i] = pair[0];
        c->spell_flow[i] = pair[1];
        streams[i] = growth_stream(plan, pair);
    }
    for (size_t i = 0; i < groups; i++) {
        const fpti_group *group = &c->group.at[i];
        effect[i] = (fpt_activity_effect){
            .stream = fpt_stream_join(mask_stream(plan, group->mask),
                                      mask_stream(plan, group->length)),
            .keep = group->mask,
            .tally = (uint32_t)i,
            .choice_count = 1,
            .choice = &choice[i]};
        choice[i] = (fpt_activity_choice){
            .rule = group->length != FPTI_NO_ROW && group->bed != FPTI_NO_ROW
                        ? FPT_ACTIVITY_DAYS_KEPT
                        : FPT_ACTIVITY_UNCHANGED,
            .factor = group->length,
            .tally = (uint32_t)i};
    }
    size_t left = 0;
    if (fpt_activity_sort(g->spell.count, g->spell.at, work, effect, true,
                          &left) != FPT_OK) {
        r->no_memory = true;
        return;
    }
    *m = (fpt_activity_model){.row_count = left,
                              .row = g->spell.at,
                              .growth_count = growths,
                              .growth_stream = streams,
                              .effect_count = groups,
                              .effect = effect,
                              .factor_count = c->mask.count,
                              .tally_count = groups,
                              .day_offset = plan->set.day_offset};
}

static void gather(gathering *g, bool keep_rows)
{
    fpti_reader *r = g->r;
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    c->whole_counts = true;
    for (size_t i = 0; i < plan->cell.count; i++) {
        const double n = plan->cell.at[i].count;
        c->whole_counts = c->whole_counts && n == floor(n) && n < 1e9;
    }
    for (size_t i = 0; i < plan->cell.count && !r->no_memory; i++) {
        const fpti_cell *cell = &plan->cell.at[i];
        /* What nothing reads is the same for all. */
        fpti_key key;
        uint32_t reduced[FPTI_FIELDS + 1];
        for (int f = 0; f < FPTI_FIELDS; f++)
            reduced[f] = key.id[f] = c->cell_field[f] ? cell->key.id[f] : 0;
        reduced[FPTI_FIELDS] = keep_rows ? (uint32_t)i + 1 : 0;
        const size_t before = g->cells.count;
        const uint32_t id = fpt_intern_add(
            &g->cells, (fpt_str){(const char *)reduced, sizeof reduced});
        if (id == FPT_INTERN_NONE) {
            r->no_memory = true;
            return;
        }
        if (g->cells.count > before) add_kind(g, &key);
        if (!r->no_memory) add_row(g, cell, id);
    }
    c->row_count = plan->cell.count;
    c->cell_count = g->cells.count;
}

void fpti_compile_cells(fpti_reader *r, bool keep_rows)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    read_by_money(plan, c->line_field);
    memcpy(c->cell_field, c->line_field, sizeof c->cell_field);
    read_by_cells(plan, c->cell_field);
    gathering g = {.r = r,
                   .cells = fpt_intern_make(r->arena),
                   .growths = fpt_intern_make(r->arena),
                   .groups = fpt_intern_make(r->arena),
                   .spell_growths = fpt_intern_make(r->arena),
                   .scheme =
                       FPT_NEW(r->arena, uint32_t, plan->scheme.count + 2),
                   .rule = FPT_NEW(r->arena, uint32_t, plan->flow.count + 1)};
    if (!fpti_enough_memory(r, g.scheme) || !fpti_enough_memory(r, g.rule))
        return;
    gather(&g, keep_rows);
    if (r->no_memory) return;
    if (c->whole_counts) finish_spells(&g);
    fpti_matrix_make(r, &g.mass[0], c->group.count, &c->mass[0]);
    fpti_matrix_make(r, &g.mass[1], c->bed_group_count, &c->mass[1]);
    fpti_matrix_make(r, &g.mass[2], c->bed_group_count, &c->mass[2]);
    fpti_matrix_make(r, &g.base, plan->pod.count, &c->base);
    fpti_matrix_make(r, &g.base_days, plan->pod.count, &c->base_days);
}
