/*
 * Gain and risk share as layers, shares and caps. Each layer's money is cut by
 * largest remainder; what a cap refuses is offered to the others in proportion
 * to their shares until nobody overflows.
 */
#include "fpt/fund.h"

static fpt_status check_layers(const fpt_risk_share *s, size_t count,
                               const fpt_risk_layer *layer, const char *what,
                               fpt_error *err)
{
    int64_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (layer[i].from_ppm != at || layer[i].to_ppm <= at)
            return fpt_fail(err, FPT_ERR_RANGE,
                            "layer %zu of the %s begins at %.4f, but the one "
                            "before ends at %.4f",
                            i + 1, what, (double)layer[i].from_ppm * 1e-6,
                            (double)at * 1e-6);
        at = layer[i].to_ppm;
        int64_t sum = 0;
        for (size_t k = 0; k < s->party_count; k++) {
            if (layer[i].share_ppm[k] < 0)
                return fpt_fail(err, FPT_ERR_RANGE,
                                "a share of layer %zu of the %s is negative",
                                i + 1, what);
            sum += layer[i].share_ppm[k];
        }
        if (sum != FPT_PPM)
            return fpt_fail(err, FPT_ERR_RANGE,
                            "the shares of layer %zu of the %s sum to %.6f, "
                            "not 1",
                            i + 1, what, (double)sum * 1e-6);
    }
    if (at != INT64_MAX)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the layers of the %s end at %.4f: say who bears what "
                        "lies beyond",
                        what, (double)at * 1e-6);
    return FPT_OK;
}

fpt_status fpt_risk_share_check(const fpt_risk_share *s, fpt_error *err)
{
    if (s->party_count == 0 || s->holder >= s->party_count)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "a risk share needs parties and a budget holder");
    if (s->gate_ppm < 0 || s->gate_ppm > FPT_PPM)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the quality gate is not between 0 and 1");
    for (size_t k = 0; k < s->party_count; k++)
        if (s->loss_most_pence[k] < 0 || s->gain_most_pence[k] < 0)
            return fpt_fail(err, FPT_ERR_RANGE, "a cap is negative");
    FPT_TRY(check_layers(s, s->loss_count, s->loss, "loss", err));
    return check_layers(s, s->gain_count, s->gain, "gain", err);
}

/* Where a layer's edge lies, in pence of |deviation|. */
static int64_t edge_of(int64_t target, int64_t ppm)
{
    int64_t edge;
    if (ppm == INT64_MAX || fpt_rate_of(target, ppm, &edge) != FPT_OK)
        return INT64_MAX;
    return edge;
}

/* Put back what caps refuse; give it to those that have room. */
static fpt_status apply_caps(const fpt_risk_share *s, const int64_t *most,
                             int64_t *part, const int64_t *weight,
                             int64_t *room_weight, int64_t *extra,
                             uint64_t *remainder)
{
    int64_t over = 0;
    for (size_t k = 0; k < s->party_count; k++) {
        if (part[k] <= most[k]) continue;
        over += part[k] - most[k];
        part[k] = most[k];
    }
    while (over > 0) {
        int64_t sum = 0;
        for (size_t k = 0; k < s->party_count; k++) {
            room_weight[k] = part[k] < most[k] ? weight[k] : 0;
            sum += room_weight[k];
        }
        if (sum == 0) break;
        FPT_TRY(
            fpt_apportion(over, s->party_count, room_weight, extra, remainder));
        over = 0;
        for (size_t k = 0; k < s->party_count; k++) {
            part[k] += extra[k];
            if (part[k] <= most[k]) continue;
            over += part[k] - most[k];
            part[k] = most[k];
        }
    }
    part[s->holder] += over;
    return FPT_OK;
}

fpt_status fpt_risk_share_split(const fpt_risk_share *s, int64_t target_pence,
                                int64_t actual_pence, int64_t *part,
                                int64_t *work)
{
    FPT_TRY(fpt_risk_share_check(s, NULL));
    int64_t deviation;
    if (target_pence < 0 || actual_pence < 0 ||
        __builtin_sub_overflow(actual_pence, target_pence, &deviation))
        return FPT_ERR_RANGE;
    const size_t n = s->party_count;
    const bool loss = deviation > 0;
    const int64_t size = loss ? deviation : -deviation;
    const fpt_risk_layer *layer = loss ? s->loss : s->gain;
    const size_t layers = loss ? s->loss_count : s->gain_count;
    int64_t *borne = work, *layer_part = work + n, *room = work + 2 * n;
    /* A remainder is as wide as a pence; the last quarter serves for both. */
    uint64_t *remainder = (uint64_t *)(work + 3 * n);
    for (size_t k = 0; k < n; k++)
        borne[k] = 0;
    size_t reached = 0;
    for (size_t i = 0; i < layers; i++) {
        const int64_t from = edge_of(target_pence, layer[i].from_ppm);
        const int64_t to = edge_of(target_pence, layer[i].to_ppm);
        if (size <= from) break;
        reached = i;
        FPT_TRY(fpt_apportion((size < to ? size : to) - from, n,
                              layer[i].share_ppm, layer_part, remainder));
        for (size_t k = 0; k < n; k++)
            borne[k] += layer_part[k];
    }
    if (size > 0)
        FPT_TRY(apply_caps(s, loss ? s->loss_most_pence : s->gain_most_pence,
                           borne, layer[reached].share_ppm, room, layer_part,
                           remainder));
    if (!loss) {
        /* The gate withholds a part of every gain but the holder's. */
        for (size_t k = 0; k < n; k++) {
            if (k == s->holder) continue;
            int64_t kept;
            FPT_TRY(fpt_rate_of(borne[k], s->gate_ppm, &kept));
            borne[s->holder] += borne[k] - kept;
            borne[k] = kept;
        }
    }
    for (size_t k = 0; k < n; k++)
        part[k] = loss ? borne[k] : -borne[k];
    return FPT_OK;
}
