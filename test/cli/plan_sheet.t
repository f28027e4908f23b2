# A plan as one workbook, and back: the same plan.
$ footprint plan new riverside -q
$ footprint plan export riverside riverside.xlsx
! Wrote 36 tables to riverside.xlsx
$ footprint plan import riverside.xlsx again
! Wrote 36 tables. Next: footprint plan check again
$ footprint plan stress riverside --draws 200 -q > one.csv
$ footprint plan stress again --draws 200 -q | cmp - one.csv
$ footprint plan check again --format csv -q > check.csv
? 1
$ grep -c ^fail check.csv
6
# The same tables give the same bytes (blank lines of plan.yaml are not kept).
$ footprint plan export again again.xlsx -q && footprint plan import again.xlsx third -q
$ footprint plan export third third.xlsx -q && cmp third.xlsx again.xlsx
# Never into a folder that is there; never what is no workbook.
$ footprint plan import riverside.xlsx again
! footprint: again is there already: a plan is made in a new folder
? 3
$ footprint plan import riverside/plan.yaml other
! footprint: riverside/plan.yaml: this is no workbook (.xlsx): it is no zip archive, or cut off
? 3
$ head -c 5000 riverside.xlsx > cut.xlsx; footprint plan import cut.xlsx other
! footprint: cut.xlsx: this is no workbook (.xlsx): it is no zip archive, or cut off
? 3
$ footprint plan export nowhere other.xlsx
! footprint: nowhere: cannot read the folder: No such file or directory
? 3
