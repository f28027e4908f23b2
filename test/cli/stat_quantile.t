# Quantiles of areas.
@file scores.csv
region,area,value
N,A,31.2
N,B,8.5
N,C,19.7
S,D,8.5
S,E,
S,F,2
S,G,4
@end
$ footprint stat quantile --groups 3 < scores.csv
region,area,value,rank,quantile,n_groups,method,status
N,A,31.2,1,1,3,inverted,OK
N,B,8.5,3,2,3,inverted,OK
N,C,19.7,2,1,3,inverted,OK
S,D,8.5,3,2,3,inverted,OK
S,E,,,,3,inverted,MISSING
S,F,2,6,3,3,inverted,OK
S,G,4,5,3,3,inverted,OK
$ footprint stat quantile --groups 3 --by region --no-invert < scores.csv
region,area,value,rank,quantile,n_groups,method,status
N,A,31.2,3,3,3,not-inverted,OK
N,B,8.5,1,1,3,not-inverted,OK
N,C,19.7,2,2,3,not-inverted,OK
S,D,8.5,3,3,3,not-inverted,OK
S,E,,,,3,not-inverted,MISSING
S,F,2,1,1,3,not-inverted,OK
S,G,4,2,2,3,not-inverted,OK
# Fewer values than quantiles.
$ footprint stat quantile --groups 4 --by region < scores.csv | cut -d, -f2,4-
area,rank,quantile,n_groups,method,status
A,1,,4,inverted,TOO_FEW_ROWS
B,3,,4,inverted,TOO_FEW_ROWS
C,2,,4,inverted,TOO_FEW_ROWS
D,1,,4,inverted,TOO_FEW_ROWS
E,,,4,inverted,MISSING
F,3,,4,inverted,TOO_FEW_ROWS
G,2,,4,inverted,TOO_FEW_ROWS
$ footprint stat quantile --invert --no-invert < scores.csv
! footprint: --invert and --no-invert contradict each other
! Try: footprint stat --help
? 2
$ footprint stat quantile --groups 0 < scores.csv
! footprint: --groups is a whole number from 1 to 2147483648, not "0"
! Try: footprint stat --help
? 2
$ footprint stat quantile --groups ten < scores.csv
! footprint: --groups is a whole number from 1 to 2147483648, not "ten"
! Try: footprint stat --help
? 2
$ printf 'value\nlow\n' | footprint stat quantile
! footprint: standard input: line 2, column value: "low" is no number; expected one such as 1234.5, or an empty cell for a missing one, * for a suppressed one
? 3
# The field's own arithmetic puts rank 8 of 28 elsewhere.
$ { echo value; seq 28; } | footprint stat quantile --groups 20 --no-invert | sed -n 9p
8,8,6,20,not-inverted,OK
$ { echo value; seq 28; } | footprint stat quantile --groups 20 --no-invert --field-arithmetic | sed -n 9p
8,8,5,20,not-inverted,OK
