@needs real-data
# Places alike, and what there is to gain: on one small area of each partnership, and
# the A&E departments of 2016/17.
$ gzip -dc "$FOOTPRINT_REAL_DATA/geo/ons_lsoa11_ccg17_stp17_lad17.csv.gz" | awk -F, 'NR == 1 || !seen[$6]++' > lsoa.csv
$ gzip -dc "$FOOTPRINT_REAL_DATA/population/population2017_lsoa11_single_year_age.csv.gz" | awk -F, 'NR == FNR { in_it[$1] = 1; next } { code = $1; gsub("\"", "", code) } FNR == 1 || in_it[code]' lsoa.csv - > population2017.csv
$ gzip -dc "$FOOTPRINT_REAL_DATA/population/ons_imd2019_rank_lsoa11.csv.gz" | awk -F, 'NR == FNR { in_it[$1] = 1; next } { code = $1; gsub("\"", "", code) } FNR == 1 || in_it[code]' lsoa.csv - > imd.csv
$ gzip -dc "$FOOTPRINT_REAL_DATA/activity/ae_attendances_provider_monthly_2016_2019.csv.gz" | awk 'NR == 1 || /2016-0[4-9]|2016-1|2017-0[1-3]/' > ae.csv
$ footprint init ws -q
$ cd ws && footprint load -q ../lsoa.csv ../population2017.csv ../imd.csv "$FOOTPRINT_REAL_DATA/orgs/hf_trust_stp_2017_18.csv" ../ae.csv > /dev/null
? 1
$ cd ws && footprint rate peers E54000007 --period 2016/17 --format json | grep -E "peer_code|distance"
    "peer_code": "E54000037",
    "distance": 0.5507234356885667
    "peer_code": "E54000033",
    "distance": 0.9941240163847154
    "peer_code": "E54000045",
    "distance": 1.1085866649622933
    "peer_code": "E54000034",
    "distance": 1.1153359629814266
    "peer_code": "E54000005",
    "distance": 1.1398358262496093
    "peer_code": "E54000035",
    "distance": 1.222055196338382
    "peer_code": "E54000032",
    "distance": 1.2974013037024743
    "peer_code": "E54000011",
    "distance": 1.3813086985941896
    "peer_code": "E54000027",
    "distance": 1.440950312731521
    "peer_code": "E54000017",
    "distance": 1.5109204205442086
$ cd ws && footprint rate opportunity ae_4h E54000007 --period 2016/17 --draws 500 --cost 40 --format json
[
  {
    "place_code": "E54000007",
    "place_name": "Greater Manchester",
    "value": 83.11518242830385,
    "benchmark_of_best_peers": 90.49149387507039,
    "mean_of_peers": 87.70332684144245,
    "nation": 89.12589988460469,
    "peers": 10,
    "published_way": 59031.66158798461,
    "opportunity": 59008.03044507287,
    "opportunity_lower": 58334.62127508091,
    "opportunity_upper": 59763.113997829,
    "chance_of_any_fraction": 1,
    "noise_fraction": 0.00040031302314802453,
    "q": 0.002,
    "published_way_pounds": 2361266.46,
    "opportunity_pounds": 2360321.22,
    "lower_pounds": 2333384.85,
    "upper_pounds": 2390524.56,
    "status": "OK"
  }
]
! Note: opportunities of several indicators overlap; their sum is no saving.
# Attendances stand for money here.
$ cd ws && footprint rate value ae_4h ae_attendances E54000007 --period 2016/17
place_code,place_name,outcome,outcome_lower,outcome_upper,nation_outcome,spend,nation_spend,cost_of_one,cost_lower,cost_upper,better_cheaper_fraction,better_dearer_fraction,worse_cheaper_fraction,worse_dearer_fraction,status
E54000007,Greater Manchester,83.11518242830385,83.0329480082532,83.19709893740749,89.12589988460469,227548.19448393516,269377.48336734815,1.2031496181369896,1.2019603947832873,1.2043411970638747,0,0,1,0,OK
# Wrong calls.
$ cd ws && footprint rate peers E54000007
! footprint: places are compared in one period: name it with --period
! Try: footprint rate peers --help
? 2
$ cd ws && footprint rate peers NOSUCH --period 2016/17
! footprint: there is no NOSUCH among the places of the tier "system"
? 3
$ cd ws && footprint rate peers --peers nosuch --period 2016/17
! footprint: there is no pack packs/peers/nosuch (1 of this kind are known)
? 3
$ cd ws && footprint rate opportunity residents --period 2016/17
! footprint: the indicator residents is neither a proportion nor a rate, so how far chance moves it is not known
! Try: footprint rate opportunity --help
? 2
$ cd ws && footprint rate opportunity ae_4h --period 2016/17 --cost free
! footprint: --cost is an amount of pounds above 0, not "free"
! Try: footprint rate opportunity --help
? 2
