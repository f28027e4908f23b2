@needs real-data
# Outcomes against the projected rate of England, on made-up counts: the numbers are
# those of R 4.2.2 in test/rate/test_trajectory.c.
@file counts.csv
place_code,year,outcome,events,people
E54000007,2009,cvd_deaths,520,61000
E54000007,2010,cvd_deaths,505,61200
E54000007,2011,cvd_deaths,498,61500
E54000007,2012,cvd_deaths,470,61800
E54000007,2013,cvd_deaths,462,62100
E54000007,2014,cvd_deaths,455,62300
E54000007,2015,cvd_deaths,,62400
E54000005,2009,cvd_deaths,500,61000
E54000005,2010,cvd_deaths,0,61000
E54000005,2011,cvd_deaths,480,61000
E92000001,2009,cvd_deaths,98000,15000000
E92000001,2010,cvd_deaths,95000,15100000
E92000001,2011,cvd_deaths,93100,15200000
E92000001,2012,cvd_deaths,90500,15300000
E92000001,2013,cvd_deaths,88000,15400000
E92000001,2014,cvd_deaths,85900,15500000
@end
$ gzip -dc "$FOOTPRINT_REAL_DATA/geo/ons_lsoa11_ccg17_stp17_lad17.csv.gz" | awk -F, 'NR == 1 || !seen[$6]++' > lsoa.csv
$ footprint init ws -q
$ cd ws && footprint load -q ../lsoa.csv ../counts.csv > /dev/null
? 1
$ cd ws && footprint rate show gm-outcomes-2015 -q > all.csv; grep cvd_deaths all.csv | grep -E "^E5400000[578]"
E54000005,West Yorkshire,,2021,indicator,cvd_deaths,Early deaths from cardiovascular disease,,,,fewer deaths,MISSING,,,,,NOT_SCORED,,,,,,,,,,,,,,,sourced,series outcome.cvd_deaths.events over outcome.cvd_deaths.people,,3 base years here and 6 of the nation: three of each with events in every one are needed,gm-outcomes-2015,1,pack,then
E54000007,Greater Manchester,,2021,indicator,cvd_deaths,Early deaths from cardiovascular disease,84.30672763142799,17.064214824300056,167.76709922424448,fewer deaths,NOT_SCORED,,,,off course,OK,0.0137,,,,,,,,,,,,,,sourced,series outcome.cvd_deaths.events over outcome.cvd_deaths.people,,"6 base years; in 2021 0.005754 against the nation's 0.004403 for one person; in that year alone 84 (17 to 168), from the base on 653 (284 to 1085); announced were 600 (not-stated); chance of getting there 1 %",gm-outcomes-2015,1,pack,then
E54000008,Cheshire and Merseyside,,2021,indicator,cvd_deaths,Early deaths from cardiovascular disease,,,,fewer deaths,NOT_LOADED,,,,,NOT_SCORED,,,,,,,,,,,,,,,sourced,series outcome.cvd_deaths.events over outcome.cvd_deaths.people,,no data for it are loaded,gm-outcomes-2015,1,pack,then
$ cd ws && footprint rate show gm-outcomes-2015 E54000007 -q --format json | grep -A 16 '"item": "cvd_deaths"' | grep -E "value|lower|upper|category"
    "value": 84.30672763142799,
    "lower": 17.064214824300056,
    "upper": 167.76709922424448,
    "category": "off course",
    "category_status": "OK",
    "category_chance_fraction": 0.0137,
    "score_lower": null,
    "score_upper": null,
    "rank_lower": null,
