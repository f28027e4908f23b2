/**
 * @file registry.h
 * @brief Who belongs where, since when, and since when we know it.
 *
 * Two time axes. V is the day that is asked about (valid time); K is the day on
 * which it is asked (record time): what had not been published by then does not
 * count. A registry is opened for one K, and each question names its V. Facts
 * are never changed: a later publication that says otherwise about the same day
 * wins from the day on which it could be known.
 *
 * Bodies (organisations) and areas are alike here: codes with names, roles,
 * relations and successors, all dated. Intervals are half open.
 */
#ifndef FPT_REGISTRY_H
#define FPT_REGISTRY_H

#include "fpt/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_registry fpt_registry;

/** A body or an area: an index, good for one registry. */
typedef struct fpt_body {
    uint32_t id;
} fpt_body;

#define FPT_NOBODY UINT32_MAX
static inline bool fpt_body_is(fpt_body body)
{
    return body.id != FPT_NOBODY;
}

/** What a pack of tiers says (packs/tiers). */
typedef struct fpt_tier_kind {
    fpt_str kind;  /**< stp, icb, lad ... */
    fpt_date from; /**< from this day the tier is made of this kind */
} fpt_tier_kind;

typedef struct fpt_tier {
    fpt_str name; /**< system, place, neighbourhood ... */
    fpt_str title;
    size_t kinds;
    fpt_tier_kind *kind;               /**< in order of time */
    int64_t least_people, most_people; /**< expected size; 0: no rule */
    fpt_str size_source;
} fpt_tier;

typedef struct fpt_tiers {
    fpt_str name, version;
    fpt_str atom;       /**< kind of the smallest areas */
    fpt_str population; /**< series that weighs them */
    fpt_str nation_code, nation_name;
    fpt_str practices; /**< tier by which practices are placed */
    size_t count;
    fpt_tier *tier;
    fpt_str made_up_name; /**< of the nation where data are made up; empty: as
                               it is */
} fpt_tiers;

/** The only pack of tiers, or the one of that name. */
FPT_MUST_CHECK fpt_status fpt_tiers_open(fpt_arena *arena,
                                         const fpt_pack_path *packs,
                                         fpt_str name, fpt_tiers *out,
                                         fpt_error *err);

/** A tier by name, or NULL; and the kind that makes it up on a day (empty before
 *  its first). */
const fpt_tier *fpt_tier_find(const fpt_tiers *tiers, fpt_str name);
fpt_str fpt_tier_kind_on(const fpt_tier *tier, fpt_date day);

/**
 * Read the registry as it was known on a day.
 *
 * Errors   FPT_ERR_STORE, FPT_ERR_MEMORY.
 * Memory   the handle's, until fpt_reg_close(). tiers must live as long.
 * Threads  one; questions fill caches.
 */
FPT_MUST_CHECK fpt_status fpt_reg_open(fpt_store *warehouse,
                                       const fpt_tiers *tiers, fpt_date as_of,
                                       fpt_registry **out, fpt_error *err);
void fpt_reg_close(fpt_registry *registry);

/**
 * The same for questions about one code alone, read in a fraction of the time:
 * its facts (FPT_REG_MEMBERS only when `members`), its homes, its successors,
 * and the codes and names of what these name. Whatever the code, fpt_reg_find()
 * and fpt_reg_resolve() of it answer as they would; questions about other bodies
 * and about partitions may not be asked.
 */
FPT_MUST_CHECK fpt_status fpt_reg_open_about(fpt_store *warehouse,
                                             const fpt_tiers *tiers,
                                             fpt_date as_of, fpt_str code,
                                             bool members, fpt_registry **out,
                                             fpt_error *err);

/* ---- codes and names ---- */

/** How many bodies and areas there are; they are numbered from 0. */
size_t fpt_reg_count(const fpt_registry *registry);

/** The body of exactly this code, or FPT_NOBODY. */
fpt_body fpt_reg_find(const fpt_registry *registry, fpt_str code);

/**
 * What a code or a name means on a day: itself, the body that it is another code
 * of, or one whose name it is.
 *
 * Shape    up to `most` candidates in out, in order of code; *count may be more.
 *          kind empty: any. 0 none, 1 an answer, more: ambiguous.
 */
void fpt_reg_resolve(const fpt_registry *registry, fpt_str text, fpt_str kind,
                     fpt_date on, size_t most, fpt_body *out, size_t *count);

fpt_str fpt_reg_code(const fpt_registry *registry, fpt_body body);

/** The name on a day; if none held then, the nearest; empty when never named. */
fpt_str fpt_reg_name(const fpt_registry *registry, fpt_body body, fpt_date on);
/** The kind (stp, trust ...) on a day, likewise; empty when it never had one. */
fpt_str fpt_reg_kind(const fpt_registry *registry, fpt_body body, fpt_date on);

/** The body that a code stands for on a day: E38000116 for 13T, itself else. */
fpt_body fpt_reg_canonical(const fpt_registry *registry, fpt_body body,
                           fpt_date on);

/* ---- facts, as they were published ---- */

/** A dated fact, with both time axes and where it came from. */
typedef struct fpt_reg_fact {
    fpt_str what;    /**< kind of relation, role, kind of body, alias system */
    fpt_str text;    /**< name, role, other code, code of the object */
    fpt_body object; /**< of a relation or a succession */
    int64_t share;   /**< in 10^-12; -1: none */
    fpt_period valid, operational;
    fpt_period known; /**< to: the day on which a later publication spoke of the
                           same thing from the same day, and took its place */
    fpt_str source;
    int64_t load, line;
} fpt_reg_fact;

typedef enum fpt_reg_facts {
    FPT_REG_NAMES,
    FPT_REG_ROLES,
    FPT_REG_RELATIONS, /**< what it belongs to */
    FPT_REG_MEMBERS,   /**< what belongs to it */
    FPT_REG_ALIASES,
    FPT_REG_SUCCESSORS,
    FPT_REG_PREDECESSORS
} fpt_reg_facts;

/**
 * All facts of one sort about a body, whether they hold or not, in order of
 * kind, first day and the day from which they were known.
 */
FPT_MUST_CHECK fpt_status fpt_reg_facts_of(const fpt_registry *registry,
                                           fpt_arena *arena, fpt_body body,
                                           fpt_reg_facts sort, size_t *count,
                                           fpt_reg_fact **out, fpt_error *err);

/* ---- belonging, on a day ---- */

/** One answer: whole when share is FPT_SHARE_WHOLE. */
typedef struct fpt_home {
    fpt_body object;
    int64_t share;  /**< in 10^-12 */
    fpt_date since; /**< first day of the fact that names the object */
} fpt_home;

#define FPT_SHARE_WHOLE INT64_C(1000000000000)

/**
 * What a body or area belongs to on a day, of one kind: by a fact about it, or
 * through what it belongs to (a practice's CCG's STP). Of two ways the one whose
 * last fact is younger counts, then the shorter.
 *
 * Shape    up to `most` (at least 8) in out; shares sum to FPT_SHARE_WHOLE. *count
 *          is 0 when it belongs to none that day. *ambiguous is set when several
 *          facts of equal right name different objects without shares, and then
 *          they share equally.
 */
void fpt_reg_home(const fpt_registry *registry, fpt_body body, fpt_str kind,
                  fpt_date on, size_t most, fpt_home *out, size_t *count,
                  bool *ambiguous);

/** The facts of one relation and one source alone, as that register gives them:
 *  those that hold on the day, else those nearest to it. Shares that sum to
 *  about 1 are made to sum to it. */
void fpt_reg_home_by(const fpt_registry *registry, fpt_body body, fpt_str kind,
                     fpt_str source, fpt_date on, size_t most, fpt_home *out,
                     size_t *count);

/* ---- succession ---- */

typedef struct fpt_succession {
    fpt_body successor;
    fpt_date on;
    int depth;     /**< 1: of the body itself */
    size_t parent; /**< index of the step before, SIZE_MAX at depth 1 */
    bool cycle;    /**< it has been before on this path: not followed */
    bool split;    /**< one of several at this step */
} fpt_succession;

/** The whole tree of those who came after, depth first, in order of date and
 *  code. A body that succeeds itself is a cycle of one. */
FPT_MUST_CHECK fpt_status fpt_reg_successors(const fpt_registry *registry,
                                             fpt_arena *arena, fpt_body body,
                                             size_t *count,
                                             fpt_succession **out,
                                             fpt_error *err);

/** The one who took over first. None: FPT_NOBODY. *ambiguous when several took
 *  over on that day. */
fpt_body fpt_reg_first_successor(const fpt_registry *registry, fpt_body body,
                                 bool *ambiguous);

/* ---- areas made of atoms ---- */

/** Each atom and what it belongs to of one kind on one day. */
typedef struct fpt_partition {
    fpt_str kind;
    fpt_date epoch; /**< first day of the facts that it is made of */
    size_t atoms;
    const fpt_body *atom;
    const fpt_body *object; /**< FPT_NOBODY: unassigned */
    size_t objects;
    const fpt_body *distinct; /**< in order of code */
} fpt_partition;

/** Errors   FPT_ERR_MEMORY. Memory: the registry's; good until it is closed. */
FPT_MUST_CHECK fpt_status fpt_reg_partition(fpt_registry *registry,
                                            fpt_str kind, fpt_date on,
                                            const fpt_partition **out,
                                            fpt_error *err);

/** The partition of the day nearest to `on` in which a body is one of the areas
 *  (the day itself if it can be); NULL in *out when it never was. */
FPT_MUST_CHECK fpt_status fpt_reg_partition_with(fpt_registry *registry,
                                                 fpt_str kind, fpt_body body,
                                                 fpt_date on,
                                                 const fpt_partition **out,
                                                 fpt_error *err);

/** People of each atom, in the order of partitions, of the estimate that is
 *  nearest to a day (the earlier of two); *of says which. */
FPT_MUST_CHECK fpt_status fpt_reg_people(fpt_registry *registry, fpt_date on,
                                         const int64_t **people, fpt_period *of,
                                         fpt_error *err);

/** An area whose people are fewer or more than is usual for its tier. */
typedef struct fpt_size_remark {
    fpt_str tier, kind, code, name;
    int64_t people;
    fpt_str text; /**< fpt_tier_size_word() */
} fpt_size_remark;

/** Those of all tiers on a day, by tier and code; none where no estimate of
 *  residents is loaded. Errors   FPT_ERR_MEMORY, FPT_ERR_STORE. */
FPT_MUST_CHECK fpt_status fpt_reg_size_remarks(
    fpt_registry *registry, const fpt_tiers *tiers, fpt_date on,
    fpt_arena *arena, size_t *count, fpt_size_remark **out, fpt_error *err);

/** A part of an area: how many of its people are in another one. */
typedef struct fpt_crossing {
    fpt_body from, to; /**< to FPT_NOBODY: in none */
    int64_t people;
} fpt_crossing;

/**
 * All crossings from the areas of one kind and day to those of another, in order
 * of the two codes. Shape: *out[*count]; the registry's memory.
 */
FPT_MUST_CHECK fpt_status fpt_reg_crosswalk(fpt_registry *registry,
                                            fpt_str from_kind, fpt_date from_on,
                                            fpt_str to_kind, fpt_date to_on,
                                            size_t *count,
                                            const fpt_crossing **out,
                                            fpt_error *err);

typedef enum fpt_change_kind {
    FPT_CHANGE_OPENED,
    FPT_CHANGE_CLOSED,
    FPT_CHANGE_RENAMED,
    FPT_CHANGE_MOVED, /**< people of `from` are now in `to`, and both go on */
    FPT_CHANGE_SPLIT, /**< `from` closed, and several took its people */
    FPT_CHANGE_MERGED /**< `from` closed, and `to` took all its people */
} fpt_change_kind;

typedef struct fpt_change {
    fpt_change_kind kind;
    fpt_body from, to;
    int64_t people;
} fpt_change;

/** What happened to a tier's areas between two days. */
FPT_MUST_CHECK fpt_status fpt_reg_diff(fpt_registry *registry, fpt_arena *arena,
                                       fpt_str kind1, fpt_date day1,
                                       fpt_str kind2, fpt_date day2,
                                       size_t *count, fpt_change **out,
                                       fpt_error *err);

/** Does an area's size fit its tier's rule? A word for the page: "", or what is
 *  unusual about it. */
const char *fpt_tier_size_word(const fpt_tier *tier, int64_t people);

#ifdef __cplusplus
}
#endif
#endif /* FPT_REGISTRY_H */
