@env SOURCE_DATE_EPOCH=1717200000
@file data/lsoa17.csv
LSOA11CD,LSOA11NM,CCG17CD,CCG17CDH,CCG17NM,STP17CD,STP17NM,LAD17CD,LAD17NM,FID
E01000001,L1,E38000001,01A,NHS A CCG,E54000001,A,E06000001,Town,1
E01000002,L2,E38000001,01A,NHS A CCG,E54000001,A,E06000001,Town,2
E01000003,L3,E38000002,01B,NHS B CCG,E54000002,B,E06000001,Town,3
E01000004,L4,E38000002,01B,NHS B CCG,E54000002,B,E06000001,Town,4
E01000005,L5,E38000003,01C,NHS C CCG,E54000003,C,E06000001,Town,5
E01000006,L6,E38000003,01C,NHS C CCG,E54000003,C,E06000001,Town,6
@end
@file data/lsoa18.csv
LSOA11CD,LSOA11NM,CCG18CD,CCG18CDH,CCG18NM,STP18CD,STP18NM,LAD18CD,LAD18NM,FID
E01000001,L1,E38000001,01A,NHS A CCG,E54000001,A,E06000001,Town,1
E01000002,L2,E38000001,01A,NHS A CCG,E54000004,D,E06000001,Town,2
E01000003,L3,E38000002,01B,NHS B CCG,E54000004,D,E06000001,Town,3
E01000004,L4,E38000002,01B,NHS B CCG,E54000004,D,E06000001,Town,4
E01000005,L5,E38000003,01C,NHS C CCG,E54000004,D,E06000001,Town,5
E01000006,L6,E38000003,01C,NHS C CCG,E54000004,D,E06000001,Town,6
@end
@file data/population2017.csv
lsoa11_code,lsoa11_name,total_population,0,70,90+
E01000001,L1,50,45,4,1
E01000002,L2,30,27,3,0
E01000003,L3,7,6,0,1
E01000004,L4,13,13,0,0
E01000005,L5,10,8,1,1
E01000006,L6,1,0,1,0
@end
@file data/trusts.csv
NHS England Region,Trust,code,STP,STP_code
N,Trust A,RA1,A,E54000001
N,Trust B,RB1,B,E54000002
N,Trust C,RC9,C,E54000003
@end
@file data/successors.csv
old_code,new_code,date
RC1,RC5,2018-01-01
RC5,RC9,2019-01-01
RX1,RX1,2018-01-01
RZ1,RA1,2018-01-01
RZ1,RB1,2018-01-01
@end
@file data/trust_stp21.csv
nhs_trust22_name,nhs_trust22_code,stp21_name,stp21_code
Trust T,RT1,D,E54000004
@end
@file data/ae.csv
period,org_code,type,attendances,breaches,admissions
2016-04-01,RA1,1,100,10,7
2016-04-01,RB1,1,50,5,3
2016-04-01,RC1,1,30,3,1
2016-04-01,RT1,1,100,61,2
2016-04-01,Q9999,1,19,2,0
2016-05-01,RA1,1,100,10,7
2016-05-01,RB1,1,50,5,3
2016-05-01,RC1,1,30,3,1
2016-05-01,RT1,1,100,61,2
2016-05-01,Q9999,1,19,2,0
@end
$ footprint init -q ws
$ footprint load -q -w ws data/lsoa17.csv data/lsoa18.csv data/population2017.csv data/trusts.csv data/successors.csv data/trust_stp21.csv data/ae.csv > loaded.csv || true
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
