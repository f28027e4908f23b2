/**
 * @file ingest.h
 * @brief Published files into the warehouse.
 *
 * A source pack (packs/sources/NAME/VERSION) says what a publisher's file looks
 * like and what its cells mean; nothing about any one file stands in C. One call
 * loads one or many files in one transaction: all of them or none.
 *
 * What cannot be used is kept aside and told of: rejected records with their
 * reason, unknown codes, totals that do not add up, files that disagree.
 */
#ifndef FPT_INGEST_H
#define FPT_INGEST_H

#include "fpt/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What `footprint source list` says of a pack. */
typedef struct fpt_source_about {
    fpt_str name, version, title, publisher, licence, about;
    fpt_str recognised_by; /**< one sentence */
    size_t columns, facts;
} fpt_source_about;

/** All source packs, by name; a pack that does not load fails the call, with
 *  file and line. */
FPT_MUST_CHECK fpt_status fpt_source_list(fpt_arena *arena,
                                          const fpt_pack_path *packs,
                                          size_t *count, fpt_source_about **out,
                                          fpt_error *err);

/** One file to load. */
typedef struct fpt_load_file {
    const char *path;
    fpt_str source;    /**< name of the pack; empty: found by sniffing */
    fpt_str vintage;   /**< empty: from the file */
    fpt_str published; /**< ISO date; empty: from the file or the pack */
} fpt_load_file;

/** A job pack (packs/jobs/NAME): the files that one piece of work wants. */
typedef struct fpt_job {
    fpt_str name, version, title, about;
    size_t wants;
    struct fpt_job_file {
        fpt_str source, vintage, path; /**< path: a hint, with * and ? */
        fpt_str published;
        bool optional;
        int line; /**< in the pack */
    } * want;
    size_t measures;
    fpt_str *measure; /**< indicators that it is about; none: all that can */
    size_t frameworks;
    fpt_str *framework;
    fpt_str attribution; /**< pack that places organisations' activity */
    size_t views;
    fpt_str *view;  /**< "then", or dates of footprints to restate on */
    fpt_str period; /**< the headline period */
    fpt_str tier;
    fpt_str headline; /**< indicator of the first page; empty: the first that
                           systems are compared on */
} fpt_job;

typedef struct fpt_load_options {
    size_t struct_size;
    fpt_pack_path packs;
    fpt_date today;
    bool dry_run; /**< do everything, then leave the workspace as it was */
    const fpt_log *log; /**< may be NULL */
    const fpt_job *job; /**< whose files they are, for the ledger; NULL: none */
    fpt_str job_folder; /**< name of the folder in which they were found */
} fpt_load_options;

/** What came of one file. */
typedef struct fpt_load_result {
    int64_t load; /**< 0: it had been loaded already, as load `same_as` */
    int64_t same_as;
    fpt_str path, source, version, vintage;
    char sha256[65];
    int64_t bytes, rows_read, rows_taken, rows_skipped, rows_rejected;
    int64_t facts;
    size_t checks_failed, findings;
    double seconds; /**< filled by the caller's clock when there is one: 0 */
} fpt_load_result;

/**
 * Load files, in the order given, in one transaction.
 *
 * Errors   FPT_ERR_INPUT, with file, line and column: a file that is not what
 *          its pack says, is damaged, is of another vintage, or that no pack or
 *          more than one recognises; FPT_ERR_NOT_FOUND; FPT_ERR_IO (disk full);
 *          FPT_ERR_STORE; FPT_ERR_LOCKED. The workspace is then as before.
 * Memory   results live in the arena. What is used while loading does not grow
 *          with the length of a file.
 */
FPT_MUST_CHECK fpt_status fpt_load(fpt_workspace *workspace, fpt_arena *arena,
                                   const fpt_load_options *options,
                                   size_t count, const fpt_load_file *files,
                                   fpt_load_result **out, fpt_error *err);

/** Read a job pack. Errors   FPT_ERR_NOT_FOUND; FPT_ERR_INPUT, with file, line
 *  and column. */
FPT_MUST_CHECK fpt_status fpt_job_open(fpt_arena *arena,
                                       const fpt_pack_path *packs, fpt_str name,
                                       fpt_job *out, fpt_error *err);

/**
 * The files of a job, found below a folder: by their hint first, else by
 * sniffing every file there.
 *
 * Errors   FPT_ERR_NOT_FOUND: one is missing (the text names its source and
 *          vintage); FPT_ERR_INPUT: the one found is of another vintage.
 */
FPT_MUST_CHECK fpt_status fpt_job_find(fpt_arena *arena,
                                       const fpt_pack_path *packs,
                                       const fpt_job *job, const char *folder,
                                       size_t *count, fpt_load_file **out,
                                       fpt_error *err);

/** Make the warehouse again from sources/ and the ledger. */
FPT_MUST_CHECK fpt_status fpt_rebuild(fpt_workspace *workspace,
                                      fpt_arena *arena,
                                      const fpt_load_options *options,
                                      size_t *count, fpt_load_result **out,
                                      fpt_error *err);

/* ---- what is wrong with what was read ---- */

/** How bad it is; the worst is the first. */
typedef enum fpt_data_state {
    FPT_DATA_FAULT,    /**< a check failed */
    FPT_DATA_WARNING,  /**< records set aside, unknown codes, suspect cells */
    FPT_DATA_NOTE,     /**< within tolerance, withheld, not published */
    FPT_DATA_PASS,     /**< all of a rule and source that passed, as one */
    FPT_DATA_NOT_ASKED /**< likewise, checks that do not concern the file */
} fpt_data_state;

const char *fpt_data_state_text(fpt_data_state state);

typedef struct fpt_data_check {
    fpt_data_state state;
    fpt_str rule;                  /**< "rejected/bad-number" */
    int64_t load;                  /**< 0: of the whole workspace */
    fpt_str source, vintage, file; /**< of the load; of several only source */
    int64_t line;                  /**< the first, or 0 */
    int64_t count;     /**< how many, or the difference that was found */
    int64_t of;        /**< of how many, or what was expected; -1: not said; of
                        what passed: how many checks */
    int64_t tolerance; /**< of a check; -1: has none */
    fpt_str text;      /**< one sentence */
} fpt_data_check;

/** Everything that loads found, worst first, then by load, rule and line.
 *  Errors   FPT_ERR_STORE, FPT_ERR_MEMORY. */
FPT_MUST_CHECK fpt_status fpt_data_checks(fpt_store *warehouse,
                                          fpt_arena *arena, size_t *count,
                                          fpt_data_check **out, fpt_error *err);

/** Which source a file is of, as sniffing has it. */
typedef struct fpt_sniffed {
    fpt_str source, version, vintage;
} fpt_sniffed;

/** Errors   FPT_ERR_NOT_FOUND: no pack recognises it, and why the nearest do
 *          not; FPT_ERR_AMBIGUOUS: several do. */
FPT_MUST_CHECK fpt_status fpt_sniff(fpt_arena *arena,
                                    const fpt_pack_path *packs,
                                    const char *path, fpt_sniffed *out,
                                    fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_INGEST_H */
