@env SOURCE_DATE_EPOCH=1717200000
@copy small data
# What can be read, and what was.
$ footprint source list --help | head -2
footprint source list [options]
  what Footprint can read
$ footprint source list | head -4
source,version,publisher,title
ccg-iaf-ratings,1,NHS England,"CCG Improvement and Assessment Framework, headline ratings"
epiforecasts-trust-mergers,1,"epiforecasts, covid19.nhs.data",Trust mergers 2020 and 2021
geographr-ccg21-boundaries,1,Office for National Statistics,"Outlines of CCGs, April 2021"
$ footprint source list --format json | head -8
[
  {
    "source": "ccg-iaf-ratings",
    "version": "1",
    "publisher": "NHS England",
    "title": "CCG Improvement and Assessment Framework, headline ratings"
  },
  {
$ footprint source show ons-ccg-stp-lookup
item,value
source,ons-ccg-stp-lookup
version,1
title,"CCG to STP, by year"
publisher,Office for National Statistics
licence,OGL-3.0
about,"Which sustainability and transformation partnership each clinical commissioning group belonged to, in April of a year. From 2020 on with the NHS's own code of the partnership."
recognised_by,"the columns CCG##CD, CCG##CDH, STP##CD, STP##NM"
columns_read,6
facts_per_record,5
$ footprint source show ods-epraccur --format json
[
  {
    "item": "source",
    "value": "ods-epraccur"
  },
  {
    "item": "version",
    "value": "1"
  },
  {
    "item": "title",
    "value": "GP practices and other prescribing cost centres (epraccur)"
  },
  {
    "item": "publisher",
    "value": "Organisation Data Service"
  },
  {
    "item": "licence",
    "value": "OGL-3.0"
  },
  {
    "item": "about",
    "value": "Every practice with its dates, its commissioner since when, and its setting. Closed ones are included. No header: columns are known by position."
  },
  {
    "item": "recognised_by",
    "value": "first cells like @#####"
  },
  {
    "item": "columns_read",
    "value": "9"
  },
  {
    "item": "facts_per_record",
    "value": "4"
  }
]
$ footprint source show nosuch
! footprint: there is no source "nosuch"; footprint source list shows those that are known
? 3
$ footprint source show
! footprint: source show takes the arguments NAME, and 0 were given
! Try: footprint source show --help
? 2
$ footprint source list --format xml
! footprint: --format is table, csv or json, not "xml"
! Try: footprint source list --help
? 2
$ footprint init -q ws && footprint load -q -w ws data/lsoa17.csv > /dev/null
? 1
$ footprint source loads -w ws | cut -d, -f1-3,4,5,7-12
load,source,version,vintage,known_from,rows_read,rows_taken,rows_skipped,rows_rejected,bytes,file
1,ons-lsoa11-lookup,1,2017-04-01,2017-04-01,6,6,0,0,475,lsoa17.csv
$ footprint source loads -w ws --format json | grep -c sha256
1
$ sha256sum data/lsoa17.csv | cut -c1-64 > one; ls ws/sources > two; cmp one two
