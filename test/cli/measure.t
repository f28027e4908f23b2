@env SOURCE_DATE_EPOCH=1717200000
@copy small data
$ footprint init -q ws
$ footprint load -q -w ws data/lsoa17.csv data/lsoa18.csv data/population2017.csv data/trusts.csv data/successors.csv data/trust_stp21.csv data/ae.csv > loaded.csv
? 1
# Figures, with their parts and intervals.
$ cd ws && footprint measure list | grep -c ,yes
5
$ cd ws && footprint measure show ae_4h --period 2016-04
area_code,area_name,period,numerator,denominator,value,lower,upper,status,estimated,unit,measure,version
E54000001,A,2016-04,109,149,73.15436241610739,65.5227311177059,79.62208792052856,OK,19,per cent,ae_4h,1
E54000002,B,2016-04,58,83,69.87951807228916,59.3109725530978,78.68931031655866,OK,13,per cent,ae_4h,1
E54000003,C,2016-04,34,48,70.83333333333334,56.82074019042831,81.75842107348348,OK,7,per cent,ae_4h,1
UNASSIGNED,Unassigned,2016-04,17,19,89.47368421052632,68.605917288891,97.06414397011298,OK,0,per cent,ae_4h,1
$ cd ws && footprint measure show ae_4h --period 2016-04 --steps 1 | cut -d, -f1,4,5
area_code,numerator,denominator
E54000001,90,100
E54000002,45,50
E54000003,27,30
UNASSIGNED,56,119
$ cd ws && footprint measure show ae_4h --period 2016-04 --on 2018-04-01 | cut -d, -f1,2,4,5,10
area_code,area_name,numerator,denominator,estimated
E54000001,A,57,63,57
E54000004,D,144,217,33
UNASSIGNED,Unassigned,17,19,0
$ cd ws && footprint measure show ae_4h --tier nation --period 2016-04..2016-05 --format json
[
  {
    "area_code": "E92000001",
    "area_name": "England",
    "period": "2016-04",
    "numerator": 218,
    "denominator": 299,
    "value": 72.90969899665552,
    "lower": 67.60525322981806,
    "upper": 77.63293857307994,
    "status": "OK",
    "estimated": 0,
    "unit": "per cent",
    "measure": "ae_4h",
    "version": "1"
  },
  {
    "area_code": "E92000001",
    "area_name": "England",
    "period": "2016-05",
    "numerator": 218,
    "denominator": 299,
    "value": 72.90969899665552,
    "lower": 67.60525322981806,
    "upper": 77.63293857307994,
    "status": "OK",
    "estimated": 0,
    "unit": "per cent",
    "measure": "ae_4h",
    "version": "1"
  }
]
$ cd ws && footprint measure show ae_4h --tier organisation --period 2016-05 --format table
area_code  area_name  period   numerator  denominator              value               lower              upper  status  estimated  unit      measure  version
Q9999                 2016-05         17           19  89.47368421052632     68.605917288891  97.06414397011298  OK              0  per cent  ae_4h    1
RA1        Trust A    2016-05         90          100                 90   82.56343384950866   94.4770862939325  OK              0  per cent  ae_4h    1
RB1        Trust B    2016-05         45           50                 90   78.63976856252035  95.65242350681096  OK              0  per cent  ae_4h    1
RC1                   2016-05         27           30                 90   74.37891742081591  96.54001112526659  OK              0  per cent  ae_4h    1
RT1        Trust T    2016-05         39          100                 39  30.016874006394417  48.79698295415927  OK              0  per cent  ae_4h    1
$ cd ws && footprint measure show residents --tier place
area_code,area_name,period,numerator,denominator,value,lower,upper,status,estimated,unit,measure,version
E06000001,Town,2017-06-30,111,,111,,,OK,0,people,residents,1
# Either way of writing a confidence gives the same limits.
$ cd ws && footprint measure show ae_4h --period 2016-04 --confidence 99.8 > one; footprint measure show ae_4h --period 2016-04 --confidence 0.998 > two; cmp one two; cut -d, -f1,7,8 one
area_code,lower,upper
E54000001,60.79480141457548,82.72472053969322
E54000002,52.94919314259416,82.70738768002678
E54000003,48.54099938713027,86.21167021240207
UNASSIGNED,54.14851020794429,98.39174878058928
# Where each provider was placed.
$ cd ws && footprint measure placed ae_4h --period 2016-04
org_code,org_name,period,numerator,step,how,area_code,area_name,area_kind,share_fraction,via
Q9999,,2016-04,17,,no register knows it,UNASSIGNED,,,,
RA1,Trust A,2016-04,90,1,Map of acute trusts 2017/18,E54000001,A,stp,,
RB1,Trust B,2016-04,45,1,Map of acute trusts 2017/18,E54000002,B,stp,,
RC1,,2016-04,27,1,Map of acute trusts 2017/18,E54000003,C,stp,,RC9
RT1,Trust T,2016-04,39,2,Map of trusts 2021,E54000004,D,stp,,
# Computed and kept: twice over the same.
$ cd ws && footprint measure run -q
measure,figures
ae_4h,20
ae_attendances,10
ae_emergency_admissions,10
aged_65_over,5
residents,5
$ cd ws && footprint measure run | tail -1
residents,5
! bed_occupancy: left out: the series beds.occupied is not loaded
! beds_available: left out: the series beds.available is not loaded
! deprived_decile: left out: the series deprivation.imd2019_rank is not loaded
! gp_payment_per_patient: left out: the series practice.payments is not loaded
! list_size: left out: the series practice.list_size is not loaded
! registered_resident_ratio: left out: the series practice.list_size is not loaded
! rtt_extract_over_18w: left out: the series rtt.pathways is not loaded
! rtt_over_18w: left out: the series rtt.over_18_weeks is not loaded
! rtt_over_52w: left out: the series rtt.over_52_weeks is not loaded
# Wrong calls.
$ cd ws && footprint measure show nosuch
! footprint: there is no pack packs/indicators/nosuch (14 of this kind are known)
? 3
$ cd ws && footprint measure show ae_4h --period 2016-13
! footprint: "2016-13" is no period; expected 2016/17, 2017-03 or 2016-04..2019-03
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show ae_4h --period 2011
! footprint: there are no numbers for ae_4h in that period
? 3
$ cd ws && footprint measure show ae_4h --tier region
! footprint: ae_4h is not defined for the tier "region"
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show ae_4h --tier place
! footprint: ae_4h is not defined for the tier "place"
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show ae_4h --on 2016-02-30
! footprint: --on is a date such as 2017-04-01, not "2016-02-30"
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show ae_4h --on 2010-01-01 --period 2016-04
! footprint: the tier system had not begun on 2010-01-01
? 3
$ cd ws && footprint measure show ae_4h --confidence 100
! footprint: --confidence is a fraction below 1 or a per cent from 50 to below 100, not "100"
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show ae_4h --confidence much
! footprint: --confidence is a fraction below 1 or a per cent from 50 to below 100, not "much"
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show ae_4h --steps 0
! footprint: --steps is 1 or more, not "0"
! Try: footprint measure show --help
? 2
$ cd ws && footprint measure show rtt_over_18w
! footprint: the series rtt.over_18_weeks is not loaded
? 3
$ cd ws && footprint measure placed residents
! footprint: residents is not of providers: nothing is attributed
! Try: footprint measure placed --help
? 2
$ cd ws && footprint measure show
! footprint: measure show takes the arguments ID, and 0 were given
! Try: footprint measure show --help
? 2
