/*
 * The worked example, as files in a new folder. They are those of
 * packs/plans/example, put into the library when it is built, so that the
 * example is there wherever the command is.
 */
#include "fpt/io.h"
#include "fpt/plan.h"

#include "plan_example.h"

fpt_status fpt_plan_new(fpt_arena scratch, const char *folder, fpt_error *err)
{
    if (fpt_file_kind_of(folder) != FPT_FILE_NONE)
        return fpt_fail(err, FPT_ERR_EXISTS,
                        "%s is there already: a plan is made in a new folder",
                        folder);
    FPT_TRY(fpt_folder_make(folder, err));
    for (size_t i = 0; i < sizeof plan_example / sizeof *plan_example; i++) {
        const fpt_str bytes = {(const char *)plan_example[i].bytes,
                               plan_example[i].size};
        const char *path =
            fpt_path_join(&scratch, folder, plan_example[i].name);
        if (path == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a path");
        FPT_TRY(fpt_file_write(path, bytes, err));
    }
    return FPT_OK;
}
