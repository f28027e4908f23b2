/*
 * The public side of sampling: ranges are checked once for all cells, the logs
 * that the walks need are taken once for each factor, and the kernel for this
 * machine is called.
 */
#include <math.h>

#include "activity_i.h"
#include "fpt/lanes_math.h"

size_t fpt_activity_sample_work(const fpt_activity_model *model)
{
    return model->factor_count * FPT_LANES + 1;
}

static bool rates_are_valid(const fpt_activity_model *m,
                            const fpt_activity_rates *rates, double *most)
{
    bool fine = true;
    double largest = 0.0;
    for (size_t i = 0; i < m->growth_count * FPT_LANES; i++) {
        const double x = rates->growth[i];
        fine = fine && x >= 0.0 && x <= 1e6;
        largest = x > largest ? x : largest;
    }
    for (size_t i = 0; i < m->factor_count * FPT_LANES; i++)
        fine = fine && rates->factor[i] >= 0.0 && rates->factor[i] <= 1.0;
    *most = largest;
    return fine;
}

fpt_status fpt_activity_sample(fpt_lanes_level level,
                               const fpt_activity_model *m,
                               const fpt_activity_rates *rates, uint64_t seed,
                               uint32_t year, uint32_t row,
                               const fpt_activity_counts *counts, double *work)
{
    double most;
    if (year >= FPT_ACTIVITY_YEARS || !rates_are_valid(m, rates, &most))
        return FPT_ERR_RANGE;
    double days = 0.0;
    for (size_t i = 0; i < m->row_count; i++)
        days += (double)m->row[i].count *
                (double)(m->row[i].stay + m->day_offset + 1);
    if (days * fmax(most, 1.0) > 0x1p30) return FPT_ERR_RANGE;

    for (size_t i = 0; i < m->factor_count * FPT_LANES; i++) {
        const double f = rates->factor[i];
        work[i] = fpt_lane_log(f < 0.5 ? 1.0 - f : f);
    }
    memset(counts->output, 0,
           m->output_count * FPT_LANES * sizeof *counts->output);
    if (m->tally_count > 0)
        memset(counts->tally, 0,
               m->tally_count * FPT_ACTIVITY_MEASURES * FPT_LANES *
                   sizeof *counts->tally);
#if FPTI_ACTIVITY_X86
    if (level == FPT_LANES_AVX512)
        return fpti_activity_sample_avx512(m, rates, seed, year, row, counts,
                                           work);
    if (level == FPT_LANES_AVX2)
        return fpti_activity_sample_avx2(m, rates, seed, year, row, counts,
                                         work);
#endif
    (void)level;
    return fpti_activity_sample_plain(m, rates, seed, year, row, counts, work);
}
