# Probabilities, shares and coverage beyond 0 to 1: each is named with file, line
# and column, in every table that has one, all in one list.
$ footprint plan new bad -q
$ sed -i 's/^CCG,ae,1,0.95/&/; s/^main,0.6/main,1.6/' bad/variants.csv
$ sed -i 's/^hub,COMM,1,hub-money/hub,COMM,1,1.2/' bad/projects.csv
$ sed -i 's/^falls-nurses,COMM,community-nurses,18,2017.18,linear 1,nurse-success/falls-nurses,COMM,community-nurses,18,2017\/18,linear 1,1.1/' bad/recruitment.csv
$ sed -i 's/,falls-effect,0.8,/,falls-effect,1.8,/; s/,redirect-effect,1,/,-0.2,1,/' bad/schemes.csv
$ sed -i 's/^cip-2017,EAST,2017.18,0.04,,recurrent/cip-2017,EAST,2017\/18,4,,1.3/' bad/savings.csv
$ sed -i 's/,780,0.11,/,780,1.11,/' bad/workforce.csv
$ sed -i 's/,0.22,0.25$/,0.22,2.5/' bad/staffing.csv
$ sed -i 's/,0.01,0.02,6500/,0.01,1.02,6500/' bad/waiting.csv
$ sed -i 's/^falls,redirect,product,/falls,redirect,overlap,1.5/' bad/overlaps.csv
$ sed -i '0,/,ae,,/s/,ae-standard$/,1.5/' bad/access.csv
$ sed -i 's/  break: cap-breaks /  break: 1.05 /' bad/plan.yaml
$ echo 'wild,normal,0.5,0.4,1.2,,,,,,me,none,assumed,,' >> bad/assumptions.csv
$ echo 'half,other,avoid,pod=ae,wild,1,2017/18,step,0,1,,,,0,0,,,' >> bad/schemes.csv
$ echo 'upside,triangular,0.5,,,0.9,0.5,0.1,,,me,none,assumed,,' >> bad/assumptions.csv
$ footprint plan check bad --format csv -q | grep -v ^warning | cut -d, -f1-5
status,code,file,line,column
fault,low-above-high,assumptions.csv,24,6
fault,not-a-fraction,variants.csv,3,2
fault,probabilities-sum,variants.csv,5,2
fault,bad-probability,plan.yaml,29,
fault,not-a-fraction,waiting.csv,4,7
fault,bad-probability,projects.csv,4,4
fault,not-a-fraction,workforce.csv,4,4
fault,not-a-fraction,staffing.csv,3,9
fault,not-a-fraction,staffing.csv,5,9
fault,not-a-fraction,recruitment.csv,3,7
fault,not-a-fraction,schemes.csv,5,6
fault,not-a-fraction,schemes.csv,7,5
fault,not-a-fraction,schemes.csv,9,5
fault,not-a-fraction,overlaps.csv,4,4
fault,not-a-fraction,savings.csv,4,4
fault,not-a-fraction,savings.csv,4,6
fault,bad-probability,access.csv,3,5
$ footprint plan check bad --format csv -q | grep -E 'not-a-fraction,schemes|low-above' | cut -d, -f3-
assumptions.csv,24,6,"low is 0.9 and high is 0.1: low must be the smaller; if this is what remains and not what is saved, write low = 0.1 and high = 0.9"
schemes.csv,5,6,"""coverage_fraction"" is 1.8; a fraction lies between 0 and 1"
schemes.csv,7,5,"""effect_fraction"" is -0.2; a fraction lies between 0 and 1"
schemes.csv,9,5,"""effect_fraction"" may reach -0.448487 to 2.04849; a fraction lies between 0 and 1: give the assumption ""wild"" limits (lower, upper)"
# Nothing is swapped or cut off silently, and nothing is drawn.
$ footprint plan stress bad -q 2> errors.txt
? 3
$ tail -1 errors.txt
footprint: bad has 17 faults: nothing is drawn from it
