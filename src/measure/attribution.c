/*
 * Attribution: where a provider's activity goes. A pack lists registers to ask,
 * in order; each names an area of its own vintage, which is carried to the
 * footprints of the figure by the people who live in it, never by its code. What
 * no register has stays unassigned.
 */
#include "measure_i.h"

static fpt_status read_step(fpt_yaml *yaml, fpti_step *out, fpt_error *err)
{
    static const char *const days[] = {"activity", "register"};
    static const char *const follows[] = {"none", "first-successor"};
    int64_t step = 0;
    int day = 0, follow = 0;
    FPT_TRY(fpt_yaml_int64(yaml, "step", true, &step, err));
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &out->title, err));
    FPT_TRY(fpt_yaml_text(yaml, "source", true, &out->source, err));
    FPT_TRY(fpt_yaml_text(yaml, "relation", true, &out->relation, err));
    FPT_TRY(fpt_yaml_text(yaml, "kind", true, &out->kind, err));
    FPT_TRY(fpt_yaml_choice(yaml, "area_as_on", true, days, 2, &day, err));
    FPT_TRY(fpt_yaml_choice(yaml, "follow", false, follows, 2, &follow, err));
    if (step < 1 || step > 99)
        return fpt_yaml_fail(yaml, err, "\"step\" is 1 to 99");
    out->step = (int)step;
    out->as_vintage = day == 1;
    out->follow = (fpti_follow)follow;
    return FPT_OK;
}

static fpt_status read_attribution(fpt_arena *arena, const fpt_pack_path *packs,
                                   fpt_str name, fpti_attribution *out,
                                   fpt_error *err)
{
    fpt_pack pack;
    fpt_yaml *steps = NULL;
    fpt_str source, about;
    FPT_TRY(fpt_pack_open(arena, packs, "attribution", name, (fpt_str){0},
                          &pack, err));
    out->name = pack.name;
    out->version = pack.version;
    out->covers = (fpt_period){fpt_date_start(), fpt_date_open()};
    FPT_TRY(fpt_yaml_text(&pack.yaml, "title", true, &out->title, err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "source", true, &source, err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "about", true, &about, err));
    FPT_TRY(fpt_yaml_date(&pack.yaml, "activity_from", true, &out->covers.from,
                          err));
    FPT_TRY(fpt_yaml_date(&pack.yaml, "activity_before", false, &out->covers.to,
                          err));
    FPT_TRY(fpt_yaml_list(&pack.yaml, "steps", true, &steps, err));
    out->step = FPT_NEW(arena, fpti_step, steps->count);
    out->about = FPT_NEW(arena, fpt_attribution_step, steps->count);
    if (out->step == NULL || out->about == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < steps->count; i++) {
        FPT_TRY(read_step(&steps->item[i], &out->step[i], err));
        if (i > 0 && out->step[i].step < out->step[i - 1].step)
            return fpt_yaml_fail(&steps->item[i], err,
                                 "steps stand in their order");
        out->about[i] = (fpt_attribution_step){
            out->step[i].step, out->step[i].title, out->step[i].source};
    }
    out->steps = steps->count;
    return fpt_yaml_all_taken(&pack.yaml, err);
}

fpt_status fpti_attribution_list(fpt_arena *arena, const fpt_pack_path *packs,
                                 size_t *count, fpti_attribution **out,
                                 fpt_error *err)
{
    size_t n;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(arena, packs, "attribution", &n, &names, err));
    fpti_attribution *list = FPT_NEW(arena, fpti_attribution, n);
    if (list == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < n; i++) {
        FPT_TRY(read_attribution(arena, packs, names[i], &list[i], err));
        for (size_t k = 0; k < i; k++)
            if (list[k].covers.from.days < list[i].covers.to.days &&
                list[i].covers.from.days < list[k].covers.to.days)
                return fpt_fail(err, FPT_ERR_INPUT,
                                "the attribution packs " FPT_STR_FMT
                                " and " FPT_STR_FMT " cover the same days",
                                FPT_STR_ARG(list[k].name),
                                FPT_STR_ARG(list[i].name));
    }
    *count = n;
    *out = list;
    return FPT_OK;
}

static const fpti_attribution *covering(const fpt_measure *m, fpt_date day)
{
    for (size_t i = 0; i < m->attributions; i++)
        if (fpt_period_contains(m->attribution[i].covers, day))
            return &m->attribution[i];
    return NULL;
}

/* ---- asking a register ---- */

/* What a register says of a code, or of the first of its successors that the
 * register knows. */
static size_t ask_register(const fpt_measure *m, const fpti_step *step,
                           fpt_body org, fpt_date day, fpt_home *home,
                           fpt_body *via)
{
    enum { MOST_CHAIN = 32 };
    fpt_body seen[MOST_CHAIN];
    *via = (fpt_body){FPT_NOBODY};
    for (size_t chain = 0; chain < MOST_CHAIN && fpt_body_is(org); chain++) {
        size_t count;
        fpt_reg_home_by(m->registry, org, step->relation, step->source, day,
                        FPTI_SPOTS, home, &count);
        if (count > 0) {
            if (chain > 0) *via = org;
            return count;
        }
        if (step->follow == FPTI_FOLLOW_NONE) return 0;
        seen[chain] = org;
        bool ambiguous;
        org = fpt_reg_first_successor(m->registry, org, &ambiguous);
        /* Several heirs on one day: a code alone does not say which. */
        if (ambiguous) return 0;
        for (size_t i = 0; i <= chain; i++)
            if (seen[i].id == org.id) return 0; /* a circle */
    }
    return 0;
}

static bool apply_step(fpt_measure *m, const fpti_step *step, fpt_body org,
                       fpt_date day, fpti_spots *out)
{
    fpt_home home[FPTI_SPOTS];
    fpt_body via;
    const size_t count = ask_register(m, step, org, day, home, &via);
    if (count == 0) return false;
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        const fpt_date on = step->as_vintage ? home[i].since : day;
        out->spot[i] = (fpti_spot){
            .area = fpt_reg_canonical(m->registry, home[i].object, on),
            .kind = step->kind,
            .on = on,
            .share = home[i].share};
    }
    out->step = step->step;
    out->how = step->title.data;
    out->via = via;
    return true;
}

static void copy_spots(fpti_spots *to, const fpti_spots *from)
{
    to->count = from->count;
    to->step = from->step;
    to->how = from->how;
    to->via = from->via;
    memcpy(to->spot, from->spot, from->count * sizeof *to->spot);
}

/* The kind under which a code is an area on a day: of the tiers' kinds, the one
 * in force first. */
static bool find_kind(fpt_measure *m, fpt_body body, fpt_date on, fpt_str *kind,
                      bool *found, fpt_error *err, fpt_status *status)
{
    *found = false;
    for (int pass = 0; pass < 2 && !*found; pass++)
        for (size_t t = 0; t < m->tiers->count && !*found; t++) {
            const fpt_tier *tier = &m->tiers->tier[t];
            for (size_t k = 0; k < tier->kinds && !*found; k++) {
                const bool in_force = fpt_str_equal(tier->kind[k].kind,
                                                    fpt_tier_kind_on(tier, on));
                if (in_force != (pass == 0)) continue;
                const fpt_partition *p;
                *status = fpt_reg_partition_with(
                    m->registry, tier->kind[k].kind, body, on, &p, err);
                if (*status != FPT_OK) return false;
                *found = p != NULL;
                *kind = tier->kind[k].kind;
            }
        }
    return true;
}

/* A practice belongs to its commissioner; the tier of practices says which kind
 * that is. */
static void by_membership(fpt_measure *m, fpt_body org, fpt_date on,
                          fpti_spots *out)
{
    const fpt_tier *tier = fpt_tier_find(m->tiers, m->tiers->practices);
    fpt_home home[16];
    size_t count = 0;
    bool ambiguous;
    if (tier == NULL) return;
    const fpt_str kind = fpt_tier_kind_on(tier, on);
    if (kind.len > 0)
        fpt_reg_home(m->registry, org, kind, on, 16, home, &count, &ambiguous);
    for (size_t i = 0; i < count; i++)
        out->spot[i] = (fpti_spot){home[i].object, kind, on, home[i].share};
    out->count = count;
    out->how =
        count > 0 ? "by its membership" : "belongs to no commissioner that day";
}

static bool is_whole(const fpti_spots *spots)
{
    return spots->count == 1 && spots->spot[0].share == FPT_SHARE_WHOLE;
}

static int64_t days_apart(fpt_date a, fpt_date b)
{
    return a.days > b.days ? (int64_t)a.days - b.days
                           : (int64_t)b.days - a.days;
}

/* The first step that places a provider does; but of registers that each name
 * one area the one whose vintage is nearest to the footprints asked for knows
 * best in which of them the provider stands. */
static void by_steps(fpt_measure *m, const fpti_attribution *a, fpt_body org,
                     fpt_date on, fpt_date target, int most_step,
                     fpti_spots *out)
{
    bool any = false;
    for (size_t i = 0; i < a->steps; i++) {
        fpti_spots found;
        if (most_step > 0 && a->step[i].step > most_step) break;
        if (!apply_step(m, &a->step[i], org, on, &found)) continue;
        if (!any || (is_whole(&found) && is_whole(out) &&
                     days_apart(found.spot[0].on, target) <
                         days_apart(out->spot[0].on, target)))
            copy_spots(out, &found);
        any = true;
    }
}

fpt_status fpti_locate(fpt_measure *m, fpt_body exact, fpt_date on,
                       fpt_date target, bool attributed, int most_step,
                       fpti_spots *out, fpt_error *err)
{
    fpti_nowhere(out, "no register knows it");
    if (!fpt_body_is(exact)) return FPT_OK;

    /* An area? */
    const fpt_body area = fpt_reg_canonical(m->registry, exact, on);
    fpt_str kind;
    bool found;
    fpt_status status = FPT_OK;
    if (!find_kind(m, area, on, &kind, &found, err, &status)) return status;
    if (found) {
        out->count = 1;
        out->spot[0] = (fpti_spot){area, kind, on, FPT_SHARE_WHOLE};
        out->how = "an area itself";
        return FPT_OK;
    }
    if (!attributed) {
        by_membership(m, exact, on, out);
        return FPT_OK;
    }
    const fpti_attribution *a = covering(m, on);
    if (a == NULL) {
        out->how = "no attribution covers that day";
        return FPT_OK;
    }
    out->how = "no step placed it";
    by_steps(m, a, exact, on, target, most_step, out);
    return FPT_OK;
}

fpt_status fpt_measure_place(fpt_measure *measure, fpt_arena *arena,
                             fpt_str org, fpt_period period, size_t *count,
                             fpt_placed **out, fpt_error *err)
{
    fpti_spots spots;
    const fpt_body body = fpt_reg_find(measure->registry, org);
    FPT_TRY(fpti_locate(measure, body, period.from, period.from, true, 0,
                        &spots, err));
    const size_t n = spots.count > 0 ? spots.count : 1;
    fpt_placed *placed = FPT_NEW(arena, fpt_placed, n);
    if (placed == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    const fpt_str name = fpt_reg_name(measure->registry, body, period.from);
    for (size_t i = 0; i < n; i++) {
        placed[i] = (fpt_placed){.org = org,
                                 .name = name,
                                 .step = spots.step,
                                 .how = fpt_str_from(spots.how),
                                 .area = {FPT_NOBODY},
                                 .via = spots.via};
        if (spots.count == 0) continue;
        placed[i].area = spots.spot[i].area;
        placed[i].kind = spots.spot[i].kind;
        placed[i].share = spots.spot[i].share;
    }
    *count = n;
    *out = placed;
    return FPT_OK;
}

fpt_status fpt_measure_steps(fpt_measure *measure, fpt_date day, fpt_str *name,
                             fpt_str *version, size_t *count,
                             const fpt_attribution_step **out, fpt_error *err)
{
    const fpti_attribution *a = covering(measure, day);
    if (a == NULL)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "no attribution pack covers that day");
    *name = a->name;
    *version = a->version;
    *count = a->steps;
    *out = a->about;
    return FPT_OK;
}
