/*
 * The boards of 2024-25 from the raw monthly files, beside what NHS England
 * publishes by board.
 *
 *   node test/real/icb_job.mjs --bin build/dev
 */
import { data, equal, parseCsv, readData, sum, table, withWorkspace } from './footprint.mjs';

const MONTHS = ['2024-06', '2024-07', '2024-08', '2024-09', '2024-10', '2024-11', '2024-12', '2025-01'];
const NAMES = 'January February March April May June July August September October November December'.split(' ');
const whole = (text) => Number(text);

/* {month: [{org, attendances, booked, over, admissions}]} of the raw files. */
function rawMonths() {
  return new Map(MONTHS.map((month) => {
    const [header, ...records] = parseCsv(readData(`activity/nhse_monthly_ae_raw/${month.replace('-', '_')}.csv`));
    const where = (pattern) => header.flatMap((name, i) => (pattern.test(name) ? [i] : []));
    const add = (record, pattern) => sum(where(pattern), (i) => whole(record[i]));
    const rows = records.filter((r) => !/^total$/i.test(r[0].trim()) && r[1] !== '').map((r) => ({
      org: r[1],
      attendances: add(r, /^A&E attendances /),
      booked: add(r, /^A&E attendances Booked/),
      over: add(r, /^Attendances over 4hrs /),
      admissions: add(r, /^Emergency admissions via/),
      others: add(r, /^Other emergency admissions/),
    }));
    return [month, rows];
  }));
}

/* What NHS England publishes by board, under the codes of the lookup of 2024. */
function publishedByBoard() {
  const renamed = { E54000052: 'E54000063', E54000053: 'E54000064' };
  const rows = table(readData('activity/ae_icb_monthly.csv')).map((r) => {
    const [name, year] = r.date.split(' ');
    return {
      board: renamed[r.icb22_code] ?? r.icb22_code,
      month: `${year}-${String(NAMES.indexOf(name) + 1).padStart(2, '0')}`,
      attendances: whole(r.total_attendances),
      over: whole(r.attendances_over_4hours),
      admissions: whole(r.total_emergency_admissions),
    };
  });
  return rows.filter((r) => MONTHS.includes(r.month));
}

const show = (ws, id, tier, ...more) => ws.table('measure', 'show', id, '--tier', tier, ...more);

function checkEngland(ws, raw, published) {
  const nation = show(ws, 'ae_4h', 'nation');
  const admissions = show(ws, 'ae_emergency_admissions', 'nation');
  const revised = { '2024-10': [-4347, -30, -2], '2024-11': [-3769, -57, 684] };
  for (const [month, rows] of raw) {
    const ours = nation.find((r) => r.period === month);
    const [all, over] = [sum(rows, (r) => r.attendances), sum(rows, (r) => r.over)];
    equal([whole(ours.numerator), whole(ours.denominator)], [all - over, all], `England ${month}`);
    const admitted = sum(rows, (r) => r.admissions);
    equal(whole(admissions.find((r) => r.period === month).numerator), admitted, `admissions ${month}`);
    const theirs = published.filter((r) => r.month === month);
    equal(theirs.length, 42, `boards published ${month}`);
    equal([sum(theirs, (r) => r.attendances) - all, sum(theirs, (r) => r.over) - over,
      sum(theirs, (r) => r.admissions) - admitted - sum(rows, (r) => r.others)], revised[month] ?? [0, 0, 0],
    `published by board less the raw files, ${month}`);
    equal(sum(rows, (r) => r.booked) > 70000, true, `booked attendances ${month}`);
  }
}

/* Boards and unassigned sum to the country; by the trust file alone each board is
 * the sum of its trusts. */
function checkBoards(ws, raw, published) {
  const boards = show(ws, 'ae_4h', 'system');
  const nhsCode = new Map(table(readData('geo/ons_icb_names_codes_dec2024.csv')).map((r) => [r.ICB24CDH, r.ICB24CD]));
  const trust = new Map(parseCsv(readData('orgs/ods_etr_2025.csv')).map((r) => [r[0], nhsCode.get(r[3])]));
  const byTrustFile = show(ws, 'ae_4h', 'system', '--steps', '1');
  for (const [month, rows] of raw) {
    const here = boards.filter((r) => r.period === month);
    equal(here.length, 43, `42 boards and unassigned, ${month}`);
    equal(sum(here, (r) => whole(r.denominator)), sum(rows, (r) => r.attendances), `boards sum to England, ${month}`);
    equal(sum(here, (r) => whole(r.numerator)), sum(rows, (r) => r.attendances - r.over), `their numerators, ${month}`);
    for (const row of byTrustFile.filter((r) => r.period === month)) {
      const own = rows.filter((r) => (trust.get(r.org) ?? 'UNASSIGNED') === row.area_code);
      equal([whole(row.numerator), whole(row.denominator)],
        [sum(own, (r) => r.attendances - r.over), sum(own, (r) => r.attendances)], `${row.area_code} by the trust file, ${month}`);
    }
  }
  const june = boards.filter((r) => r.period === '2024-06');
  const apart = june.filter((r) => r.area_code !== 'UNASSIGNED').map((r) => whole(r.denominator) -
    published.find((p) => p.board === r.area_code && p.month === '2024-06').attendances);
  equal(apart.filter((d) => d === 0).length, 21, 'boards that agree with NHS England in June 2024');
  equal(apart.filter((d) => d > 0), [1629], 'one is higher: a trust that is placed otherwise');
  equal(-sum(apart), whole(june.find((r) => r.area_code === 'UNASSIGNED').denominator), 'the rest is unassigned');
}

/* Beds: trusts sum to the printed England row but for rounding, and to the boards. */
function checkBeds(ws) {
  const files = { '2024/25 Q2': '2024_25_Q2', '2024/25 Q3': '2024_25_Q3_revised', '2024/25 Q4': '2024_25_Q4' };
  const nation = show(ws, 'bed_occupancy', 'nation');
  const systems = show(ws, 'bed_occupancy', 'system');
  const number = (text) => (text.trim() === '-' ? 0 : whole(text.replaceAll(',', '')));
  for (const [quarter, file] of Object.entries(files)) {
    const records = parseCsv(readData(`activity/kh03_overnight_beds/${file}_trust_by_sector.csv`));
    const header = records.find((r) => r.includes('Org Code'));
    const [available, occupied] = header.flatMap((name, i) => (/^General & Acute/.test(name) ? [i] : []));
    const code = header.indexOf('Org Code');
    const rows = records.filter((r) => /^[A-Z0-9]{3,5}$/.test((r[code] ?? '').trim()) && r[code + 1].trim() !== 'England' && r.length === header.length);
    const printed = records.find((r) => (r[code + 1] ?? '').trim() === 'England');
    const ours = nation.find((r) => r.period === quarter);
    const sums = [sum(rows, (r) => number(r[occupied])), sum(rows, (r) => number(r[available]))];
    equal([whole(ours.numerator), whole(ours.denominator)], sums, `beds ${quarter}`);
    equal(Math.abs(sums[0] - number(printed[occupied])) <= 4 && Math.abs(sums[1] - number(printed[available])) <= 4, true,
      `beds printed for England ${quarter}`);
    const here = systems.filter((r) => r.period === quarter);
    equal([sum(here, (r) => whole(r.numerator)), sum(here, (r) => whole(r.denominator))], sums, `beds of boards ${quarter}`);
  }
}

/* The extracts: part 2 by weeks, the country's figure that of what was loaded. */
function checkWaiting(ws) {
  const files = { '2024-11': '2024_11_RBD', '2026-04': '2026_04_QWO' };
  const nation = show(ws, 'rtt_extract_over_18w', 'nation');
  for (const [month, file] of Object.entries(files)) {
    const rows = table(readData(`activity/rtt_full_extract_${file}.csv.gz`))
      .filter((r) => r['RTT Part Type'] === 'Part_2' && r['Treatment Function Code'] !== 'C_999');
    const over = (r) => sum(Object.entries(r).filter(([name]) => whole(/^Gt (\d+)/.exec(name)?.[1] ?? '-1') >= 18), ([, v]) => whole(v));
    const ours = nation.find((r) => r.period === month);
    equal([whole(ours.numerator), whole(ours.denominator)], [sum(rows, over), sum(rows, (r) => whole(r['Total All']))], `waiting ${month}`);
  }
  const providers = show(ws, 'rtt_extract_over_18w', 'organisation');
  equal(providers.filter((r) => r.status !== 'OK'), [], 'a blank band is nobody, not a number that is missing');
}

function checkFound(ws) {
  const result = ws.attempt('check', '--format', 'csv');
  equal(result.code, 1, 'a check failed');
  const rows = table(result.out);
  equal(rows.filter((r) => r.severity === 'fault').map((r) => [r.rule, r.count, r.of]),
    [['trusts-sum-to-england/occupied_maternity', '7', '4471']], 'which check failed');
  const unknown = rows.find((r) => r.source === 'nhse-rtt-extract' && r.rule.startsWith('unknown-codes'));
  equal(unknown.text, 'no register knows D7T5G, S0E4D, S1Y5D, S9B9J, T6Y0W, Z9B2Z (in 21 facts)', 'merged boards that no lookup has');
}

withWorkspace((ws) => {
  equal(ws.attempt('load', '--job', 'icb-2024-25', data).code, 1, 'loaded, and a check failed');
  ws.call('measure', 'run');
  const raw = rawMonths();
  const published = publishedByBoard();
  checkEngland(ws, raw, published);
  checkBoards(ws, raw, published);
  checkBeds(ws);
  checkWaiting(ws);
  checkFound(ws);
});
