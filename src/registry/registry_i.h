/* Shared inside registry only. */
#ifndef FPT_REGISTRY_I_H
#define FPT_REGISTRY_I_H

#include "fpt/registry.h"

/** How many steps a membership is followed beyond the first. */
enum { FPTI_MOST_DEPTH = 3 };

/* Facts as they are kept in memory: numbers, sorted by the body that they are
 * about, so that a body's facts lie together. */
struct relation {
    uint32_t subject, object;
    uint16_t kind;
    int32_t from, to, known, load;
    int64_t line, share; /* share -1: none */
};

struct naming {
    uint32_t body, name; /* name UINT32_MAX: none */
    uint16_t kind;
    int32_t from, to, known, load;
    int64_t line;
};

struct alias {
    uint32_t code, other;
    uint16_t system, kind;
    int32_t from, known, load;
    int64_t line;
};

struct role {
    uint32_t body;
    uint16_t role;
    int32_t from, to, operational_from, operational_to, known, load;
    int64_t line;
};

struct succession {
    uint32_t old, new;
    int32_t on, known, load;
    int64_t line;
};

/* A sorted array of facts and, for each body, where its facts begin. */
struct range {
    const uint32_t *first; /* bodies + 1 */
};

struct kept_partition {
    fpt_partition partition;
    struct kept_partition *next;
};

struct kept_crosswalk {
    fpt_str from_kind, to_kind;
    int32_t from_epoch, to_epoch, people_of;
    size_t count;
    fpt_crossing *crossing;
    struct kept_crosswalk *next;
};

struct estimate {
    fpt_period of;
    int64_t load, series;
};

struct kept_people {
    fpt_period of;
    int64_t *people;
    struct kept_people *next;
};

struct load {
    uint32_t source; /* FPT_INTERN_NONE: no such load, or not known yet */
    int32_t known;
};

/* Answers about one kind on one day, by body; depth 0: not asked yet. */
struct remembered {
    uint32_t object;
    int32_t since, last_since;
    int depth, found_depth;
};

struct memo {
    struct remembered *of;
};

struct fpt_registry {
    fpt_arena arena;
    fpt_store *warehouse;
    const fpt_tiers *tiers;
    fpt_date as_of;

    fpt_intern codes;        /* bodies */
    fpt_intern names, words; /* words: kinds, roles, systems */
    fpt_intern sources;
    size_t loads;
    struct load *load; /* by its number */

    size_t relations, namings, aliases, roles, successions;
    struct relation *relation;
    uint32_t *member; /* numbers of relations, sorted by object */
    struct naming *naming;
    struct alias *alias, *alias_of; /* by other; alias_of: by code */
    struct role *role;
    struct succession *succession, *preceding; /* preceding: by new */
    struct range of_relation, of_member, of_naming, of_alias, of_alias_of,
        of_role, of_succession, of_preceding;

    size_t atoms;
    fpt_body *atom; /* in order of code */
    size_t epochs;
    int32_t *epoch; /* days on which the areas of atoms may change */
    struct kept_partition *partitions;
    struct kept_crosswalk *crosswalks;
    struct kept_people *people;
    struct memo *memo; /* only while a partition is made */
    bool estimates_read;
    size_t estimates;
    struct estimate *estimate; /* of residents, in order of time */
};

/* Does the body bear a name of this kind on the day? */
bool fpti_is_kind(const fpt_registry *r, uint32_t body, uint16_t kind,
                  int32_t on);
/* The area of a kind that an atom is in on a day. */
fpt_body fpti_home_of_atom(const fpt_registry *r, fpt_body atom, uint16_t kind,
                           fpt_date on);
/* Number of a word, or UINT16_MAX. */
uint16_t fpti_word(const fpt_registry *r, fpt_str word);
/* Read everything known by the registry's day. */
fpt_status fpti_read_all(fpt_registry *r, fpt_error *err);

/* The same in parts: which loads are known; facts of one table, all or those of
 * a WHERE clause (each table at most once); then their orders. */
enum fpti_table {
    FPTI_RELATION,
    FPTI_NAME,
    FPTI_ALIAS,
    FPTI_ROLE,
    FPTI_SUCCESSION,
    FPTI_TABLES
};
fpt_status fpti_read_begin(fpt_registry *r, fpt_error *err);
fpt_status fpti_read_table(fpt_registry *r, enum fpti_table which,
                           const char *where, size_t count,
                           const fpt_bind *binds, fpt_error *err);
fpt_status fpti_sort_and_index(fpt_registry *r, fpt_error *err);
fpt_status fpti_find_epochs(fpt_registry *r, fpt_error *err);
/* Into the order of their codes. */
fpt_status fpti_sort_bodies(const fpt_registry *r, size_t count, fpt_body *body,
                            fpt_error *err);

/* What is asked of one body. *enough is false when its code is not known, or
 * reaches too far: everything must be read then. */
fpt_status fpti_read_about(fpt_registry *r, fpt_str code, bool members,
                           bool *enough, fpt_error *err);

#endif /* FPT_REGISTRY_I_H */
