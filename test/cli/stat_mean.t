# Means with Student's limits.
@file waits.csv
ward,x
A,3
A,5
A,4
B,7
C,2
C,
C,6
@end
$ footprint stat mean --by ward < waits.csv
ward,numerator,denominator,value,std_dev,lower_95,upper_95,method,status
A,12,3,4,1,1.5158622882496697,6.48413771175033,student-t,OK
B,7,1,7,,,,student-t,TOO_FEW_ROWS
C,,,,,,,student-t,MISSING
$ footprint stat mean --by ward --skip-missing < waits.csv
ward,numerator,denominator,value,std_dev,lower_95,upper_95,n_missing,method,status
A,12,3,4,1,1.5158622882496697,6.48413771175033,0,student-t,OK
B,7,1,7,,,,0,student-t,TOO_FEW_ROWS
C,8,2,4,2.8284271247461903,-21.41240947234939,29.41240947234939,1,student-t,OK
$ printf 'x\n2\n2\n2\n' | footprint stat mean
numerator,denominator,value,std_dev,lower_95,upper_95,method,status
6,3,2,0,2,2,student-t,OK
$ printf 'x\n-2.5\n1e3\n' | footprint stat mean --confidence 99
numerator,denominator,value,std_dev,lower_99,upper_99,method,status
997.5,2,498.75,708.8745481395139,-31409.19150788935,32406.69150788935,student-t,OK
$ printf 'x\ntwo\n' | footprint stat mean
! footprint: standard input: line 2, column x: "two" is no number; expected one such as 1234.5, or an empty cell for a missing one, * for a suppressed one
? 3
$ printf 'x\ninf\n' | footprint stat mean
! footprint: standard input: line 2, column x: "inf" is no number; expected one such as 1234.5, or an empty cell for a missing one, * for a suppressed one
? 3
$ footprint stat mean --confidence 950 < waits.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ footprint stat mean --multiplier 5 < waits.csv
! footprint: mean has no option --multiplier
! Try: footprint stat --help
? 2
