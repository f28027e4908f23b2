/*
 * Cost per outcome, and the plane of both.
 */
#include "fpt/worth.h"
#include "fpt/num.h"

#include <math.h>

static double below(double z)
{
    return 0.5 * erfc(-z * 0.70710678118654752440);
}

fpt_worth_ratio fpt_worth_fieller(const fpt_worth *w, double z)
{
    fpt_worth_ratio out = {(double)NAN, (double)NAN, (double)NAN};
    if (w->effect == 0.0) return out;
    out.value = w->cost / w->effect;
    /* a r^2 - 2 b r + c <= 0 */
    const double z2 = z * z;
    const double a = w->effect * w->effect - z2 * w->effect_variance;
    const double b = w->effect * w->cost - z2 * w->covariance;
    const double c = w->cost * w->cost - z2 * w->cost_variance;
    const double root2 = b * b - a * c;
    if (!(a > 0.0) || !(root2 >= 0.0)) return out;
    const double root = sqrt(root2);
    /* The root that does not cancel, and the other by their product. */
    const double far = b >= 0.0 ? b + root : b - root;
    const double first = far / a, second = far != 0.0 ? c / far : first;
    out.lower = fmin(fmin(first, second), out.value);
    out.upper = fmax(fmax(first, second), out.value);
    return out;
}

double fpt_worth_accepted(const fpt_worth *w, double most)
{
    const double net = most * w->effect - w->cost;
    const double variance = most * most * w->effect_variance +
                            w->cost_variance - 2.0 * most * w->covariance;
    if (variance > 0.0) return below(net / sqrt(variance));
    return net > 0.0 ? 1.0 : net < 0.0 ? 0.0 : (double)NAN;
}

/* d/dr P(X < a, Y < b) is the density of both at (a, b); the substitution r = sin
 * t takes its pole at 1 away. Gauss and Legendre, 20 points on each of four
 * pieces. */
double fpt_normal_both_below(double a, double b, double r)
{
    static const double node[] = {
        0.076526521133497333755, 0.227785851141645078080,
        0.373706088715419560673, 0.510867001950827098004,
        0.636053680726515025453, 0.746331906460150792614,
        0.839116971822218823395, 0.912234428251325905868,
        0.963971927277913791268, 0.993128599185094924786};
    static const double weight[] = {
        0.152753387130725850698, 0.149172986472603746788,
        0.142096109318382051329, 0.131688638449176626898,
        0.118194531961518417312, 0.101930119817240435037,
        0.083276741576704748725, 0.062672048334109063570,
        0.040601429800386941331, 0.017614007139152118312};
    enum { POINTS = 10, PIECES = 4 };
    if (isnan(a) || isnan(b) || isnan(r)) return (double)NAN;
    if (r >= 1.0) return fmin(below(a), below(b));
    if (r <= -1.0) return fmax(0.0, below(a) + below(b) - 1.0);
    if (isinf(a) || isinf(b)) return below(a) * below(b);
    const double end = asin(r);
    fpt_sum sum = {0};
    for (int piece = 0; piece < PIECES; piece++) {
        const double middle = end * (2.0 * piece + 1.0) / (2.0 * PIECES);
        const double half = end / (2.0 * PIECES);
        for (int k = 0; k < 2 * POINTS; k++) {
            const double x = k < POINTS ? node[k] : -node[k - POINTS];
            const double s = sin(middle + half * x);
            const double exponent =
                -(a * a - 2.0 * a * b * s + b * b) / (2.0 * (1.0 - s * s));
            fpt_sum_add(&sum, weight[k % POINTS] * half * exp(exponent));
        }
    }
    const double p =
        below(a) * below(b) + fpt_sum_value(sum) * 0.15915494309189533577;
    return p < 0.0 ? 0.0 : p > 1.0 ? 1.0 : p;
}

fpt_worth_plane fpt_worth_quarters(const fpt_worth *w)
{
    const double se = sqrt(w->effect_variance), sc = sqrt(w->cost_variance);
    /* Where one of them does not vary, its side is sure; 0 counts as below. */
    const double a = se > 0.0          ? -w->effect / se
                     : w->effect > 0.0 ? -HUGE_VAL
                                       : HUGE_VAL;
    const double b = sc > 0.0        ? -w->cost / sc
                     : w->cost > 0.0 ? -HUGE_VAL
                                     : HUGE_VAL;
    const double r = se > 0.0 && sc > 0.0 ? w->covariance / (se * sc) : 0.0;
    const double worse_cheaper = fpt_normal_both_below(a, b, r);
    const double worse = below(a), cheaper = below(b);
    const double worse_dearer = fmax(0.0, worse - worse_cheaper);
    const double better_cheaper = fmax(0.0, cheaper - worse_cheaper);
    return (fpt_worth_plane){
        .worse_cheaper = worse_cheaper,
        .worse_dearer = worse_dearer,
        .better_cheaper = better_cheaper,
        .better_dearer =
            fmax(0.0, 1.0 - worse_cheaper - worse_dearer - better_cheaper)};
}
