/*
 * Files of the site: written in the order in which they are given, behind the back
 * of who makes the next page.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "publish_i.h"

enum { WAITING = 16 };

struct file {
    fpt_arena arena;
    const char *name;
    fpt_str bytes;
};

/* One more than are under way: who fills the next finds it written. */
struct fpti_files {
    size_t next;
    struct file file[WAITING + 1];
};

fpt_status fpti_files_open(fpti_site *site, fpt_error *err)
{
    site->files = FPT_NEW(site->arena, struct fpti_files, 1);
    bool good = site->files != NULL && fpt_behind_open(site->arena, WAITING, 0,
                                                       &site->behind) == FPT_OK;
    for (size_t i = 0; good && i <= WAITING; i++)
        good = fpt_arena_init(&site->files->file[i].arena, NULL) == FPT_OK;
    return good ? FPT_OK
                : fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
}

void fpti_files_close(fpti_site *site)
{
    fpt_behind_close(site->behind);
    for (size_t i = 0; site->files != NULL && i <= WAITING; i++)
        fpt_arena_clear(&site->files->file[i].arena);
}

static fpt_status write_file(void *owner, void *item, bool wanted,
                             fpt_error *err)
{
    const struct file *f = item;
    (void)owner;
    if (!wanted) return FPT_OK;
    const int file =
        open(f->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    size_t done = 0;
    while (file >= 0 && done < f->bytes.len) {
        const ssize_t n =
            write(file, f->bytes.data + done, f->bytes.len - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        done += (size_t)n;
    }
    const int failure = errno;
    const bool closed = file >= 0 && close(file) == 0;
    if (file >= 0 && done == f->bytes.len && closed) return FPT_OK;
    return fpt_fail(err, FPT_ERR_IO, "%s: cannot write: %s", f->name,
                    strerror(failure));
}

fpt_status fpti_write(fpti_site *site, fpt_str path, fpt_str bytes,
                      fpt_error *err)
{
    struct file *f = &site->files->file[site->files->next++ % (WAITING + 1)];
    fpt_arena_reset(&f->arena);
    f->name = fpt_str_print(&f->arena, "%s/" FPT_STR_FMT, site->folder,
                            FPT_STR_ARG(path))
                  .data;
    f->bytes = fpt_str_keep(&f->arena, bytes);
    if (f->name == NULL || f->bytes.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
    site->result.files++;
    site->result.bytes += (int64_t)bytes.len;
    return fpt_behind_give(site->behind, write_file, NULL, f, err);
}
