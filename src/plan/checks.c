/*
 * Does the plan, as it is stated, add up? Each check has its amounts, so that
 * who reads it can follow; each can fail.
 */
#include "fpt/backtest.h"
#include "run_i.h"

typedef struct checker {
    fpt_arena *arena;
    const fpt_plan *plan;
    fpt_plan_work *w;
    FPTI_LIST(fpt_plan_check) list;
    bool failed;
} checker;

static void note(checker *c, const char *code, bool pass, fpt_str text)
{
    fpt_plan_check *made = FPTI_ADD(c->arena, c->list);
    if (made == NULL || text.data == NULL) {
        c->failed = true;
        return;
    }
    *made = (fpt_plan_check){code, pass, text};
}

static double metric(const checker *c, fpt_plan_metric_kind kind, size_t item,
                     int year)
{
    return fpti_metric(c->w, kind, item, year)[0];
}

static fpt_str pounds(const checker *c, double pence)
{
    char text[32];
    fpt_money_print((fpt_money){(int64_t)pence}, text);
    return fpt_str_keep(c->arena, fpt_str_from(text));
}

static fpt_str year_of(const checker *c, int year)
{
    char text[16];
    return fpt_str_keep(c->arena, fpt_plan_year(c->plan, year, text));
}

/* ---- payers and paid ---- */

/* Contracts that pay for a line in a year, by activity or as a block. */
static size_t contracts_for(const fpt_plan *plan, size_t line, int year)
{
    const fpti_output *l = &plan->c.line.at[line];
    fpti_key key;
    memcpy(key.id, l->id, sizeof key.id);
    size_t count = 0;
    for (size_t p = 0; p < plan->c.payment.count; p++) {
        const fpti_payment *payment = &plan->c.payment.at[p];
        const fpti_contract *k = &plan->contract.at[payment->contract];
        if (k->type == FPTI_OUTCOME || k->type == FPTI_PERSONAL) continue;
        count += payment->provider == l->org && payment->funder == l->funder &&
                 year >= k->from_year && year <= k->to_year &&
                 fpti_target_matches(plan, &k->target, &key);
    }
    return count;
}

static void check_paid(checker *c)
{
    const fpt_plan *plan = c->plan;
    size_t unpaid = 0, twice = 0;
    fpt_str first = FPT_STR("");
    for (int year = 1; year <= plan->set.years; year++)
        for (size_t l = 0; l < plan->c.line.count; l++) {
            if (!(metric(c, FPT_PLAN_METRIC_EVENTS, l, year) > 0.0) ||
                plan->c.line.at[l].org == plan->c.line.at[l].funder)
                continue;
            const size_t count = contracts_for(plan, l, year);
            if (count == 1) continue;
            if (first.len == 0) first = plan->c.line.at[l].name;
            *(count == 0 ? &unpaid : &twice) += 1;
        }
    if (plan->c.line.count == 0) return;
    note(c, "activity-paid-once", unpaid + twice == 0,
         unpaid + twice == 0
             ? FPT_STR("every line of activity has one contract that pays "
                       "for it")
             : fpt_str_print(c->arena,
                             "%zu lines and years are paid by nobody and %zu "
                             "by more than one contract; the first is %.*s",
                             unpaid, twice, FPT_STR_ARG(first)));
}

static void check_zero(checker *c)
{
    const fpt_plan *plan = c->plan;
    double net = 0.0, shared = 0.0, paid = 0.0;
    for (size_t o = 0; o < plan->org.count; o++) {
        net += fpti_rows(c->w->net, o)[0];
        shared += fpti_rows(c->w->shared, o)[0];
    }
    for (size_t p = 0; p < plan->c.payment.count; p++)
        paid += metric(c, FPT_PLAN_METRIC_PAID, p, plan->set.years);
    note(c, "payments-sum-to-zero", net == 0.0 && shared == 0.0,
         fpt_str_print(c->arena,
                       "%.*s is paid under contracts in the last year; all "
                       "payments sum to %.*s, risk shares to %.*s",
                       FPT_STR_ARG(pounds(c, paid)),
                       FPT_STR_ARG(pounds(c, net)),
                       FPT_STR_ARG(pounds(c, shared))));
}

/* ---- capacity ---- */

static void check_beds(checker *c)
{
    const fpt_plan *plan = c->plan;
    if (plan->beds.count == 0) return;
    double worst = 0.0;
    fpt_str where = FPT_STR(""), when = FPT_STR("");
    for (int year = 1; year <= plan->set.years; year++)
        for (size_t b = 0; b < plan->beds.count; b++) {
            const double lack = metric(c, FPT_PLAN_METRIC_BEDS_SHORT, b, year);
            if (lack <= worst) continue;
            worst = lack;
            where = fpt_plan_item_name(plan, FPT_PLAN_POOL, b);
            when = year_of(c, year);
        }
    note(c, "beds-enough", worst == 0.0,
         worst == 0.0
             ? FPT_STR("beds suffice everywhere and every year")
             : fpt_str_print(c->arena, "%.0f beds are lacking in %.*s in %.*s",
                             worst / 1000.0, FPT_STR_ARG(where),
                             FPT_STR_ARG(when)));
    size_t fails = 0;
    fpt_str which = FPT_STR("");
    for (size_t k = 0; k < plan->bed_change.count; k++)
        for (int year = 1; year <= plan->set.years; year++)
            if (metric(c, FPT_PLAN_METRIC_CLOSURE, k, year) == 0.0) {
                if (fails++ == 0) which = plan->bed_change.at[k].name;
            }
    if (plan->bed_change.count > 0)
        note(c, "closures-pass-test", fails == 0,
             fails == 0
                 ? FPT_STR("every closure passes the leg of the test that it "
                           "claims")
                 : fpt_str_print(c->arena,
                                 "%zu closures and years fail the test; the "
                                 "first is \"%.*s\"",
                                 fails, FPT_STR_ARG(which)));
}

static void check_staff(checker *c)
{
    const fpt_plan *plan = c->plan;
    if (plan->staff.count == 0) return;
    double worst = 0.0;
    fpt_str who = FPT_STR(""), when = FPT_STR("");
    for (int year = 1; year <= plan->set.years; year++)
        for (size_t g = 0; g < plan->staff.count; g++) {
            const double lack =
                metric(c, FPT_PLAN_METRIC_STAFF_UNFILLED, g, year);
            if (lack <= worst) continue;
            worst = lack;
            who = fpt_plan_item_name(plan, FPT_PLAN_STAFF, g);
            when = year_of(c, year);
        }
    note(c, "staff-enough", worst == 0.0,
         worst == 0.0
             ? FPT_STR("every post that the plan needs is filled")
             : fpt_str_print(c->arena,
                             "%.1f whole-time equivalents of %.*s are lacking "
                             "in %.*s",
                             worst / 1000.0, FPT_STR_ARG(who),
                             FPT_STR_ARG(when)));
}

static void check_capital(checker *c)
{
    const fpt_plan *plan = c->plan;
    if (plan->project.count == 0) return;
    double asked = 0.0, funded = 0.0;
    for (int year = 0; year <= plan->set.years; year++) {
        asked += metric(c, FPT_PLAN_METRIC_ASKED, 0, year);
        funded += metric(c, FPT_PLAN_METRIC_FUNDED, 0, year);
    }
    note(c, "capital-there", asked == funded,
         fpt_str_print(c->arena,
                       "%.*s of capital is asked for and %.*s is within the "
                       "limits",
                       FPT_STR_ARG(pounds(c, asked)),
                       FPT_STR_ARG(pounds(c, funded))));
}

/* ---- schemes and claims ---- */

static void check_destinations(checker *c)
{
    const fpt_plan *plan = c->plan;
    size_t silent = 0, removing = 0;
    fpt_str first = FPT_STR("");
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        if (s->type != FPTI_AVOID && s->type != FPTI_PREVENT &&
            s->type != FPTI_SHIFT)
            continue;
        removing++;
        if (s->provision_stated) continue;
        if (silent++ == 0) first = s->name;
    }
    if (removing == 0) return;
    note(c, "avoided-has-destination", silent == 0,
         silent == 0
             ? FPT_STR("every scheme says what is provided instead of what it "
                       "takes away")
             : fpt_str_print(c->arena,
                             "%zu schemes do not say what is provided instead; "
                             "the first is \"%.*s\"",
                             silent, FPT_STR_ARG(first)));
}

static void check_claims(checker *c)
{
    const fpt_plan *plan = c->plan;
    if (plan->claim.count == 0) return;
    double claimed = 0.0, netted = 0.0, worth = 0.0;
    bool pass = true;
    for (size_t i = 0; i < plan->claim.count; i++) {
        const fpti_claim *claim = &plan->claim.at[i];
        const bool nets = claim->nets_with.len > 0;
        *(nets ? &netted : &claimed) += (double)claim->pence;
        if (nets) continue;
        const double value =
            metric(c, FPT_PLAN_METRIC_SCHEME_VALUE, claim->scheme, claim->year);
        worth += value;
        pass = pass && (double)claim->pence <= value;
    }
    note(c, "claims-are-worth-it", pass,
         fpt_str_print(c->arena,
                       "%.*s is claimed (and %.*s netted) for schemes that as "
                       "stated are worth %.*s at avoidable cost, less what "
                       "they cost",
                       FPT_STR_ARG(pounds(c, claimed)),
                       FPT_STR_ARG(pounds(c, netted)),
                       FPT_STR_ARG(pounds(c, worth))));
}

/* Every stated value against what was found. */
static void check_history(checker *c)
{
    const fpt_plan *plan = c->plan;
    size_t tested = 0, beyond = 0;
    fpt_str first = FPT_STR("");
    double *found = FPT_NEW(c->arena, double, plan->history.count + 1);
    if (found == NULL) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < plan->assumption.count; i++) {
        const fpti_assumption *a = &plan->assumption.at[i];
        size_t count = 0;
        for (size_t k = 0; k < plan->history.count; k++)
            if (plan->history.at[k].assumption == i)
                found[count++] = plan->history.at[k].found;
        fpt_history_prediction p;
        if (fpt_history_predict(count, found, a->class_given, a->class_mean,
                                a->class_sd, a->stated, &p) != FPT_OK)
            continue;
        tested++;
        if (p.band < FPT_HISTORY_95_TO_99) continue;
        if (beyond++ == 0) first = a->name;
    }
    if (tested == 0) return;
    note(c, "within-what-was-found", beyond == 0,
         beyond == 0
             ? fpt_str_print(c->arena,
                             "%zu assumptions with a past lie within what was "
                             "found in 19 cases of 20",
                             tested)
             : fpt_str_print(c->arena,
                             "%zu of %zu assumptions with a past are stated "
                             "beyond what was found in 19 cases of 20; the "
                             "first is \"%.*s\"",
                             beyond, tested, FPT_STR_ARG(first)));
}

/* ---- totals ---- */

static void check_totals(checker *c)
{
    const fpt_plan *plan = c->plan;
    if (plan->total.count == 0) return;
    size_t missed = 0;
    double worst = 0.0;
    fpt_str who = FPT_STR(""), when = FPT_STR("");
    const size_t items = plan->c.inside_count + 1;
    for (int year = 1; year <= plan->set.years; year++)
        for (size_t o = 0; o < items; o++) {
            const double margin = metric(c, FPT_PLAN_METRIC_MARGIN, o, year);
            missed += margin < 0.0;
            if (margin >= worst) continue;
            worst = margin;
            who = fpt_plan_item_name(plan, FPT_PLAN_ORG, o);
            when = year_of(c, year);
        }
    note(c, "control-totals-met", missed == 0,
         missed == 0
             ? FPT_STR("as stated every control total is met")
             : fpt_str_print(c->arena,
                             "as stated %zu control totals are missed, the "
                             "worst by %.*s (%.*s, %.*s)",
                             missed, FPT_STR_ARG(pounds(c, -worst)),
                             FPT_STR_ARG(who), FPT_STR_ARG(when)));
    const int last = plan->set.years;
    const double once = metric(c, FPT_PLAN_METRIC_POSITION, items - 1, last) -
                        metric(c, FPT_PLAN_METRIC_UNDERLYING, items - 1, last);
    const double margin = metric(c, FPT_PLAN_METRIC_MARGIN, items - 1, last);
    note(c, "met-without-one-offs", margin - once >= 0.0,
         fpt_str_print(c->arena,
                       "%.*s of the last year's position is one-off; without "
                       "it the system is %.*s from its control total",
                       FPT_STR_ARG(pounds(c, once)),
                       FPT_STR_ARG(pounds(c, margin - once))));
}

static void check_sum(checker *c)
{
    const fpt_plan *plan = c->plan;
    const size_t system = plan->c.inside_count;
    bool pass = true;
    double sum = 0.0;
    for (int year = 0; year <= plan->set.years; year++) {
        sum = 0.0;
        for (size_t o = 0; o < system; o++)
            sum += metric(c, FPT_PLAN_METRIC_INCOME, o, year) -
                   metric(c, FPT_PLAN_METRIC_COST, o, year);
        pass = pass && sum == metric(c, FPT_PLAN_METRIC_POSITION, system, year);
    }
    note(
        c, "system-is-sum-of-parts", pass,
        fpt_str_print(c->arena,
                      "income less cost of all organisations is %.*s in the "
                      "last year; the system has %.*s",
                      FPT_STR_ARG(pounds(c, sum)),
                      FPT_STR_ARG(pounds(c, metric(c, FPT_PLAN_METRIC_POSITION,
                                                   system, plan->set.years)))));
}

/* Cap on the area's spending (the form of the cap is this project's). */
static void check_cap(checker *c)
{
    const fpt_plan *plan = c->plan;
    if (!plan->set.capped_expenditure) return;
    double worst = 0.0;
    for (int year = 1; year <= plan->set.years; year++) {
        double allocated = 0.0, buyers = 0.0, sellers = 0.0, fund = 0.0;
        double spent = 0.0;
        for (size_t o = 0; o < plan->c.inside_count; o++) {
            const size_t org = (size_t)plan->c.inside[o];
            const bool buyer = plan->org.at[org].kind == FPTI_KIND_COMMISSIONER;
            const double total = metric(c, FPT_PLAN_METRIC_TOTAL, o, year);
            *(buyer ? &buyers : &sellers) += total;
            spent += metric(c, FPT_PLAN_METRIC_COST, o, year);
            /* Money of the system from outside: income less what is paid. */
            allocated += metric(c, FPT_PLAN_METRIC_INCOME, o, year);
        }
        for (size_t f = 0; f < plan->fund.count; f++)
            if (plan->fund.at[f].year == year)
                fund += (double)plan->fund.at[f].pence;
        int64_t cap = 0, gap = 0;
        if (fpt_capped_expenditure((int64_t)allocated, (int64_t)buyers,
                                   (int64_t)sellers, (int64_t)fund,
                                   (int64_t)spent, &cap, &gap) != FPT_OK) {
            c->failed = true;
            return;
        }
        worst = fmax(worst, (double)gap);
    }
    note(c, "within-expenditure-cap", worst <= 0.0,
         fpt_str_print(c->arena,
                       "planned spending is at most %.*s above the cap (the "
                       "form of the cap is ours)",
                       FPT_STR_ARG(pounds(c, worst))));
}

fpt_status fpt_plan_checks(fpt_arena *arena, const fpt_plan *plan,
                           size_t *count, fpt_plan_check **out, fpt_error *err)
{
    checker c = {.arena = arena, .plan = plan};
    double *z = FPT_NEW(arena, double, (plan->c.input_count + 1) * FPT_LANES);
    if (z == NULL || fpt_plan_work_make(arena, plan, &c.w) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the checks");
    fpt_plan_scenario stated = fpt_plan_scenario_default();
    stated.stated = true;
    const double *metrics;
    FPT_TRY(
        fpt_plan_run(plan, &stated, plan->set.seed, 0, z, c.w, &metrics, err));
    check_paid(&c);
    check_zero(&c);
    check_sum(&c);
    check_beds(&c);
    check_staff(&c);
    check_capital(&c);
    check_destinations(&c);
    check_claims(&c);
    check_history(&c);
    check_totals(&c);
    check_cap(&c);
    if (c.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the checks");
    *count = c.list.count;
    *out = c.list.at;
    return FPT_OK;
}
