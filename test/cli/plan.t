# A plan made, judged, run and stressed.
$ footprint plan new riverside
! Made the worked example in riverside. Change it, then: footprint plan check riverside
$ footprint plan new riverside
! footprint: riverside is there already: a plan is made in a new folder
? 3
# What does not add up is told with its amounts; exit 1.
$ footprint plan check riverside --format table
status  code                     file  line  column  text
pass    activity-paid-once                           every line of activity has one contract that pays for it
pass    payments-sum-to-zero                         245144598.53 is paid under contracts in the last year; all payments sum to 0.00, risk shares to 0.00
pass    system-is-sum-of-parts                       income less cost of all organisations is 19071961.75 in the last year; the system has 19071961.75
fail    beds-enough                                  22 beds are lacking in east-general/general in 2021/22
fail    closures-pass-test                           2 closures and years fail the test; the first is "close-ward-7"
fail    staff-enough                                 11.6 whole-time equivalents of COMM/community-nurses are lacking in 2021/22
pass    capital-there                                21000000.00 of capital is asked for and 21000000.00 is within the limits
pass    avoided-has-destination                      every scheme says what is provided instead of what it takes away
fail    claims-are-worth-it                          1400000.00 is claimed (and 600000.00 netted) for schemes that as stated are worth 218177.55 at avoidable cost, less what they cost
fail    within-what-was-found                        2 of 3 assumptions with a past are stated beyond what was found in 19 cases of 20; the first is "followup-effect"
fail    control-totals-met                           as stated 4 control totals are missed, the worst by 1224380.62 (COMM, 2021/22)
pass    met-without-one-offs                         0.00 of the last year's position is one-off; without it the system is 3071961.75 from its control total
? 1
$ footprint plan run riverside -q | head -3
year,measure,item,unit,stated,do_nothing
2016/17,income,CCG,pounds,73544993.76,73544993.76
2017/18,income,CCG,pounds,73849488.91,73403989.7
$ footprint plan run riverside -q > run.csv
? 1
$ grep -c . run.csv
1087
# The odds; the same bytes on any number of threads.
$ footprint plan stress riverside --draws 500 --threads 1 > one.csv
! 500 draws, seed 20161021, plan a0fa46af401a; meets: margin to the control total not below 0; correlation within a programme 0.3; a spell counts its nights and one day
$ footprint plan stress riverside --draws 500 --threads 2 -q | cmp - one.csv
$ footprint plan stress riverside --draws 500 --threads 8 -q | cmp - one.csv
$ grep ,margin,system one.csv | cut -d, -f1-7
2017/18,margin,system,pounds,0.188,0.15617996413496654,0.22457762431304207
2018/19,margin,system,pounds,0.002,0.0003531363945592747,0.01124070670514676
2019/20,margin,system,pounds,0,0,0.007624340461552243
2020/21,margin,system,pounds,0,0,0.007624340461552243
2021/22,margin,system,pounds,0,0,0.007624340461552243
# Shards, put together in any order, give the same bytes.
$ for i in 1 2 3; do footprint plan stress riverside --draws 500 --shard $i/3 -q > $i.txt; done
$ footprint plan merge riverside 3.txt 1.txt 2.txt -q | cmp - one.csv
$ footprint plan merge riverside 3.txt 1.txt
! footprint: shard 2 is missing: all shards of a test make a result
? 3
$ footprint plan merge riverside 3.txt 3.txt
! footprint: 3.txt: shard 3 is there twice
? 4
$ head -c 3000 1.txt > cut.txt; footprint plan merge riverside cut.txt 2.txt
! footprint: cut.txt:202: expected shard, drawn, met, first, metric, bin or end: this is no shard of a stress test, or it is cut off
? 3
# Another seed, other futures.
$ footprint plan stress riverside --draws 500 --seed 9 -q | cmp -s - one.csv
? 1
# A scheme that does nothing changes no number, but for its own rows.
$ cp -r riverside null && echo 'nothing,other,avoid,pod=emergency,0,1,2017/18,step,0,1,,,,0,0,,,' >> null/schemes.csv
$ footprint plan stress null --draws 500 -q | cmp - one.csv
# Two plans over the same futures.
$ cp -r riverside without && sed -i '/^home-ward,/d' without/schemes.csv
$ footprint plan compare riverside without --draws 500 -q | grep 2021/22,result,system | cut -d, -f1-7
2021/22,result,system,pounds,-12042200.01718,-11427477.84578,614722.1714
$ footprint plan compare riverside riverside --draws 100 -q | cut -d, -f7,8 | sort -u
0,0
change_mean,change_sd
# Wrong calls.
$ footprint plan stress riverside --draws 0
! footprint: --draws is a whole number from 1 to 8589934592, not "0"
! Try: footprint plan stress --help
? 2
$ footprint plan stress riverside --shard 3/2
! footprint: --shard is one of several, as in 2/8, not "3/2"
! Try: footprint plan stress --help
? 2
$ footprint plan check nowhere
! footprint: nowhere: there is no plan.yaml, so this is no plan; footprint plan new DIR makes one
? 3
$ footprint plan stress riverside --format text
! footprint: --format is table, csv or json, not "text"
! Try: footprint plan stress --help
? 2
# A page that stands by itself; the same things as rows.
$ footprint plan report riverside
! footprint: plan report needs --out FILE.html: where to write
! Try: footprint plan report --help
? 2
