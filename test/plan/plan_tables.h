/* A small plan that is sound, as text: for tests and for fuzzing. */
#ifndef FPT_TEST_PLAN_TABLES_H
#define FPT_TEST_PLAN_TABLES_H

typedef struct plan_table {
    const char *name, *text;
} plan_table;

static const plan_table small_plan[] = {
    {"plan.yaml", "footprint-plan: 1\nname: small\ntitle: small\nauthor: test\n"
                  "source: invented\nbaseline: 2016/17\nyears: 2\nseed: 7\n"
                  "bed-days: spells-plus-one\n"},
    {"organisations.csv", "org,name,kind\nCCG,the payer,commissioner\n"
                          "A,trust a,acute\nB,trust b,acute\n"
                          "X,elsewhere,external\n"},
    {"pods.csv", "pod,name,demography,pool\nem,emergency,population,general\n"
                 "op,outpatient,population,\ncc,community,none,\n"},
    {"baseline.csv",
     "org,site,place,age,sex,pod,service,funder,tags,los_days,count\n"
     "A,a1,p,0-64,F,em,med,CCG,,0,300\nA,a1,p,0-64,F,em,med,CCG,,4,200\n"
     "A,a1,p,65+,F,em,med,CCG,frail,4,150\nA,a1,p,65+,F,em,med,CCG,frail,9,50\n"
     "A,a1,p,65+,M,em,med,CCG,,6,80\nA,,p,0-64,F,op,med,CCG,,,2000\n"
     "B,b1,p,65+,F,em,med,CCG,frail,5,120\nB,,p,65+,F,op,med,CCG,,,900\n"
     "B,,p,0-64,M,cc,med,CCG,,,400\n"},
    {"population.csv",
     "place,age,sex,year,people\n"
     "p,0-64,,2016/17,10000\np,0-64,,2017/18,10100\np,0-64,,2018/19,10200\n"
     "p,65+,,2016/17,2000\np,65+,,2017/18,2060\np,65+,,2018/19,2120\n"},
    {"growth.csv", "pod,growth_fraction\nem,0.01\nop,0.02\ncc,0\n"},
    {"assumptions.csv",
     "assumption,distribution,value,p10,p90,lower,upper,author,source,evidence,"
     "programme\n"
     "effect,beta,0.1,0.05,0.2,,,me,none,assumed,x\n"
     "stay,beta,0.2,0.1,0.3,,,me,none,assumed,x\n"
     "prices,normal,0.02,0.01,0.03,,,me,none,assumed,\n"},
    {"schemes.csv",
     "scheme,programme,type,target,effect_fraction,start,ramp,units,"
     "unit_pounds,to_pod,pays\n"
     "keep-home,x,avoid,pod=em tags=frail,effect,2017/18,step,2,30,,CCG\n"
     "early,x,length-of-stay,pod=em,stay,2017/18,linear 1,,,,\n"
     "to-community,y,shift,pod=op,0.1,2018/19,step,1,,cc,\n"},
    {"flows.csv", "flow,from_org,to_org,to_site,target,share_fraction,start\n"
                  "away,A,X,,pod=em age=0-64,0.2,2017/18\n"
                  "over,A,B,b1,pod=em age=65+,0.1,2018/19\n"},
    {"beds.csv",
     "org,site,pool,beds,occupancy_fraction,peak_factor,dispersion\n"
     "A,a1,general,20,0.9,1.1,1.4\nB,b1,general,8,0.9,1,1\n"},
    {"prices.csv", "pod,year,pounds\nem,,2000\nop,,100\ncc,,40\n"},
    {"contracts.csv",
     "contract,funder,provider,type,target,pounds,share_fraction,planned\n"
     "em-a,CCG,A,marginal,pod=em,,0.7,baseline\nem-b,CCG,B,tariff,pod=em,,,\n"
     "em-x,CCG,X,tariff,pod=em,,,\nop,CCG,,blended,pod=op,,0.5,plan\n"
     "cc-a,CCG,A,tariff,pod=cc,,,\ncc,CCG,B,block,pod=cc,16000,,\n"},
    {"indices.csv", "index,year,growth_fraction\nnonpay,,prices\n"},
    {"costs.csv",
     "org,cost,driver,target,fixed_pounds,unit_pounds,step_units,step_pounds,"
     "lag_years,index\n"
     "A,fixed,none,,500000,,,,,nonpay\nA,em,activity,pod=em,,900,,,,nonpay\n"
     "A,op,activity,pod=op,,40,500,9000,1,\n"
     "A,days,bed-days,,,60,,,,nonpay\nB,fixed,none,,150000,,,,,nonpay\n"
     "B,em,activity,pod=em,,950,,,,\nB,cc,activity,pod=cc,,30,,,,\n"
     "CCG,office,none,,90000,,,,,nonpay\n"},
    {"incomes.csv", "org,year,source,pounds\nCCG,,allocation,2900000\n"},
    {"control_totals.csv",
     "org,year,pounds\nA,2017/18,100000\nA,2018/19,100000\nB,2017/18,0\n"
     "B,2018/19,0\nCCG,2017/18,10000\nCCG,2018/19,0\nsystem,2017/18,110000\n"
     "system,2018/19,100000\n"},
};

#endif /* FPT_TEST_PLAN_TABLES_H */
