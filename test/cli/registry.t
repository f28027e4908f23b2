@env SOURCE_DATE_EPOCH=1717200000
@copy small data
$ footprint init -q ws
$ footprint load -q -w ws data/lsoa17.csv data/lsoa18.csv data/population2017.csv data/trusts.csv data/successors.csv data/trust_stp21.csv > loaded.csv
? 1
# Organisations and areas, with their dates.
$ cd ws && footprint org show --help | head -2
footprint org show CODE [options]
  one organisation: names, roles, memberships, predecessors and successors, with dates
$ cd ws && footprint org show RC1
fact,kind,code,name,share_fraction,valid_from,valid_to,known_from,known_to,source,load,line
successor 1,,RC5,,,2018-01-01,,,,,,
successor 2,,RC9,Trust C,,2019-01-01,,,,,,
$ cd ws && footprint org show RC9
fact,kind,code,name,share_fraction,valid_from,valid_to,known_from,known_to,source,load,line
name,trust,,Trust C,,,,2017-04-01,,hf-trust-stp,4,4
relation,stp,E54000003,C,,2017-04-01,,2017-04-01,,hf-trust-stp,4,4
predecessor,predecessor,RC5,,,2019-01-01,,2022-04-30,,ods-successors,5,3
$ cd ws && footprint org show RX1
fact,kind,code,name,share_fraction,valid_from,valid_to,known_from,known_to,source,load,line
predecessor,predecessor,RX1,,,2018-01-01,,2022-04-30,,ods-successors,5,4
successor 1 (a circle: not followed),,RX1,,,2018-01-01,,,,,,
$ cd ws && footprint org show RZ1
fact,kind,code,name,share_fraction,valid_from,valid_to,known_from,known_to,source,load,line
successor 1 (one of several),,RA1,Trust A,,2018-01-01,,,,,,
successor 1 (one of several),,RB1,Trust B,,2018-01-01,,,,,,
$ cd ws && footprint area show E54000004 --on 2018-04-01
fact,kind,code,name,share_fraction,valid_from,valid_to,known_from,known_to,source,load,line
name,stp,,D,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,3
member,stp,E01000002,L2,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,3
member,stp,E38000001,NHS A CCG,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,3
member,stp,E01000003,L3,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,4
member,stp,E38000002,NHS B CCG,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,4
member,stp,E01000004,L4,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,5
member,stp,E01000005,L5,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,6
member,stp,E38000003,NHS C CCG,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,6
member,stp,E01000006,L6,,2018-04-01,,2018-04-01,,ons-lsoa11-lookup,2,7
member,stp,RT1,Trust T,,2021-04-01,,2021-04-01,,geographr-trust-stp21,6,2
$ cd ws && footprint area show 01B --on 2017-04-01 --format table
fact        kind  code       name       share_fraction  valid_from  valid_to  known_from  known_to  source             load  line
other code  ccg   E38000002  NHS B CCG                  2017-04-01            2017-04-01            ons-lsoa11-lookup     1     4
other code  ccg   E38000002  NHS B CCG                  2018-04-01            2018-04-01            ons-lsoa11-lookup     2     4
in          stp   E54000002  B                          2016-04-01                                                               
# As it was known on a day: successions were published in April 2022.
$ cd ws && footprint org show RC1 --as-of 2022-04-29
! footprint: no register that was loaded knows "RC1"
? 3
$ cd ws && footprint org show RC1 --as-of 2022-04-30 | wc -l
3
# Footprints of a day.
$ cd ws && footprint footprint list --on 2017-04-01
area_code,area_name,kind,residents,atoms,remark
E54000001,A,stp,80,2,fewer people than is usual for its tier
E54000002,B,stp,20,2,fewer people than is usual for its tier
E54000003,C,stp,11,2,fewer people than is usual for its tier
$ cd ws && footprint footprint list --on 2018-04-01 --tier system --format json
[
  {
    "area_code": "E54000001",
    "area_name": "A",
    "kind": "stp",
    "residents": 50,
    "atoms": 1,
    "remark": "fewer people than is usual for its tier"
  },
  {
    "area_code": "E54000004",
    "area_name": "D",
    "kind": "stp",
    "residents": 61,
    "atoms": 5,
    "remark": "fewer people than is usual for its tier"
  }
]
$ cd ws && footprint footprint list --on 2018-04-01 --as-of 2018-03-31
area_code,area_name,kind,residents,atoms,remark
E54000001,A,stp,80,2,fewer people than is usual for its tier
E54000002,B,stp,20,2,fewer people than is usual for its tier
E54000003,C,stp,11,2,fewer people than is usual for its tier
$ cd ws && footprint footprint list --on 2017-04-01 --tier commissioner
area_code,area_name,kind,residents,atoms,remark
E38000001,NHS A CCG,ccg,80,2,
E38000002,NHS B CCG,ccg,20,2,
E38000003,NHS C CCG,ccg,11,2,
$ cd ws && footprint footprint show E54000001 --on 2017-04-01
on,tier,area_code,area_name,residents,share_fraction
2024-06-01,system,UNASSIGNED,,80,1
2024-06-01,place,E06000001,Town,80,1
2024-06-01,commissioner,UNASSIGNED,,80,1
2024-06-01,neighbourhood,UNASSIGNED,,80,1
$ cd ws && footprint footprint compare 2017-04-01 2018-04-01
change,from_code,from_name,to_code,to_name,residents
opened,,,E54000004,D,
moved,E54000001,A,E54000004,D,30
closed,E54000002,B,,,20
merged,E54000002,B,E54000004,D,20
closed,E54000003,C,,,11
merged,E54000003,C,E54000004,D,11
# Wrong calls.
$ cd ws && footprint org show NOSUCH
! footprint: no register that was loaded knows "NOSUCH"
? 3
$ cd ws && footprint area show E54000099
! footprint: no register that was loaded knows "E54000099"
? 3
$ cd ws && footprint footprint show E54000099 --on 2017-04-01
! footprint: no register that was loaded knows "E54000099"
? 3
$ cd ws && footprint footprint list --tier region
! footprint: there is no tier "region" of areas
! Try: footprint footprint list --help
? 2
$ cd ws && footprint footprint list --on 2017-02-30
! footprint: --on is a date such as 2017-04-01, not "2017-02-30"
! Try: footprint footprint list --help
? 2
$ cd ws && footprint footprint list --as-of soon
! footprint: --as-of is a date such as 2017-04-01, not "soon"
! Try: footprint footprint list --help
? 2
$ cd ws && footprint footprint compare 2017-04-01
! footprint: footprint compare takes the arguments DATE DATE, and 1 was given
! Try: footprint footprint compare --help
? 2
$ cd ws && footprint footprint list --on 2010-01-01
area_code,area_name,kind,residents,atoms,remark
UNASSIGNED,In no footprint,,111,6,
