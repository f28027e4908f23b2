@env SOURCE_DATE_EPOCH=1717200000
@copy small data
$ footprint init -q ws
$ footprint load -q -w ws data/lsoa17.csv data/lsoa18.csv data/population2017.csv data/trusts.csv data/successors.csv data/trust_stp21.csv data/ae.csv > loaded.csv
? 1
# Where a number came from.
$ cd ws && footprint explain --help | head -2
footprint explain FIGURE [options]
  where a number came from: ID/CODE/PERIOD or ID/CODE/PERIOD/VIEW
$ cd ws && footprint explain ae_4h/E54000002/2016-04
term,place_code,place_name,whole,part,step,how
figure,E54000002,B,,,,"A&E attendances completed within four hours (ae_4h, version 1), 2016-04, as it was then"
formula,E54000002,B,,,,"58 / 83 x 100, with Wilson's interval"
value,E54000002,B,,,,69.87951807228916 per cent
lower,E54000002,B,,,,59.3109725530978 per cent
upper,E54000002,B,,,,78.68931031655866 per cent
shared out,E54000002,B,,,,"13 of the numerator, not placed by a code"
numerator + ae.attendances,RB1,Trust B,50,50,1,Map of acute trusts 2017/18
numerator + ae.attendances,RT1,Trust T,100,33,2,Map of trusts 2021
numerator - ae.over_4h,RT1,Trust T,61,20,2,Map of trusts 2021
numerator - ae.over_4h,RB1,Trust B,5,5,1,Map of acute trusts 2017/18
denominator + ae.attendances,RB1,Trust B,50,50,1,Map of acute trusts 2017/18
denominator + ae.attendances,RT1,Trust T,100,33,2,Map of trusts 2021
file,7,ae.csv,,,,"pack nhsr-ae-attendances, version 1, sha256 178a47dd06dba70fdad8015af00e034adf659107d9a0072ee7c067db78e6ec68"
$ cd ws && footprint explain ae_4h/UNASSIGNED/2016-04 --format json
[
  {
    "term": "figure",
    "place_code": "UNASSIGNED",
    "place_name": "Unassigned",
    "whole": null,
    "part": null,
    "step": null,
    "how": "A&E attendances completed within four hours (ae_4h, version 1), 2016-04, as it was then"
  },
  {
    "term": "formula",
    "place_code": "UNASSIGNED",
    "place_name": "Unassigned",
    "whole": null,
    "part": null,
    "step": null,
    "how": "17 / 19 x 100, with Wilson's interval"
  },
  {
    "term": "value",
    "place_code": "UNASSIGNED",
    "place_name": "Unassigned",
    "whole": null,
    "part": null,
    "step": null,
    "how": "89.47368421052632 per cent"
  },
  {
    "term": "lower",
    "place_code": "UNASSIGNED",
    "place_name": "Unassigned",
    "whole": null,
    "part": null,
    "step": null,
    "how": "68.605917288891 per cent"
  },
  {
    "term": "upper",
    "place_code": "UNASSIGNED",
    "place_name": "Unassigned",
    "whole": null,
    "part": null,
    "step": null,
    "how": "97.06414397011298 per cent"
  },
  {
    "term": "numerator + ae.attendances",
    "place_code": "Q9999",
    "place_name": null,
    "whole": 19,
    "part": 19,
    "step": null,
    "how": "no register knows it"
  },
  {
    "term": "numerator - ae.over_4h",
    "place_code": "Q9999",
    "place_name": null,
    "whole": 2,
    "part": 2,
    "step": null,
    "how": "no register knows it"
  },
  {
    "term": "denominator + ae.attendances",
    "place_code": "Q9999",
    "place_name": null,
    "whole": 19,
    "part": 19,
    "step": null,
    "how": "no register knows it"
  },
  {
    "term": "file",
    "place_code": "7",
    "place_name": "ae.csv",
    "whole": null,
    "part": null,
    "step": null,
    "how": "pack nhsr-ae-attendances, version 1, sha256 178a47dd06dba70fdad8015af00e034adf659107d9a0072ee7c067db78e6ec68"
  }
]
$ cd ws && footprint explain ae_4h/E54000004/2016-04/2018-04-01 --format table
term                          place_code  place_name  whole  part  step  how
figure                        E54000004   D                              A&E attendances completed within four hours (ae_4h, version 1), 2016-04, on the footprints of 2018-04-01
formula                       E54000004   D                              144 / 217 x 100, with Wilson's interval
value                         E54000004   D                              66.3594470046083 per cent
lower                         E54000004   D                              59.836912919677864 per cent
upper                         E54000004   D                              72.31284753705161 per cent
shared out                    E54000004   D                              33 of the numerator, not placed by a code
numerator + ae.attendances    RT1         Trust T       100   100     2  Map of trusts 2021
numerator + ae.attendances    RB1         Trust B        50    50     1  Map of acute trusts 2017/18
numerator + ae.attendances    RA1         Trust A       100    37     1  Map of acute trusts 2017/18
numerator + ae.attendances    RC1                        30    30     1  Map of acute trusts 2017/18, by its successor RC9
numerator - ae.over_4h        RT1         Trust T        61    61     2  Map of trusts 2021
numerator - ae.over_4h        RB1         Trust B         5     5     1  Map of acute trusts 2017/18
numerator - ae.over_4h        RA1         Trust A        10     4     1  Map of acute trusts 2017/18
numerator - ae.over_4h        RC1                         3     3     1  Map of acute trusts 2017/18, by its successor RC9
denominator + ae.attendances  RT1         Trust T       100   100     2  Map of trusts 2021
denominator + ae.attendances  RB1         Trust B        50    50     1  Map of acute trusts 2017/18
denominator + ae.attendances  RA1         Trust A       100    37     1  Map of acute trusts 2017/18
denominator + ae.attendances  RC1                        30    30     1  Map of acute trusts 2017/18, by its successor RC9
file                          7           ae.csv                         pack nhsr-ae-attendances, version 1, sha256 178a47dd06dba70fdad8015af00e034adf659107d9a0072ee7c067db78e6ec68
$ cd ws && footprint explain ae_4h/E54000002/2016-04 --steps 1 -q
term,place_code,place_name,whole,part,step,how
figure,E54000002,B,,,,"A&E attendances completed within four hours (ae_4h, version 1), 2016-04, as it was then"
formula,E54000002,B,,,,"45 / 50 x 100, with Wilson's interval"
value,E54000002,B,,,,90 per cent
lower,E54000002,B,,,,78.63976856252035 per cent
upper,E54000002,B,,,,95.65242350681096 per cent
numerator + ae.attendances,RB1,Trust B,50,50,1,Map of acute trusts 2017/18
numerator - ae.over_4h,RB1,Trust B,5,5,1,Map of acute trusts 2017/18
denominator + ae.attendances,RB1,Trust B,50,50,1,Map of acute trusts 2017/18
file,7,ae.csv,,,,"pack nhsr-ae-attendances, version 1, sha256 178a47dd06dba70fdad8015af00e034adf659107d9a0072ee7c067db78e6ec68"
$ cd ws && footprint explain residents/E54000001/2017-06-30 -q
term,place_code,place_name,whole,part,step,how
figure,E54000001,A,,,,"Resident population (residents, version 1), 2017-06-30, as it was then"
formula,E54000001,A,,,,80; no interval: An estimate whose error ONS does not publish for small areas.
value,E54000001,A,,,,80 people
numerator + population.residents,E01000001,L1,50,50,,lies in it
numerator + population.residents,E01000002,L2,30,30,,lies in it
file,3,population2017.csv,,,,"pack ons-lsoa11-population, version 1, sha256 cdf8c1c3db728a59aeb537a339f3d40a429f07f5919f80d414314c94790cbdd7"
$ cd ws && footprint explain ae_4h/RT1/2016-05 -q
term,place_code,place_name,whole,part,step,how
figure,RT1,Trust T,,,,"A&E attendances completed within four hours (ae_4h, version 1), 2016-05, as it was then"
formula,RT1,Trust T,,,,"39 / 100 x 100, with Wilson's interval"
value,RT1,Trust T,,,,39 per cent
lower,RT1,Trust T,,,,30.016874006394417 per cent
upper,RT1,Trust T,,,,48.79698295415927 per cent
numerator + ae.attendances,RT1,Trust T,100,100,,its own
numerator - ae.over_4h,RT1,Trust T,61,61,,its own
denominator + ae.attendances,RT1,Trust T,100,100,,its own
file,7,ae.csv,,,,"pack nhsr-ae-attendances, version 1, sha256 178a47dd06dba70fdad8015af00e034adf659107d9a0072ee7c067db78e6ec68"
$ cd ws && footprint explain ae_4h/E92000001/2016-05 -q | wc -l
22
# Wrong calls.
$ cd ws && footprint explain
! footprint: explain takes the arguments FIGURE, and 0 were given
! Try: footprint explain --help
? 2
$ cd ws && footprint explain ae_4h
! footprint: a figure is written ID/CODE/PERIOD or ID/CODE/PERIOD/VIEW, as in ae_4h/E54000005/2016-17/then; found "ae_4h"
! Try: footprint explain --help
? 2
$ cd ws && footprint explain ae_4h/E54000002
! footprint: a figure is written ID/CODE/PERIOD or ID/CODE/PERIOD/VIEW, as in ae_4h/E54000005/2016-17/then; found "ae_4h/E54000002"
! Try: footprint explain --help
? 2
$ cd ws && footprint explain nosuch/E54000002/2016-04
! footprint: there is no pack packs/indicators/nosuch (14 of this kind are known)
? 3
$ cd ws && footprint explain ae_4h/E54000099/2016-04
! footprint: "E54000099" has no figure of ae_4h there; it is no area of that day, and no organisation with numbers
? 3
$ cd ws && footprint explain ae_4h/E54000004/2016-04
! footprint: "E54000004" has no figure of ae_4h there; it is no area of that day, and no organisation with numbers
? 3
$ cd ws && footprint explain ae_4h/E54000002/2016-13
! footprint: "2016-13" is no period; expected 2016/17, 2017-03 or 2016-04..2019-03
! Try: footprint explain --help
? 2
$ cd ws && footprint explain ae_4h/E54000002/2019-04
! footprint: there are no numbers for ae_4h in that period
? 3
$ cd ws && footprint explain ae_4h/E54000002/2016-04/soon
! footprint: a figure is written ID/CODE/PERIOD or ID/CODE/PERIOD/VIEW, as in ae_4h/E54000005/2016-17/then; found "ae_4h/E54000002/2016-04/soon"
! Try: footprint explain --help
? 2
