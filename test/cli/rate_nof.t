@needs real-data
# The NHS Oversight Framework on the published rows of one trust: what is computed
# stands beside what was published.
$ footprint init ws -q
$ cd ws && footprint load -q "$FOOTPRINT_REAL_DATA/performance/nof_2025_26_rdy.csv" > /dev/null
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q > all.csv; grep -E "place_code|,overall," all.csv | cut -d, -f 4,12,13,16,25,26,28,29
period,status,score,category,present,asked,published_category,published_score
2025/26 Q1,OK,2.2618181818181817,Segment 2,11,11,Segment 2,2.26
2025/26 Q2,OK,2.151818181818182,Segment 2,11,11,Segment 2,2.15
2025/26 Q3,OK,2.272727272727273,Segment 2,11,11,Segment 2,2.27
2025/26 Q4,OK,2.21,Segment 2,11,11,Segment 2,2.21
$ cd ws && grep -E "place_code|,domain," all.csv | cut -d, -f 4,6,13,29
period,item,score,published_score
2025/26 Q1,access,1.985,1.99
2025/26 Q1,effectiveness,2.57,2.57
2025/26 Q1,safety,2.385,2.39
2025/26 Q1,people,2.215,2.21
2025/26 Q1,finance,2,2
2025/26 Q2,access,1.915,1.91
2025/26 Q2,effectiveness,1.9766666666666666,1.98
2025/26 Q2,safety,2.7750000000000004,2.77
2025/26 Q2,people,2.26,2.26
2025/26 Q2,finance,1.92,1.92
2025/26 Q3,access,1.715,1.72
2025/26 Q3,effectiveness,2.8233333333333337,2.82
2025/26 Q3,safety,2.425,2.43
2025/26 Q3,people,2.205,2.21
2025/26 Q3,finance,1.92,1.92
2025/26 Q4,access,1.435,1.43
2025/26 Q4,effectiveness,2.8866666666666667,2.89
2025/26 Q4,safety,2.445,2.44
2025/26 Q4,people,2.025,2.03
2025/26 Q4,finance,1.92,1.92
$ cd ws && grep "Q4,indicator," all.csv | grep -c ",OK,"; grep "Q4,indicator,.*NOT_COUNTED" all.csv | grep -o 'OF10[0-9]*\|combined in [A-Z0-9]*'
11
OF1079
combined in OF1080
OF1081
combined in OF1080
# Why: each group's members and its sum. A judgement is entered with author and
# reason, and counts before what is published.
$ cd ws && footprint rate explain nhs-oversight-2025 RDY 2025/26-Q1 -q | grep -E "^(overall|access|finance)," | cut -d, -f 1,2,7,8,9,11
overall,,2.2618181818181817,,,24.88 / 11 = 2.261818182
overall,OF1005,1,0.09090909090909091,0.09090909090909091,
overall,OF1041,series nof.OF0041,2.97,0.09090909090909091,OK
overall,OF1035,2,0.09090909090909091,0.18181818181818182,
overall,OF1057,2.54,0.09090909090909091,0.23090909090909092,
overall,OF1063,3.17,0.09090909090909091,0.2881818181818182,
overall,OF1016,2.67,0.09090909090909091,0.24272727272727274,
overall,OF1061,2.1,0.09090909090909091,0.19090909090909092,
overall,OF1082,2.28,0.09090909090909091,0.20727272727272725,
overall,OF1084,2.15,0.09090909090909091,0.19545454545454546,
overall,OF1080,1,0.09090909090909091,0.09090909090909091,
overall,OF1086,series nof.OF0086,3,0.09090909090909091,OK
access,,1.985,,,3.97 / 2 = 1.985
access,OF1005,1,0.5,0.5,
access,OF1041,series nof.OF0041,2.97,0.5,OK
finance,,2,,,4 / 2 = 2
finance,OF1080,1,0.5,0.5,
finance,OF1086,series nof.OF0086,3,0.5,OK
finance,OF1079,1,,,"combined in OF1080
finance,OF1081,1,,,"combined in OF1080
$ cd ws && footprint rate judge nhs-oversight-2025 deficit RDY 1 --period 2025/26-Q4 --author "A. Person" --because "audited accounts" --dry-run
entry,framework,item,place,period,value,author
2,nhs-oversight-2025,deficit,RDY,2025/26 Q4,1,A. Person
! Nothing was entered.
$ cd ws && footprint rate run nhs-oversight-2025 --dry-run
framework,version,weights,view,period,places,ratings
nhs-oversight-2025,1,pack,then,2025/26 Q1,1,19
nhs-oversight-2025,1,pack,then,2025/26 Q2,1,19
nhs-oversight-2025,1,pack,then,2025/26 Q3,1,19
nhs-oversight-2025,1,pack,then,2025/26 Q4,1,19
! Nothing was kept.
$ cd ws && footprint rate judge nhs-oversight-2025 deficit RDY 1 --period 2025/26-Q4 --author "A. Person" --because "audited accounts"
entry,framework,item,place,period,value,author
2,nhs-oversight-2025,deficit,RDY,2025/26 Q4,1,A. Person
$ cd ws && footprint rate change nhs-oversight-2025 2025/26-Q3 2025/26-Q4 --draws 100
place_code,place_name,before,after,score_before,score_after,change,chance_of_this_direction_fraction,chance_by_noise_alone_fraction
RDY,Dorset Healthcare University NHS Foundation Trust,Segment 2,Segment 3,2.272727272727273,2.21,by rule,,
! Changes, by rule: 1
! Changes to expect from noise alone: 0.0 of 1 places
# How sure: drawn by metrics, the same every time; the publisher's range of quarter 4
# is 1.72 to 2.73.
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q --period "2025/26 Q4" --level overall --draws 2000 --format json | grep -E '"(score|score_lower|score_upper|category|rules|text)"'
    "score": 2.21,
    "category": "Segment 3",
    "score_lower": 1.7363636363636366,
    "score_upper": 2.707340909090909,
    "rules": "deficit-rule",
    "text": "changed by the rule \"A trust in deficit is in segment 3 or worse\"; range by drawing its metrics again (ours, not the publisher's)",
# Wrong calls.
$ cd ws && footprint rate judge nhs-oversight-2025 deficit RDY 1 --period 2025/26-Q4
! footprint: a judgement needs --period, --author and --because
! Try: footprint rate judge --help
? 2
$ cd ws && footprint rate show nhs-oversight-2025 RDY --draws 1
! footprint: --draws is a whole number of 2 or more, not "1"
! Try: footprint rate show --help
? 2
$ cd ws && footprint rate show nhs-oversight-2025 RDY --confidence 950
! footprint: --confidence is a fraction below 1 or a per cent from 50 to below 100, not "950"
! Try: footprint rate show --help
? 2
# Limits at another level.
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q --period "2025/26 Q4" --level overall --draws 2000 --confidence 50 --format json --no-input | grep -E '"(score_lower|score_upper)"'
    "score_lower": 2.0415909090909095,
    "score_upper": 2.3747727272727275,
