# Directly standardised rates.
@file bands.csv
area,age_band,x,n,stdpop
A,0-64,8,12000,30000
A,65-84,21,15000,50000
A,85+,74,6000,20000
@end
$ footprint stat dsr --by area --confidence 95,99.8 < bands.csv
area,numerator,denominator,value,lower_95,upper_95,lower_99_8,upper_99_8,variance,multiplier,method,status
A,103,33000,336.6666666666667,274.6482988804123,408.47655448399837,243.11211839146037,452.6477044126945,1105.5555555555557,100000,dobson-byar,OK
# Seven events are too few for a rate, but not for a count.
$ printf 'x,n,stdpop\n3,900,4\n4,800,6\n' | footprint stat dsr
numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
7,1700,,,,,100000,dobson-byar,TOO_FEW_EVENTS
$ printf 'x,n,stdpop\n3,900,4\n4,800,6\n' | footprint stat dsr --min-events 5
numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
7,1700,433.3333333333333,165.97163551407314,906.3790471350992,28425.925925925927,100000,dobson-byar,OK
# A band of the standard is missing: its cell; or its row, which is told.
$ printf 'area,age_band,x,n,stdpop\nA,1,11,900,3\nA,2,8,700,\n' | footprint stat dsr --by area
area,numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
A,19,1600,,,,,100000,dobson-byar,MISSING
$ printf 'area,age_band,x,n,stdpop\nA,1,11,900,3\nA,2,8,700,4\nB,1,12,900,3\n' | footprint stat dsr --by area
area,numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
A,19,1600,1176.87074829932,691.3082674988506,1861.7871653182717,78254.43102411032,100000,dobson-byar,OK
B,12,900,1333.3333333333335,688.1677603421145,2329.206450401856,148148.14814814815,100000,dobson-byar,OK
! footprint stat: warning: the standard population adds up to 3 in the group that begins on line 4, but to 7 in that of line 2: an age band is not there, or the standard is another; such rates cannot be compared
# One area without people leaves the others alone.
$ printf 'area,x,n,stdpop\nA,11,900,3\nA,8,0,4\nB,11,900,3\nB,8,700,4\n' | footprint stat dsr --by area
area,numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
A,19,900,,,,,100000,dobson-byar,ZERO_DENOMINATOR
B,19,1600,1176.87074829932,691.3082674988506,1861.7871653182717,78254.43102411032,100000,dobson-byar,OK
# A band that stands there twice is refused: its people would count once, its
# events twice.
$ printf 'age_band,x,n,stdpop\n1,5,900,3\n1,6,900,3\n2,8,700,4\n' | footprint stat dsr
! footprint: standard input: line 3, column age_band: the group has this age_band on line 2 already; sum its rows first, or say in --by what tells them apart
? 3
$ printf 'age_band,x,n,stdpop\n1,5,900,3\n1,6,950,3\n2,8,700,4\n' | footprint stat dsr
! footprint: standard input: line 3, column n: 950, but 900 on an earlier row of the same age_band and group; two bands need two names, and a grouping by sex or area needs it in --by
? 3
$ printf 'age_band,x,n,stdpop\n1,5,900,3\n1,6,900,5\n2,8,700,4\n' | footprint stat dsr --keep-going
numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
19,1600,,,,,100000,dobson-byar,INVALID
? 1
# A file that leaves its zeros empty.
$ printf 'x,n,stdpop\n12,900,3\n,700,4\n' | footprint stat dsr --missing-as-zero
numerator,denominator,value,lower_95,upper_95,variance,multiplier,n_assumed_zero,method,status
12,1600,571.4285714285714,294.9290401466205,998.2313358865096,27210.884353741498,100000,1,dobson-byar,OK
$ printf 'x,n,stdpop\n12,900,0\n' | footprint stat dsr
! footprint: standard input: line 2, column stdpop: the standard population of the whole input is 0 in all bands, or numbers overflow
? 3
$ printf 'x,n,stdpop\n-1,900,3\n' | footprint stat dsr
! footprint: standard input: line 2, column x: -1 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat dsr --confidence 950 < bands.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ printf 'x,n\n1,9\n' | footprint stat dsr
! footprint: standard input: line 1: there is no column "stdpop"; dsr reads x, n, stdpop, [age_band, event_frequency] (other headings: --columns)
? 3
# A few events in a small band that weighs much.
$ printf 'x,n,stdpop\n10,1000000,1\n1,1,1000000\n' | footprint stat dsr
numerator,denominator,value,lower_95,upper_95,variance,multiplier,method,status
11,1000001,99999.90000109999,-66322.93221335232,361809.08800959605,9999980000.03,100000,dobson-byar,LOWER_BELOW_ZERO
