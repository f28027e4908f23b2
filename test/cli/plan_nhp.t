@file params.json
{"scenario":"s","dataset":"d","seed":7,"model_runs":64,"start_year":2023,"end_year":2033,"app_version":"dev","demographic_factors":{"variant_probabilities":{"migration_category":1}},"health_status_adjustment":true,"inequalities":{},"expat":{},"repat_local":{},"repat_nonlocal":{},"baseline_adjustment":{},"waiting_list_adjustment":{},"non-demographic_adjustment":{"value-type":"year-on-year-growth","values":{}},"activity_avoidance":{"aae":{"frequent_attenders_adult_walk-in":{"interval":[0.7,0.9]}}},"efficiencies":{}}
@end
@file data/demographic_factors.csv
variant,age,sex,2023,2033
migration_category,50,1,100,110
@end
@file data/aae.csv
index,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,group,pod,demog_type,is_frequent_attender,is_left_before_treatment,is_low_cost_referred_or_discharged,is_discharged_no_treatment,arrivals,hsagrp
1,50,1,S,Other,1,I,1,walk-in,aae_type-01,demographics,1,0,0,0,1000,aae_adult_walk-in
2,50,1,S,Other,1,I,1,ambulance,aae_type-01,demographics,0,0,0,0,500,aae_adult_ambulance
@end
# The New Hospital Programme's parameters and tables, run by that model's rules.
$ footprint plan import-nhp params.json data --format csv
pod,site,measure,baseline,mean,sd,p10,p50,p90
aae_type-01,S,ambulance,500,550.25,22.900752049756893,518.3,554,581
aae_type-01,S,walk-in,1000,873.65625,88.82714063110673,771.5,865,994
! warning: data/parameters: health status is left out: the coefficients of its distribution are not published [health-left-out]
! 2 rows in 2 cells, 2023 to 2033; intervals clipped and independent, as that model has them; agrees with it in distribution, not run by run
$ footprint plan import-nhp params.json data -q --threads 1 > one.csv; footprint plan import-nhp params.json data -q --threads 4 | cmp - one.csv
# Broken down by what rows have; by what they have not it is refused.
$ footprint plan import-nhp params.json data -q --by age+sex | cut -d, -f1-6
pod,site,measure,key,baseline,mean
aae_type-01,S,ambulance,50/1,500,546.46875
aae_type-01,S,walk-in,50/1,1000,874.234375
$ footprint plan import-nhp params.json data -q --by los_group
! footprint: results are broken down by at most three of age, age_group, sex, tretspef, tretspef_grouped, maternity_delivery_in_spell, acuity and attendance_category, joined by +; not by "los_group"
! Try: footprint plan import-nhp --help
? 2
# What cannot be run is told with its place.
$ sed -i 's/0.7,0.9/0.9,0.7/' params.json; footprint plan import-nhp params.json data -q
! fault: data/parameters: activity_avoidance/aae/frequent_attenders_adult_walk-in: the interval's first number must not be above its second; if it was meant so, swap them [interval-turned]
! footprint: 1 fault: nothing is run
? 3
$ sed -i 's/0.9,0.7/0.7,0.9/' params.json; sed -i 's/,500,/,many,/; s/^1,50,1/1,51,1/' data/aae.csv; footprint plan import-nhp params.json data -q
! fault: data/aae.csv:2: no people for this age and sex: "demographics/51/1" [no-people]
! fault: data/aae.csv:3: arrivals: "many" [bad-number]
! footprint: 2 faults: nothing is run
? 3
$ echo '{' > broken.json; footprint plan import-nhp broken.json data
! footprint: broken.json:2: string or '}' expected near end of file
? 3
