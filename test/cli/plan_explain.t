# What decides a plan: every index with its error, or why there is none.
$ footprint plan new riverside -q
$ footprint plan explain riverside --part sobol --period 2017/18 --draws 128 -q | head -3
section,item,what,value,lower_95,upper_95,standard_error,unit,note
sobol_margin,delivery,first_order,0.4227566875800741,0.1575768705861916,0.5599221754675113,,fraction of variance,
sobol_margin,delivery,total_order,0.5165812799006864,0.3954486608426021,0.6857314400790897,,fraction of variance,
$ footprint plan explain riverside --part sobol --draws 128 -q | grep not_known
sobol_miss,,not_known,,,,,,"all but a few of the futures drawn are alike in whether the total is met, so there is next to nothing to share out"
$ footprint plan explain riverside --part shapley --period 2017/18 --draws 128 -q | head -3
section,item,what,value,lower_95,upper_95,standard_error,unit,note
shapley_margin,the pay cap's end,effect,0.3852474266190447,,,0.11000689007621951,fraction of variance,
shapley_margin,delivery,effect,0.2792952840847236,,,0.11587269833243007,fraction of variance,
$ footprint plan explain riverside --part miss --period 2017/18 --draws 128 -q | cut -c1-90 | head -8
section,item,what,value,lower_95,upper_95,standard_error,unit,note
way_to_miss,drawn,missed,0.8046875,0.7275592800992088,0.864060387171622,0.0350407717148616
way_to_miss,1,chance_over_drawn,0.9970001587639847,,,,ratio,
way_to_miss,1,beta,-0.8497701839723808,,,,standard deviations,
way_to_miss,1,chance,0.802273565255394,,,,probability,
way_to_miss,delivery,importance,0.8070344654103608,,,,fraction,
way_to_miss,delivery,value_there,0.8188602851425699,,,,its own,
way_to_miss,inflation,importance,0.11529469930492839,,,,fraction,
$ footprint plan explain riverside --part tree --about CCG --draws 192 -q | cut -c1-110 | head -5
section,item,what,value,lower_95,upper_95,standard_error,unit,note
tree,held_back,sensitivity,0.927536231884058,0.8413260579060097,0.9686522285700185,0.031210545046850172,probab
tree,held_back,precision,0.7619047619047619,0.6606493369287689,0.8402530910445044,0.04647143204516825,probabil
tree,0,question,0.030289397974413806,,,,,earnings at most this: node 1; above: node 2
tree,0,share_missing,0.7395833333333334,,,,fraction,
$ footprint plan explain riverside --part linear --period 2017/18 --draws 128 -q | head -4
section,item,what,value,lower_95,upper_95,standard_error,unit,note
linear,,r_squared,0.9541743268822074,,,,fraction,
linear,,rank_r_squared,0.9695264120156117,,,,fraction,
linear,delivery,src,0.6873652896840166,,,0.24804540948511788,,
$ footprint plan explain riverside --part knowing --draws 128 -q | head -5
section,item,what,value,lower_95,upper_95,standard_error,unit,note
knowing,with the schemes,margin,-28230956.017109375,,,,pounds,
knowing,without the schemes,margin,-28282526.382890627,,,,pounds,
knowing,everything,worth_of_knowing,304567.65484375,,,,pounds,
knowing,inflation,worth_of_knowing,50183.66024899006,,,32838.61480720766,pounds,
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
