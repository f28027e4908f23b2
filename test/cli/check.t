# What loads found wrong, worst first; here in data that were made so.
$ footprint synth nation -q > /dev/null; footprint init ws -q
$ footprint load -w ws --job demo nation -q > /dev/null
? 1
$ footprint check -w ws --on 2017-04-01
severity,rule,load,source,vintage,file,line,count,of,tolerance,text
fault,parts-sum-to-total,46,nhsd-gp-payments,2017/18,nhs_payments_gp_2017_18.csv,,1,115,0,the parts do not sum to the whole in 1 of 115 records
warning,rejected/bad-number,21,nhsr-ae-attendances,,ae_attendances_provider_monthly_2016_2019.csv,261,1,1152,,"found ""1O"", expected a whole number"
warning,unknown-codes/place,21,nhsr-ae-attendances,,ae_attendances_provider_monthly_2016_2019.csv,,1,,,no register knows T99999 (in 108 facts)
warning,cells-sum,46,nhsd-gp-payments,2017/18,nhs_payments_gp_2017_18.csv,9,1,,,the first record whose parts do not sum to its whole (parts-sum-to-total)
warning,suspect/stp_dashboard.c_difficile,48,synth-stp-dashboard,2017-07-21,stp_dashboard_2017.csv,7,1,,,"cells that their source marks as suspect: kept, and never added up"
note,suppressed/practice.list_size,20,nhsd-qof-practice,2017/18,qof_2017_18_practice.csv,6,1,,,cells that the publisher withheld
note,not-published/stp_progress.category,47,stp-progress-ratings,2017-07-21,stp_progress_ratings_2016_17_all.csv,6,1,,,cells in which no number was published
note,tier-size/system,,,,,,98868,,,Cobalt (E54900001): fewer people than is usual for its tier
note,tier-size/system,,,,,,97908,,,Crimson (E54900002): fewer people than is usual for its tier
note,tier-size/system,,,,,,130323,,,Indigo (E54900003): fewer people than is usual for its tier
note,tier-size/system,,,,,,99502,,,Ochre (E54900004): fewer people than is usual for its tier
note,tier-size/system,,,,,,98515,,,Vermilion (E54900005): fewer people than is usual for its tier
note,tier-size/system,,,,,,132194,,,Viridian (E54900006): fewer people than is usual for its tier
pass,ages-sum-to-total,9,ons-lsoa11-population,2017-06-30,population2017_lsoa11_single_year_age.csv,,0,1,,passed in 1 file
pass,trusts-sum-to-england,22,nhse-kh03-overnight,,,,0,120,,passed in 12 files
n/a,lsoas-of-england,1,ons-lsoa11-lookup,,,,0,3,,not asked of 3 files: made-up data are not held against the published file
n/a,ccgs-of-england,3,ons-ccg-stp-lookup,2017-04-01,ons_ccg17_stp17.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,lsoas-of-england,5,geographr-lsoa11-ccg21-lookup,2021-04-01,lsoa11_ccg21_stp21_ltla21.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,lsoas-of-england,6,geographr-lsoa11-icb22-lookup,2022-07-01,lsoa11_sicbl22_icb22_ltla22.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,lsoas-of-england,9,ons-lsoa11-population,2017-06-30,population2017_lsoa11_single_year_age.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,people-of-england,9,ons-lsoa11-population,2017-06-30,population2017_lsoa11_single_year_age.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,lsoas-of-england,10,ons-imd2019-rank,2019-09-26,ons_imd2019_rank_lsoa11.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,successions,12,ods-successors,2022-04-30,ods_successors.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,trusts,13,hf-trust-stp,2017-04-01,hf_trust_stp_2017_18.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,patients-of-england,19,nhsd-gp-patients,,gp_reg_pat_prac_all_2021.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,patients-of-england,20,nhsd-qof-practice,2017/18,qof_2017_18_practice.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
n/a,stps,47,stp-progress-ratings,2017-07-21,stp_progress_ratings_2016_17_all.csv,,0,1,,not asked of 1 file: made-up data are not held against the published file
! Faults: 1; warnings: 4; notes: 8; rules passed: 2.
? 1
$ footprint check -w ws -q --format json | head -12
[
  {
    "severity": "fault",
    "rule": "parts-sum-to-total",
    "load": 46,
    "source": "nhsd-gp-payments",
    "vintage": "2017/18",
    "file": "nhs_payments_gp_2017_18.csv",
    "line": null,
    "count": 1,
    "of": 115,
    "tolerance": 0,
$ footprint check -w ws -q --format table | head -2 | cut -c1-60
severity  rule                                 load  source 
fault     parts-sum-to-total                     46  nhsd-gp
# Warnings fail only when asked to.
$ footprint init two -q; footprint load -w two -q nation/activity/ae_attendances_provider_monthly_2016_2019.csv > /dev/null
$ footprint check -w two
severity,rule,load,source,vintage,file,line,count,of,tolerance,text
warning,rejected/bad-number,1,nhsr-ae-attendances,,ae_attendances_provider_monthly_2016_2019.csv,261,1,1152,,"found ""1O"", expected a whole number"
warning,unknown-codes/place,1,nhsr-ae-attendances,,ae_attendances_provider_monthly_2016_2019.csv,,18,,,"no register knows T90006, T90036, T90066, T90096, T99999, TZ0, TZ2, TZ4, TZ6, TZ8 ... (in 3453 facts)"
! Faults: 0; warnings: 2; notes: 0; rules passed: 0.
$ footprint check -w two --strict -q > /dev/null
? 1
# A total that is near is told, and fails when one is strict; one that is far fails.
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
England,10
@end
@file near.csv
trust,beds
BBB,10
England,11
@end
@file far.csv
trust,beds
CCC,10
England,15
@end
$ footprint init -q beds; cd beds; FOOTPRINT_PACKS=../packs footprint load -q ../good.csv ../near.csv > /dev/null
$ footprint check -w beds | grep sums
warning,sums/beds,2,beds,,near.csv,,1,11,2,"its rows sum to 10, its total row prints 11"
pass,sums,1,beds,,good.csv,,0,1,,passed in 1 file
! Faults: 0; warnings: 3; notes: 0; rules passed: 1.
$ footprint check -w beds --strict -q | grep -c .; footprint check -w beds --strict -q > /dev/null
5
? 1
$ cd beds; FOOTPRINT_PACKS=../packs footprint load ../far.csv > /dev/null
! Some checks failed; footprint check says which.
? 1
$ footprint check -w beds | grep fault; footprint check -w beds -q > /dev/null
fault,sums/beds,3,beds,,far.csv,,5,15,2,"its rows sum to 10, its total row prints 15"
! Faults: 1; warnings: 4; notes: 0; rules passed: 1.
? 1
# Nothing was loaded: nothing is wrong.
$ footprint init empty -q; footprint check -w empty
severity,rule,load,source,vintage,file,line,count,of,tolerance,text
! Faults: 0; warnings: 0; notes: 0; rules passed: 0.
$ footprint check -w nowhere
! footprint: nowhere: there is no such folder
? 3
$ footprint check -w ws extra
! footprint: check takes no arguments, and 1 was given
! Try: footprint check --help
? 2
