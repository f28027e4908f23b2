# One figure against another.
@file care.csv
area,x,n
ENG,1048,1580
A,56,70
B,48,80
C,0,35
@end
$ footprint stat compare --of proportion --by area --to ENG --rest --polarity higher < care.csv
area,value,comparator,difference,ratio,difference_lower_95,difference_upper_95,ratio_lower_95,ratio_upper_95,z,p_value,q_value,significance,judgement,method,status
ENG,0.6632911392405063,0.6632911392405063,0,1,,,,,,,,,,itself,OK
A,0.8,0.6569536423841059,0.14304635761589413,1.2177419354838712,0.03235252993464571,0.22374921050843444,1.0771603800193745,1.3766709664992802,2.475747695781617,0.013295749917476707,,high_95,better,newcombe-10,OK
B,0.6,0.6666666666666666,-0.06666666666666665,0.9,-0.17868410918401095,0.03660382449086311,0.7498941372811502,1.0801524638354587,-1.2293950211715772,0.2189237360758148,,not_significant,similar,newcombe-10,OK
C,0,0.6783171521035599,-0.6783171521035599,0,-0.7011425858637137,-0.5766138156708501,,,-8.396980583282776,4.581057633193166e-17,,low_99_8,worse,newcombe-10,ZERO_EVENTS
$ footprint stat compare --of proportion --by area --to ENG --fdr < care.csv | cut -d, -f1,4,12-
area,difference,q_value,significance,judgement,method,status
ENG,0,,,,itself,OK
A,0.13670886075949373,0.02606239065053046,high_95,higher,newcombe-10,OK
B,-0.06329113924050633,0.24358501291992907,not_significant,similar,newcombe-10,OK
C,-0.6632911392405063,1.2700311189676134e-15,low_99_8,lower,newcombe-10,ZERO_EVENTS
$ footprint stat compare --of proportion --by area --benchmark 0.66 < care.csv | cut -d, -f1,2,13-
area,value,significance,judgement,method,status
ENG,0.6632911392405063,not_significant,similar,wilson,OK
A,0.8,high_95,higher,wilson,OK
B,0.6,not_significant,similar,wilson,OK
C,0,low_99_8,lower,wilson,OK
$ printf 'area,x,n\nA,30,1000\nB,45,1000\nC,0,10\n' | footprint stat compare --of rate --by area --to A --measure ratio
area,value,comparator,difference,ratio,difference_lower_95,difference_upper_95,ratio_lower_95,ratio_upper_95,z,p_value,q_value,significance,judgement,method,status
A,3000,3000,0,1,,,,,,,,,,itself,OK
B,4500,3000,1500,1.5,-268.93570147416017,3307.795389858447,0.9244479784761919,2.465973512105324,,0.10534226887460546,,not_significant,similar,conditional-exact,OK
C,0,3000,-3000,0,-4282.83719419987,33901.71183402036,0,13.08421814734985,,1,,not_significant,similar,conditional-exact,OK
$ printf 'area,value,lower_95,upper_95\nA,100,90,110\nB,125,112,139\n' | footprint stat compare --by area --to A
area,value,comparator,difference,ratio,difference_lower_95,difference_upper_95,ratio_lower_95,ratio_upper_95,z,p_value,q_value,significance,judgement,method,status
A,100,100,0,1,,,,,,,,,,itself,OK
B,125,100,25,1.25,8.598780533143273,42.20465053408525,1.0809315795410313,1.4516771303542777,2.9165614045810924,0.003539130519072803,,high_95,higher,mover,OK
# Directly standardised rates: on one standard, with all its bands.
@file bands.csv
area,age_band,x,n,stdpop
A,1,20,900,3
A,2,18,700,4
E,1,200,9000,3
E,2,280,7000,4
B,1,20,900,3
@end
$ footprint stat compare --of dsr --by area --to E --measure ratio < bands.csv
area,value,comparator,difference,ratio,difference_lower_95,difference_upper_95,ratio_lower_95,ratio_upper_95,z,p_value,q_value,significance,judgement,method,status
A,2421.7687074829932,3238.0952380952385,-816.3265306122453,0.7478991596638654,-1612.997428297383,162.10132466072616,0.5161494884142271,1.0514770557005388,-1.8802403936560286,0.06007532276297749,,not_significant,similar,mover,OK
E,3238.0952380952385,3238.0952380952385,0,1,,,,,,,,,,itself,OK
B,2222.222222222222,3238.0952380952385,,,,,,,,,,,,mover,INCOMPLETE_BANDS
$ sed 's/^E,2,280,7000,4/E,2,280,7000,5/' bands.csv | footprint stat compare --of dsr --by area --to E
! footprint: standard input: line 2, column stdpop: A stands on another standard population than what it is compared with
? 3
$ printf 'area,x,n\nA,11,10\n' | footprint stat compare --of proportion --by area --benchmark 0.5
! footprint: standard input: line 2, column x: x is more than n; correct it, or keep the row as INVALID with --keep-going
? 3
$ footprint stat compare --of proportion --by area --to SCO < care.csv
! footprint: --to: there is no group to compare ENG with; --to names values of the --by columns, in their order
! Try: footprint stat --help
? 2
$ footprint stat compare --of proportion < care.csv
! footprint: compare needs groups (--by), or a --benchmark
! Try: footprint stat --help
? 2
$ footprint stat compare --by area --to A < care.csv
! footprint: standard input: line 1: there is no column "value"; compare reads as the statistic of --of (dsr: with age_band); or value, lower_95, upper_95; or value, se (other headings: --columns)
? 3
$ footprint stat compare --of proportion --by area --confidence 950 < care.csv
! footprint: --confidence: "950" is no level; give a fraction such as 0.95, or a per cent from 50 to under 100
! Try: footprint stat --help
? 2
$ printf 'value,lower_95,upper_95\n5,6,7\n' | footprint stat compare --benchmark 1
! footprint: standard input: line 2, column lower_95: the value lies outside its own limits; correct it, or keep the row as INVALID with --keep-going
? 3
