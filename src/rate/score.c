/*
 * Scores of a column. Directions are turned into signs once: a key that rises
 * from the best value to the worst, so that one ranking serves all.
 */
#include "fpt/score.h"

#include <math.h>

const char *fpt_score_word(fpt_score_method method)
{
#define FPT_SCORE_CASE(name, word, text)                                       \
    case FPT_SCORE_##name:                                                     \
        return word;
    switch (method) {
        FPT_SCORE_LIST(FPT_SCORE_CASE)
    case FPT_SCORE_METHODS:
        break;
    }
#undef FPT_SCORE_CASE
    return "unknown";
}

bool fpt_bands_are_valid(size_t count, const fpt_band *band, size_t *at)
{
    for (size_t i = 0; i < count; i++) {
        *at = i;
        if (!(band[i].from < band[i].below) || isnan(band[i].score))
            return false;
        if (i > 0 && !(band[i - 1].below <= band[i].from)) return false;
    }
    return true;
}

double fpt_score_bands(size_t count, const fpt_band *band, double value)
{
    for (size_t i = 0; i < count; i++)
        if (band[i].from <= value && value < band[i].below)
            return band[i].score;
    return (double)NAN;
}

/* Ranks with 1 for the best; returns how many there are. */
static size_t rank_best_first(size_t count, const double *value, int better,
                              double *rank, double *work, size_t *order)
{
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        work[i] = better > 0 ? -value[i] : value[i];
        if (!isnan(value[i])) present++;
    }
    fpt_order_by(count, work, order, order + count);
    fpt_rank(count, work, order, FPT_TIES_AVERAGE, rank);
    return present;
}

void fpt_score_rank(size_t count, const double *value, int better,
                    fpt_scale scale, double *rank, double *score, double *work,
                    size_t *order)
{
    const size_t present =
        rank_best_first(count, value, better, score, work, order);
    const double span = scale.worst - scale.best;
    for (size_t i = 0; i < count; i++) {
        const double r = score[i];
        if (rank != NULL) rank[i] = r;
        if (isnan(r)) continue;
        if (present < 2)
            score[i] = (double)NAN;
        else if (r == (double)present)
            score[i] = scale.worst;
        else
            score[i] = scale.best + span * (r - 1.0) / (double)(present - 1);
    }
}

void fpt_score_z(size_t count, const double *value, int better, fpt_scale scale,
                 double *score)
{
    fpt_moments moments = {0};
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i])) fpt_moments_add(&moments, value[i]);
    const double mean = fpt_moments_mean(&moments);
    const double deviation = sqrt(fpt_moments_variance(&moments));
    const double sign = (better > 0) == (scale.best > scale.worst) ? 1.0 : -1.0;
    /* NaN where there are too few, and where all are equal. */
    for (size_t i = 0; i < count; i++)
        score[i] = deviation > 0.0 ? sign * (value[i] - mean) / deviation
                                   : (double)NAN;
}

void fpt_score_percentile(size_t count, const double *value, int better,
                          fpt_scale scale, double *score, double *work,
                          size_t *order)
{
    const size_t present =
        rank_best_first(count, value, better, score, work, order);
    const double n = (double)present;
    for (size_t i = 0; i < count; i++) {
        if (isnan(score[i])) continue;
        /* With mean ranks, (rank - 1/2) / n is the share that is better, with
         * half of those that are tied. */
        const double ahead = (score[i] - 0.5) / n;
        score[i] = scale.best > scale.worst ? 1.0 - ahead : ahead;
    }
}

double fpt_score_distance(const fpt_score_target *target, double value,
                          int better, fpt_scale scale)
{
    const double short_of =
        better > 0 ? target->target - value : value - target->target;
    const double worse = scale.worst > scale.best ? 1.0 : -1.0;
    const double score = target->score + worse * short_of / target->per;
    const double low = fmin(scale.best, scale.worst);
    const double high = fmax(scale.best, scale.worst);
    if (isnan(score)) return score;
    return score < low ? low : score > high ? high : score;
}

int fpt_compare_side(double value, double lower, double upper, double benchmark,
                     int better)
{
    const double low = isnan(lower) ? value : lower;
    const double high = isnan(upper) ? value : upper;
    const int side = benchmark < low ? 1 : benchmark > high ? -1 : 0;
    return better < 0 ? -side : side;
}
