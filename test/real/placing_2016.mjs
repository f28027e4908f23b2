/*
 * A&E of 2016/17 by footprint, reckoned from the raw files by another program
 * than ours, by the written rules alone:
 *
 *   1. the map of trusts of 2017/18; a code that is not in it follows its
 *      earliest-dated successor, again and again;
 *   2. the commissioner in the practice file (column 15), then the map of trusts
 *      of 2021;
 *   else unassigned.
 *
 * What is named by its commissioner or by an area of 2021 goes to the footprints
 * of 2017 by the people who live there (mid-2017), in whole numbers, by largest
 * remainders, ties by code: each provider, month and column on its own.
 */
import { parseCsv, readData, table } from './footprint.mjs';

/* Code of an area to {code of a footprint of 2017: people}. */
function peopleIn(lookup, areaColumn, footprintOf, peopleOf) {
  const areas = new Map();
  for (const row of table(readData(lookup))) {
    const atom = row.LSOA11CD ?? row.lsoa11_code;
    const footprint = footprintOf.get(atom);
    if (footprint === undefined) continue; // Wales
    const into = areas.get(row[areaColumn]) ?? new Map();
    into.set(footprint, (into.get(footprint) ?? 0) + peopleOf.get(atom));
    areas.set(row[areaColumn], into);
  }
  return areas;
}

/* A whole number shared out: floors first, then one each to the largest rests. */
function shareOut(total, weights) {
  const whole = [...weights.values()].reduce((a, b) => a + BigInt(b), 0n);
  const parts = [...weights].map(([code, people]) => {
    const product = BigInt(total) * BigInt(people);
    return { code, part: product / whole, rest: product % whole };
  });
  let left = BigInt(total) - parts.reduce((a, p) => a + p.part, 0n);
  parts.sort((a, b) => (a.rest === b.rest ? (a.code < b.code ? -1 : 1) : a.rest > b.rest ? -1 : 1));
  for (const p of parts) if (left > 0n) { p.part += 1n; left -= 1n; }
  return parts.map((p) => [p.code, Number(p.part)]);
}

function firstSuccessors() {
  const first = new Map();
  for (const { old_code: from, new_code: to, date } of table(readData('orgs/ods_successors.csv'))) {
    const known = first.get(from);
    if (known === undefined || date < known.date) first.set(from, { date, to: new Set([to]) });
    else if (date === known.date) known.to.add(to);
  }
  return first;
}

/* The registers, read once. */
export function registers() {
  const lookup = table(readData('geo/ons_lsoa11_ccg17_stp17_lad17.csv.gz'));
  const footprintOf = new Map(lookup.map((r) => [r.LSOA11CD, r.STP17CD]));
  const people = parseCsv(readData('population/population2017_lsoa11_single_year_age.csv.gz')).slice(1);
  const peopleOf = new Map(people.map((r) => [r[0], Number(r[2])]));
  const practices = parseCsv(readData('orgs/ods_epraccur_2017_03.csv.gz'));
  return {
    footprints: [...new Set(lookup.map((r) => r.STP17CD))].sort(),
    commissioners: new Set(lookup.map((r) => r.CCG17CD)).size,
    atoms: footprintOf.size,
    residents: people.reduce((total, r) => total + Number(r[2]), 0),
    trust: new Map(table(readData('orgs/hf_trust_stp_2017_18.csv')).map((r) => [r.code, r.STP_code])),
    successor: firstSuccessors(),
    commissionerOf: new Map(practices.map((r) => [r[0], r[14]])),
    trust21: new Map(table(readData('orgs/trust22_stp21.csv')).map((r) => [r.nhs_trust22_code, r.stp21_code])),
    commissioner16: peopleIn('geo/ons_lsoa11_ccg16_lad16.csv.gz', 'CCG16CDH', footprintOf, peopleOf),
    commissioner17: peopleIn('geo/ons_lsoa11_ccg17_stp17_lad17.csv.gz', 'CCG17CDH', footprintOf, peopleOf),
    area21: peopleIn('geo/lsoa11_ccg21_stp21_ltla21.csv.gz', 'stp21_code', footprintOf, peopleOf),
  };
}

/* Which footprints a provider belongs to, by the first `steps` steps. */
export function place(reg, code, steps) {
  const seen = new Set();
  for (let at = code; at !== undefined && !seen.has(at);) {
    if (reg.trust.has(at)) return new Map([[reg.trust.get(at), 1]]);
    seen.add(at);
    const next = reg.successor.get(at);
    at = next !== undefined && next.to.size === 1 ? [...next.to][0] : undefined;
  }
  if (steps < 2) return null;
  const commissioner = reg.commissionerOf.get(code);
  const area = reg.commissioner16.get(commissioner) ?? reg.commissioner17.get(commissioner);
  if (area !== undefined) return area;
  return reg.area21.get(reg.trust21.get(code)) ?? null;
}

/* {footprint or UNASSIGNED: {attendances, breaches, admissions}} of a year that
 * begins in April. */
export function totals(reg, year, steps) {
  const monthly = new Map();
  for (const row of table(readData('activity/ae_attendances_provider_monthly_2016_2019.csv.gz'))) {
    const month = row.period.slice(0, 7);
    if (month < `${year}-04` || month > `${year + 1}-03`) continue;
    const key = `${row.org_code} ${month}`;
    const into = monthly.get(key) ?? { attendances: 0, breaches: 0, admissions: 0 };
    for (const name of Object.keys(into)) into[name] += Number(row[name]);
    monthly.set(key, into);
  }
  const out = new Map();
  const add = (code, name, part) => {
    const into = out.get(code) ?? { attendances: 0, breaches: 0, admissions: 0 };
    into[name] += part;
    out.set(code, into);
  };
  for (const [key, numbers] of monthly) {
    const weights = place(reg, key.split(' ')[0], steps);
    for (const [name, total] of Object.entries(numbers))
      for (const [code, part] of weights === null ? [['UNASSIGNED', total]] : shareOut(total, weights))
        add(code, name, part);
  }
  return out;
}
