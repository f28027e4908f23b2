# A made-up nation: its manifest on standard output, the same bytes each time.
$ footprint synth a -q > a.csv; footprint synth b --scale small --seed 1 -q > b.csv
$ diff -r a b; cmp a.csv b.csv; cmp a.csv a/MANIFEST.csv
$ head -3 a.csv; grep attendances a.csv
path,source,vintage,records,series,total
geo/ons_lsoa11_ccg16_lad16.csv,ons-lsoa11-lookup,2016-04-01,400,,
geo/ons_lsoa11_ccg17_stp17_lad17.csv,ons-lsoa11-lookup,2017-04-01,400,,
activity/ae_attendances_provider_monthly_2016_2019.csv,nhsr-ae-attendances,,1151,ae.attendances,1025525
activity/ae_attendances_provider_monthly_2016_2019.csv,nhsr-ae-attendances,,1151,ae.over_4h,100477
activity/ae_attendances_provider_monthly_2016_2019.csv,nhsr-ae-attendances,,1151,ae.emergency_admissions,202325
$ head -3 a/SYNTHETIC.txt; ls a
SYNTHETIC DATA
==============
Nothing here is about anybody: no person, place or organisation in
MANIFEST.csv
SYNTHETIC.txt
activity
finance
geo
orgs
plans
population
# Another seed is another nation, of the same files.
$ footprint synth c --seed 7 -q > c.csv; cut -d, -f1-3,5 a.csv > a.names
$ cut -d, -f1-3,5 c.csv | cmp - a.names
$ cmp -s a.csv c.csv
? 1
# Nothing is written over, nothing half made.
$ footprint synth a
! footprint: a: is not empty; a nation gets a folder of its own
? 3
$ footprint synth d --scale galaxy
! footprint: there is no scale "galaxy": it is small, region or england
! Try: footprint synth --help
? 2
$ footprint synth d --seed -1
! footprint: --seed is a whole number from 0 on, not "-1"
! Try: footprint synth --help
? 2
$ footprint synth d --seed many
! footprint: --seed is a whole number from 0 on, not "many"
! Try: footprint synth --help
? 2
$ footprint synth d --format xml
! footprint: --format is table, csv or json, not "xml"
! Try: footprint synth --help
? 2
$ footprint synth .
! footprint: .: name a folder that is not there yet, or an empty one by its own name
! Try: footprint synth --help
? 2
$ touch file; footprint synth file/d
! footprint: file/d.part: cannot make the folder: Not a directory
? 5
$ footprint synth
! footprint: synth takes the arguments OUTDIR, and 0 were given
! Try: footprint synth --help
? 2
$ ls
a
a.csv
a.names
b
b.csv
c
c.csv
file
# Where the disk is full, what was begun goes.
$ ulimit -f 100; trap '' XFSZ; footprint synth d
! footprint: d.part/geo/lsoa11_sicbl22_icb22_ltla22.csv: cannot write it: File too large
? 5
$ ls | grep '^d' | wc -l
0
