@needs real-data
# The worked example of the roll-up: 250,000 people in a good group, 180,000 in one
# that requires improvement, 320,000 in an outstanding one: 1.8133. Others have no
# rating: they drop out, and are told, with a quarter of the people.
@file ratings.csv
ccg_code,financial_year,iaf_rating
E38000016,2017/18,Good
E38000024,2017/18,Requires improvement
E38000182,2017/18,Outstanding
E38000135,2017/18,
@end
$ gzip -dc "$FOOTPRINT_REAL_DATA/geo/ons_lsoa11_ccg17_stp17_lad17.csv.gz" | awk -F, 'NR == 1 || !seen[$3]++' > lsoa.csv
$ gzip -dc "$FOOTPRINT_REAL_DATA/population/qof_2017_18_practice.csv.gz" | awk -F, -v OFS=, 'BEGIN { p["E38000016"] = 250000; p["E38000024"] = 180000; p["E38000182"] = 320000; p["E38000135"] = 250000 } NR == 1 { print } ($10 in p) && !seen[$10]++ { $14 = p[$10]; print }' > qof_2017_18.csv
$ gzip -dc "$FOOTPRINT_REAL_DATA/population/population2017_lsoa11_single_year_age.csv.gz" | awk -F, 'NR == FNR { in_it[$1] = 1; next } { code = $1; gsub("\"", "", code) } FNR == 1 || in_it[code]' lsoa.csv - > population2017.csv
$ footprint init ws -q
$ cd ws && footprint load -q ../lsoa.csv ../population2017.csv ../qof_2017_18.csv ../ratings.csv > /dev/null
? 1
$ cd ws && footprint rate show ccg-iaf-2016 E54000007 -q --as-of 2020-01-01 --format json | grep -E '"(item|value|score|text|status|from)"'
    "item": "overall",
    "value": null,
    "status": "OK",
    "score": 1.8133333333333332,
    "from": null,
    "text": null,
    "item": "headline",
    "value": 1.8133333333333332,
    "status": "OK",
    "score": 1.8133333333333332,
    "from": "members' series ccg_iaf.rating weighted by list_size",
    "text": "grade 1: 1, grade 2: 1, grade 3: 1; 3 of 10 members have one, with 75.0 % of the people",
# A rating that is no word of the framework.
@file wrong.csv
ccg_code,financial_year,iaf_rating
E38000016,2017/18,Splendid
@end
$ cd ws && footprint load ../wrong.csv > /dev/null
! footprint: ../wrong.csv: none of its 1 records could be used; the first: line 2, field 3: found "Splendid", expected one of the words that the pack lists
? 3
