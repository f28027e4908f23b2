# Proportions: rows, groups, and what is no proportion.
@file trusts.csv
trust,region,x,n
A,North,81,263
B,North,15,148
C,South,0,20
D,South,1,29
@end
$ footprint stat proportion < trusts.csv
trust,region,x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
A,North,81,263,81,263,0.30798479087452474,0.2552885198782743,0.36620957698280004,1,wilson,OK
B,North,15,148,15,148,0.10135135135135136,0.0623863995307363,0.160487241723308,1,wilson,OK
C,South,0,20,0,20,0,0,0.16112515805281932,1,wilson,OK
D,South,1,29,1,29,0.034482758620689655,0.006113214292762662,0.17175521879320285,1,wilson,OK
$ footprint stat proportion --by region --confidence 0.95,0.998 --multiplier 100 < trusts.csv
region,numerator,denominator,value,lower_95,upper_95,lower_99_8,upper_99_8,multiplier,method,status
North,96,411,23.357664233576642,19.525390822619833,27.68335715966469,17.558246424168335,30.36703195420174,100,wilson,OK
South,1,49,2.0408163265306123,0.36116725898252494,10.693521523391615,0.17831300872976635,19.547779720786544,100,wilson,OK
$ footprint stat proportion --by region --attach --prefix p_ < trusts.csv
trust,region,x,n,p_numerator,p_denominator,p_value,p_lower_95,p_upper_95,p_multiplier,p_method,p_status
A,North,81,263,96,411,0.23357664233576642,0.19525390822619834,0.2768335715966469,1,wilson,OK
B,North,15,148,96,411,0.23357664233576642,0.19525390822619834,0.2768335715966469,1,wilson,OK
C,South,0,20,1,49,0.02040816326530612,0.0036116725898252496,0.10693521523391615,1,wilson,OK
D,South,1,29,1,49,0.02040816326530612,0.0036116725898252496,0.10693521523391615,1,wilson,OK
# Zero, missing and suppressed are three things.
$ printf 'x,n\n0,10\n,10\n*,10\n0,0\nNA,10\n' | footprint stat proportion
x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
0,10,0,10,0,0,0.27753279986288915,1,wilson,OK
,10,,10,,,,1,wilson,MISSING
*,10,,10,,,,1,wilson,SUPPRESSED
0,0,0,0,,,,1,wilson,ZERO_DENOMINATOR
NA,10,,10,,,,1,wilson,MISSING
# A numerator above the denominator.
$ printf 'x,n\n3,10\n11,10\n' | footprint stat proportion
! footprint: standard input: line 3, column x: x is more than n; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'x,n\n3,10\n11,10\n1,0\n' | footprint stat proportion --keep-going
x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
3,10,3,10,0.3,0.10779126740630104,0.6032218525388546,1,wilson,OK
11,10,,,,,,1,wilson,INVALID
1,0,,,,,,1,wilson,INVALID
? 1
# A negative count, a word, a confidence of 950, a column that is not there.
$ printf 'x,n\n3,10\n-2,10\n' | footprint stat proportion
! footprint: standard input: line 3, column x: -2 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'x,n\nthree,10\n' | footprint stat proportion
! footprint: standard input: line 2, column x: "three" is no number; expected one such as 1234.5, or an empty cell for a missing one, * for a suppressed one
? 3
$ footprint stat proportion --confidence 950 < trusts.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ footprint stat proportion --confidence 100 < trusts.csv
! footprint: --confidence: "100" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ footprint stat proportion --by ward < trusts.csv
! footprint: --by: standard input has no column "ward"
! Try: footprint stat --help
? 2
$ printf 'x,N\n3,10\n' | footprint stat proportion
! footprint: standard input: line 1: there is no column "n"; proportion reads x, n (other headings: --columns)
? 3
$ printf 'x,n,value\n3,10,1\n' | footprint stat proportion
! footprint: standard input has a column "value", which is also a result of proportion: give the results another name with --prefix, such as --prefix proportion_
! Try: footprint stat --help
? 2
# Nothing is no table.
$ footprint stat proportion < /dev/null
! footprint: standard input is empty; expected a header with the columns x, n
? 3
