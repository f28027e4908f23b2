# Framework packs that cannot mean what they say are named with file, line and
# column. A workspace's own packs come first.
@file pack.yaml
title: A framework
short: A
about: Made up.
source: a test
licence: none
tier: system
grain: financial-year
scale: {best: 1, worst: 4}
overall: {title: All, over: groups, weights: given}
groups:
  - {id: access, level: area, title: Access, over: items, weights: equal, weight: 0.4}
  - {id: money, level: area, title: Money, over: items, weights: equal, weight: 0.6}
items:
  - {id: waits, in: access, title: Waits, unit: per cent, better: higher, from: [{indicator: rtt_over_18w}], score: {method: rank}}
  - {id: result, in: money, title: Result, unit: pounds, better: higher, from: [{judgement: yes}], score: {method: value}}
@end
$ footprint init ws -q && mkdir -p ws/packs/frameworks/mine/1 && cp pack.yaml ws/packs/frameworks/mine/1/
$ cd ws && footprint rate show mine
! footprint: nothing that the framework mine judges has data here
? 3
# Weights that do not sum.
$ sed 's/weight: 0.4/weight: 0.5/' pack.yaml > ws/packs/frameworks/mine/1/pack.yaml; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/pack.yaml:9:10: the weights in "overall" sum to 1.1, not to 1
? 3
# An indicator that nobody defines.
$ sed 's/rtt_over_18w/rtt_over_17w/' pack.yaml > ws/packs/frameworks/mine/1/pack.yaml; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/pack.yaml:14:5: no pack defines the indicator "rtt_over_17w": there is no pack packs/indicators/rtt_over_17w; did you mean rtt_over_18w?
? 3
# Two items with one id.
$ sed 's/id: result/id: waits/' pack.yaml > ws/packs/frameworks/mine/1/pack.yaml; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/pack.yaml:15:5: "waits" stands twice
? 3
# Groups in a cycle.
$ sed 's/id: access, level: area/id: access, in: money, level: area/; s/id: money, level: area/id: money, in: access, level: area/' pack.yaml > ws/packs/frameworks/mine/1/pack.yaml; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/pack.yaml:11:5: "access" lies in itself: a cycle of groups
? 3
# A framework that stands on itself.
$ sed 's/{judgement: yes}/{framework: mine, item: access, take: score}/' pack.yaml > ws/packs/frameworks/mine/1/pack.yaml; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/pack.yaml:15:5: the framework "mine" stands on itself, by way of "mine"
? 3
# A key that nobody knows.
$ sed 's/licence: none/licence: none\nlicense: none/' pack.yaml > ws/packs/frameworks/mine/1/pack.yaml; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/pack.yaml:6:1: nobody knows the key "license"
? 3
# Results that do not come out.
$ cp pack.yaml ws/packs/frameworks/mine/1/ && mkdir ws/packs/frameworks/mine/1/expected && printf 'case,place,item,what,number\n1,A,result,value,2\n' > ws/packs/frameworks/mine/1/expected/inputs.csv && printf 'case,place,item,what,number,tolerance\n1,A,money,score,3,0\n' > ws/packs/frameworks/mine/1/expected/results.csv; cd ws && footprint rate show mine
! footprint: .../packs/frameworks/mine/1/expected/results.csv:2: the score of money for A comes out as 2, and 3 was expected
? 3
