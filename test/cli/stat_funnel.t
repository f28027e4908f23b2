# Funnels: the lines, and the units against them.
@file trusts.csv
trust,numerator,denominator
A,30,100
B,10,100
C,33,90
D,5,200
@end
$ footprint stat funnel-limits --points 5 --confidence 95,99.8 < trusts.csv
x,centre,lower_95,upper_95,lower_99_8,upper_99_8,od_lower_95,od_upper_95,od_lower_99_8,od_upper_99_8,phi,tau2,method,status
1,0.15918367346938775,0,0.8762311642008535,0,1,,,,,,,wilson,OK
4,0.15918367346938775,0,0.5177074188351206,0,0.7244602138530966,,,,,,,wilson,OK
15,0.15918367346938775,0,0.34432453947223995,0,0.45109122372376753,,,,,,,wilson,OK
56,0.15918367346938775,0.06336417202784818,0.25500317491092733,0.008107163262479011,0.3102601836762965,,,,,,,wilson,OK
210,0.15918367346938775,0.1097026956927237,0.2086646512460518,0.08116809906478877,0.23719924787398672,,,,,,,wilson,OK
$ footprint stat funnel-limits --at 50,100 --overdispersion additive < trusts.csv
x,centre,lower_95,upper_95,od_lower_95,od_upper_95,phi,tau2,method,status
50,0.15918367346938775,0.05777784484358427,0.2605895020951912,0,0.5520639854343617,15.667595467673577,0.042497801041628216,wilson,OK
100,0.15918367346938775,0.08747892439624119,0.2308884225425343,0,0.5407200145644574,15.667595467673577,0.042497801041628216,wilson,OK
$ footprint stat funnel-assess --benchmark 20 --multiplier 100 < trusts.csv
trust,numerator,denominator,value,centre,lower_95,upper_95,od_lower_95,od_upper_95,z,significance,od_significance,phi,tau2,method,status
A,30,100,30,20,12.160144061839787,27.83985593816022,,,2.319842627257963,high_95,,,,wilson,OK
B,10,100,10,20,12.160144061839787,27.83985593816022,,,-2.837941092083278,low_95,,,,wilson,OK
C,33,90,36.666666666666664,20,11.736066235939182,28.263933764060823,,,3.5439801918594633,high_99_8,,,,wilson,OK
D,5,200,2.5,20,14.45638470260129,25.543615297398713,,,-8.622952076445038,low_99_8,,,,wilson,OK
$ printf 'trust,numerator,denominator\nA,112,98.4\nB,70,98.1\nC,0,3\n' | footprint stat funnel-assess --statistic ratio --overdispersion additive
trust,numerator,denominator,value,centre,lower_95,upper_95,od_lower_95,od_upper_95,z,significance,od_significance,phi,tau2,method,status
A,112,98.4,1.1382113821138211,1,0.8310756810478851,1.2144811233275756,,,1.2841822656440531,not_significant,,,,byar,TOO_FEW_ROWS
B,70,98.1,0.7135575942915393,1,0.7914900005351546,1.2827929029725924,,,-3.342705735869858,low_95,,,,byar,TOO_FEW_ROWS
C,0,3,0,1,0,,,,,not_significant,,,,exact-poisson,TOO_FEW_ROWS
$ printf 'area,numerator,denominator\nA,112,98400\nB,70,98100\n' | footprint stat funnel-assess --statistic rate
area,numerator,denominator,value,centre,lower_95,upper_95,od_lower_95,od_upper_95,z,significance,od_significance,phi,tau2,method,status
A,112,98400,113.82113821138212,92.6208651399491,76.97494857542753,112.48629233873727,,,2.2370542247848424,high_95,,,,byar,OK
B,70,98100,71.35575942915392,92.6208651399491,73.3084885991848,118.8133884687083,,,-2.1371969830315414,low_95,,,,byar,OK
# Two units say nothing about how units differ.
$ head -3 trusts.csv | footprint stat funnel-assess --overdispersion additive
trust,numerator,denominator,value,centre,lower_95,upper_95,od_lower_95,od_upper_95,z,significance,od_significance,phi,tau2,method,status
A,30,100,0.3,0.2,0.12160144061839787,0.2783985593816022,,,2.319842627257963,high_95,,,,wilson,TOO_FEW_ROWS
B,10,100,0.1,0.2,0.12160144061839787,0.2783985593816022,,,-2.837941092083278,low_95,,,,wilson,TOO_FEW_ROWS
$ printf 'numerator,denominator\n5,0\n,5\n1,5\n' | footprint stat funnel-assess
! footprint: standard input: line 2, column numerator: numerator is more than denominator; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'numerator,denominator\n5,3\n' | footprint stat funnel-assess
! footprint: standard input: line 2, column numerator: numerator is more than denominator; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'numerator,denominator\n-5,3\n' | footprint stat funnel-limits
! footprint: standard input: line 2, column numerator: -5 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat funnel-assess --benchmark 20 < trusts.csv
! footprint: --benchmark 20 is more than all of them: it is in the unit of the results, with a multiplier of 1
! Try: footprint stat --help
? 2
$ footprint stat funnel-assess --scale root < trusts.csv
! footprint: --scale is about ratios
! Try: footprint stat --help
? 2
$ footprint stat funnel-limits --at 0 < trusts.csv
! footprint: --at: points of the axis are above 0
! Try: footprint stat --help
? 2
$ footprint stat funnel-limits --confidence 950 < trusts.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
