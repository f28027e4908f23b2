/* Shared by the files that run one call of load. */
#ifndef FPT_LOAD_I_H
#define FPT_LOAD_I_H

#include "ingest_i.h"

/* What a load's row and its entry in the ledger will say. */
struct noted {
    int64_t load;
    const fpt_load_result *result;
    fpt_date known_from;
    bool synthetic, by_place;
    fpt_str published; /* as told by the caller */
    int64_t file;      /* which one of its call, from 1 */
    int64_t entry;     /* when rebuilding: known already */
    fpt_str seal;
    fpt_date loaded_on;
};

struct call {
    fpt_workspace *workspace;
    const fpt_load_options *options;
    fpt_arena arena; /* of this call */
    fpt_arena *out;  /* of the results */
    fpti_session session;
    bool session_open;
    bool rebuilding;
    fpti_load load; /* the file at hand */

    size_t source_count;
    fpti_source *sources; /* all packs, once one must be sniffed */

    size_t result_count;
    fpt_load_result *results;
    size_t created_count, created_capacity;
    char **created; /* copies made by this call */

    size_t noted_count, noted_capacity;
    struct noted *noted;
    const struct noted *replay; /* when rebuilding, by file */
    const fpt_str *names;       /* likewise: what the files were called */
    const fpt_str
        *versions; /* and by which version of its pack each was read */
};

fpt_status fpti_call_run(struct call *c, size_t count,
                         const fpt_load_file *files, fpt_error *err);

/* Is it a file that can be a table at all? The sentence says what it is. */
fpt_status fpti_check_file(const char *path, fpt_error *err);

/* Length, time of change and number of a file; noughts: none. */
struct fpti_stamp {
    int64_t number[4];
};
struct fpti_stamp fpti_stamp_of(const char *path);
fpt_status fpti_check_still(const char *path, struct fpti_stamp before,
                            fpt_error *err);

/* A year, or a month, in a file's name. */
bool fpti_name_holds_date(fpt_str name, fpt_str *out);

/* Remember what the file at hand will be entered as. */
fpt_status fpti_note_load(struct call *c, const fpt_load_file *file,
                          fpt_error *err);
/* Rows of `load` and entries of the ledger. */
fpt_status fpti_write_loads(struct call *c, fpt_error *err);
/* The job whose files they are, in the ledger. */
fpt_status fpti_write_job(struct call *c, fpt_error *err);
/* Files of one source that say different things of the same period. */
fpt_status fpti_compare_loads(struct call *c, fpt_error *err);
fpt_status fpti_unknown_codes(struct call *c, fpt_error *err);

/* What an entry of the ledger says of a load. */
struct replay {
    fpt_load_file file;
    struct noted noted;
    fpt_str sha256, name, version;
};
/* Errors FPT_ERR_STORE: the entry says too little, or leads elsewhere. */
fpt_status fpti_replay_read(fpt_arena *arena, const fpt_ledger_entry *entry,
                            const char *sources, struct replay *out,
                            fpt_error *err);

/* Does a file stand in a folder that says its data are made up? */
fpt_status fpti_is_synthetic(fpt_arena *arena, const char *path, bool *out,
                             fpt_error *err);

#endif /* FPT_LOAD_I_H */
