@env SOURCE_DATE_EPOCH=1717200000
@copy small data
# Files are recognised, read and told of.
$ footprint load --help
footprint load PATH... [options]
  read published files into the workspace

For example
  footprint load --job stp-2016-19 ../data

Options
      --color WHEN         auto, always or never; NO_COLOR is honoured
      --dry-run            say what would be done, and do nothing
      --format FORMAT      table, csv or json (default: table on a terminal, csv in a pipe)
  -h, --help               this text
      --job NAME           read the files that a job pack wants, found below PATH
      --no-input           never ask; fail instead
      --published DATE     the day on which the file was published (default: what it says)
  -q, --quiet              no messages but errors
      --source NAME        the source pack (default: found by looking at the file)
      --vintage VINTAGE    which issue of the source, where the file does not say
  -w, --workspace DIR      the workspace (default: the nearest parent with footprint.yaml)
$ footprint init -q ws
$ footprint load -w ws data/lsoa17.csv
load,source,vintage,file,rows_read,rows_taken,rows_skipped,rows_rejected,facts,checks_failed,findings
1,ons-lsoa11-lookup,2017-04-01,lsoa17.csv,6,6,0,0,37,1,0
! Some checks failed; footprint check says which.
? 1
# The same file again, under another name.
$ cp data/lsoa17.csv again.csv && footprint load -w ws again.csv
load,source,vintage,file,rows_read,rows_taken,rows_skipped,rows_rejected,facts,checks_failed,findings
! again.csv: is the same, byte for byte, as load 1; nothing to do
# A dry run says what would be done.
$ footprint load -w ws --dry-run --format table data/ae.csv
load  source               vintage  file    rows_read  rows_taken  rows_skipped  rows_rejected  facts  checks_failed  findings
   2  nhsr-ae-attendances           ae.csv         10          10             0              0     30              0         1
! A dry run: nothing was kept.
$ footprint source loads -w ws | wc -l
2
$ footprint load -w ws -q data/ae.csv
load,source,vintage,file,rows_read,rows_taken,rows_skipped,rows_rejected,facts,checks_failed,findings
2,nhsr-ae-attendances,,ae.csv,10,10,0,0,30,0,1
# Packed files are opened in place.
@file later.csv
period,org_code,type,attendances,breaches,admissions
2016-04-01,RA1,1,101,10,7
@end
$ gzip later.csv && footprint load -w ws later.csv.gz
load,source,vintage,file,rows_read,rows_taken,rows_skipped,rows_rejected,facts,checks_failed,findings
3,nhsr-ae-attendances,,later.csv.gz,1,1,0,0,3,0,2
# Two files that disagree: both are kept, the later one counts, and it is told.
$ footprint check -w ws | grep revises
warning,revises,3,nhsr-ae-attendances,,later.csv.gz,2,1,,,"gives 3 numbers that load 2 (ae.csv) gave too; 1 of them differ. The later published counts, both are kept"
! Faults: 1; warnings: 3; notes: 0; rules passed: 0.
# A missing column.
@file missing.csv
period,org_code,type,attendances
2016-04-01,RA1,1,101
@end
$ footprint load -w ws missing.csv
! footprint: missing.csv: no source pack recognises it; the nearest is nhsr-ae-attendances, but there is no column "breaches"
? 3
$ footprint load -w ws --source nhsr-ae-attendances missing.csv
! footprint: missing.csv:1: has 4 columns, and nhsr-ae-attendances is known with 6; is it another file, or a new form of this one?
? 3
# A wrong vintage, and one that no file can have.
$ footprint load -w ws --vintage 2018-04-01 data/lsoa17.csv
! footprint: data/lsoa17.csv: is of 2017-04-01, and 2018-04-01 is wanted
? 3
$ cp data/lsoa17.csv other.csv; echo >> other.csv; footprint load -w ws --vintage soon other.csv
! footprint: other.csv: is of 2017-04-01, and soon is wanted
? 3
$ footprint load -w ws --published yesterday other.csv
! footprint: "yesterday" is not a date such as 2017-04-01
! Try: footprint load --help
? 2
# A gzip that was cut off, a file of NULs, an empty one, a folder, none at all.
$ gzip -c data/ae.csv | head -c 60 > cut.csv.gz; footprint load -w ws --source nhsr-ae-attendances cut.csv.gz
! footprint: cut.csv.gz: the gzip file ends before its data do; it was cut off: fetch it again
? 3
$ head -c 5000 /dev/zero > nul.csv; footprint load -w ws nul.csv
! footprint: nul.csv: holds NUL bytes: this is not text
? 3
$ footprint load -w ws --source nhsr-ae-attendances nul.csv
! footprint: nul.csv: line 1: holds a NUL byte: this is not text
? 3
$ : > empty.csv; footprint load -w ws empty.csv
! footprint: empty.csv: the file is empty
? 3
$ footprint load -w ws data
! footprint: data: is a folder; name its files, or load a job with --job
? 3
$ footprint load -w ws nowhere.csv
! footprint: nowhere.csv: cannot open it: No such file or directory
? 3
$ footprint load -w ws
! footprint: load takes the arguments PATH..., and 0 were given
! Try: footprint load --help
? 2
# A line of two gigabytes is refused, and soon: memory is bounded.
$ printf 'period,org_code,type,attendances,breaches,admissions\n2016-04-01,RA1,1,' | gzip > head.gz
$ head -c 67108864 /dev/zero | tr '\0' 1 | gzip -1 > ones.gz
$ cp head.gz line.csv.gz; for i in 1 2 3 4 5 6 7 8; do cat ones.gz ones.gz ones.gz ones.gz >> line.csv.gz; done
$ timeout 20 footprint load -w ws line.csv.gz
! footprint: line.csv.gz: no source pack recognises it, and most cannot read it: line.csv.gz: line 2: goes on for more than 65536 bytes without an end; is a quotation mark left open, or is this no CSV file?
? 3
$ timeout 20 footprint load -w ws --source nhsr-ae-attendances line.csv.gz
! footprint: line.csv.gz: line 2: goes on for more than 65536 bytes without an end; is a quotation mark left open, or is this no CSV file?
? 3
# A source that nobody knows, a job likewise, a job's file that is not there.
$ footprint load -w ws --source nhsr-ae-attendance data/ae.csv
! footprint: there is no pack packs/sources/nhsr-ae-attendance; did you mean nhsr-ae-attendances?
? 3
$ footprint load -w ws --job stp-2016-91 data
! footprint: there is no pack packs/jobs/stp-2016-91; did you mean stp-2016-19?
? 3
$ footprint load -w ws --job stp-2016-19 data
! footprint: data: the job wants a file of ons-lsoa11-lookup of 2016-04-01, and there is none; data/lsoa18.csv is of 2018-04-01
? 3
$ footprint load -w ws --job stp-2016-19 data data
! footprint: --job takes one folder, below which its files are found
! Try: footprint load --help
? 2
# An ambiguous file: two packs know it.
@file packs/sources/twin/1/pack.yaml
title: A twin
publisher: Nobody
licence: none
about: Made up.
recognise: {header: [period, org_code, type, attendances]}
columns:
  org: {type: code, names: [org_code]}
facts:
  - {fact: name, code: org, kind: trust}
@end
$ cp data/ae.csv twin.csv; echo >> twin.csv; FOOTPRINT_PACKS=packs footprint load -w ws twin.csv
! footprint: twin.csv: could be nhsr-ae-attendances or twin; say which with --source
? 3
# A pack with a fault names file, line and column.
@file bad/sources/bad/1/pack.yaml
title: Bad
publisher: Nobody
licence: none
about: Made up.
recognise: {header: [a]}
columns:
  a: {type: code, names: [a], colour: red}
facts:
  - {fact: name, code: a, kind: trust}
@end
$ FOOTPRINT_PACKS=bad footprint load -w ws --source bad twin.csv
! footprint: bad/sources/bad/1/pack.yaml:7:31: nobody knows the key "colour"
? 3
# None of what was refused left anything.
$ footprint source loads -w ws | cut -d, -f1,2,12
load,source,file
1,ons-lsoa11-lookup,lsoa17.csv
2,nhsr-ae-attendances,ae.csv
3,nhsr-ae-attendances,later.csv.gz
$ footprint rebuild -w ws | cut -d, -f1-4
load,source,vintage,file
1,ons-lsoa11-lookup,2017-04-01,lsoa17.csv
2,nhsr-ae-attendances,,ae.csv
3,nhsr-ae-attendances,,later.csv.gz
! Some checks failed; footprint check says which.
