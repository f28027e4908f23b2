# Rates: exact below ten events, Byar's from ten on.
@file deaths.csv
area,x,n
A,0,1000
B,5,1000
C,9,1000
D,10,1000
E,100,1000
@end
$ footprint stat rate --multiplier 1000 < deaths.csv
area,x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
A,0,1000,0,1000,0,0,3.6888794541139354,1000,exact-poisson,OK
B,5,1000,5,1000,5,1.6234863901184209,11.668332079322667,1000,exact-poisson,OK
C,9,1000,9,1000,9,4.115373097378333,17.084803451419166,1000,exact-poisson,OK
D,10,1000,10,1000,10,4.787449913967564,18.391458605756473,1000,byar,OK
E,100,1000,100,1000,100,81.36210549052788,121.62793757920647,1000,byar,OK
$ footprint stat rate --multiplier 1000 --method exact --confidence 99.8 < deaths.csv
area,x,n,numerator,denominator,value,lower_99_8,upper_99_8,multiplier,method,status
A,0,1000,0,1000,0,0,6.907755278982136,1000,exact-poisson,OK
B,5,1000,5,1000,5,0.7393717319178327,16.454745203680105,1000,exact-poisson,OK
C,9,1000,9,1000,9,2.452424404363775,22.65737330906293,1000,exact-poisson,OK
D,10,1000,10,1000,10,2.96052037274376,24.133971145417586,1000,exact-poisson,OK
E,100,1000,100,1000,100,71.9213974950004,134.92431906126444,1000,exact-poisson,OK
# Several events of one person.
$ printf 'area,event_frequency,x,n\nA,1,50,500\nA,2,20,500\nA,13,1,500\n' | footprint stat rate --by area
area,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
A,103,500,20600,14149.466480164816,28068.950005549283,100000,dobson-byar-nonindependent,OK
# Events without people; counts that are no counts.
$ printf 'x,n\n3,0\n0,0\n' | footprint stat rate
x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
3,0,3,0,,,,100000,exact-poisson,ZERO_DENOMINATOR
0,0,0,0,,,,100000,exact-poisson,ZERO_DENOMINATOR
$ printf 'x,n\n-3,100\n' | footprint stat rate
! footprint: standard input: line 2, column x: -3 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'x,n\n3,-100\n' | footprint stat rate --keep-going
x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
3,-100,,,,,,100000,exact-poisson,INVALID
? 1
$ footprint stat rate --multiplier 0 < deaths.csv
! footprint: --multiplier is a number from 1e-15 to 1e15, not "0"
! Try: footprint stat --help
? 2
$ footprint stat rate --confidence 950 < deaths.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ footprint stat rate --method wald < deaths.csv
! footprint: --method is field or exact, not "wald"
! Try: footprint stat --help
? 2
$ printf 'area,event_frequency,x,n\nA,1,50,500\nA,2,20,600\n' | footprint stat rate --by area
! footprint: standard input: line 3, column n: 600 people, but 500 on an earlier row of the group; rows with event_frequency carry the n of the whole group
? 3
