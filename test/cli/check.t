# Every rule that loaded files were checked by.
$ footprint check --help | head -2
footprint check [options]
  every rule that loaded files were checked by, and what failed
@file packs/sources/beds/1/pack.yaml
title: Beds
publisher: Nobody
licence: none
about: Made up.
recognise: {header: [trust, beds]}
columns:
  trust: {type: code, names: [trust]}
  beds: {type: int, names: [beds]}
rows:
  total: [{column: trust, is: [England]}]
facts:
  - {fact: datum, series: beds, unit: beds, about: Beds., place: trust, period: "=2024/25", value: beds}
checks:
  - {check: total-row, id: sums, tolerance: 2}
@end
@file good.csv
trust,beds
AAA,10
BBB,20
England,30
@end
@file near.csv
trust,beds
AAA,10
BBB,20
England,31
@end
@file far.csv
trust,beds
AAA,10
BBB,20
England,35
@end
@env FOOTPRINT_PACKS=packs
$ footprint init -q ws
$ footprint load -q -w ws good.csv near.csv > /dev/null
$ footprint check -w ws
load,source,file,check,status,failed,checked,tolerance,text
1,beds,good.csv,sums/beds,pass,0,30,2,"its rows sum to 30, its total row prints 30"
1,beds,good.csv,unknown-codes,warning,,,,"2 codes are in no register that was loaded; their facts are kept: AAA, BBB"
2,beds,near.csv,sums/beds,pass-with-failures,1,31,2,"its rows sum to 30, its total row prints 31"
2,beds,near.csv,revises,note,,,,"gives 2 numbers that load 1 (good.csv) gave too; 0 of them differ. The later published counts, both are kept"
2,beds,near.csv,unknown-codes,warning,,,,"2 codes are in no register that was loaded; their facts are kept: AAA, BBB"
$ footprint check -w ws --strict
load,source,file,check,status,failed,checked,tolerance,text
1,beds,good.csv,sums/beds,pass,0,30,2,"its rows sum to 30, its total row prints 30"
1,beds,good.csv,unknown-codes,warning,,,,"2 codes are in no register that was loaded; their facts are kept: AAA, BBB"
2,beds,near.csv,sums/beds,pass-with-failures,1,31,2,"its rows sum to 30, its total row prints 31"
2,beds,near.csv,revises,note,,,,"gives 2 numbers that load 1 (good.csv) gave too; 0 of them differ. The later published counts, both are kept"
2,beds,near.csv,unknown-codes,warning,,,,"2 codes are in no register that was loaded; their facts are kept: AAA, BBB"
? 1
$ footprint load -w ws far.csv > /dev/null
! Some checks failed; footprint check says which.
? 1
$ footprint check -w ws --format table
load  source  file      check          status              failed  checked  tolerance  text
   1  beds    good.csv  sums/beds      pass                     0       30          2  its rows sum to 30, its total row prints 30
   1  beds    good.csv  unknown-codes  warning                                         2 codes are in no register that was loaded; their facts are kept: AAA, BBB
   2  beds    near.csv  sums/beds      pass-with-failures       1       31          2  its rows sum to 30, its total row prints 31
   2  beds    near.csv  revises        note                                            gives 2 numbers that load 1 (good.csv) gave too; 0 of them differ. The later published counts, both are kept
   2  beds    near.csv  unknown-codes  warning                                         2 codes are in no register that was loaded; their facts are kept: AAA, BBB
   3  beds    far.csv   sums/beds      fail                     5       35          2  its rows sum to 30, its total row prints 35
   3  beds    far.csv   revises        note                                            gives 2 numbers that load 1 (good.csv) gave too; 0 of them differ. The later published counts, both are kept
   3  beds    far.csv   revises        note                                            gives 2 numbers that load 2 (near.csv) gave too; 0 of them differ. The later published counts, both are kept
   3  beds    far.csv   unknown-codes  warning                                         2 codes are in no register that was loaded; their facts are kept: AAA, BBB
? 1
$ footprint check -w ws extra
! footprint: check takes no arguments, and 1 was given
! Try: footprint check --help
? 2
