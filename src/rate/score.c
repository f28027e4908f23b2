/*
 * Scores of a column. Directions are turned into signs once: a key that rises
 * from the best value to the worst, so that one ranking serves all.
 */
#include "score_i.h"

#include <math.h>
#include <string.h>

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

/* The buckets' counts stand in room lent as size_t, and are read as bytes. */
static uint16_t read16(const unsigned char *from, size_t at)
{
    uint16_t value;
    memcpy(&value, from + at * sizeof value, sizeof value);
    return value;
}

static void write16(unsigned char *to, size_t at, uint16_t value)
{
    memcpy(to + at * sizeof value, &value, sizeof value);
}

/*
 * The order of a column, as fpt_order_by() has it. Most columns are spread out
 * evenly enough to be put into a few times as many buckets as there are values,
 * after which hardly anything is out of place, and a league is drawn thousands
 * of times. A column that is not is merged.
 */
void fpti_order_column(size_t count, const double *key, size_t *order)
{
    enum { FULL = 16 };
    unsigned char *head = (unsigned char *)(order + count);
    const size_t buckets = 2 * count;
    double least = HUGE_VAL, most = -HUGE_VAL;
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(key[i])) continue;
        present++;
        least = key[i] < least ? key[i] : least;
        most = key[i] > most ? key[i] : most;
    }
    /* 0 where all are equal or too near, NaN where any is infinite. */
    const double per = (double)(buckets - 1) / (most - least);
    if (present < 3 || count > UINT16_MAX || !(per > 0.0 && per < HUGE_VAL)) {
        fpt_order_by(count, key, order, order + count);
        return;
    }
    memset(head, 0, buckets * sizeof(uint16_t));
    uint16_t fullest = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(key[i])) continue;
        const size_t b = (size_t)(int64_t)((key[i] - least) * per);
        const uint16_t here = (uint16_t)(read16(head, b) + 1);
        write16(head, b, here);
        fullest = here > fullest ? here : fullest;
    }
    if (fullest > FULL) {
        fpt_order_by(count, key, order, order + count);
        return;
    }
    uint16_t start = 0;
    for (size_t b = 0; b < buckets; b++) {
        const uint16_t here = read16(head, b);
        write16(head, b, start);
        start = (uint16_t)(start + here);
    }
    size_t behind = present;
    for (size_t i = 0; i < count; i++) {
        if (isnan(key[i])) {
            order[behind++] = i;
            continue;
        }
        const size_t b = (size_t)(int64_t)((key[i] - least) * per);
        const uint16_t at = read16(head, b);
        write16(head, b, (uint16_t)(at + 1));
        order[at] = i;
    }
    for (size_t i = 1; i < present; i++) {
        const size_t moved = order[i];
        size_t at = i;
        while (at > 0 && key[order[at - 1]] > key[moved]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = moved;
    }
}

/* Keys that rise from the best value to the worst, and their order; returns how
 * many values there are, which come first. */
static size_t order_best_first(size_t count, const double *value, int better,
                               double *key, size_t *order)
{
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        key[i] = better > 0 ? -value[i] : value[i];
        if (!isnan(value[i])) present++;
    }
    fpti_order_column(count, key, order);
    return present;
}

void fpt_score_rank(size_t count, const double *value, int better,
                    fpt_scale scale, double *rank, double *score, double *work,
                    size_t *order)
{
    const size_t present = order_best_first(count, value, better, work, order);
    const double span = scale.worst - scale.best;
    for (size_t from = 0; from < present;) {
        size_t to = from + 1;
        while (to < present && work[order[to]] == work[order[from]])
            to++;
        /* Ranks from + 1 .. to, of which this is the mean. */
        const double r = 0.5 * (double)(from + 1 + to);
        const double given =
            present < 2 ? (double)NAN
            : r == (double)present
                ? scale.worst
                : scale.best + span * (r - 1.0) / (double)(present - 1);
        for (; from < to; from++) {
            score[order[from]] = given;
            if (rank != NULL) rank[order[from]] = r;
        }
    }
    for (size_t k = present; k < count; k++) {
        score[order[k]] = (double)NAN;
        if (rank != NULL) rank[order[k]] = (double)NAN;
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
    const size_t present = order_best_first(count, value, better, work, order);
    const double n = (double)present;
    fpt_rank(count, work, order, FPT_TIES_AVERAGE, score);
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
