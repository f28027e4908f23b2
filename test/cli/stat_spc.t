# Process control.
@file falls.csv
period,x
2016-04,12
2016-05,15
2016-06,11
2016-07,14
2016-08,16
2016-09,13
2016-10,12
2016-11,30
2016-12,14
2017-01,15
2017-02,13
2017-03,16
2017-04,12
2017-05,14
@end
$ footprint stat spc --improve down < falls.csv | cut -d, -f1-8,10,11,15,16 | sed -n '1,3p;9p'
period,x,phase,value,centre_line,lower_limit,upper_limit,lower_warning,moving_range,rule_outside,special_cause,variation
2016-04,12,1,12,14.785714285714286,2.099560439560438,27.471868131868135,6.328278388278388,,0,none,common_cause
2016-05,15,1,15,14.785714285714286,2.099560439560438,27.471868131868135,6.328278388278388,3,0,none,common_cause
2016-11,30,1,30,14.785714285714286,2.099560439560438,27.471868131868135,6.328278388278388,18,1,outside_above,special_cause_concern
$ footprint stat spc --rules mdc-r-0.2.2 --target 22 --improve down < falls.csv | cut -d, -f1,5-7,15,22-25 | tail -1
2017-05,14.785714285714286,8.014805194805195,21.556623376623378,none,common_cause,consistent_pass,xmr/mdc-r-0.2.2,OK
$ footprint stat spc --rebase 2016-11 --min-points 3 < falls.csv | cut -d, -f1,3,5-7 | sed -n '8,9p'
2016-10,1,13.285714285714286,6.192380952380953,20.37904761904762
2016-11,2,16.285714285714285,3.8723809523809507,28.69904761904762
$ footprint stat spc --chart run < falls.csv | cut -d, -f1,5-7,17-21,24 | tail -1
2017-05,14,,,2,6,8,2,0,run/mdc-2023
# A short series; a constant one; one with a gap, and one with a missing value.
$ head -6 falls.csv | footprint stat spc | cut -d, -f1-7,22,24,25
period,x,phase,value,centre_line,lower_limit,upper_limit,variation_icon,method,status
2016-04,12,1,12,13.6,,,,xmr/mdc-2023,TOO_FEW_POINTS
2016-05,15,1,15,13.6,,,,xmr/mdc-2023,TOO_FEW_POINTS
2016-06,11,1,11,13.6,,,,xmr/mdc-2023,TOO_FEW_POINTS
2016-07,14,1,14,13.6,,,,xmr/mdc-2023,TOO_FEW_POINTS
2016-08,16,1,16,13.6,,,,xmr/mdc-2023,TOO_FEW_POINTS
$ for m in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo "$m,100"; done | sed '1i period,x' | footprint stat spc --target 95 --improve up | cut -d, -f1,4-7,22,23,25 | tail -1
13,100,100,,,common_cause,consistent_pass,NO_VARIATION
$ sed '/2016-09/d' falls.csv | footprint stat spc | cut -d, -f1,5-7,25 | tail -1
2017-05,14.923076923076923,1.1797435897435893,28.66641025641026,OK
! footprint stat: warning: the whole input: 1 gap between points, the first between 2016-08 and 2016-10
$ sed 's/^2016-09,13/2016-09,/' falls.csv | footprint stat spc | cut -d, -f1,2,4,5,10,25 | sed -n '6,9p'
2016-08,16,16,14.923076923076923,2,OK
2016-09,,,14.923076923076923,,MISSING
2016-10,12,12,14.923076923076923,,OK
2016-11,30,30,14.923076923076923,18,OK
# Other charts.
$ printf 'period,x,n\n1,8,90\n2,9,95\n3,7,80\n4,30,90\n' | footprint stat spc --chart p --min-points 3 | cut -d, -f1-3,5-8,12
period,x,n,value,centre_line,lower_limit,upper_limit,rule_outside
1,8,90,0.08888888888888889,0.15211267605633802,0.038545775139161645,0.2656795769735144,0
2,9,95,0.09473684210526316,0.15211267605633802,0.04157477169513289,0.26265058041754313,0
3,7,80,0.0875,0.15211267605633802,0.03165678742102379,0.27256856469165225,0
4,30,90,0.3333333333333333,0.15211267605633802,0.038545775139161645,0.2656795769735144,1
$ printf 'period,x,n\n1,8,90\n2,9,0\n3,7,80\n4,30,90\n' | footprint stat spc --chart u --min-points 3 | cut -d, -f1-3,5-8,26
period,x,n,value,centre_line,lower_limit,upper_limit,status
1,8,90,0.08888888888888889,0.17307692307692307,0.041518220180868703,0.30463562597297744,OK
2,9,0,,0.17307692307692307,,,ZERO_DENOMINATOR
3,7,80,0.0875,0.17307692307692307,0.033537846664063564,0.3126159994897826,OK
4,30,90,0.3333333333333333,0.17307692307692307,0.041518220180868703,0.30463562597297744,OK
$ printf 'period,x\n1,4\n2,9\n3,7\n4,3\n' | footprint stat spc --chart g --min-points 3 | cut -d, -f1,2,4-7,11,24
period,x,value,centre_line,lower_limit,upper_limit,rule_outside,method
1,4,4,5.5,0,24.439903691565668,0,g/mdc-2023;min-points=3
2,9,9,5.5,0,24.439903691565668,0,g/mdc-2023;min-points=3
3,7,7,5.5,0,24.439903691565668,0,g/mdc-2023;min-points=3
4,3,3,5.5,0,24.439903691565668,0,g/mdc-2023;min-points=3
$ printf 'period,x\n1,4\n2,9\n3,7\n4,3\n' | footprint stat spc --chart t --min-points 3 | cut -d, -f1,2,4-7
period,x,value,centre_line,lower_limit,upper_limit
1,4,4,5.383402568580859,0.5285836110634209,21.82187098806974
2,9,9,5.383402568580859,0.5285836110634209,21.82187098806974
3,7,7,5.383402568580859,0.5285836110634209,21.82187098806974
4,3,3,5.383402568580859,0.5285836110634209,21.82187098806974
$ printf 'period,x,n\n1,4,5\n2,9,5\n3,7,5\n' | footprint stat spc --chart c --min-points 3 | cut -d, -f1-3,5-8
period,x,n,value,centre_line,lower_limit,upper_limit
1,4,5,4,6.666666666666667,0,14.4126333590815
2,9,5,9,6.666666666666667,0,14.4126333590815
3,7,5,7,6.666666666666667,0,14.4126333590815
! footprint stat: warning: a c chart does not divide by n: it takes the exposure to be the same at all points; p, u and i charts divide
# A year with thirteen months, a period twice, a period without a name.
$ printf 'period,x\n2017-12,1\n2017-13,2\n' | footprint stat spc
! footprint: standard input: line 3, column period: "2017-13" is no period; expected one such as 2018-04, 2018-W05, 2018-04-03, 2017/18 or a number
? 3
$ printf 'period,x\n2017-12,1\n2017-12,2\n' | footprint stat spc
! footprint: standard input: line 3, column period: the whole input has two points for 2017-12; say in --by what tells its series apart
? 3
$ printf 'period,x\n2017-12,1\n,2\n' | footprint stat spc
! footprint: standard input: line 3, column period: is empty; a point without a period has no place in the series
? 3
$ printf 'period,x,n\n1,11,10\n' | footprint stat spc --chart p
! footprint: standard input: line 2, column x: x is more than n; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'period,x\n1,-1\n' | footprint stat spc --chart c
! footprint: standard input: line 2, column x: a count is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'period,x\n1,0\n' | footprint stat spc --chart t
! footprint: standard input: line 2, column x: a time between events must be above 0: two events at once need a finer clock or a g chart; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'period,x\n1,5\n' | footprint stat spc --chart p
! footprint: standard input: line 1: there is no column "n"; spc reads period, x, [n, target, rebase, exclude] (other headings: --columns)
? 3
$ footprint stat spc --chart pareto < falls.csv
! footprint: --chart: there is no "pareto"; there are xmr, i, mr, p, p-prime, c, u, u-prime, g, t, run
! Try: footprint stat --help
? 2
$ footprint stat spc --rules western-electric < falls.csv
! footprint: --rules: "western-electric" is none of mdc-2023, mdc-excel, mdc-r-0.2.2, anhoej, or outside, run, trend, two-in-three
! Try: footprint stat --help
? 2
$ footprint stat spc --rebase someday < falls.csv
! footprint: --rebase: "someday" is no period; expected one such as 2018-04
! Try: footprint stat --help
? 2
$ footprint stat spc --confidence 95 < falls.csv
! footprint: spc has no option --confidence
! Try: footprint stat --help
? 2
