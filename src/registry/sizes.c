/*
 * Areas whose people are fewer or more than is usual for their tier. Sizes are
 * expectations, so this is a remark and never a refusal.
 */
#include "fpt/registry.h"

/* Both in the order of codes, so that one walk would do; areas are few. */
static size_t index_in(const fpt_partition *p, fpt_body body)
{
    for (size_t i = 0; i < p->objects; i++)
        if (p->distinct[i].id == body.id) return i;
    return SIZE_MAX;
}

static fpt_status add_tier(fpt_registry *registry, const fpt_tier *tier,
                           fpt_date on, const int64_t *people, fpt_arena *arena,
                           size_t *used, size_t *capacity,
                           fpt_size_remark **list, fpt_error *err)
{
    const fpt_partition *p;
    const fpt_str kind = fpt_tier_kind_on(tier, on);
    if (kind.len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_partition(registry, kind, on, &p, err));
    int64_t *sum = FPT_NEW(arena, int64_t, p->objects);
    if (sum == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for sizes");
    size_t last = SIZE_MAX;
    for (size_t a = 0; a < p->atoms; a++) {
        if (!fpt_body_is(p->object[a])) continue;
        /* Neighbours are mostly in the same area. */
        if (last == SIZE_MAX || p->distinct[last].id != p->object[a].id)
            last = index_in(p, p->object[a]);
        if (last != SIZE_MAX) sum[last] += people[a];
    }
    for (size_t i = 0; i < p->objects; i++) {
        const char *word = fpt_tier_size_word(tier, sum[i]);
        if (word[0] == '\0') continue;
        if (!FPT_RESERVE(arena, *list, *used, *capacity))
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for sizes");
        (*list)[(*used)++] = (fpt_size_remark){
            .tier = tier->name,
            .kind = kind,
            .code = fpt_reg_code(registry, p->distinct[i]),
            .name = fpt_reg_name(registry, p->distinct[i], on),
            .people = sum[i],
            .text = fpt_str_from(word)};
    }
    return FPT_OK;
}

fpt_status fpt_reg_size_remarks(fpt_registry *registry, const fpt_tiers *tiers,
                                fpt_date on, fpt_arena *arena, size_t *count,
                                fpt_size_remark **out, fpt_error *err)
{
    const int64_t *people;
    fpt_period of;
    fpt_error why;
    fpt_size_remark *list = NULL;
    size_t used = 0, capacity = 0;
    const fpt_status status = fpt_reg_people(registry, on, &people, &of, &why);
    if (status != FPT_OK && status != FPT_ERR_NOT_FOUND) {
        if (err != NULL) *err = why;
        return status;
    }
    for (size_t t = 0; t < tiers->count && status == FPT_OK; t++)
        FPT_TRY(add_tier(registry, &tiers->tier[t], on, people, arena, &used,
                         &capacity, &list, err));
    *count = used;
    *out = list;
    return FPT_OK;
}
