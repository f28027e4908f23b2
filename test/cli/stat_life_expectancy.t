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
