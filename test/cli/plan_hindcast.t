# Old plans and forecasts against what came; wrong calls; the page of two plans.
$ footprint plan new riverside -q
$ cp -r riverside more && echo 'clinic,frailty,avoid,pod=emergency tags=frail,0.05,0.8,2017/18,step,0,1,,,,2,40,,,CCG' >> more/schemes.csv
# An old plan against what came of it.
$ footprint plan explain riverside --part hindcast --draws 128 -q
section,item,what,value,lower_95,upper_95,standard_error,unit,note
hindcast,,not_known,,,,,,no series of actuals.csv has three yearly changes known before a year that can be foretold
foretold,,not_known,,,,,,"actuals.csv has no figure of a planned year whose series is a measure and an item, as in ""margin EAST"""
$ printf 'series,year,value,known\nmargin system,2017/18,-900000,2018/19\nresult EAST,2017/18,1500000,2018/19\n' > more/actuals.csv
$ printf 'visits,2008/09,10000,2008/09\nvisits,2009/10,10230,2009/10\nvisits,2010/11,10420,2010/11\nvisits,2011/12,10700,2011/12\nvisits,2012/13,10880,2012/13\nvisits,2013/14,11150,2013/14\nvisits,2014/15,11330,2014/15\nvisits,2015/16,11600,2015/16\n' >> more/actuals.csv
$ footprint plan explain more --part hindcast --draws 128 -q | head -14
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
