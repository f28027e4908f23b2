#include "fpt/quantile.h"

#include <math.h>

#define MOST_ROWS (INT64_C(1) << 31)

int64_t fpt_quantile_of_rank(int64_t rank, int64_t present, int64_t groups)
{
    const int64_t above = groups * (present + 1 - rank);
    return groups + 1 - (above + present - 1) / present;
}

int64_t fpt_quantile_of_rank_field(int64_t rank, int64_t present,
                                   int64_t groups)
{
    const double wide = (double)present / (double)groups;
    const double q =
        (double)(groups + 1) - ceil((double)(present + 1 - rank) / wide);
    return q <= 0.0 ? 1 : (int64_t)q;
}

fpt_quantile_options fpt_quantile_options_default(void)
{
    return (fpt_quantile_options){.struct_size = sizeof(fpt_quantile_options),
                                  .groups = 10};
}

fpt_status fpt_quantile_column(size_t count, const double *value,
                               const fpt_quantile_options *options,
                               double *rank, double *quantile, fpt_state *state,
                               double *work, size_t *order)
{
    const int64_t groups = options->groups != 0 ? options->groups : 10;
    if (groups < 1 || groups > MOST_ROWS || count > (size_t)MOST_ROWS)
        return FPT_ERR_RANGE;
    if (count == 0) return FPT_OK;
    int64_t present = 0;
    for (size_t i = 0; i < count; i++) {
        work[i] = options->keep ? value[i] : -value[i];
        present += !isnan(value[i]);
    }
    fpt_order_by(count, work, order, order + count);
    fpt_rank(count, work, order, FPT_TIES_LOWEST, rank);
    for (size_t i = 0; i < count; i++) {
        quantile[i] = (double)NAN;
        state[i] = isnan(value[i])    ? FPT_STATE_MISSING
                   : present < groups ? FPT_STATE_TOO_FEW_ROWS
                                      : FPT_STATE_OK;
        if (state[i] != FPT_STATE_OK) continue;
        const int64_t r = (int64_t)rank[i];
        quantile[i] =
            (double)(options->field_arithmetic
                         ? fpt_quantile_of_rank_field(r, present, groups)
                         : fpt_quantile_of_rank(r, present, groups));
    }
    return FPT_OK;
}
