@needs real-data
# The NHS Oversight Framework on the published rows of one trust: what is computed
# stands beside what was published.
$ footprint init ws -q
$ cd ws && footprint load -q "$FOOTPRINT_REAL_DATA/performance/nof_2025_26_rdy.csv"
load,source,vintage,file,rows_read,rows_taken,rows_skipped,rows_rejected,facts,checks_failed,findings
1,nhse-oversight-framework,,nof_2025_26_rdy.csv,156,156,0,0,275,0,0
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q --level overall | cut -d, -f 4,12,13,16,20,21,23,24
period,status,score,category,present,asked,published_category,published_score
2025/26 Q1,OK,2.2618181818181817,Segment 2,11,11,Segment 2,2.26
2025/26 Q2,OK,2.151818181818182,Segment 2,11,11,Segment 2,2.15
2025/26 Q3,OK,2.272727272727273,Segment 2,11,11,Segment 2,2.27
2025/26 Q4,OK,2.21,Segment 2,11,11,Segment 2,2.21
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q --level domain | cut -d, -f 4,6,13,24
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
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q --period "Q4 2025/26" --level indicator --format json | grep -c '"status": "OK"'
11
$ cd ws && footprint rate show nhs-oversight-2025 RDY -q --period "2025/26 Q4" --level indicator | grep NOT_COUNTED | cut -d, -f 6,12,30
OF1079,NOT_COUNTED,"combined in OF1080
OF1081,NOT_COUNTED,"combined in OF1080
