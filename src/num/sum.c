#include "fpt/sum.h"

double fpt_sum_of(size_t count, const double *x)
{
    fpt_sum sum = {0};
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&sum, x[i]);
    return fpt_sum_value(sum);
}
