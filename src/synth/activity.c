/*
 * What hospitals did: attendances by month, beds by quarter. The troubles are
 * here: what improves, what worsens, and the month that cannot be right.
 */
#include "synth_i.h"

/* Winter is busier in beds, spring in attendances. April first, per mille. */
static const int season[12] = {985,  1025, 1000, 1040, 975, 990,
                               1010, 1000, 995,  985,  920, 1055};
static const int winter[12] = {-5, -15, -20, -20, -20, -10,
                               0,  10,  25,  35,  30,  15};

static struct fpti_attendances draw(fpt_rng *rng, double expected,
                                    double breach, double admitted)
{
    struct fpti_attendances a;
    const double seen = expected + 0.03 * expected * fpti_synth_normal(rng);
    a.attendances = fpti_synth_whole(rng, seen);
    double part = breach + 0.012 * fpti_synth_normal(rng);
    if (part < 0.0) part = 0.0;
    a.breaches = fpti_synth_whole(rng, part * (double)a.attendances);
    a.admissions =
        fpti_synth_whole(rng, (admitted + 0.008 * fpti_synth_normal(rng)) *
                                  (double)a.attendances);
    if (a.breaches > a.attendances) a.breaches = a.attendances;
    if (a.admissions > a.attendances) a.admissions = a.attendances;
    return a;
}

/* A real change is real: it shows in the fraction, not in the noise. */
static double breach_of(const struct fpti_trust *t, int month)
{
    double breach =
        t->breach + 0.001 * (double)winter[month % 12] + 0.0008 * (double)month;
    if (t->trouble == FPTI_IMPROVES && month >= FPTI_IMPROVED_MONTH)
        breach -= 0.10;
    if (t->trouble == FPTI_WORSENS && month >= FPTI_WORSE_MONTH) breach += 0.11;
    return breach;
}

bool fpti_synth_attendances(const fpti_nation *n, size_t trust, int month,
                            int type, struct fpti_attendances *out)
{
    const struct fpti_trust *t = &n->trust[trust];
    static const double part[3] = {1.0, 0.06, 0.25};
    if (month < t->from_month || month >= t->to_month) return false;
    /* An eye hospital's department at every third, an urgent treatment centre
     * at every other; trusts for the mind have the latter alone. */
    if (type == 1 && (!t->acute || trust % 3 != 0)) return false;
    if (type == 2 && trust % 2 != 0) return false;
    if (type == 0 && !t->acute) return false;
    fpt_rng rng = fpti_synth_rng(n, trust * 3 + (size_t)type, (size_t)month,
                                 FPTI_FOR_ATTENDANCES);
    const double size = t->acute ? t->size : 400.0 * t->size;
    const double expected = size * part[type] * (double)season[month % 12] *
                            0.001 * (1.0 + 0.0015 * (double)month);
    *out = type == 0 ? draw(&rng, expected, breach_of(t, month), t->admitted)
                     : draw(&rng, expected, 0.015, type == 1 ? 0.02 : 0.0);
    if (type == 2) out->admissions = 0;
    /* Somebody typed without the last digit. */
    if (t->trouble == FPTI_LOST_DIGIT && month == FPTI_SUSPECT_MONTH) {
        out->attendances /= 10;
        out->breaches /= 10;
        out->admissions /= 10;
    }
    return true;
}

bool fpti_synth_walk_in(const fpti_nation *n, size_t practice, int month,
                        struct fpti_attendances *out)
{
    if (!n->practice[practice].walk_in) return false;
    fpt_rng rng =
        fpti_synth_rng(n, practice, (size_t)month + 1000, FPTI_FOR_ATTENDANCES);
    *out = draw(&rng, 0.25 * (double)season[month % 12], 0.002, 0.0);
    out->admissions = 0;
    return true;
}

bool fpti_synth_beds(const fpti_nation *n, size_t trust, int quarter,
                     int64_t available[2], int64_t occupied[2])
{
    const struct fpti_trust *t = &n->trust[trust];
    const int month = quarter * 3;
    if (!t->acute || month < t->from_month || month >= t->to_month)
        return false;
    fpt_rng rng = fpti_synth_rng(n, trust, (size_t)quarter, FPTI_FOR_BEDS);
    available[0] =
        t->beds - quarter / 3 + (quarter % 4 == 3 ? t->beds / 40 : 0);
    available[1] = t->beds / 14 + 2;
    double part = 0.90 + 0.0015 * (double)winter[(month + 1) % 12] +
                  0.012 * fpti_synth_normal(&rng);
    if (part > 0.995) part = 0.995;
    occupied[0] = fpti_synth_whole(&rng, part * (double)available[0]);
    part = 0.58 + 0.04 * fpti_synth_normal(&rng);
    occupied[1] = fpti_synth_whole(&rng, part * (double)available[1]);
    for (int i = 0; i < 2; i++)
        if (occupied[i] > available[i]) occupied[i] = available[i];
    return true;
}
