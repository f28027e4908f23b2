/*
 * The main job on the published files: 44 footprints, 2016 to 2019.
 *
 *   node test/real/stp_job.mjs --bin build/dev
 */
import fs from 'node:fs';
import path from 'node:path';
import { equal, sum, table, withWorkspace, data, root } from './footprint.mjs';
import { place, registers, totals } from './placing_2016.mjs';

const whole = (text) => Number(text);
const show = (ws, id, ...args) => ws.table('measure', 'show', id, ...args);

function checkCountry(ws, reg) {
  equal(reg.footprints.length, 44, 'footprints, raw');
  equal(reg.commissioners, 207, 'commissioners, raw');
  equal(reg.atoms, 32844, 'small areas, raw');
  equal(reg.residents, 55619430, 'residents, raw');
  const systems = ws.table('footprint', 'list', '--on', '2017-04-01', '--tier', 'system');
  equal(systems.map((r) => r.area_code), reg.footprints, 'footprints');
  equal(sum(systems, (r) => whole(r.atoms)), 32844, 'small areas');
  equal(sum(systems, (r) => whole(r.residents)), 55619430, 'residents of all footprints');
  equal(ws.table('footprint', 'list', '--on', '2017-04-01', '--tier', 'commissioner').length, 207, 'commissioners');
  const [nation] = show(ws, 'residents', '--tier', 'nation');
  equal(whole(nation.value), 55619430, 'residents of England');
}

const per_cent = (row) => (100 * whole(row.numerator) / whole(row.denominator)).toFixed(2);

function checkEngland(ws) {
  const nation = show(ws, 'ae_4h', '--tier', 'nation');
  const of = (period) => nation.find((r) => r.period === period);
  equal(of('2016/17').denominator, '23362301', 'attendances 2016/17');
  equal(whole(of('2016/17').denominator) - whole(of('2016/17').numerator), 2540440, 'over four hours 2016/17');
  const shares = { '2016/17': '89.13', '2017/18': '88.34', '2018/19': '88.01', '2017-03': '90.01' };
  for (const [period, expected] of Object.entries(shares)) {
    equal(per_cent(of(period)), expected, `within four hours, ${period}`);
    equal(Math.abs(whole(of(period).value) - 100 * whole(of(period).numerator) / whole(of(period).denominator)) < 1e-9,
      true, `value is its parts', ${period}`);
  }
  const [admissions] = show(ws, 'ae_emergency_admissions', '--tier', 'nation', '--period', '2016/17');
  equal(admissions.numerator, '4263255', 'emergency admissions 2016/17');
}

/* Areas and unassigned sum to the nation in every month, on both footprints. */
function checkSums(ws) {
  for (const id of ['ae_4h', 'ae_emergency_admissions'])
    for (const on of ['then', '2022-07-01']) {
      const nation = show(ws, id, '--tier', 'nation', '--on', on);
      const areas = show(ws, id, '--tier', 'system', '--on', on);
      const months = nation.filter((r) => /^\d{4}-\d\d$/.test(r.period));
      equal(months.length, 36, `${id} ${on}: months`);
      for (const whole_ of nation) {
        const parts = areas.filter((r) => r.period === whole_.period);
        equal(parts.filter((r) => r.area_code === 'UNASSIGNED').length, 1, `${id} ${on} ${whole_.period}: unassigned`);
        equal(sum(parts, (r) => whole(r.numerator)), whole(whole_.numerator), `${id} ${on} ${whole_.period}: numerators`);
        if (id === 'ae_4h')
          equal(sum(parts, (r) => whole(r.denominator)), whole(whole_.denominator), `${id} ${on} ${whole_.period}: denominators`);
      }
      if (on !== 'then') equal(new Set(areas.map((r) => r.area_code)).size, 43, `${id}: 42 boards and unassigned`);
    }
}

function checkShown(ws) {
  const rows = show(ws, 'ae_4h', '--tier', 'system', '--period', '2016/17', '--on', 'then');
  equal(Object.keys(rows[0]).slice(0, 9),
    ['area_code', 'area_name', 'period', 'numerator', 'denominator', 'value', 'lower', 'upper', 'status'], 'columns');
  equal(rows.length, 45, '44 footprints and unassigned');
  equal(rows[44].area_code, 'UNASSIGNED', 'unassigned stands last');
  equal(rows.every((r) => whole(r.lower) <= whole(r.value) && whole(r.value) <= whole(r.upper)), true, 'intervals');
}

/* Row by row against sums made here, by step 1 alone and by steps 1 and 2. */
function checkRows(ws, reg) {
  const unassigned = { 1: [3730628, '15.97'], 2: [1196353, '5.12'] };
  for (const steps of [1, 2]) {
    const mine = totals(reg, 2016, steps);
    equal(mine.get('UNASSIGNED').attendances, unassigned[steps][0], `unassigned by ${steps}, raw`);
    equal((100 * mine.get('UNASSIGNED').attendances / 23362301).toFixed(2), unassigned[steps][1], `their share by ${steps}`);
    const args = ['--tier', 'system', '--period', '2016/17', '--on', 'then', '--steps', String(steps)];
    for (const row of show(ws, 'ae_4h', ...args)) {
      const m = mine.get(row.area_code) ?? { attendances: 0, breaches: 0 };
      equal([whole(row.numerator), whole(row.denominator)], [m.attendances - m.breaches, m.attendances],
        `ae_4h ${row.area_code} by ${steps}`);
    }
    for (const row of show(ws, 'ae_emergency_admissions', ...args))
      equal(whole(row.numerator), mine.get(row.area_code)?.admissions ?? 0, `admissions ${row.area_code} by ${steps}`);
  }
  const placed = ws.table('measure', 'placed', 'ae_4h', '--period', '2016/17');
  for (const row of placed) {
    const expected = place(reg, row.org_code, 1) ? '1' : place(reg, row.org_code, 2) ? '2' : '';
    equal(row.step, expected, `step of ${row.org_code}`);
  }
}

/* What is explained sums to its figure. */
function checkExplained(ws) {
  const figures = show(ws, 'ae_4h', '--tier', 'system', '--period', '2016/17', '--on', 'then');
  for (const code of ['E54000006', 'E54000007', 'UNASSIGNED']) {
    const figure = figures.find((r) => r.area_code === code);
    const parts = ws.table('explain', `ae_4h/${code}/2016-17`);
    const of = (term) => sum(parts.filter((p) => p.term === term), (p) => whole(p.part));
    equal(of('numerator + ae.attendances') - of('numerator - ae.over_4h'), whole(figure.numerator), `numerator of ${code}`);
    equal(of('denominator + ae.attendances'), whole(figure.denominator), `denominator of ${code}`);
  }
}

/* A plan begun from what the workspace holds: its numbers are the measures',
 * and what check finds is what is unknown and nothing else. */
function checkOutset(ws, reg) {
  /* The plan of West Yorkshire that is a pack stands on the same numbers. */
  const mine = totals(reg, 2016, 2).get('E54000005');
  const pack = table(fs.readFileSync(path.join(root, 'packs/plans/west-yorkshire-2016/1/plan/baseline.csv'), 'utf8')
    .replace(/^#.*\n/gm, ''));
  equal(pack.map((r) => whole(r.count)), [mine.attendances, mine.admissions], 'activity of the pack');
  for (const code of ['E54000005', 'E54000007', 'E54000029']) {
    const folder = path.join(ws.folder, `begun-${code}`);
    ws.call('plan', 'new', folder, '--place', code, '--period', '2016/17');
    const read = (name) => table(fs.readFileSync(path.join(folder, name), 'utf8').replace(/^#.*\n/gm, ''));
    const of = (pod) => sum(read('baseline.csv').filter((r) => r.pod === pod), (r) => whole(r.count));
    const shown = (id) => show(ws, id, '--tier', 'system', '--period', '2016/17', '--on', 'then')
      .find((r) => r.area_code === code);
    equal(of('ae'), whole(shown('ae_attendances').numerator), `attendances in the plan of ${code}`);
    equal(of('emergency'), whole(shown('ae_emergency_admissions').numerator), `admissions in the plan of ${code}`);
    const people = read('population.csv');
    const [all] = people.filter((r) => r.age === '');
    equal(sum(people.filter((r) => r.age !== ''), (r) => whole(r.people)), whole(all.people), `ages of ${code}`);
    equal(whole(all.people), whole(show(ws, 'residents', '--tier', 'system', '--on', 'then')
      .find((r) => r.area_code === code).numerator), `residents in the plan of ${code}`);
    const found = table(ws.attempt('plan', 'check', folder, '--format', 'csv').out);
    equal(found.filter((r) => !['unknown-figure', 'people-missing'].includes(r.code)), [], `other faults of ${code}`);
    equal(found.filter((r) => r.code === 'unknown-figure' && r.file === 'assumptions.csv').length,
      read('assumptions.csv').length, `unknown figures of ${code}`);
  }
}

withWorkspace((ws) => {
  ws.call('load', '--job', 'stp-2016-19', data);
  ws.call('measure', 'run');
  const reg = registers();
  checkCountry(ws, reg);
  checkEngland(ws);
  checkSums(ws);
  checkShown(ws);
  checkRows(ws, reg);
  checkExplained(ws);
  checkOutset(ws, reg);
});
