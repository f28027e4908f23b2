# Abridged life tables.
@file bands.csv
start_age,deaths,population
0,5,1000
1,2,4000
5,180,60000
65,500,10000
@end
$ footprint stat life-expectancy < bands.csv
start_age,deaths,population,mortality_rate,p_death,survivors,person_years,value,std_error,lower_95,upper_95,deaths_used,population_used,method,status
0,5,1000,0.005,0.004977600796416128,100000,99552.01592832254,76.2150149091482,0.949342765678459,74.35433727943477,78.07569253886162,687,75000,chiang-silcocks,OK
1,2,4000,0.0005,0.0019980019980019984,99502.23992035838,397611.34833310044,75.59578036642257,0.9386957677623723,73.75597046916815,77.435590263677,682,74000,chiang-silcocks,OK
5,180,60000,0.003,0.16513761467889906,99303.43424619183,5466244.086946339,71.74311926605505,0.9347755329619172,69.91099288782046,73.57524564428964,680,70000,chiang-silcocks,OK
65,500,10000,0.05,1,82904.7019853528,1658094.039707056,20,0.8944271909999159,18.24695491884684,21.75304508115316,500,10000,chiang-silcocks,OK
$ footprint stat life-expectancy --at 0,65 --confidence 95,99.8 < bands.csv | cut -d, -f1,8-
start_age,value,std_error,lower_95,upper_95,lower_99_8,upper_99_8,deaths_used,population_used,method,status
0,76.2150149091482,0.949342765678459,74.35433727943477,78.07569253886162,73.28132522502192,79.14870459327447,687,75000,chiang-silcocks,OK
65,20,0.8944271909999159,18.24695491884684,21.75304508115316,17.236012198857132,22.763987801142868,500,10000,chiang-silcocks,OK
# Each thing that can be wrong with one.
@file wrong.csv
g,start_age,deaths,population
band,0,5,1000
band,1,2,74000
more,0,5,1000
more,1,4001,4000
more,65,500,70000
none,0,5,1000
none,1,2,4000
none,65,0,70000
few,0,1,100
few,1,2,400
few,65,50,500
empty,0,,1000
empty,1,2,4000
empty,65,500,70000
zero,0,5,1000
zero,1,2,0
zero,65,500,70000
@end
$ footprint stat life-expectancy --by g --at 0 < wrong.csv | cut -d, -f1,3,4,9,15-
g,deaths,population,value,method,status
band,5,1000,,chiang-silcocks,INCOMPLETE_BANDS
more,5,1000,,chiang-silcocks,DEATHS_EXCEED_POPULATION
none,5,1000,,chiang-silcocks,ZERO_DEATHS_LAST_BAND
few,1,100,,chiang-silcocks,POPULATION_TOO_SMALL
empty,,1000,,chiang-silcocks,MISSING
zero,5,1000,,chiang-silcocks,ZERO_DENOMINATOR
$ printf 'start_age,deaths,population\n0,5,1000\n0,2,4000\n5,180,60000\n' | footprint stat life-expectancy
! footprint: standard input: line 2, column start_age: the whole input has two rows for the age 0; a grouping by sex or year needs it in --by
? 3
$ printf 'start_age,deaths,population\n0,-5,1000\n1,2,4000\n5,180,60000\n' | footprint stat life-expectancy
! footprint: standard input: line 2, column deaths: -5 is negative; correct it, or keep the row as INVALID with --keep-going
? 3
# Years in good health.
@file health.csv
start_age,deaths,population,healthy,healthy_n
0,5,1000,0.95,400
1,2,4000,0.96,900
5,180,60000,0.85,2500
65,500,10000,0.55,700
@end
$ footprint stat life-expectancy --healthy --at 0,65 --confidence 95,99.8 < health.csv | cut -d, -f1,10,18-
start_age,value,healthy_value,healthy_std_error,healthy_lower_95,healthy_upper_95,healthy_lower_99_8,healthy_upper_99_8,healthy_share,method,status
0,76.2150149091482,60.34540505274951,0.779470241479407,58.81767145242914,61.87313865306989,57.936660930833426,62.7541491746656,0.7917784326970744,chiang-silcocks;sullivan,OK
65,20,11,0.6192160942906535,9.78635875654276,12.21364124345724,9.086478420923967,12.913521579076033,0.55,chiang-silcocks;sullivan,OK
$ cut -d, -f1-4 health.csv | footprint stat life-expectancy --healthy --at 0 | cut -d, -f1,9,15-
start_age,value,healthy_value,healthy_std_error,healthy_lower_95,healthy_upper_95,healthy_share,method,status
0,76.2150149091482,60.34540505274951,0.5976520625449284,59.174028534875376,61.51678157062365,0.7917784326970744,chiang-silcocks;sullivan,OK
$ sed 's/0.85/85/' health.csv | footprint stat life-expectancy --healthy
! footprint: standard input: line 4, column healthy: healthy is a share of people: a fraction from 0 to 1; correct it, or keep the row as INVALID with --keep-going
? 3
$ sed 's/,0.85/,/' health.csv | footprint stat life-expectancy --healthy --at 65 | cut -d, -f1,10,16-
start_age,value,healthy_value,healthy_std_error,healthy_lower_95,healthy_upper_95,healthy_share,method,status
65,20,,,,,,chiang-silcocks;sullivan,MISSING
$ sed 's/,700/,0/' health.csv | footprint stat life-expectancy --healthy --keep-going --at 0 | cut -d, -f1,10,16-
start_age,value,healthy_value,healthy_std_error,healthy_lower_95,healthy_upper_95,healthy_share,method,status
0,,,,,,,chiang-silcocks;sullivan,INVALID
$ footprint stat life-expectancy --healthy < bands.csv
! footprint: standard input: line 1: there is no column "healthy"; life-expectancy reads start_age, deaths, population, [healthy, healthy_n with --healthy] (other headings: --columns)
? 3
$ footprint stat life-expectancy --bands 0,1 < bands.csv
! footprint: --bands: a life table has at least 3 bands
! Try: footprint stat --help
? 2
$ footprint stat life-expectancy --at birth < bands.csv
! footprint: --at is a list of numbers separated by commas; "birth" is none
! Try: footprint stat --help
? 2
$ footprint stat life-expectancy --confidence 950 < bands.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
