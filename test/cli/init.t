# A workspace: a folder that a person can read.
$ footprint init --help
footprint init [DIR]
  make a workspace

For example
  footprint init care

Options
      --color WHEN         auto, always or never; NO_COLOR is honoured
  -h, --help               this text
      --no-input           never ask; fail instead
  -q, --quiet              no messages but errors
$ footprint init ws
! Made a workspace in ws. Next: footprint load --job NAME FOLDER, or footprint load FILE...
$ ls ws
footprint.yaml
sources
$ cat ws/footprint.yaml
\# A Footprint workspace. This file says what it is; the rest is beside it:
\#   sources/           every file that was loaded, named by its SHA-256
\#   ledger.sqlite      what was decided, in order; keep it safe
\#   warehouse.duckdb   facts; `footprint rebuild` makes it again
\#   site/              what `footprint publish` wrote
title: Footprint
made_on: 2017-10-21
$ footprint source loads -w ws
load,source,version,vintage,known_from,loaded_on,rows_read,rows_taken,rows_skipped,rows_rejected,bytes,file,sha256
# Not twice, and not in the place of a file.
$ footprint init ws
! footprint: ws: is a workspace already
? 3
$ touch file && footprint init file
! footprint: file/sources: cannot make the folder: Not a directory
? 5
$ footprint init one two
! footprint: init takes the arguments [DIR], and 2 were given
! Try: footprint init --help
? 2
# Here, when no folder is named; a quiet one says nothing.
$ mkdir here && cd here && footprint init -q && ls
footprint.yaml
sources
# Where there is none, and in a folder below one.
$ footprint source loads
! footprint: there is no workspace at . or above it; make one with `footprint init`, or name one with --workspace
? 3
$ mkdir -p ws/below/it && cd ws/below/it && footprint source loads
load,source,version,vintage,known_from,loaded_on,rows_read,rows_taken,rows_skipped,rows_rejected,bytes,file,sha256
$ footprint source loads -w nowhere
! footprint: nowhere: there is no such folder
? 3
