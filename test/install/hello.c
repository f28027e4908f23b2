/* A stranger's program: built against the installed library alone. */
#include <stdio.h>
#include <string.h>

#include <fpt/base.h>
#include <fpt/io.h>
#include <fpt/num.h>

int main(void)
{
    char period[FPT_DATE_BYTES];
    fpt_period_print(fpt_fy(2017), period);

    fpt_arena arena;
    fpt_input *input;
    fpt_csv csv;
    const fpt_csv_options options = fpt_csv_options_default();
    if (fpt_arena_init(&arena, NULL) != FPT_OK ||
        fpt_input_open_memory(&arena, "hello", FPT_STR("a,\"b\"\"c\"\n"),
                              &input, NULL) != FPT_OK ||
        fpt_csv_open(&arena, input, &options, &csv, NULL) != FPT_OK ||
        !fpt_csv_next(&csv))
        return 1;
    const double x[] = {1.0, 1e100, 1.0, -1e100};
    printf("%s %zu " FPT_STR_FMT " %g\n", period, csv.count,
           FPT_STR_ARG(csv.field[1]), fpt_sum_of(4, x));
    fpt_input_close(input);
    fpt_arena_clear(&arena);
    return strcmp(fpt_status_text(FPT_OK), "success") != 0;
}
