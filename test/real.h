/* Where tests find published files: they are never part of the project. A test
 * that needs them begins main() with `if (!real_data_is_there()) return 77;`,
 * which CTest shows as skipped; label it `real`. */
#ifndef FPT_TEST_REAL_H
#define FPT_TEST_REAL_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* FOOTPRINT_REAL_DATA, or the folder beside the repository's. */
static inline const char *real_data_folder(void)
{
    const char *folder = getenv("FOOTPRINT_REAL_DATA");
    return folder != NULL && folder[0] != '\0' ? folder : "../shared/data";
}

static inline bool real_data_is_there(void)
{
    struct stat about;
    if (stat(real_data_folder(), &about) == 0 && S_ISDIR(about.st_mode))
        return true;
    printf("skipped: there is no folder %s (set FOOTPRINT_REAL_DATA)\n",
           real_data_folder());
    return false;
}

#endif /* FPT_TEST_REAL_H */
