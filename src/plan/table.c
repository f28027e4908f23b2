/*
 * A table of a plan, row by row. Columns are found by name, in any order;
 * lines that begin with # and empty lines are comments. Whatever is wrong
 * becomes a finding with file, line and column, and reading goes on, so that
 * all faults are listed at once.
 */
#include <stdio.h>

#include "plan_i.h"

bool fpti_enough_memory(fpti_reader *reader, const void *made)
{
    if (made == NULL) reader->no_memory = true;
    return made != NULL;
}

static void find_with(fpti_reader *reader, fpt_severity severity,
                      const char *code, fpt_str source, int64_t line,
                      int64_t column, const char *format, va_list args)
    FPT_PRINTF(7, 0);
static void find_with(fpti_reader *reader, fpt_severity severity,
                      const char *code, fpt_str source, int64_t line,
                      int64_t column, const char *format, va_list args)
{
    char text[FPT_ERROR_TEXT_BYTES];
    vsnprintf(text, sizeof text, format, args);
    if (fpt_report_add(reader->report, severity, code, source, line, column,
                       "%s", text) != FPT_OK)
        reader->no_memory = true;
}

void fpti_find(fpti_reader *reader, fpt_severity severity, const char *code,
               fpt_str source, int64_t line, int64_t column, const char *format,
               ...)
{
    va_list args;
    va_start(args, format);
    find_with(reader, severity, code, source, line, column, format, args);
    va_end(args);
}

void fpti_fault(fpti_table *t, size_t column, const char *code,
                const char *format, ...)
{
    const int64_t at = column < t->column_count && t->at[column] != SIZE_MAX
                           ? (int64_t)t->at[column] + 1
                           : 0;
    va_list args;
    va_start(args, format);
    find_with(t->reader, FPT_FAULT, code, t->name, t->line, at, format, args);
    va_end(args);
}

void fpti_warn(fpti_table *t, size_t column, const char *code,
               const char *format, ...)
{
    const int64_t at = column < t->column_count && t->at[column] != SIZE_MAX
                           ? (int64_t)t->at[column] + 1
                           : 0;
    va_list args;
    va_start(args, format);
    find_with(t->reader, FPT_WARNING, code, t->name, t->line, at, format, args);
    va_end(args);
}

/* ---- opening ---- */

static fpt_status open_input(fpti_table *t, fpt_error *err)
{
    const fpt_plan_files *files = t->reader->files;
    if (files->folder == NULL) {
        for (size_t i = 0; i < files->count; i++)
            if (fpt_str_equal(files->name[i], t->name))
                return fpt_input_open_memory(&t->memory, t->name.data,
                                             files->bytes[i], &t->input, err);
        return FPT_ERR_NOT_FOUND;
    }
    char *path = fpt_path_join(&t->memory, files->folder, t->name.data);
    if (path == NULL) return FPT_ERR_MEMORY;
    if (fpt_file_kind_of(path) == FPT_FILE_NONE) return FPT_ERR_NOT_FOUND;
    return fpt_input_open(&t->memory, path, &t->input, err);
}

static void fail(fpti_table *t, fpt_status status, const fpt_error *err)
{
    fpti_reader *r = t->reader;
    if (status == FPT_ERR_MEMORY) {
        r->no_memory = true;
    } else if (status == FPT_ERR_INPUT) {
        fpti_find(r, FPT_FAULT, "unreadable-file", t->name, 0, 0, "%s",
                  err->text);
    } else {
        r->stop = true;
        r->status = status;
        r->error = *err;
    }
}

static bool is_comment(const fpt_csv *csv)
{
    const fpt_str first = fpt_str_trim(csv->field[0]);
    if (csv->count == 1 && first.len == 0) return true;
    return first.len > 0 && first.data[0] == '#';
}

static bool read_header(fpti_table *t)
{
    do {
        if (!fpt_csv_next(&t->csv)) {
            fpt_error err = {0};
            const fpt_status status = fpt_csv_status(&t->csv, &err);
            if (status != FPT_OK)
                fail(t, status, &err);
            else
                fpti_find(t->reader, FPT_FAULT, "no-header", t->name, 0, 0,
                          "there is no line with the names of the columns");
            return false;
        }
    } while (is_comment(&t->csv));
    t->line = t->csv.line;
    bool fine = true;
    for (size_t c = 0; c < t->column_count; c++)
        t->at[c] = SIZE_MAX;
    for (size_t i = 0; i < t->csv.count; i++) {
        const fpt_str name = fpt_str_trim(t->csv.field[i]);
        size_t c = 0;
        while (c < t->column_count &&
               !fpt_str_equal(name, fpt_str_from(t->column[c].name)))
            c++;
        if (c == t->column_count || t->at[c] != SIZE_MAX) {
            fine = false;
            fpti_find(t->reader, FPT_FAULT,
                      c == t->column_count ? "unknown-column" : "column-twice",
                      t->name, t->line, (int64_t)i + 1,
                      c == t->column_count
                          ? "nobody knows the column \"%.*s\""
                          : "the column \"%.*s\" is there twice",
                      FPT_STR_ARG(name));
        } else {
            t->at[c] = i;
        }
    }
    for (size_t c = 0; c < t->column_count; c++) {
        if (t->at[c] != SIZE_MAX || !t->column[c].required) continue;
        fine = false;
        fpti_find(t->reader, FPT_FAULT, "missing-column", t->name, t->line, 0,
                  "the column \"%s\" is missing", t->column[c].name);
    }
    return fine;
}

bool fpti_table_open(fpti_reader *reader, const char *name,
                     const fpti_column *column, size_t count, fpti_table *out)
{
    FPT_REQUIRE(count <= FPTI_COLUMNS_MOST);
    *out = (fpti_table){.reader = reader,
                        .name = fpt_str_from(name),
                        .column = column,
                        .column_count = count,
                        .memory = reader->scratch};
    if (reader->no_memory || reader->stop) return false;
    fpt_error err = {0};
    fpt_status status = open_input(out, &err);
    if (status == FPT_ERR_NOT_FOUND) return false;
    if (status == FPT_OK) {
        out->open = true;
        const fpt_csv_options options = fpt_csv_options_default();
        status =
            fpt_csv_open(&out->memory, out->input, &options, &out->csv, &err);
    }
    if (status != FPT_OK) fail(out, status, &err);
    if (status == FPT_OK && read_header(out)) return true;
    fpti_table_close(out);
    return false;
}

void fpti_table_close(fpti_table *t)
{
    if (t->open) fpt_input_close(t->input);
    t->open = false;
}

bool fpti_table_next(fpti_table *t)
{
    if (!t->open) return false;
    while (!t->reader->no_memory && fpt_csv_next(&t->csv)) {
        t->line = t->csv.line;
        if (is_comment(&t->csv)) continue;
        size_t needed = 0;
        for (size_t c = 0; c < t->column_count; c++)
            if (t->at[c] != SIZE_MAX && t->at[c] + 1 > needed)
                needed = t->at[c] + 1;
        if (t->csv.fault != NULL) {
            fpti_find(t->reader, FPT_FAULT, "bad-quoting", t->name, t->line,
                      (int64_t)t->csv.fault_field + 1, "%s", t->csv.fault);
        } else if (t->csv.count != needed) {
            fpti_find(t->reader, FPT_FAULT, "wrong-cells", t->name, t->line, 0,
                      "%zu cells where the header has %zu", t->csv.count,
                      needed);
        } else {
            return true;
        }
    }
    fpt_error err = {0};
    const fpt_status status = fpt_csv_status(&t->csv, &err);
    if (status != FPT_OK) fail(t, status, &err);
    fpti_table_close(t);
    return false;
}

/* ---- cells ---- */

fpt_str fpti_text(const fpti_table *t, size_t column)
{
    const size_t at = t->at[column];
    return at == SIZE_MAX ? FPT_STR("") : fpt_str_trim(t->csv.field[at]);
}

bool fpti_is_empty(const fpti_table *t, size_t column)
{
    return fpti_text(t, column).len == 0;
}

fpt_str fpti_keep(fpti_table *t, size_t column)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0 && t->column[column].type == FPTI_NAME)
        fpti_fault(t, column, "missing-value", "\"%s\" is empty",
                   t->column[column].name);
    const fpt_str kept = fpt_str_keep(t->reader->arena, text);
    return fpti_enough_memory(t->reader, kept.data) ? kept : FPT_STR("");
}

/* "unknown" where a number stands: nobody has put it in yet. */
static bool is_unknown(fpti_table *t, size_t column)
{
    if (!fpt_str_equal(fpti_text(t, column), FPT_STR("unknown"))) return false;
    fpti_fault(t, column, "unknown-figure",
               "\"%s\" is not known here: fill it in", t->column[column].name);
    return true;
}

double fpti_number(fpti_table *t, size_t column, double missing)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0) return missing;
    double value;
    if (fpt_parse_double(text, &value) && fabs(value) <= 1e15) return value;
    if (is_unknown(t, column)) return missing;
    fpti_fault(t, column, "bad-number", "\"%.*s\" is not a number",
               FPT_STR_ARG(text));
    return missing;
}

double fpti_fraction(fpti_table *t, size_t column, double missing)
{
    const double value = fpti_number(t, column, missing);
    if (isnan(value) || (value >= 0.0 && value <= 1.0)) return value;
    fpti_fault(t, column, "not-a-fraction",
               "\"%s\" is %g; a fraction lies between 0 and 1",
               t->column[column].name, value);
    return missing;
}

int64_t fpti_pence(fpti_table *t, size_t column, int64_t missing)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0) return missing;
    fpt_money money;
    if (fpt_money_parse(text, false, &money) == FPT_OK &&
        money.pence < INT64_C(1) << 50 && money.pence > -(INT64_C(1) << 50))
        return money.pence;
    if (is_unknown(t, column)) return missing;
    fpti_fault(t, column, "bad-money",
               "\"%.*s\" is not an amount in pounds and pence",
               FPT_STR_ARG(text));
    return missing;
}

fpti_row fpti_constant(fpti_reader *reader, double value)
{
    fpt_plan *plan = reader->plan;
    for (size_t i = 0; i < plan->constant.count; i++)
        if (memcmp(&plan->constant.at[i], &value, sizeof value) == 0)
            return (fpti_row)(plan->assumption.count + i);
    double *made = FPTI_ADD(reader->arena, plan->constant);
    if (!fpti_enough_memory(reader, made)) return FPTI_NO_ROW;
    *made = value;
    return (fpti_row)(plan->assumption.count + plan->constant.count - 1);
}

fpti_row fpti_value(fpti_table *t, size_t column, double missing)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0)
        return isnan(missing) ? FPTI_NO_ROW : fpti_constant(t->reader, missing);
    double value;
    if (fpt_parse_double(text, &value)) {
        if (fabs(value) <= 1e15) return fpti_constant(t->reader, value);
    } else {
        const fpt_plan *plan = t->reader->plan;
        for (size_t i = 0; i < plan->assumption.count; i++) {
            if (!fpt_str_equal(plan->assumption.at[i].name, text)) continue;
            plan->assumption.at[i].used = true;
            return (fpti_row)i;
        }
    }
    fpti_fault(t, column, "unknown-assumption",
               "\"%.*s\" is neither a number nor an assumption of "
               "assumptions.csv",
               FPT_STR_ARG(text));
    return isnan(missing) ? FPTI_NO_ROW : fpti_constant(t->reader, missing);
}

/* What a value may become at the worst: a constant itself; of an assumption what
 * is stated, and far quantiles. */
void fpti_check_share(fpti_table *t, size_t column, fpti_row row)
{
    const fpt_plan *plan = t->reader->plan;
    if (row == FPTI_NO_ROW) return;
    const char *name = t->column[column].name;
    double low, high;
    if (row < plan->assumption.count) {
        const fpti_assumption *a = &plan->assumption.at[row];
        low = fmin(a->stated, fpt_belief_at_score(&a->belief, -4.0));
        high = fmax(a->stated, fpt_belief_at_score(&a->belief, 4.0));
        if (low >= 0.0 && high <= 1.0) return;
        fpti_fault(t, column, "not-a-fraction",
                   "\"%s\" may reach %g to %g; a fraction lies between 0 and "
                   "1: give the assumption \"%.*s\" limits (lower, upper)",
                   name, low, high, FPT_STR_ARG(a->name));
        return;
    }
    const double value = plan->constant.at[row - plan->assumption.count];
    if (value >= 0.0 && value <= 1.0) return;
    if (strstr(name, "probability") != NULL)
        fpti_fault(t, column, "bad-probability",
                   "\"%s\" is %g; a probability lies between 0 and 1", name,
                   value);
    else
        fpti_fault(t, column, "not-a-fraction",
                   "\"%s\" is %g; a fraction lies between 0 and 1", name,
                   value);
}

int fpti_year(fpti_table *t, size_t column, int missing)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0) return missing;
    fpt_period period;
    const fpti_settings *set = &t->reader->plan->set;
    if (!fpt_fy_parse(text, &period)) {
        fpti_fault(t, column, "bad-year",
                   "\"%.*s\" is not a financial year such as 2017/18",
                   FPT_STR_ARG(text));
        return missing;
    }
    int year, month, day;
    fpt_date_split(period.from, &year, &month, &day);
    const int index = year - set->first_year;
    if (index >= 0 && index <= set->years) return index;
    fpti_fault(t, column, "year-outside",
               "%.*s is outside the plan, which runs from %d to %d",
               FPT_STR_ARG(text), set->first_year,
               set->first_year + set->years);
    return missing;
}

bool fpti_yes_no(fpti_table *t, size_t column, bool missing)
{
    static const char *const words[] = {"no", "yes"};
    return fpti_choice(t, column, words, 2, missing ? 1 : 0) == 1;
}

fpt_date fpti_date(fpti_table *t, size_t column, fpt_date missing)
{
    const fpt_str text = fpti_text(t, column);
    fpt_date date;
    if (text.len == 0) return missing;
    if (fpt_date_parse(text, FPT_DATE_ISO, &date)) return date;
    fpti_fault(t, column, "bad-date",
               "\"%.*s\" is not a date such as 2017-04-01", FPT_STR_ARG(text));
    return missing;
}

int fpti_choice(fpti_table *t, size_t column, const char *const *words,
                size_t count, int missing)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0 && missing >= 0) return missing;
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(text, fpt_str_from(words[i]))) return (int)i;
    char list[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < count && used < sizeof list; i++) {
        const int wrote = snprintf(list + used, sizeof list - used, "%s%s",
                                   i == 0 ? "" : ", ", words[i]);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    fpti_fault(t, column, "unknown-word",
               "\"%s\" is \"%.*s\", expected one of %s", t->column[column].name,
               FPT_STR_ARG(text), list);
    return missing >= 0 ? missing : 0;
}
