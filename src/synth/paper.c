/*
 * Cells of a file, as its publisher writes them.
 */
#include "synth_i.h"

static void begin(fpti_paper *p)
{
    if (p->started) fpt_output_add_char(p->out, ',');
    p->started = true;
}

void fpti_paper_put_text(fpti_paper *p, const char *text)
{
    if (p->quoted) {
        /* No text of the nation has a quotation mark in it. */
        begin(p);
        fpt_output_add_char(p->out, '"');
        fpt_output_add(p->out, fpt_str_from(text));
        fpt_output_add_char(p->out, '"');
        return;
    }
    fpt_csv_cell(p->out, !p->started, fpt_str_from(text));
    p->started = true;
}

void fpti_paper_put_number(fpti_paper *p, int64_t value)
{
    begin(p);
    fpt_output_add_int64(p->out, value);
}

void fpti_paper_put_fraction(fpti_paper *p, int64_t units, int decimals)
{
    int64_t one = 1;
    for (int i = 0; i < decimals; i++)
        one *= 10;
    begin(p);
    if (units < 0) fpt_output_add_char(p->out, '-');
    if (units < 0) units = -units;
    fpt_output_print(p->out, "%lld.%0*lld", (long long)(units / one), decimals,
                     (long long)(units % one));
}

void fpti_paper_put_pounds(fpti_paper *p, int64_t pence)
{
    fpti_paper_put_fraction(p, pence, 2);
}

void fpti_paper_put_end(fpti_paper *p)
{
    fpt_output_add_char(p->out, '\n');
    p->started = false;
}

void fpti_paper_put_line(fpti_paper *p, const char *line)
{
    fpt_output_add(p->out, fpt_str_from(line));
    fpti_paper_put_end(p);
}
