/*
 * tables.def as data: the list of tables, and the statements that make them.
 */
#include "store_i.h"

#define COLUMN(name, type, required, about)                                    \
    {#name, FPT_TYPE_##type, required, about},
#define TABLE(name, store, about)                                              \
    static const fpt_table_column name##_column[] = {
#define END                                                                    \
    }                                                                          \
    ;
#include "tables.def"
#undef TABLE
#undef COLUMN
#undef END

static const fpt_table tables[] = {
#define TABLE(name, store, about)                                              \
    {#name, FPT_##store, about, sizeof name##_column / sizeof *name##_column,  \
     name##_column},
#define COLUMN(name, type, required, about)
#define END
#include "tables.def"
#undef TABLE
#undef COLUMN
#undef END
};

const fpt_table *fpt_tables(size_t *count)
{
    *count = sizeof tables / sizeof *tables;
    return tables;
}

const fpt_table *fpt_table_find(const char *name)
{
    size_t count;
    const fpt_table *table = fpt_tables(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0) return &table[i];
    return NULL;
}
