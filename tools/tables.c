/*
 * docs/reference/tables.md, made from src/store/tables.def:
 *
 *   build/dev/tables > docs/reference/tables.md
 */
#include <stdio.h>

#include "fpt/store.h"

static const char *type_name(fpt_type type)
{
    switch (type) {
    case FPT_TYPE_INT:
        return "whole number";
    case FPT_TYPE_DOUBLE:
        return "number";
    case FPT_TYPE_TEXT:
        return "text";
    case FPT_TYPE_DATE:
        return "date";
    case FPT_TYPE_BLOB:
        return "bytes";
    }
    return "";
}

static void tell(const fpt_table *table)
{
    printf("\n## %s\n\n%s.\n\n| column | type | | what |\n|---|---|---|---|\n",
           table->name, table->about);
    for (size_t i = 0; i < table->columns; i++) {
        const fpt_table_column *c = &table->column[i];
        printf("| `%s` | %s | %s | %s |\n", c->name, type_name(c->type),
               c->required ? "" : "may be missing", c->about);
    }
}

static void tell_kind(fpt_store_kind kind, const char *title, const char *about)
{
    size_t count;
    const fpt_table *table = fpt_tables(&count);
    printf("\n# %s\n\n%s\n", title, about);
    for (size_t i = 0; i < count; i++)
        if (table[i].kind == kind) tell(&table[i]);
}

int main(void)
{
    puts("<!-- Made by tools/tables.c from src/store/tables.def: do not edit. "
         "-->\n"
         "Every table of a workspace. Facts carry the load and the line that\n"
         "they came from, so that each can be followed to its file. Periods "
         "and\n"
         "validity are half open: the second day is the one behind the last.");
    tell_kind(FPT_WAREHOUSE, "The warehouse",
              "`warehouse.duckdb`. It can be thrown away: `footprint rebuild` "
              "makes it again\nfrom `sources/` and the ledger.");
    tell_kind(FPT_LEDGER, "The ledger",
              "`ledger.sqlite`. Append-only: each entry's digest covers the "
              "one before, and\nnothing is changed or removed.");
    return fflush(stdout) == 0 ? 0 : 1;
}
