# A plan begun from what the workspace holds of a place: people, activity, beds,
# spending. What is not published is unknown, and check lists exactly that.
$ footprint synth nation --scale small --seed 1 -q > made.csv
$ footprint init workspace -q
$ footprint load --job demo nation --workspace workspace -q > loads.csv
? 1
$ footprint plan new begun --place E54900003 --period 2017/18 --workspace workspace
! Began a plan of Indigo in begun. 13 figures and the people of years to come are unknown; footprint plan check begun lists them
$ ls begun
assumptions.csv
baseline.csv
beds.csv
contracts.csv
costs.csv
growth.csv
incomes.csv
indices.csv
organisations.csv
plan.yaml
pods.csv
population.csv
prices.csv
$ cat begun/baseline.csv begun/beds.csv begun/population.csv
\# Published by provider, not by age: split it where you can.
org,site,place,pod,funder,los_days,count
TZ8,TZ8,E54900003,ae,E54900003,,40522
TZA,TZA,E54900003,ae,E54900003,,23868
TZ8,TZ8,E54900003,emergency,E54900003,unknown,7677
TZA,TZA,E54900003,emergency,E54900003,unknown,5314
\# Beds of the year's four censuses, and how full they were.
org,site,pool,beds,occupancy_fraction
TZ8,TZ8,general,154,0.9026
TZA,TZA,general,91,0.9121
\# Residents at 2017-06-30. Years to come are for a projection: add a row a year.
place,age,year,people
E54900003,,2017/18,130323
E54900003,0-17,2017/18,27954
E54900003,18-64,2017/18,78110
E54900003,65-84,2017/18,21233
E54900003,85+,2017/18,3026
$ footprint plan check begun --format csv
status,code,file,line,column,text
fault,unknown-figure,assumptions.csv,4,3,"""growth-ae"" is not known, growth a year beyond that of people: A&E attendances: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,5,3,"""price-ae"" is not known, pounds paid for one of: A&E attendances: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,6,3,"""growth-emergency"" is not known, growth a year beyond that of people: Emergency admissions by way of A&E: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,7,3,"""price-emergency"" is not known, pounds paid for one of: Emergency admissions by way of A&E: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,8,3,"""cost-E54900003"" is not known, pounds a year, not in the rows above: Indigo: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,9,3,"""cost-TZ8"" is not known, pounds a year, all cost of Indigo Vale Hospitals NHS Trust: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,10,3,"""cost-TZA"" is not known, pounds a year, all cost of Indigo Moor Hospitals NHS Trust: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,11,3,"""income-E54900003"" is not known, pounds a year to spend on Indigo: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,12,3,"""pay-growth"" is not known, growth of pay a year: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,13,3,"""price-growth"" is not known, growth of other prices a year: give its value, a distribution and the evidence"
fault,unknown-figure,assumptions.csv,14,3,"""income-growth"" is not known, growth of the place's income a year: give its value, a distribution and the evidence"
fault,unknown-figure,baseline.csv,5,6,"""los_days"" is not known here: fill it in"
fault,unknown-figure,baseline.csv,6,6,"""los_days"" is not known here: fill it in"
fault,people-missing,population.csv,3,,"place ""E54900003"", age """", sex """" has no people for 2018/19"
fault,people-missing,population.csv,4,,"place ""E54900003"", age ""0-17"", sex """" has no people for 2018/19"
fault,people-missing,population.csv,5,,"place ""E54900003"", age ""18-64"", sex """" has no people for 2018/19"
fault,people-missing,population.csv,6,,"place ""E54900003"", age ""65-84"", sex """" has no people for 2018/19"
fault,people-missing,population.csv,7,,"place ""E54900003"", age ""85+"", sex """" has no people for 2018/19"
! Whether it adds up is judged when it has no faults.
? 1
# The same figures as the measures have: 40,522 and 23,868 attendances.
$ footprint measure show ae_attendances --tier system --period 2017/18 --workspace workspace --format csv | grep E54900003 | cut -d, -f4
64390
# Filled in, it is a plan.
$ sed -i 's/,unknown,,,,to be filled in,not in the workspace,unknown,/,point,1000,,,me,guess,assumed,/; s/^\(pay\|price\|income\)-growth,point,1000/\1-growth,point,0.02/; s/^\(growth-[a-z]*\),point,1000/\1,point,0.01/' begun/assumptions.csv
$ sed -i 's/,unknown,/,3,/' begun/baseline.csv
$ for y in 2018/19 2019/20 2020/21 2021/22 2022/23; do grep 2017.18 begun/population.csv | sed "s#2017/18#$y#"; done > more && cat more >> begun/population.csv
$ footprint plan check begun --format csv | grep -c ^fault
0
? 1
$ footprint plan run begun -q | grep ',activity,' | head -4
2017/18,activity,TZ8/TZ8/ae/E54900003,count,40522,40522
2018/19,activity,TZ8/TZ8/ae/E54900003,count,40927.22,40927.22
2019/20,activity,TZ8/TZ8/ae/E54900003,count,41336.492,41336.492
2020/21,activity,TZ8/TZ8/ae/E54900003,count,41749.857,41749.857
# A place or a year that the workspace knows nothing of.
$ footprint plan new other --place E54999999 --period 2017/18 --workspace workspace
! footprint: the workspace holds nothing of a system "E54999999"
? 3
$ footprint plan new other --place E54900003 --workspace workspace
! footprint: --place wants --period: the financial year that the plan starts from, as 2017/18
! Try: footprint plan new --help
? 2
$ footprint plan new other --place E54900003 --period 2017-04 --workspace workspace
! footprint: --period is a financial year, as 2017/18, not "2017-04"
! Try: footprint plan new --help
? 2
$ footprint plan new begun --place E54900003 --period 2017/18 --workspace workspace
! footprint: begun is there already: a plan is made in a new folder
? 3
