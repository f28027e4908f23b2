# Every fault of a plan is found before a future is drawn, and all are listed
# together with file and line.
$ footprint plan new bad -q
$ echo 'swapped,normal,0.2,0.4,0.1,,,,,,me,none,assumed,,' >> bad/assumptions.csv
$ printf 'falls-effect,home-ward-effect,0.95\nhome-ward-effect,redirect-effect,0.95\nfalls-effect,redirect-effect,-0.9\n' >> bad/correlations.csv
$ echo 'nobody,other,avoid,pod=emergency age=100+,0.1,1,2017/18,step,0,1,,,,0,0,,,' >> bad/schemes.csv
$ printf 'one,other,avoid,pod=ae,0.1,1,2017/18,step,0,1,two,,,0,0,,,\ntwo,other,avoid,pod=ae,0.1,1,2017/18,step,0,1,one,,,0,0,,,\n' >> bad/schemes.csv
$ sed -i 's/^ae,,,128/ae,,2017\/18,128/' bad/prices.csv
$ sed -i 's/^system,2018.19,1300000/system,2018\/19,1300001/' bad/control_totals.csv
$ sed -i 's/^east-theatres,EAST,2,0.5/east-theatres,EAST,2,1.5/' bad/projects.csv
$ echo 'GONE,Riverside Asylum,mental-health,yes,1,,1991-03-31' >> bad/organisations.csv
$ sed -i 's/^EAST,east-general,north,0-17,F,emergency,medicine,CCG,,0,554/NOBODY,east-general,north,0-17,F,emergency,medicine,CCG,,0,554/' bad/baseline.csv
$ footprint plan check bad --format table
status   code                     file                line  column  text
fault    p10-above-p90            assumptions.csv       23       4  p10 is 0.4 and p90 is 0.1: p10 must be the smaller; if this is what remains and not what is saved, write p10 = 0.1 and p90 = 0.4
fault    closed-before-plan       organisations.csv     10       7  GONE closed before the first year of the plan began
fault    unknown-organisation     baseline.csv           4       1  "NOBODY" is not in organisations.csv
fault    bad-probability          projects.csv           5       4  "funding_probability" is 1.5; a probability lies between 0 and 1
fault    totals-do-not-sum        control_totals.csv    13       3  the system's control total is 1300001.00, but those of its organisations sum to 1300000.00
fault    circular-gates           schemes.csv           10          "one" waits, by way of its gates, for itself
fault    aims-at-nothing          schemes.csv            9          the scheme "nobody" aims at no activity: no row of baseline.csv has pod=emergency age=100+
fault    price-missing            prices.csv             8          the contract "ae-east" pays "ae" by activity, but there is no price for 2016/17
fault    price-missing            prices.csv             8          the contract "ae-west" pays "ae" by activity, but there is no price for 2016/17
fault    correlations-contradict  correlations.csv       5          no set of assumptions can be correlated like this; the nearest that can changes "home-ward-effect" with "falls-effect" most, from 0.9500 to 0.5129; that is far: look at the pair, or set nearest-correlation and allow-far-correlation to use it all the same
warning  unused-assumption        assumptions.csv       23          nothing reads the assumption "swapped"
! Whether it adds up is judged when it has no faults.
? 1
# Nothing is drawn from it.
$ footprint plan stress bad -q | wc -c
0
! fault: bad/assumptions.csv:23:4: p10 is 0.4 and p90 is 0.1: p10 must be the smaller; if this is what remains and not what is saved, write p10 = 0.1 and p90 = 0.4 [p10-above-p90]
! fault: bad/organisations.csv:10:7: GONE closed before the first year of the plan began [closed-before-plan]
! fault: bad/baseline.csv:4:1: "NOBODY" is not in organisations.csv [unknown-organisation]
! fault: bad/projects.csv:5:4: "funding_probability" is 1.5; a probability lies between 0 and 1 [bad-probability]
! fault: bad/control_totals.csv:13:3: the system's control total is 1300001.00, but those of its organisations sum to 1300000.00 [totals-do-not-sum]
! fault: bad/schemes.csv:10: "one" waits, by way of its gates, for itself [circular-gates]
! fault: bad/schemes.csv:9: the scheme "nobody" aims at no activity: no row of baseline.csv has pod=emergency age=100+ [aims-at-nothing]
! fault: bad/prices.csv:8: the contract "ae-east" pays "ae" by activity, but there is no price for 2016/17 [price-missing]
! fault: bad/prices.csv:8: the contract "ae-west" pays "ae" by activity, but there is no price for 2016/17 [price-missing]
! fault: bad/correlations.csv:5: no set of assumptions can be correlated like this; the nearest that can changes "home-ward-effect" with "falls-effect" most, from 0.9500 to 0.5129; that is far: look at the pair, or set nearest-correlation and allow-far-correlation to use it all the same [correlations-contradict]
! footprint: bad has 10 faults: nothing is drawn from it
$ footprint plan stress bad -q
! fault: bad/assumptions.csv:23:4: p10 is 0.4 and p90 is 0.1: p10 must be the smaller; if this is what remains and not what is saved, write p10 = 0.1 and p90 = 0.4 [p10-above-p90]
! fault: bad/organisations.csv:10:7: GONE closed before the first year of the plan began [closed-before-plan]
! fault: bad/baseline.csv:4:1: "NOBODY" is not in organisations.csv [unknown-organisation]
! fault: bad/projects.csv:5:4: "funding_probability" is 1.5; a probability lies between 0 and 1 [bad-probability]
! fault: bad/control_totals.csv:13:3: the system's control total is 1300001.00, but those of its organisations sum to 1300000.00 [totals-do-not-sum]
! fault: bad/schemes.csv:10: "one" waits, by way of its gates, for itself [circular-gates]
! fault: bad/schemes.csv:9: the scheme "nobody" aims at no activity: no row of baseline.csv has pod=emergency age=100+ [aims-at-nothing]
! fault: bad/prices.csv:8: the contract "ae-east" pays "ae" by activity, but there is no price for 2016/17 [price-missing]
! fault: bad/prices.csv:8: the contract "ae-west" pays "ae" by activity, but there is no price for 2016/17 [price-missing]
! fault: bad/correlations.csv:5: no set of assumptions can be correlated like this; the nearest that can changes "home-ward-effect" with "falls-effect" most, from 0.9500 to 0.5129; that is far: look at the pair, or set nearest-correlation and allow-far-correlation to use it all the same [correlations-contradict]
! footprint: bad has 10 faults: nothing is drawn from it
? 3
