# Recent trend.
@file years.csv
period,x,n
2013/14,120,1000
2014/15,131,1010
2015/16,150,990
2016/17,162,1005
2017/18,171,1000
@end
$ footprint stat trend < years.csv
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
0.01335330338822605,0.003534950732831128,14.269563944468086,0.000158405649384763,increasing,5,significant,cochran-armitage,OK
# Rows may stand in any order; six points, of which the last five are taken.
$ { cat years.csv; echo 2012/13,400,1000; } | footprint stat trend
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
0.01335330338822605,0.003534950732831128,14.269563944468086,0.000158405649384763,increasing,5,significant,cochran-armitage,OK
$ { cat years.csv; echo 2012/13,400,1000; } | footprint stat trend --points all
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
-0.028526114532778032,0.002957631200885893,93.02447013667681,5.16517574169473e-22,no_significant_change,6,outlier,cochran-armitage,OK
# Cannot be calculated: four points, one missing, one twice, a gap, rolling years.
$ head -5 years.csv | footprint stat trend
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
,,,,cannot_be_calculated,4,too_few_points,cochran-armitage,TOO_FEW_ROWS
$ sed 's/^2015.16,150/2015\/16,/' years.csv | footprint stat trend
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
,,,,cannot_be_calculated,5,missing,cochran-armitage,MISSING
$ { cat years.csv; echo 2017/18,171,1000; } | footprint stat trend
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
,,,,cannot_be_calculated,5,duplicate_period,cochran-armitage,TOO_FEW_ROWS
$ sed 's/^2013.14/2012\/13/' years.csv | footprint stat trend
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
,,,,cannot_be_calculated,5,break,cochran-armitage,TOO_FEW_ROWS
$ printf 'period,value,se\n2013 - 15,70,1\n2014 - 16,71,1\n2015 - 17,73,1\n2016 - 18,74,1\n2017 - 19,77,1\n' | footprint stat trend
slope,std_error,chi_squared,p_value,trend,n_points,reason,method,status
,,,,cannot_be_calculated,5,overlapping,weighted-regression,TOO_FEW_ROWS
# A year with thirteen months.
$ printf 'period,x,n\n2017-12,1,9\n2017-13,1,9\n' | footprint stat trend
! footprint: standard input: line 3, column period: "2017-13" is no period; expected one such as 2016/17, 2017, 2017-03 or a number
? 3
$ sed 's/,120,/,1200,/' years.csv | footprint stat trend
! footprint: standard input: line 2, column x: x is more than n; for rates give value with its limits, or --method poisson; correct it, or keep the row as INVALID with --keep-going
? 3
$ sed 's/,120,/,-12,/' years.csv | footprint stat trend
! footprint: standard input: line 2, column x: -12 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat trend --points 4 < years.csv
! footprint: --points is a whole number from 5 to 1000, not "4"
! Try: footprint stat --help
? 2
$ footprint stat trend --alpha 2 < years.csv
! footprint: --alpha is a number from 1e-12 to 0.5, not 2
! Try: footprint stat --help
? 2
$ printf 'period,x\n2017,1\n' | footprint stat trend
! footprint: standard input: line 1: there is no column "value"; trend reads period, and x, n; or period, value, and se (or lower_95, upper_95) (other headings: --columns)
? 3
