# What decides a plan: every index with its error, or why there is none.
$ footprint plan new riverside -q
$ footprint plan explain riverside --part sobol --period 2017/18 --draws 256 -q | head -3
section,item,what,value,lower_95,upper_95,standard_error,unit,note
sobol_margin,delivery,first_order,0.4227566875800741,0.1575768705861916,0.5599221754675113,,fraction of variance,
sobol_margin,delivery,total_order,0.5165812799006864,0.3954486608426021,0.6857314400790897,,fraction of variance,
$ footprint plan explain riverside --part sobol --draws 256 -q | grep not_known
sobol_miss,,not_known,,,,,,"all but a few of the futures drawn are alike in whether the total is met, so there is next to nothing to share out"
$ footprint plan explain riverside --part shapley --period 2017/18 --draws 256 -q | head -3
section,item,what,value,lower_95,upper_95,standard_error,unit,note
shapley_margin,delivery,effect,0.3876028152523751,,,0.11451671866303048,fraction of variance,
shapley_margin,the pay cap's end,effect,0.35626933944416944,,,0.11156520471852396,fraction of variance,
$ footprint plan explain riverside --part miss --period 2017/18 --draws 256 -q | cut -c1-90 | head -8
section,item,what,value,lower_95,upper_95,standard_error,unit,note
way_to_miss,drawn,missed,0.796875,0.7433713265784556,0.8416007586686832,0.0251452991984057
way_to_miss,1,chance_over_drawn,1.006774670124416,,,,ratio,
way_to_miss,1,beta,-0.8497701839723808,,,,standard deviations,
way_to_miss,1,chance,0.802273565255394,,,,probability,
way_to_miss,delivery,importance,0.8070344654103608,,,,fraction,
way_to_miss,delivery,value_there,0.8188602851425699,,,,its own,
way_to_miss,inflation,importance,0.11529469930492839,,,,fraction,
$ footprint plan explain riverside --part tree --about CCG --draws 512 -q | cut -c1-110 | head -5
section,item,what,value,lower_95,upper_95,standard_error,unit,note
tree,held_back,sensitivity,0.7247191011235955,0.6548790919674452,0.7850645848971607,0.03347826106580068,probab
tree,held_back,precision,0.7771084337349398,0.7079365128194199,0.833745127451503,0.03230231033113152,probabili
tree,0,question,0.015315701273512996,,,,,emergency-growth at most this: node 1; above: node 2
tree,0,share_missing,0.70703125,,,,fraction,
$ footprint plan explain riverside --part linear --period 2017/18 --draws 256 -q | head -4
section,item,what,value,lower_95,upper_95,standard_error,unit,note
linear,,r_squared,0.8717167046183151,,,,fraction,
linear,,rank_r_squared,0.8798969546258283,,,,fraction,
linear,delivery,src,0.7335367940332229,,,0.04435460392059882,,
$ footprint plan explain riverside --part knowing --draws 256 -q | head -5
section,item,what,value,lower_95,upper_95,standard_error,unit,note
knowing,with the schemes,margin,-28072172.064375,,,,pounds,
knowing,without the schemes,margin,-28221263.70703125,,,,pounds,
knowing,everything,worth_of_knowing,272441.3219921875,,,,pounds,
knowing,inflation,worth_of_knowing,28476.24998551369,,,14054.614762678668,pounds,
# Two schemes on the same patients: what is claimed, taken together, its bounds.
$ cp -r riverside more && echo 'clinic,frailty,avoid,pod=emergency tags=frail,0.05,0.8,2017/18,step,0,1,,,,2,40,,,CCG' >> more/schemes.csv
$ footprint plan explain more --part schemes --draws 64 -q | grep -E '^(overlap|claim)'
overlap,"falls, clinic",aimed_at,14133.546376061964,,,,count,
overlap,"falls, clinic",claimed_sum,1922.1623071444274,,,,count,
overlap,"falls, clinic",combined,1867.8894890603501,,,,count,
overlap,"falls, clinic",bound_below,1356.8204521019484,,,,count,
overlap,"falls, clinic",bound_above,1922.1623071444274,,,,count,
overlap,"falls, clinic",credited,1329.68404305991,,,,count,falls
overlap,"falls, clinic",credited,538.2054460004399,,,,count,clinic
claim,qipp-falls,claimed,1400000,,,,pounds,"CCG, falls, 2018/19"
claim,qipp-falls,netted,0,,,,pounds,
claim,qipp-falls,worth_to_the_system,206545.47,,,,pounds,"at avoidable cost, less what the scheme costs"
claim,cip-beds,claimed,600000,,,,pounds,"EAST, falls, 2018/19"
claim,cip-beds,netted,600000,,,,pounds,qipp-falls
# An old plan against what came of it.
$ footprint plan explain riverside --part hindcast --draws 256 -q
section,item,what,value,lower_95,upper_95,standard_error,unit,note
hindcast,,not_known,,,,,,no series of actuals.csv has three yearly changes known before a year that can be foretold
foretold,,not_known,,,,,,"actuals.csv has no figure of a planned year whose series is a measure and an item, as in ""margin EAST"""
$ printf 'series,year,value,known\nmargin system,2017/18,-900000,2018/19\nresult EAST,2017/18,1500000,2018/19\n' > more/actuals.csv
$ printf 'visits,2008/09,10000,2008/09\nvisits,2009/10,10230,2009/10\nvisits,2010/11,10420,2010/11\nvisits,2011/12,10700,2011/12\nvisits,2012/13,10880,2012/13\nvisits,2013/14,11150,2013/14\nvisits,2014/15,11330,2014/15\nvisits,2015/16,11600,2015/16\n' >> more/actuals.csv
$ footprint plan explain more --part hindcast --draws 256 -q | head -14
section,item,what,value,lower_95,upper_95,standard_error,unit,note
hindcast,1 year ahead,forecasts,4,,,,count,
hindcast,1 year ahead,coverage_of_80_percent,1,0.5101091635454027,1,0,probability,
hindcast,1 year ahead,crps,0.002804339525753666,,,,fraction of the series,
hindcast,1 year ahead,crps_last_year_repeated,0.02019033916111468,,,,fraction of the series,
hindcast,1 year ahead,crps_trend_continued,0.0044485455369875915,,,,fraction of the series,
hindcast,1 year ahead,bias,0.0013647978196611454,,,,fraction of the series,
hindcast,2 years ahead,forecasts,3,,,,count,
hindcast,2 years ahead,coverage_of_80_percent,1,0.4385029682449545,1,0,probability,
hindcast,2 years ahead,crps,0.0026167534076180347,,,,fraction of the series,
hindcast,2 years ahead,crps_last_year_repeated,0.04042973008552527,,,,fraction of the series,
hindcast,2 years ahead,crps_trend_continued,0.003176303858114219,,,,fraction of the series,
hindcast,2 years ahead,bias,0.003176303858114219,,,,fraction of the series,
hindcast,3 years ahead,forecasts,2,,,,count,
# Wrong calls.
$ footprint plan explain riverside --part sobol,fate
! footprint: --part is one or several, with commas between, of: gap assumptions ladder must-hold schemes payment sobol shapley linear miss tree knowing hindcast; not "fate"
! Try: footprint plan explain --help
? 2
$ footprint plan explain riverside --about nobody --draws 64
! footprint: "nobody" is no organisation inside this plan's system
! Try: footprint plan explain --help
? 2
$ footprint plan explain riverside --period 2030/31 --draws 64
! footprint: --period is a planned year, as 2018/19; the plan has no "2030/31"
! Try: footprint plan explain --help
? 2
# A page, and one of two plans.
$ footprint plan compare riverside more --draws 64 --out versus.html
! Wrote versus.html
$ grep -c '<table>' versus.html
4
