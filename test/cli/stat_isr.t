# Indirectly standardised rates.
@file bands.csv
area,x,n,ref_x,ref_n
A,8,12000,900,1000000
A,21,15000,2500,2000000
A,74,6000,8000,500000
@end
$ footprint stat isr --by area < bands.csv
area,numerator,denominator,expected,ref_rate,value,lower_95,upper_95,multiplier,method,status
A,103,33000,125.55,325.7142857142857,267.21283495477047,218.10296898891946,324.0762141698806,100000,byar,OK
# The observed known in total: on one row.
$ printf 'x,n,ref_x,ref_n\n103,12000,900,1000000\n,15000,2500,2000000\n' | footprint stat isr --observed-total
numerator,denominator,expected,ref_rate,value,lower_95,upper_95,multiplier,method,status
103,27000,29.549999999999997,113.33333333333334,395.0366610265088,322.43461899550783,479.1011838389086,100000,byar,OK
# A reference without people; groups on other references.
$ printf 'x,n,ref_x,ref_n\n8,12000,900,0\n' | footprint stat isr
numerator,denominator,expected,ref_rate,value,lower_95,upper_95,multiplier,method,status
8,12000,,,,,,100000,exact-poisson,ZERO_DENOMINATOR
$ printf 'g,x,n,ref_x,ref_n\na,8,120,9,1000\nb,8,120,9,2000\n' | footprint stat isr --by g
g,numerator,denominator,expected,ref_rate,value,lower_95,upper_95,multiplier,method,status
a,8,120,1.0799999999999998,899.9999999999999,6666.666666666667,2878.1934806237514,13135.991016827764,100000,exact-poisson,OK
b,8,120,0.5399999999999999,449.99999999999994,6666.666666666667,2878.1934806237514,13135.991016827764,100000,exact-poisson,OK
! footprint stat: warning: groups carry different references (other bands or other ref_x, ref_n): their results cannot be compared with one another
$ printf 'x,n,ref_x,ref_n\n8,-5,900,10\n' | footprint stat isr
! footprint: standard input: line 2, column n: -5 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'x,n,ref_x\n8,5,900\n' | footprint stat isr
! footprint: standard input: line 1: there is no column "ref_n"; isr reads x, n, ref_x, ref_n (other headings: --columns)
? 3
$ footprint stat isr --confidence 950 < bands.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
