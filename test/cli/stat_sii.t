# Slope and relative indices of inequality.
@file fifths.csv
quantile,population,value,se
1,1200,30,1.5
2,1000,26,1.4
3,900,25,1.5
4,1100,21,1.2
5,800,18,1.3
@end
$ footprint stat sii < fifths.csv
value,lower_95,upper_95,rii,rii_lower_95,rii_upper_95,intercept,std_error,n_groups,draws,multiplier,method,status
-14.546365914786968,-18.94720456520375,-10.145527264370184,0.540735582705577,0.44306832105663274,0.6533211161316942,31.673182957393482,2.2453671011967766,5,,1,closed-form,OK
$ footprint stat sii --type rate --transform --multiplier -1 --columns se=se < fifths.csv
value,lower_95,upper_95,rii,rii_lower_95,rii_upper_95,intercept,std_error,n_groups,draws,multiplier,method,status
14.922768519011207,-156.2520567723121,292.6395265851961,1.8427978845916582,0.022605689778728864,150.22342059435474,32.62899297903272,2.2453671011967766,5,,-1,closed-form,OK
# The same draws, whatever the number of threads; others with another seed.
$ footprint stat sii --type rate --draws 2000 --seed 7 --threads 1 < fifths.csv > one; footprint stat sii --type rate --draws 2000 --seed 7 --threads 8 < fifths.csv > eight; cmp one eight && echo same
same
$ footprint stat sii --type rate --draws 2000 --seed 8 < fifths.csv | cmp -s - one || echo others
others
# Four groups are too few, unless three are enough.
$ head -5 fifths.csv | footprint stat sii
value,lower_95,upper_95,rii,rii_lower_95,rii_upper_95,intercept,std_error,n_groups,draws,multiplier,method,status
,,,,,,,,4,,1,closed-form,TOO_FEW_ROWS
$ head -5 fifths.csv | footprint stat sii --min-groups 3
value,lower_95,upper_95,rii,rii_lower_95,rii_upper_95,intercept,std_error,n_groups,draws,multiplier,method,status
-11.796363636363633,-16.803863665727253,-6.788863607000014,0.6257169856932512,0.5080207109009702,0.7643198891037882,31.51722943722943,2.554893900531919,4,,1,closed-form,OK
$ sed 's/,1.5$/,/' fifths.csv | footprint stat sii
value,lower_95,upper_95,rii,rii_lower_95,rii_upper_95,intercept,std_error,n_groups,draws,multiplier,method,status
-14.546365914786968,,,0.540735582705577,,,31.673182957393482,,5,,1,closed-form,MISSING
$ sed 's/^5,/4,/' fifths.csv | footprint stat sii
! footprint: standard input: line 6, column quantile: the whole input has two rows of rank 4; sum rows of one rank first, or say in --by what tells them apart
? 3
$ sed 's/,1.5$/,-1.5/' fifths.csv | footprint stat sii
! footprint: standard input: line 2, column se: a standard error is negative; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat sii --type proportion < fifths.csv
! footprint: standard input: line 2, column value: a proportion is above 1; give fractions, not per cent; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat sii --transform < fifths.csv
! footprint: sii: only rates and proportions can be transformed
! Try: footprint stat --help
? 2
$ footprint stat sii --confidence 950 < fifths.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ cut -d, -f1-3 fifths.csv | footprint stat sii
! footprint: standard input: line 1: there is no column "lower_95"; sii reads quantile, population, value (for a proportion also x), se (or lower_95, upper_95) (other headings: --columns)
? 3
