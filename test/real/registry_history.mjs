/*
 * Five organisations through both time axes, on the published registers of 2016
 * to 2025: V is the day that is asked about (--on), K the day on which it is asked
 * (--as-of). What is expected stands in the files themselves (named beside it).
 *
 *   node test/real/registry_history.mjs --bin build/dev
 */
import { data, equal, table, withWorkspace } from './footprint.mjs';

/* The rows of a question, asked once; none where no register knows the code. */
const asked = new Map();
function rowsOf(ws, ...args) {
  const key = args.join(' ');
  if (!asked.has(key)) {
    const result = ws.attempt(...args, '--format', 'csv');
    if (result.code !== 3) equal(result.code, 0, `${key}: ${result.err}`);
    asked.set(key, result.code === 0 ? table(result.out) : []);
  }
  return asked.get(key);
}

const daysOf = ({ on, asOf }) => [...(on ? ['--on', on] : []), ...(asOf ? ['--as-of', asOf] : [])];

/* Facts about one code, K and V given or not. */
const show = (ws, what, code, days = {}) => rowsOf(ws, what, 'show', code, ...daysOf(days));

const systems = (ws, days) => rowsOf(ws, 'footprint', 'list', '--tier', 'system', ...daysOf(days));

const of = (rows, fact, kind) => rows.filter((r) => r.fact === fact && (kind === undefined || r.kind === kind));
const home = (ws, code, on, asOf) => {
  const rows = of(show(ws, 'org', code, { on, asOf }), 'in');
  return rows.map((r) => `${r.kind} ${r.code}`);
};

/* RW3 and RM2 became R0A on 1 October 2017; the succession file is of April 2022. */
function mergedTrust(ws) {
  for (const old of ['RW3', 'RM2']) {
    const next = of(show(ws, 'org', old), 'successor 1');
    equal(next.map((r) => [r.code, r.valid_from]), [['R0A', '2017-10-01']], `${old} succeeded by`);
    if (old === 'RM2') continue; // as RW3
    equal(show(ws, 'org', old, { asOf: '2019-01-01' }), [], `${old}: no register of 2019-01-01 knows it`);
    const told = show(ws, 'org', old, { asOf: '2020-06-01' }); // etrust 2019 names it, with its end
    equal(of(told, 'name').map((r) => r.valid_to), ['2017-10-01'], `${old}: its end as known in 2020`);
    equal(of(told, 'successor 1'), [], `${old}: nobody had published a successor by June 2020`);
  }
  const before = of(show(ws, 'org', 'R0A'), 'predecessor').map((r) => [r.code, r.valid_from]);
  equal(before, [['RM2', '2017-10-01'], ['RW3', '2017-10-01'], ['RW6', '2021-10-01']], 'R0A came after');
  equal(home(ws, 'R0A', '2018-01-01'), ['stp E54000007'], 'R0A, 2018');
  equal(home(ws, 'R0A', '2018-01-01', '2018-01-01'), ['stp E54000007'], 'R0A, 2018 as known then');
  equal(home(ws, 'R0A', '2023-01-01'), ['icb E54000057'], 'R0A, 2023');
}

/* 10G Bracknell and Ascot into 15D East Berkshire (2018) into D4U1Y (2021). */
function commissionerMergedTwice(ws) {
  const rows = show(ws, 'org', '10G');
  equal(of(rows, 'successor 1').map((r) => [r.code, r.valid_from]), [['15D', '2018-04-01']], '10G succeeded by');
  equal(of(rows, 'successor 2').map((r) => [r.code, r.valid_from]), [['D4U1Y', '2021-04-01']], 'and that by');
  equal(of(show(ws, 'org', '10G', { asOf: '2018-01-01' }), 'successor 1'), [], '10G as known before it ended');
  equal(home(ws, '10G', '2017-06-01'), ['stp E54000034'], '10G, 2017');
  equal(home(ws, '15D', '2019-01-01'), ['stp E54000034'], '15D, 2019');
  equal(show(ws, 'org', '15D', { asOf: '2018-03-31' }), [], '15D the day before it was published');
}

/* Y03660: five memberships (ods_epcmem), one of two days, published October 2019. */
function practiceThatMoved(ws) {
  const spells = [
    ['2013-03-31', 'pct', '5CQ'], ['2013-04-01', 'ccg', '04F'], ['2013-04-02', 'ccg', '04F'],
    ['2013-04-03', 'ccg', '12Y'], ['2014-10-14', 'ccg', '12Y'], ['2014-10-15', 'ccg', '04F'],
    ['2015-11-10', 'ccg', '04F'], ['2015-11-11', 'ccg', '14A'],
  ];
  const memberships = show(ws, 'org', 'Y03660').filter((r) => r.source === 'ods-epcmem');
  equal(memberships.length, 5, 'memberships');
  for (const [on, kind, code] of spells) {
    const held = memberships.filter((r) => r.valid_from <= on && (r.valid_to === '' || on < r.valid_to));
    equal(held.map((r) => [r.kind, r.code]), [[kind, code]], `Y03660 on ${on}`);
  }
  // The registry's answer names the area that 04F is a code of.
  const answer = { '2013-04-02': ['ccg E38000107'], '2014-01-01': ['ccg 12Y'], '2015-01-01': ['ccg E38000107'] };
  for (const [on, expected] of Object.entries(answer))
    equal(home(ws, 'Y03660', on).filter((r) => r.startsWith('ccg')), expected, `Y03660, ${on}`);
  equal(home(ws, 'Y03660', '2014-01-01', '2019-09-30').filter((r) => r === 'ccg 12Y'), [],
    'Y03660 in 2014, as known before the history was published');
}

/* Frimley kept its code from partnership to board, and was given an NHS code in 2020. */
function frimley(ws) {
  const rows = show(ws, 'area', 'E54000034');
  const names = (kind) => [...new Set(of(rows, 'name', kind).map((r) => r.name))];
  equal(names('stp'), ['Frimley Health', 'Frimley Health and Care ICS'], 'names as a partnership');
  equal(names('icb'), ['NHS Frimley Integrated Care Board', 'NHS Frimley ICB'], 'names as a board');
  const early = show(ws, 'area', 'E54000034', { asOf: '2018-12-31' });
  equal([...new Set(of(early, 'name').map((r) => r.name))], ['Frimley Health'], 'as known in 2018');
  equal(of(early, 'other code'), [], 'no NHS code was known in 2018');
  const listed = (on) => systems(ws, { on }).find((r) => r.area_code === 'E54000034');
  equal([listed('2017-04-01').kind, listed('2017-04-01').area_name], ['stp', 'Frimley Health'], 'Frimley, 2017');
  equal([listed('2022-07-01').kind, listed('2022-07-01').residents > 700000], ['icb', true], 'Frimley, 2022');
}

/* E54000005 was renamed in 2019 and lost Craven's neighbour in 2020, with its code. */
function renamedPartnership(ws) {
  const name = (on, asOf) => systems(ws, { on, asOf }).find((r) => r.area_code === 'E54000005')?.area_name;
  equal(name('2017-04-01'), 'West Yorkshire', 'name in 2017');
  equal(name('2018-04-01'), 'West Yorkshire', 'name in 2018');
  equal(name('2019-04-01'), 'West Yorkshire and Harrogate (Health and Care Partnership)', 'name in 2019');
  equal(name('2019-04-01', '2018-12-31'), 'West Yorkshire', 'name of 2019 as known in 2018');
  equal(name('2020-04-01'), undefined, 'gone in 2020');
  const changes = rowsOf(ws, 'footprint', 'compare', '2019-04-01', '2020-04-01').filter((r) => r.from_code === 'E54000005');
  equal(changes.filter((r) => r.change === 'split').map((r) => [r.to_code, r.residents]),
    [['E54000051', '160044'], ['E54000054', '2357539']], 'who took its people');
}

function manyIntoOne(ws) {
  const changes = rowsOf(ws, 'footprint', 'compare', '2017-04-01', '2018-04-01');
  equal(changes.filter((r) => r.change === 'merged').map((r) => [r.from_code, r.to_code]),
    ['E54000045', 'E54000046', 'E54000047'].map((c) => [c, 'E54000049']), 'three into one in 2018');
  equal(changes.filter((r) => r.change === 'renamed'), [], 'no names changed in 2018');
  const count = (on) => systems(ws, { on }).length;
  equal(['2017-04-01', '2018-04-01', '2020-04-01', '2022-07-01'].map(count), [44, 42, 42, 42], 'how many systems');
}

withWorkspace((ws) => {
  ws.call('load', '--job', 'registry-history', data);
  mergedTrust(ws);
  commissionerMergedTwice(ws);
  practiceThatMoved(ws);
  frimley(ws);
  renamedPartnership(ws);
  manyIntoOne(ws);
});
