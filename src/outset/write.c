/*
 * The plan's folder. Every table begins with a line that says where its numbers
 * are from; what is not known names an assumption of the distribution
 * `unknown`.
 */
#include "fpt/outset.h"

typedef struct writer {
    fpt_arena *arena;
    const fpt_outset *o;
    const char *folder;
    fpt_output unknown; /* rows of assumptions.csv */
    size_t unknowns;
    fpt_error *err;
} writer;

static fpt_status save(writer *w, const char *name, fpt_output *out)
{
    const char *path = fpt_path_join(w->arena, w->folder, name);
    if (path == NULL || out->failed || out->text.failed)
        return fpt_fail(w->err, FPT_ERR_MEMORY, "no memory for %s", name);
    return fpt_file_write(path, fpt_strbuf_view(&out->text), w->err);
}

static fpt_str joined(writer *w, const char *before, fpt_str name)
{
    fpt_strbuf text = fpt_strbuf_make(w->arena);
    fpt_strbuf_print(&text, "%s%.*s", before, FPT_STR_ARG(name));
    return text.failed ? name : fpt_strbuf_view(&text);
}

/* A figure that nobody published: its name goes into a table, this row into
 * assumptions.csv. */
static fpt_str ask_for(writer *w, const char *before, fpt_str name,
                       const char *notes, fpt_str more)
{
    const fpt_str made = joined(w, before, name);
    fpt_csv_cell(&w->unknown, true, made);
    fpt_csv_cell(&w->unknown, false, FPT_STR("unknown"));
    for (int i = 0; i < 3; i++)
        fpt_csv_cell(&w->unknown, false, FPT_STR(""));
    fpt_csv_cell(&w->unknown, false, FPT_STR("to be filled in"));
    fpt_csv_cell(&w->unknown, false, FPT_STR("not in the workspace"));
    fpt_csv_cell(&w->unknown, false, FPT_STR("unknown"));
    fpt_csv_cell(&w->unknown, false, joined(w, notes, more));
    fpt_csv_end_row(&w->unknown);
    w->unknowns++;
    return made;
}

static fpt_output comment(writer *w, const char *text)
{
    fpt_output out = fpt_output_memory(w->arena);
    fpt_output_print(&out, "# %s\n", text);
    return out;
}

static void add_cells(fpt_output *out, size_t count, const fpt_str *cell)
{
    for (size_t i = 0; i < count; i++)
        fpt_csv_cell(out, i == 0, cell[i]);
    fpt_csv_end_row(out);
}

#define ROW(out, ...)                                                          \
    add_cells(out, sizeof((fpt_str[]){__VA_ARGS__}) / sizeof(fpt_str),         \
              (fpt_str[]){__VA_ARGS__})

static fpt_str number(writer *w, int64_t value)
{
    fpt_strbuf text = fpt_strbuf_make(w->arena);
    fpt_strbuf_print(&text, "%lld", (long long)value);
    return fpt_strbuf_view(&text);
}

static fpt_str year_of(writer *w, int after)
{
    int year, month, day;
    fpt_date_split(w->o->year.from, &year, &month, &day);
    fpt_strbuf made = fpt_strbuf_make(w->arena);
    fpt_strbuf_print(&made, "%d/%02d", year + after, (year + after + 1) % 100);
    return fpt_strbuf_view(&made);
}

/* ---- who there is ---- */

static bool seen_before(const fpt_outset *o, size_t table, size_t part)
{
    const fpt_str org = o->activity[table].part[part].org;
    for (size_t t = 0; t < table; t++)
        for (size_t i = 0; i < o->activity[t].count; i++)
            if (fpt_str_equal(o->activity[t].part[i].org, org)) return true;
    return false;
}

typedef fpt_status (*each_provider)(writer *w, fpt_output *out,
                                    const fpt_outset_part *part);

static fpt_status for_providers(writer *w, fpt_output *out, each_provider each)
{
    const fpt_outset *o = w->o;
    for (size_t t = 0; t < o->pack->activities; t++)
        for (size_t i = 0; i < o->activity[t].count; i++)
            if (!seen_before(o, t, i))
                FPT_TRY(each(w, out, &o->activity[t].part[i]));
    return FPT_OK;
}

static fpt_status organisation(writer *w, fpt_output *out,
                               const fpt_outset_part *part)
{
    (void)w;
    ROW(out, part->org, part->name.len > 0 ? part->name : part->org,
        FPT_STR("acute"));
    return FPT_OK;
}

static fpt_status write_organisations(writer *w)
{
    fpt_output out = comment(w, "The place as its commissioner, and those who "
                                "are placed there; kinds are to be checked.");
    ROW(&out, FPT_STR("org"), FPT_STR("name"), FPT_STR("kind"));
    ROW(&out, w->o->place, w->o->name.len > 0 ? w->o->name : w->o->place,
        FPT_STR("commissioner"));
    FPT_TRY(for_providers(w, &out, organisation));
    return save(w, "organisations.csv", &out);
}

/* ---- people ---- */

static fpt_status write_population(writer *w)
{
    const fpt_outset *o = w->o;
    if (!o->has_residents) return FPT_OK;
    fpt_output out = fpt_output_memory(w->arena);
    char from[FPT_DATE_BYTES];
    from[fpt_date_print(o->residents_of.from, from)] = '\0';
    fpt_output_print(&out,
                     "# Residents at %s. Years to come are for a projection: "
                     "add a row a year.\n",
                     from);
    ROW(&out, FPT_STR("place"), FPT_STR("age"), FPT_STR("year"),
        FPT_STR("people"));
    ROW(&out, o->place, FPT_STR(""), year_of(w, 0), number(w, o->residents));
    for (size_t b = 0; b < o->pack->bands; b++)
        ROW(&out, o->place, o->pack->band[b], year_of(w, 0),
            number(w, o->in_band[b]));
    return save(w, "population.csv", &out);
}

/* ---- activity ---- */

/* Care that lies in beds which the workspace knows of. */
static bool lies_in_beds(const fpt_outset *o, const fpt_outset_activity *a)
{
    for (size_t t = 0; t < o->pack->beds && a->pool.len > 0; t++)
        if (o->bed[t].known && fpt_str_equal(o->pack->bed[t].pod, a->pool))
            return true;
    return false;
}

/* A length of stay is a number in its table: the word is reported there. */
static fpt_str unknown_stay(writer *w)
{
    w->unknowns++;
    return FPT_STR("unknown");
}

static fpt_status write_activity(writer *w)
{
    const fpt_outset *o = w->o;
    fpt_output pods = comment(w, "Kinds of care, and the pool of beds that "
                                 "they lie in.");
    fpt_output base = comment(w, "Published by provider, not by age: split it "
                                 "where you can.");
    fpt_output growth = comment(w, "Growth beyond that of people.");
    fpt_output prices = comment(w, "What is paid for one.");
    fpt_output contracts = comment(w, "Paid by activity until you say "
                                      "otherwise.");
    ROW(&pods, FPT_STR("pod"), FPT_STR("name"), FPT_STR("demography"),
        FPT_STR("pool"));
    ROW(&base, FPT_STR("org"), FPT_STR("site"), FPT_STR("place"),
        FPT_STR("pod"), FPT_STR("funder"), FPT_STR("los_days"),
        FPT_STR("count"));
    ROW(&growth, FPT_STR("pod"), FPT_STR("growth_fraction"));
    ROW(&prices, FPT_STR("pod"), FPT_STR("pounds"));
    ROW(&contracts, FPT_STR("contract"), FPT_STR("funder"), FPT_STR("type"),
        FPT_STR("target"));
    size_t rows = 0;
    for (size_t t = 0; t < o->pack->activities; t++) {
        const fpt_outset_activity *a = &o->pack->activity[t];
        if (!o->activity[t].known) continue;
        rows++;
        ROW(&pods, a->pod, a->name,
            o->has_residents ? FPT_STR("population") : FPT_STR("none"),
            lies_in_beds(o, a) ? a->pool : FPT_STR(""));
        for (size_t i = 0; i < o->activity[t].count; i++)
            ROW(&base, o->activity[t].part[i].org, o->activity[t].part[i].org,
                o->place, a->pod, o->place,
                lies_in_beds(o, a) ? unknown_stay(w) : FPT_STR(""),
                number(w, o->activity[t].part[i].count));
        ROW(&growth, a->pod,
            ask_for(w, "growth-", a->pod,
                    "growth a year beyond that of people: ", a->name));
        ROW(&prices, a->pod,
            ask_for(w, "price-", a->pod, "pounds paid for one of: ", a->name));
        ROW(&contracts, joined(w, "all-", a->pod), o->place, FPT_STR("tariff"),
            joined(w, "pod=", a->pod));
    }
    if (rows == 0) return FPT_OK;
    FPT_TRY(save(w, "pods.csv", &pods));
    FPT_TRY(save(w, "baseline.csv", &base));
    FPT_TRY(save(w, "growth.csv", &growth));
    FPT_TRY(save(w, "prices.csv", &prices));
    return save(w, "contracts.csv", &contracts);
}

static fpt_status write_beds(writer *w)
{
    const fpt_outset *o = w->o;
    fpt_output out =
        comment(w, "Beds of the year's four censuses, and how full "
                   "they were.");
    size_t rows = 0;
    ROW(&out, FPT_STR("org"), FPT_STR("site"), FPT_STR("pool"), FPT_STR("beds"),
        FPT_STR("occupancy_fraction"));
    for (size_t t = 0; t < o->pack->beds; t++)
        for (size_t i = 0; o->bed[t].known && i < o->bed[t].count; i++) {
            const fpt_outset_part *p = &o->bed[t].part[i];
            bool there = false;
            for (size_t a = 0; a < o->pack->activities && !there; a++)
                for (size_t k = 0; k < o->activity[a].count; k++)
                    there = there ||
                            fpt_str_equal(o->activity[a].part[k].org, p->org);
            if (!there || p->below <= 0 || p->count > p->below) continue;
            fpt_strbuf share = fpt_strbuf_make(w->arena);
            fpt_strbuf_print(&share, "%.4f",
                             (double)p->count / (double)p->below);
            ROW(&out, p->org, p->org, o->pack->bed[t].pod, number(w, p->below),
                fpt_strbuf_view(&share));
            rows++;
        }
    return rows > 0 ? save(w, "beds.csv", &out) : FPT_OK;
}

/* ---- money ---- */

static fpt_status provider_cost(writer *w, fpt_output *out,
                                const fpt_outset_part *part)
{
    const fpt_outset *o = w->o;
    ROW(out, part->org, FPT_STR("all care"),
        ask_for(w, "cost-", part->org, "pounds a year, all cost of ",
                part->name),
        o->pack->cost_index);
    return FPT_OK;
}

static fpt_status write_money(writer *w)
{
    const fpt_outset *o = w->o;
    fpt_output costs = comment(w, "What care costs in the baseline year.");
    fpt_output incomes = comment(w, "What the place has to spend.");
    fpt_output indices = comment(w, "How pay, prices and income grow.");
    ROW(&costs, FPT_STR("org"), FPT_STR("cost"), FPT_STR("fixed_pounds"),
        FPT_STR("index"));
    for (size_t i = 0; i < o->pack->spendings; i++) {
        if (!o->has_spending[i]) continue;
        fpt_strbuf pounds = fpt_strbuf_make(w->arena);
        int64_t one = 1;
        for (int k = 0; k < o->pack->spending[i].indicator.scale; k++)
            one *= 10;
        fpt_strbuf_print(&pounds, "%.2f", (double)o->spent[i] / (double)one);
        ROW(&costs, o->place, o->pack->spending[i].name,
            fpt_strbuf_view(&pounds), o->pack->cost_index);
    }
    ROW(&costs, o->place, FPT_STR("all else"),
        ask_for(w, "cost-", o->place,
                "pounds a year, not in the rows above: ", o->name),
        o->pack->cost_index);
    FPT_TRY(for_providers(w, &costs, provider_cost));
    ROW(&incomes, FPT_STR("org"), FPT_STR("source"), FPT_STR("pounds"),
        FPT_STR("index"));
    ROW(&incomes, o->place, FPT_STR("allocation"),
        ask_for(w, "income-", o->place, "pounds a year to spend on ", o->name),
        o->pack->income_index);
    ROW(&indices, FPT_STR("index"), FPT_STR("growth_fraction"));
    for (size_t i = 0; i < o->pack->unknowns; i++) {
        const fpt_str name =
            ask_for(w, "", o->pack->unknown[i], "", o->pack->unknown_notes[i]);
        ROW(&indices, o->pack->unknown_index[i], name);
    }
    FPT_TRY(save(w, "costs.csv", &costs));
    FPT_TRY(save(w, "incomes.csv", &incomes));
    return save(w, "indices.csv", &indices);
}

static fpt_status write_settings(writer *w)
{
    const fpt_outset *o = w->o;
    fpt_output out = fpt_output_memory(w->arena);
    const fpt_str year = year_of(w, 0);
    fpt_output_print(&out,
                     "# Begun from what a workspace holds (pack %.*s, "
                     "version %.*s).\n",
                     FPT_STR_ARG(o->pack->name), FPT_STR_ARG(o->pack->version));
    for (size_t t = 0; t < o->pack->activities; t++)
        if (!o->activity[t].known)
            fpt_output_print(&out, "# Nothing of %.*s: %.*s\n",
                             FPT_STR_ARG(o->pack->activity[t].name),
                             FPT_STR_ARG(o->activity[t].why_not));
    for (size_t t = 0; t < o->pack->beds; t++)
        if (!o->bed[t].known)
            fpt_output_print(&out, "# No beds: %.*s\n",
                             FPT_STR_ARG(o->bed[t].why_not));
    for (size_t i = 0; i < o->pack->spendings; i++)
        if (!o->has_spending[i])
            fpt_output_print(&out, "# Nothing of %.*s in this year\n",
                             FPT_STR_ARG(o->pack->spending[i].name));
    fpt_output_print(
        &out,
        "footprint-plan: 1\nname: %.*s\ntitle: \"%.*s: a plan "
        "begun\"\nauthor: \"to be filled in\"\nsource: \"published "
        "figures of %.*s; what is unknown is marked\"\n\n"
        "baseline: %.*s\nyears: 5\nseed: 1\n"
        "bed-days: midnights\n",
        FPT_STR_ARG(o->place),
        FPT_STR_ARG(o->name.len > 0 ? o->name : o->place), FPT_STR_ARG(year),
        FPT_STR_ARG(year));
    return save(w, "plan.yaml", &out);
}

fpt_status fpt_outset_write(fpt_arena scratch, const fpt_outset *outset,
                            const char *folder, size_t *unknown, fpt_error *err)
{
    writer w = {.arena = &scratch,
                .o = outset,
                .folder = folder,
                .unknown = fpt_output_memory(&scratch),
                .err = err};
    if (fpt_file_kind_of(folder) != FPT_FILE_NONE)
        return fpt_fail(err, FPT_ERR_EXISTS,
                        "%s is there already: a plan is made in a new folder",
                        folder);
    fpt_output_print(&w.unknown,
                     "# What is not known. Give each a value, a distribution, "
                     "an author, a source and a grade\n# of evidence; plan "
                     "check lists those that are left.\n"
                     "assumption,distribution,value,p10,p90,author,source,"
                     "evidence,notes\n");
    FPT_TRY(fpt_folder_make(folder, err));
    FPT_TRY(write_settings(&w));
    FPT_TRY(write_organisations(&w));
    FPT_TRY(write_population(&w));
    FPT_TRY(write_activity(&w));
    FPT_TRY(write_beds(&w));
    FPT_TRY(write_money(&w));
    FPT_TRY(save(&w, "assumptions.csv", &w.unknown));
    *unknown = w.unknowns;
    return FPT_OK;
}
