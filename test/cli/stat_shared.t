# What all statistics share: help, names, columns, large and broken files.
$ footprint stat
footprint stat NAME [options] < in.csv > out.csv
  statistics of indicators: CSV in, CSV out

  proportion           proportions with Wilson's limits, of rows or (--by) of groups
  rate                 crude rates with exact or Byar's limits, of rows or (--by) of groups
  dsr                  directly standardised rates of groups
  isr                  indirectly standardised rates of groups
  smr                  indirectly standardised ratios of groups: seen over expected
  mean                 means of groups with Student's limits
  quantile             which quantile of its group a row is in: deprivation deciles
  life-expectancy      abridged life tables of groups
  sii                  slope and relative index of inequality of groups
  concentration-index  concentration index of groups
  funnel-limits        the lines of a funnel plot
  funnel-assess        which units stand outside a funnel
  compare              groups against a benchmark, another group, or all groups
  trend                has a series changed over its last points?
  spc                  statistical process control of series

footprint stat NAME --help shows an example.
$ footprint stat rate --help | head -5
footprint stat rate [options] < in.csv > out.csv
  crude rates with exact or Byar's limits, of rows or (--by) of groups

Columns in
  x, n, [event_frequency]
$ footprint stat nosuch
! footprint: there is no statistic "nosuch"; footprint stat --help lists them
! Try: footprint stat --help
? 2
$ footprint stat rate --nosuch
! footprint: rate has no option --nosuch
! Try: footprint stat --help
? 2
$ footprint stat rate extra
! footprint: rate reads standard input; "extra" is no option
! Try: footprint stat --help
? 2
$ printf 'area,deaths,people\nA,5,1000\n' | footprint stat rate --columns x=deaths,n=people
area,deaths,people,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
A,5,1000,5,1000,500,162.34863901184207,1166.8332079322668,100000,exact-poisson,OK
$ printf 'area,deaths,people\nA,5,1000\n' | footprint stat rate --columns x=death,n=people
! footprint: --columns: standard input has no column "death"
! Try: footprint stat --help
? 2
$ printf 'x,n\n1,2\n3\n' | footprint stat rate
! footprint: standard input: line 3: has 1 cells, but the header has 2; quote cells that hold a comma
? 3
$ printf 'x,n\n"1,2\n' | footprint stat rate
! footprint: standard input: line 2: cell 1: a quotation mark is opened and never closed
? 3
$ printf 'x,n\n1e17,2\n' | footprint stat rate
! footprint: standard input: line 2, column x: 1e17 is above 2^53, where doubles no longer hold whole numbers; correct it, or keep the row as INVALID with --keep-going
? 3
$ printf 'x,n,status\n5,1000,OK\n5,1000,c\n' | footprint stat rate
x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
5,1000,5,1000,500,162.34863901184207,1166.8332079322668,100000,exact-poisson,OK
5,1000,,,,,,100000,,SUPPRESSED
# A row that is wrong leaves nothing behind, unless it is wanted.
$ printf 'x,n\n5,1000\n-5,1000\n' | footprint stat rate > out || wc -c < out
0
! footprint: standard input: line 3, column x: -5 is negative; correct it, or keep the row as INVALID with --keep-going
$ printf 'x,n\n5,1000\n-5,1000\n' | footprint stat rate --keep-going > out || wc -l < out
3
# The same bytes from any number of threads.
$ { echo g,x,n; seq 20000 | sed 's/.*/&,&,30000/'; } > big.csv; footprint stat rate --by g --threads 1 < big.csv | cksum > one; footprint stat rate --by g --threads 8 < big.csv | cksum | cmp - one && echo same
same
# What every command takes: never asked, no colour; a filter writes CSV alone.
$ printf 'x,n\n8,1000\n' | footprint stat rate --multiplier 1000 --no-input --color never --format=csv
x,n,numerator,denominator,value,lower_95,upper_95,multiplier,method,status
8,1000,8,1000,8,3.453832176748502,15.763189220193315,1000,exact-poisson,OK
$ printf 'x,n\n8,1000\n' | footprint stat rate --format json
! footprint: --format of a statistic is one of: csv
! Try: footprint stat --help
? 2
