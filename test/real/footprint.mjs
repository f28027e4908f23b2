/*
 * What the tests on published files share: the command that was built, a
 * workspace of its own, files read by a reader that shares nothing with ours, and
 * checks that count.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const data = path.resolve(root, process.env.FOOTPRINT_REAL_DATA || '../shared/data');
const SKIPPED = 77;

export function skipWithoutData() {
  if (fs.existsSync(data)) return;
  console.log(`skipped: there is no folder ${data} (set FOOTPRINT_REAL_DATA)`);
  process.exit(SKIPPED);
}

// ---- files ----

/* Records of delimited text as arrays of cells; quotes as in RFC 4180. */
export function parseCsv(text) {
  const records = [];
  let record = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += '"'; i++; }
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') { record.push(cell); cell = ''; }
    else if (c === '\n') { record.push(cell); records.push(record); record = []; cell = ''; }
    else if (c !== '\r') cell += c;
  }
  if (cell !== '' || record.length > 0) { record.push(cell); records.push(record); }
  return records;
}

/* A published file below the data's folder, as text without its mark of order. */
export function readData(name) {
  const bytes = fs.readFileSync(path.join(data, name));
  const text = (name.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes).toString('utf8');
  return text.replace(/^\ufeff/, '');
}

/* Records as objects by the names of the first one. */
export function table(text) {
  const [header, ...records] = parseCsv(text);
  return records.map((r) => Object.fromEntries(header.map((name, i) => [name, r[i]])));
}

// ---- the command ----

function newest(folder) {
  let last = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    last = Math.max(last, entry.isDirectory() ? newest(name) : fs.statSync(name).mtimeMs);
  }
  return last;
}

/* The release command where it is younger than every source, else that of the
 * build under test: the same job, and a tenth of the time. */
export function findCommand(build) {
  const release = path.join(root, 'build/release/footprint');
  const fresh = fs.existsSync(release) && fs.statSync(release).mtimeMs > newest(path.join(root, 'src'));
  return fresh ? release : path.resolve(build, 'footprint');
}

export class Workspace {
  constructor(command) {
    this.command = command;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'footprint-real-'));
    this.call('init', this.folder);
  }

  /* Runs the command; {code, out, err}. */
  attempt(...args) {
    const env = { ...process.env, NO_COLOR: '1', LC_ALL: 'C' };
    delete env.SOURCE_DATE_EPOCH;
    const result = spawnSync(this.command, args, { cwd: this.folder, encoding: 'utf8', env, maxBuffer: 1 << 29 });
    if (result.error) throw result.error;
    return { code: result.status, out: result.stdout, err: result.stderr };
  }

  call(...args) {
    const result = this.attempt(...args);
    if (result.code !== 0) throw new Error(`footprint ${args.join(' ')}: exit ${result.code}\n${result.err}`);
    return result.out;
  }

  table(...args) {
    return table(this.call(...args, '--format', 'csv'));
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

// ---- checks ----

let checked = 0, failed = 0;
const MOST_SHOWN = 20;

export function equal(found, expected, about) {
  checked++;
  const a = JSON.stringify(found), b = JSON.stringify(expected);
  if (a === b) return;
  if (++failed <= MOST_SHOWN) console.log(`${about}\n  found    ${a}\n  expected ${b}`);
}

export const sum = (list, value = (x) => x) => list.reduce((total, x) => total + value(x), 0);

/* Runs a test over a workspace, which is gone afterwards whatever happens. */
export function withWorkspace(test) {
  skipWithoutData();
  const at = process.argv.indexOf('--bin');
  const command = findCommand(at > 0 ? process.argv[at + 1] : path.join(root, 'build/dev'));
  console.log(`command: ${path.relative(root, command)}`);
  const workspace = new Workspace(command);
  try {
    test(workspace);
  } finally {
    workspace.remove();
  }
  console.log(`${checked} checks, ${failed} failed`);
  process.exitCode = failed > 0 || checked === 0 ? 1 : 0;
}
