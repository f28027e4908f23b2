# Concentration indices, of groups and of people.
@file fifths.csv
quantile,population,value,se
1,1200,30,1.5
2,1000,26,1.4
3,900,25,1.5
4,1100,21,1.2
5,800,18,1.3
@end
$ footprint stat concentration-index < fifths.csv
value,std_error,lower_95,upper_95,mean,n_groups,method,status
-0.09514754098360657,0.014333685815035498,-0.12324104894678879,-0.06705403302042436,24.4,5,closed-form,OK
$ printf 'quantile,population,value\n1,1,0\n2,1,1\n3,1,0\n4,1,1\n5,1,1\n6,1,1\n' | footprint stat concentration-index --wagstaff
value,std_error,lower_95,upper_95,mean,n_groups,wagstaff,method,status
0.25,0.17179606773406916,-0.08671410544437913,0.5867141054443792,0.6666666666666666,6,0.7499999999999999,closed-form,OK
$ cut -d, -f1-3 fifths.csv | footprint stat concentration-index
value,std_error,lower_95,upper_95,mean,n_groups,method,status
-0.09514754098360657,,,,24.4,5,closed-form,OK
! footprint stat: note: groups of unequal size without a column se have an index but no limits
$ printf 'quantile,population,value\n1,1,0\n2,1,0\n' | footprint stat concentration-index
value,std_error,lower_95,upper_95,mean,n_groups,method,status
,,,,0,2,closed-form,ZERO_DENOMINATOR
$ printf 'quantile,population,value\n1,-1,0\n2,1,0\n' | footprint stat concentration-index
! footprint: standard input: line 2, column population: -1 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat concentration-index --confidence 950 < fifths.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
