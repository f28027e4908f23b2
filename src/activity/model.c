/*
 * Rows brought into order and merged, and the check of a model's indices.
 */
#include <stdio.h>

#include "activity_i.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* The fields of the order, least first. */
static uint32_t field_of(const fpt_activity_row *row, int field)
{
    switch (field) {
    case 0:
        return row->count;
    case 1:
        return row->stay;
    case 2:
        return row->effect;
    case 3:
        return row->growth;
    default:
        return row->keys;
    }
}

/* One stable pass by a digit of one field. */
static void sort_by_digit(size_t count, const fpt_activity_row *from,
                          fpt_activity_row *to, int field, int shift)
{
    size_t start[DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        start[field_of(&from[i], field) >> shift & (DIGITS - 1)]++;
    size_t sum = 0;
    for (size_t d = 0; d < DIGITS; d++) {
        const size_t here = start[d];
        start[d] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[start[field_of(&from[i], field) >> shift & (DIGITS - 1)]++] =
            from[i];
}

static size_t merge_rows(size_t count, fpt_activity_row *row,
                         const fpt_activity_effect *effect)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        fpt_activity_row *last = left > 0 ? &row[left - 1] : NULL;
        const fpt_activity_row *at = &row[i];
        if (last != NULL && last->keys == at->keys &&
            last->growth == at->growth && last->effect == at->effect &&
            last->stay == at->stay && !effect[at->effect].picks &&
            last->count + at->count <= FPT_ACTIVITY_COUNT_MOST)
            last->count = (uint16_t)(last->count + at->count);
        else
            row[left++] = *at;
    }
    return left;
}

fpt_status fpt_activity_sort(size_t count, fpt_activity_row *row,
                             fpt_activity_row *work,
                             const fpt_activity_effect *effect, bool merge,
                             size_t *left)
{
    if (count > UINT32_MAX) return FPT_ERR_RANGE;
    fpt_activity_row *from = row, *to = work;
    for (int field = 0; field < 5; field++) {
        uint32_t differs = 0;
        for (size_t i = 1; i < count; i++)
            differs |= field_of(&row[i], field) ^ field_of(&row[0], field);
        for (int shift = 0; shift < 32; shift += DIGIT_BITS) {
            if ((differs >> shift & (DIGITS - 1)) == 0) continue;
            sort_by_digit(count, from, to, field, shift);
            fpt_activity_row *held = from;
            from = to;
            to = held;
        }
    }
    if (from != row) memcpy(row, from, count * sizeof *row);
    *left = merge ? merge_rows(count, row, effect) : count;
    return FPT_OK;
}

/* ---- check ---- */

static fpt_status check_effect(const fpt_activity_model *m, size_t at,
                               fpt_error *err)
{
    const fpt_activity_effect *e = &m->effect[at];
    bool fine = (e->keep == FPT_ACTIVITY_NONE || e->keep < m->factor_count) &&
                (e->tally == FPT_ACTIVITY_NONE || e->tally < m->tally_count) &&
                e->choice_count <= FPT_ACTIVITY_CHOICES &&
                e->switch_count <= FPTI_SWITCH_MOST &&
                (e->picks || (e->switch_count == 0 && e->choice_count <= 1));
    for (uint32_t k = 0; fine && k < e->switch_count; k++)
        fine = e->on[k].factor < m->factor_count;
    for (uint32_t k = 0; fine && k < e->choice_count; k++) {
        const fpt_activity_choice *c = &e->choice[k];
        fine = c->rule == FPT_ACTIVITY_UNCHANGED ||
               (c->factor < m->factor_count &&
                (c->tally == FPT_ACTIVITY_NONE || c->tally < m->tally_count) &&
                c->place < FPT_ACTIVITY_PLACES);
    }
    return fine ? FPT_OK
                : fpt_fail(err, FPT_ERR_RANGE,
                           "effect %zu points outside a table", at);
}

static fpt_status check_keys(const fpt_activity_model *m, size_t at,
                             fpt_error *err)
{
    const fpt_activity_keys *k = &m->keys[at];
    bool fine = true;
    for (uint32_t i = 0; i < (uint32_t)k->event_count + k->day_count; i++)
        fine = fine && m->output[k->first + i] < m->output_count;
    for (int i = 0; i < FPT_ACTIVITY_PLACES; i++)
        fine = fine && (k->converted[i] == FPT_ACTIVITY_NONE ||
                        k->converted[i] < m->keys_count);
    return fine ? FPT_OK
                : fpt_fail(err, FPT_ERR_RANGE, "keys %zu point outside a table",
                           at);
}

fpt_status fpt_activity_check(const fpt_activity_model *m, fpt_error *err)
{
    if (m->day_offset != 0 && m->day_offset != 1)
        return fpt_fail(err, FPT_ERR_RANGE, "the day offset is 0 or 1");
    for (size_t i = 0; i < m->effect_count; i++)
        FPT_TRY(check_effect(m, i, err));
    for (size_t i = 0; i < m->keys_count; i++)
        FPT_TRY(check_keys(m, i, err));
    for (size_t i = 0; i < m->row_count; i++)
        if (m->row[i].growth >= m->growth_count ||
            m->row[i].keys >= m->keys_count ||
            m->row[i].effect >= m->effect_count)
            return fpt_fail(err, FPT_ERR_RANGE,
                            "row %zu points outside a table", i);
    return FPT_OK;
}
