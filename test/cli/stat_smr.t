# Ratios of seen over expected.
$ printf 'trust,x,expected\nA,112,98.4\nB,7,9.1\nC,0,3\n' | footprint stat smr --by trust
trust,numerator,expected,value,lower_95,upper_95,multiplier,method,status
A,112,98.4,1.1382113821138211,0.9371818046993,1.3695752472510745,1,byar,OK
B,7,9.1,0.7692307692307693,0.3092706650021832,1.5849093804068548,1,exact-poisson,OK
C,0,3,0,0,1.2296264847046452,1,exact-poisson,OK
$ printf 'trust,x,n,ref_x,ref_n\nA,8,12000,900,1000000\nA,21,15000,2500,2000000\n' | footprint stat smr --by trust --multiplier 100
trust,numerator,expected,value,lower_95,upper_95,multiplier,method,status
A,29,29.549999999999997,98.13874788494078,65.71145579113221,140.94872348959444,100,byar,OK
$ printf 'trust,x,expected\nA,112,0\nB,,9\nC,c,9\n' | footprint stat smr --by trust
trust,numerator,expected,value,lower_95,upper_95,multiplier,method,status
A,112,0,,,,1,byar,ZERO_DENOMINATOR
B,,9,,,,1,,MISSING
C,,9,,,,1,,SUPPRESSED
$ printf 'trust,x,expected\nA,-1,9\n' | footprint stat smr --by trust
! footprint: standard input: line 2, column x: -1 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'trust,x,expected\nA,1,-9\n' | footprint stat smr --by trust --keep-going
trust,numerator,expected,value,lower_95,upper_95,multiplier,method,status
A,1,,,,,1,exact-poisson,INVALID
? 1
$ printf 'trust,x\nA,1\n' | footprint stat smr --by trust
! footprint: standard input: line 1: there is no column "n"; smr reads x, n, ref_x, ref_n; or x, expected (other headings: --columns)
? 3
$ printf 'x,expected\n5,1\n6,2\n' | footprint stat smr --observed-total
! footprint: standard input: line 3, column x: 6, but 5 on an earlier row of the group; with --observed-total x is one total for all
? 3
$ printf 'x,expected\n5,1\n' | footprint stat smr --confidence 950
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
