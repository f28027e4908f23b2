/*
 * Pictures as inline SVG. Each has a name; what it shows stands in the table
 * below it, so nothing is told by colour or place alone.
 */
#include "report_i.h"

enum { WIDTH = 900, LEFT = 330, RIGHT = 90, BAR = 34 };

typedef struct scale {
    double low, high, from, to;
} scale;

static double at(const scale *s, double x)
{
    return s->from + (x - s->low) / (s->high - s->low) * (s->to - s->from);
}

static void widen(scale *s, double x)
{
    if (!isfinite(x)) return;
    s->low = fmin(s->low, x);
    s->high = fmax(s->high, x);
}

/* A scale that holds zero and is wide enough to divide by. */
static scale scale_of(double from, double to)
{
    return (scale){0.0, 0.0, from, to};
}

static void settle(scale *s)
{
    if (!(s->high > s->low)) s->high = s->low + 1.0;
}

static void open_svg(fpt_output *out, int height, const char *name,
                     fpt_str more)
{
    /* Wider than a phone: it scrolls, and the keyboard reaches it. */
    fpti_html(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"Picture: ");
    fpti_html_word(out, name);
    fpti_html_text(out, more);
    fpti_html(out, "\">");
    fpt_output_print(out,
                     "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
                     WIDTH, height);
    fpti_html_word(out, name);
    fpti_html_text(out, more);
    fpti_html(out, "\">\n");
}

static void line(fpt_output *out, const char *class_, double x1, double y1,
                 double x2, double y2)
{
    fpt_output_print(out,
                     "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
                     "y2=\"%.1f\"/>\n",
                     class_, x1, y1, x2, y2);
}

static void bar(fpt_output *out, const char *class_, double x1, double x2,
                double y, double height)
{
    const double left = fmin(x1, x2), width = fmax(1.0, fabs(x2 - x1));
    fpt_output_print(out,
                     "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                     "height=\"%.1f\"/>\n",
                     class_, left, y, width, height);
}

static void label(fpt_output *out, const char *anchor, double x, double y,
                  fpt_str text)
{
    fpt_output_print(out, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">",
                     anchor, x, y);
    fpti_html_text(out, text);
    fpti_html(out, "</text>\n");
}

/* A name beside a bar: cut where it would leave the picture; the table has it
 * whole. */
static void name_label(fpt_output *out, double x, double y, fpt_str text)
{
    enum { MOST = 38 };
    if (text.len <= MOST) {
        label(out, "end", x, y, text);
        return;
    }
    size_t cut = MOST - 1;
    while (cut > 0 && ((unsigned char)text.data[cut] & 0xc0) == 0x80)
        cut--;
    fpt_output_print(out, "<text text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">", x,
                     y);
    fpti_html_text(out, fpt_str_slice(text, 0, cut));
    fpti_html(out, "\xE2\x80\xA6</text>\n");
}

static void amount(fpt_output *out, const char *anchor, double x, double y,
                   double pounds, bool sign)
{
    fpt_output_print(out, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">",
                     anchor, x, y);
    if (sign && pounds > 0.0) fpti_html(out, "+");
    fpti_html_millions(out, pounds);
    fpti_html(out, "</text>\n");
}

/* ---- waterfall: one bar a step, from above to below ---- */

void fpti_chart_waterfall(fpt_output *out, const fpt_plan_results *r)
{
    scale s = scale_of(LEFT, WIDTH - RIGHT);
    for (size_t i = 0; i < r->step_count; i++) {
        widen(&s, r->step[i].before);
        widen(&s, r->step[i].after);
    }
    settle(&s);
    const int height = (int)r->step_count * BAR + 30;
    open_svg(out, height, "How the system's position comes about, to ",
             r->last_year);
    line(out, "zero", at(&s, 0.0), 0.0, at(&s, 0.0), height - 24.0);
    label(out, "middle", at(&s, 0.0), height - 6.0, FPT_STR("0"));
    for (size_t i = 0; i < r->step_count; i++) {
        const fpt_report_step *step = &r->step[i];
        const double y = (double)i * BAR, change = step->after - step->before;
        const double right = fmax(at(&s, step->before), at(&s, step->after));
        label(out, "end", LEFT - 10.0, y + 21.0, fpt_str_from(step->name));
        bar(out,
            step->is_total  ? "total"
            : change >= 0.0 ? "better"
                            : "worse",
            at(&s, step->before), at(&s, step->after), y + 5.0, BAR - 10.0);
        amount(out, "start", right + 6.0, y + 21.0, change, !step->is_total);
        if (i + 1 < r->step_count)
            line(out, "join", at(&s, step->after), y + 5.0, at(&s, step->after),
                 y + BAR + 5.0);
    }
    fpti_html(out, "</svg></div>\n");
}

/* ---- fan: what may come, by year ---- */

typedef struct fan {
    const fpt_report_fan *year;
    size_t count;
} fan;

static fan fan_of(const fpt_plan_results *r, fpt_str org)
{
    fan f = {NULL, 0};
    for (size_t i = 0; i < r->fan_count; i++) {
        if (!fpt_str_equal(r->fan[i].org, org)) continue;
        if (f.year == NULL) f.year = &r->fan[i];
        f.count++;
    }
    return f;
}

static void band(fpt_output *out, const char *class_, const fan *f,
                 const double *x, const scale *y, bool wide)
{
    fpt_output_print(out, "<polygon class=\"%s\" points=\"", class_);
    for (size_t i = 0; i < f->count; i++)
        fpt_output_print(out, "%.1f,%.1f ", x[i],
                         at(y, wide ? f->year[i].p95 : f->year[i].p90));
    for (size_t i = f->count; i-- > 0;)
        fpt_output_print(out, "%.1f,%.1f ", x[i],
                         at(y, wide ? f->year[i].p5 : f->year[i].p10));
    fpti_html(out, "\"/>\n");
}

static void path(fpt_output *out, const char *class_, const fan *f,
                 const double *x, const scale *y, bool stated)
{
    fpt_output_print(out, "<polyline class=\"%s\" points=\"", class_);
    for (size_t i = 0; i < f->count; i++)
        fpt_output_print(out, "%.1f,%.1f ", x[i],
                         at(y, stated ? f->year[i].stated : f->year[i].p50));
    fpti_html(out, "\"/>\n");
}

void fpti_chart_fan(fpt_output *out, const fpt_plan_results *r, fpt_str org)
{
    enum { HEIGHT = 320, EDGE = 90, FOOT = 40 };
    const fan f = fan_of(r, org);
    if (f.count == 0) return;
    double x[FPT_PLAN_YEARS_MOST + 1];
    scale s = scale_of(HEIGHT - FOOT, 14.0);
    for (size_t i = 0; i < f.count; i++) {
        const double step =
            f.count > 1 ? (WIDTH - EDGE - 60.0) / ((double)f.count - 1.0) : 0.0;
        x[i] = EDGE + 20.0 + step * (double)i;
        widen(&s, f.year[i].p5);
        widen(&s, f.year[i].p95);
        widen(&s, f.year[i].stated);
    }
    settle(&s);
    open_svg(out, HEIGHT, "Margin to the control total by year: ", org);
    const double mark[3] = {s.low, 0.0, s.high};
    for (int k = 0; k < 3; k++) {
        if (k != 1 && fabs(at(&s, mark[k]) - at(&s, 0.0)) < 18.0) continue;
        line(out, k == 1 ? "zero" : "grid", EDGE, at(&s, mark[k]), WIDTH - 20.0,
             at(&s, mark[k]));
        amount(out, "end", EDGE - 8.0, at(&s, mark[k]) + 5.0, mark[k], false);
    }
    band(out, "wide", &f, x, &s, true);
    band(out, "narrow", &f, x, &s, false);
    path(out, "median", &f, x, &s, false);
    path(out, "stated", &f, x, &s, true);
    for (size_t i = 0; i < f.count; i++) {
        char text[16];
        label(out, "middle", x[i], HEIGHT - 12.0,
              fpt_plan_year(r->plan, f.year[i].year, text));
    }
    fpti_html(out, "</svg></div>\n");
}

/* ---- tornado: each assumption from its P10 to its P90 ---- */

void fpti_chart_tornado(fpt_output *out, const fpt_plan_results *r)
{
    enum { MOST = 15 };
    size_t count = 0;
    scale s = scale_of(LEFT, WIDTH - RIGHT);
    const fpt_report_fan *base = &r->fan[r->fan_count - 1];
    s.low = s.high = base->mean;
    while (count < r->assumption_count && count < MOST &&
           r->assumption[count].used) {
        widen(&s, r->assumption[count].at_p10);
        widen(&s, r->assumption[count].at_p90);
        count++;
    }
    settle(&s);
    const int height = (int)count * BAR + 30;
    open_svg(out, height, "What each assumption does to the margin of ",
             r->last_year);
    line(out, "zero", at(&s, base->mean), 0.0, at(&s, base->mean),
         height - 24.0);
    amount(out, "middle", at(&s, base->mean), height - 6.0, base->mean, false);
    for (size_t i = 0; i < count; i++) {
        const fpt_report_assumption *a = &r->assumption[i];
        const double y = (double)i * BAR, mean = at(&s, base->mean);
        name_label(out, LEFT - 70.0, y + 21.0, a->about.name);
        bar(out, "low", mean, at(&s, a->at_p10), y + 5.0, BAR - 10.0);
        bar(out, "high", mean, at(&s, a->at_p90), y + 5.0, BAR - 10.0);
        const double left = fmin(a->at_p10, a->at_p90);
        const double right = fmax(a->at_p10, a->at_p90);
        amount(out, "end", fmin(mean, at(&s, left)) - 6.0, y + 21.0, left,
               false);
        amount(out, "start", fmax(mean, at(&s, right)) + 6.0, y + 21.0, right,
               false);
    }
    fpti_html(out, "</svg></div>\n");
}

/* ---- bars with intervals: shares of variance ---- */

static void whisker(fpt_output *out, const scale *s, double low, double high,
                    double y)
{
    if (!isfinite(low) || !isfinite(high)) return;
    line(out, "zero", at(s, low), y, at(s, high), y);
    line(out, "zero", at(s, low), y - 4.0, at(s, low), y + 4.0);
    line(out, "zero", at(s, high), y - 4.0, at(s, high), y + 4.0);
}

void fpti_chart_bars(fpt_output *out, const char *name, fpt_str more,
                     size_t count, const fpti_bar *bars)
{
    scale s = scale_of(LEFT, WIDTH - RIGHT);
    for (size_t i = 0; i < count; i++) {
        widen(&s, bars[i].value);
        widen(&s, bars[i].upper);
        widen(&s, bars[i].lower);
    }
    settle(&s);
    const int height = (int)count * BAR + 30;
    open_svg(out, height, name, more);
    line(out, "zero", at(&s, 0.0), 0.0, at(&s, 0.0), height - 24.0);
    label(out, "middle", at(&s, 0.0), height - 6.0, FPT_STR("0"));
    for (size_t i = 0; i < count; i++) {
        const double y = (double)i * BAR;
        const double right =
            at(&s, fmax(bars[i].value,
                        isfinite(bars[i].upper) ? bars[i].upper : 0.0));
        name_label(out, LEFT - 14.0, y + 21.0, bars[i].name);
        bar(out, "high", at(&s, 0.0), at(&s, bars[i].value), y + 5.0,
            BAR - 10.0);
        if (isfinite(bars[i].inner) && bars[i].inner > 0.0)
            bar(out, "low", at(&s, 0.0), at(&s, bars[i].inner), y + 11.0,
                BAR - 22.0);
        whisker(out, &s, bars[i].lower, bars[i].upper, y + 17.0);
        fpt_output_print(out, "<text x=\"%.1f\" y=\"%.1f\">", right + 8.0,
                         y + 21.0);
        fpti_html_percent(out, bars[i].value);
        fpti_html(out, "</text>\n");
    }
    fpti_html(out, "</svg></div>\n");
}

/* ---- changes from one plan to another ---- */

void fpti_chart_changes(fpt_output *out, const char *name, size_t count,
                        const fpti_change *changes)
{
    scale s = scale_of(LEFT, WIDTH - RIGHT);
    for (size_t i = 0; i < count; i++) {
        widen(&s, changes[i].mean);
        widen(&s, changes[i].p10);
        widen(&s, changes[i].p90);
    }
    settle(&s);
    const int height = (int)count * BAR + 30;
    open_svg(out, height, name, FPT_STR(""));
    line(out, "zero", at(&s, 0.0), 0.0, at(&s, 0.0), height - 24.0);
    label(out, "middle", at(&s, 0.0), height - 6.0, FPT_STR("no change"));
    for (size_t i = 0; i < count; i++) {
        const fpti_change *c = &changes[i];
        const double y = (double)i * BAR;
        const double right = fmax(fmax(c->p90, c->mean), 0.0);
        name_label(out, LEFT - 30.0, y + 21.0, c->name);
        bar(out, c->mean >= 0.0 ? "better" : "worse", at(&s, 0.0),
            at(&s, c->mean), y + 5.0, BAR - 10.0);
        whisker(out, &s, c->p10, c->p90, y + 17.0);
        amount(out, "start", at(&s, right) + 8.0, y + 21.0, c->mean, true);
    }
    fpti_html(out, "</svg></div>\n");
}
