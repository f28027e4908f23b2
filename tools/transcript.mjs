/*
 * Runs what documentation and transcripts show, and compares what comes out.
 *
 *   node tools/transcript.mjs [--update] [--bin FOLDER] FILE...
 *
 * A transcript (.t), or a ```console block of a Markdown file:
 *
 *   $ command            run by `sh -e -c` in a fresh folder, the same for all
 *   > more of it         commands of the file; `footprint` is on the PATH
 *   a line               expected on standard output
 *   ! a line             expected on standard error
 *   ? 2                  expected exit code; 0 when absent
 *   ...                  any number of lines; within a line, any characters
 *   \a line              the line without the \, whatever it begins with
 *   a line (no newline)  the last line, when no line end follows it
 *   # remark             and blank lines before the next command: nothing
 *
 * Before the commands (in a transcript):
 *   @needs real-data     on the first line: skip where the data are missing
 *   @env NAME=VALUE      for all commands of the file
 *   @file NAME ... @end  write a file
 *   @copy FOLDER NAME    copy a folder that stands beside the transcript
 * In Markdown the same stand in comments: <!-- @needs real-data -->,
 * <!-- @env NAME=VALUE -->; <!-- @file NAME --> writes the next fenced block.
 *
 * --update writes what came out in the place of what was expected; lines that
 * match stay as they are. Exit: 0 all as expected, 1 not, 2 a wrong call, 77 all
 * skipped.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const SKIPPED = 77;
const LONGEST_RUN_MS = 300000;
const MOST_CELLS = 2e7; // of the table that aligns two texts

// ---- reading ----

/* A file as a list of parts in order: {kind: 'command' | 'file' | 'copy' |
 * 'env' | 'needs'}. A command knows the lines [from, to) of what is expected. */
function readTranscript(lines, first, last, parts) {
  let command = null;
  for (let i = first; i < last; i++) {
    const line = lines[i];
    if (line.startsWith('$ ')) {
      command = { kind: 'command', line: i + 1, text: line.slice(2), from: i + 1, to: i + 1 };
      while (i + 1 < last && lines[i + 1].startsWith('> ')) command.text += `\n${lines[++i].slice(2)}`;
      command.from = command.to = i + 1;
      parts.push(command);
    } else if (line.startsWith('@')) {
      i = readDirective(lines, i, last, parts);
      command = null;
    } else if (line.startsWith('# ') || line === '#') {
      command = null;
    } else if (command) {
      command.to = i + 1;
    } else if (line.trim() !== '') {
      throw new Error(`${i + 1}: "${line}" stands before any command`);
    }
  }
}

function readDirective(lines, at, last, parts) {
  const [word, ...rest] = lines[at].slice(1).split(' ');
  const argument = rest.join(' ');
  if (word === 'file' && argument) {
    const end = lines.indexOf('@end', at);
    if (end < 0 || end >= last) throw new Error(`${at + 1}: @file without @end`);
    parts.push({ kind: 'file', name: argument, text: lines.slice(at + 1, end).map((l) => `${l}\n`).join('') });
    return end;
  }
  parts.push(directive(word, argument, at));
  return at;
}

function directive(word, argument, at) {
  if (word === 'needs' && argument === 'real-data') return { kind: 'needs' };
  if (word === 'env' && /^\w+=/.test(argument)) {
    const split = argument.indexOf('=');
    return { kind: 'env', name: argument.slice(0, split), value: argument.slice(split + 1) };
  }
  const [from, to, ...more] = argument.split(' ');
  if (word === 'copy' && from && to && more.length === 0) return { kind: 'copy', from, to };
  throw new Error(`${at + 1}: there is no @${word} ${argument}`);
}

function readMarkdown(lines, parts) {
  let name = null;
  for (let i = 0; i < lines.length; i++) {
    const comment = /^<!-- @(\w+) (.+?) -->$/.exec(lines[i]);
    if (comment && comment[1] === 'file') name = comment[2];
    else if (comment) parts.push(directive(comment[1], comment[2], i));
    const fence = /^(```+)(\w*)/.exec(lines[i]);
    if (!fence) continue;
    const end = lines.indexOf(fence[1], i + 1);
    if (end < 0) throw new Error(`${i + 1}: a block that does not end`);
    if (name) {
      parts.push({ kind: 'file', name, text: lines.slice(i + 1, end).map((l) => `${l}\n`).join('') });
      name = null;
    } else if (fence[2] === 'console') {
      readTranscript(lines, i + 1, end, parts);
    }
    i = end;
  }
  if (name) throw new Error(`@file ${name}: no block follows`);
}

// ---- what is expected ----

/* The expectation of a command: lines of output and of errors, with the number
 * of the line they stand on, and the exit code. Blank lines at the end belong to
 * the layout of the file. */
function expectationOf(lines, command) {
  let { to } = command;
  while (to > command.from && lines[to - 1].trim() === '') to--;
  const expected = { out: [], err: [], code: 0, to };
  for (let i = command.from; i < to; i++) {
    const line = lines[i];
    if (line.startsWith('! ') || line === '!') expected.err.push({ text: line.slice(2), at: i + 1 });
    else if (/^\? \d+$/.test(line)) expected.code = Number(line.slice(2));
    else expected.out.push({ text: line, at: i + 1 });
  }
  return expected;
}

/* Output as the lines that a transcript has for it. */
function linesOf(text, mark) {
  if (text === '') return [];
  const lines = text.split('\n');
  const ended = lines.pop() === '';
  if (!ended) lines.push(text.slice(text.lastIndexOf('\n') + 1));
  return lines.map((line, i) => {
    const last = i === lines.length - 1;
    const tail = last && !ended ? `${line} (no newline)` : line;
    if (mark) return tail === '' ? mark : `${mark} ${tail}`;
    const blankAtEnd = tail.trim() === '' && lines.slice(i).every((l) => l.trim() === '');
    const special = /^([$>!?#] |#$|!$|[@\\]|```)/.test(tail) || tail === '...' || blankAtEnd;
    return special ? `\\${tail}` : tail;
  });
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function matches(expected, actual) {
  if (expected === actual || (expected === '' && actual === '\\')) return true;
  if (!expected.includes('...')) return false;
  return new RegExp(`^${expected.split('...').map(escaped).join('.*')}$`).test(actual);
}

/*
 * The cheapest way to make one list of the other, by dynamic programming: steps
 * '=' (both), '-' (expected only), '+' (came only). A line `...` takes any
 * number of lines for nothing.
 */
function align(expected, actual, anyLines) {
  const n = expected.length, m = actual.length;
  if (n === m && expected.every((e, i) => e.text === actual[i]))
    return { good: true, steps: expected.map((e) => ({ sign: '=', expected: e })) };
  if (n * m > MOST_CELLS) {
    const gone = expected.map((e) => ({ sign: '-', expected: e }));
    return { good: false, steps: [...gone, ...actual.map((a) => ({ sign: '+', actual: a }))] };
  }
  const cost = Array.from({ length: n + 1 }, () => new Float64Array(m + 1));
  const any = (i) => expected[i].text === anyLines;
  for (let i = n; i >= 0; i--) {
    for (let j = m; j >= 0; j--) {
      if (i === n && j === m) continue;
      let best = Infinity;
      if (i < n && any(i)) best = Math.min(cost[i + 1][j], j < m ? cost[i][j + 1] : Infinity);
      else if (i < n && j < m && matches(expected[i].text, actual[j])) best = cost[i + 1][j + 1];
      if (i < n && !any(i)) best = Math.min(best, 1 + cost[i + 1][j]);
      if (j < m) best = Math.min(best, 1 + cost[i][j + 1]);
      cost[i][j] = best;
    }
  }
  const steps = [];
  for (let i = 0, j = 0; i < n || j < m;) {
    if (i < n && any(i) && cost[i][j] === cost[i + 1][j]) steps.push({ sign: '=', expected: expected[i++] });
    else if (i < n && any(i) && j < m && cost[i][j] === cost[i][j + 1]) j++;
    else if (i < n && j < m && !any(i) && matches(expected[i].text, actual[j]) && cost[i][j] === cost[i + 1][j + 1]) {
      steps.push({ sign: '=', expected: expected[i++], actual: actual[j++] });
    } else if (i < n && cost[i][j] === 1 + cost[i + 1][j]) steps.push({ sign: '-', expected: expected[i++] });
    else steps.push({ sign: '+', actual: actual[j++] });
  }
  return { good: cost[0][0] === 0, steps };
}

// ---- running ----

function environment(folder, bin, extra) {
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    LC_ALL: 'C',
    NO_COLOR: '1',
    SOURCE_DATE_EPOCH: '1508544000',
    FOOTPRINT_REAL_DATA: realData(),
  };
  for (const [name, value] of Object.entries(process.env))
    if (/^(ASAN|UBSAN|LSAN|TSAN)_OPTIONS$/.test(name)) env[name] = value;
  return { ...env, ...extra };
}

function realData() {
  return path.resolve(root, process.env.FOOTPRINT_REAL_DATA || '../shared/data');
}

function run(command, folder, bin, extra) {
  const result = spawnSync('sh', ['-e', '-c', command.text], {
    cwd: folder,
    env: environment(folder, bin, extra),
    encoding: 'utf8',
    input: '',
    timeout: LONGEST_RUN_MS,
    maxBuffer: 1 << 28,
  });
  if (result.error) throw new Error(`${command.line}: ${command.text}: ${result.error.message}`);
  return result;
}

/* Compare one run; returns what is to be printed, and the lines as they should be. */
function judge(file, lines, command, result) {
  const expected = expectationOf(lines, command);
  const out = align(expected.out, linesOf(result.stdout, ''), '...');
  const err = align(expected.err.map((l) => ({ ...l, text: l.text === '' ? '!' : `! ${l.text}` })), linesOf(result.stderr, '!'), '! ...');
  const code = result.status ?? `killed by ${result.signal}`;
  const good = out.good && err.good && code === expected.code;
  if (good) return { good, lines: lines.slice(command.from, command.to) };

  const report = [`--- ${file}:${command.line} $ ${command.text.split('\n')[0]}`, '+++ what came'];
  for (const { steps } of [out, err]) {
    for (const step of steps) {
      if (step.sign === '=') report.push(` ${step.expected.text}`);
      else if (step.sign === '-') report.push(`-${step.expected.text}    (line ${step.expected.at})`);
      else report.push(`+${step.actual}`);
    }
  }
  if (code !== expected.code) report.push(`-? ${expected.code}`, `+? ${code}`);
  const kept = ({ steps }) => steps.filter((s) => s.sign !== '-').map((s) => (s.sign === '=' ? s.expected.text : s.actual));
  const now = [...kept(out), ...kept(err), ...(code === 0 ? [] : [`? ${code}`])];
  return { good, report, lines: [...now, ...lines.slice(expected.to, command.to)] };
}

function runFile(file, { bin, update }) {
  const text = fs.readFileSync(file, 'utf8');
  const lines = text.replace(/\n$/, '').split('\n');
  const parts = [];
  if (file.endsWith('.md')) readMarkdown(lines, parts);
  else readTranscript(lines, 0, lines.length, parts);
  if (parts.some((p) => p.kind === 'needs') && !fs.existsSync(realData())) {
    console.log(`${file}: skipped: there is no folder ${realData()} (set FOOTPRINT_REAL_DATA)`);
    return SKIPPED;
  }

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'footprint-'));
  const extra = {};
  const edits = [];
  let failed = 0, commands = 0;
  try {
    for (const part of parts) {
      if (part.kind === 'env') extra[part.name] = part.value;
      if (part.kind === 'copy')
        fs.cpSync(path.resolve(path.dirname(file), part.from), path.join(folder, part.to), { recursive: true });
      if (part.kind === 'file') {
        fs.mkdirSync(path.dirname(path.join(folder, part.name)), { recursive: true });
        fs.writeFileSync(path.join(folder, part.name), part.text);
      }
      if (part.kind !== 'command') continue;
      commands++;
      const verdict = judge(file, lines, part, run(part, folder, bin, extra));
      edits.push({ part, lines: verdict.lines });
      if (verdict.good) continue;
      failed++;
      if (!update) console.log(verdict.report.join('\n'));
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  if (update && failed > 0) {
    for (const { part, lines: now } of edits.reverse()) lines.splice(part.from, part.to - part.from, ...now);
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
    console.log(`${file}: ${failed} of ${commands} commands written anew`);
    return 0;
  }
  console.log(`${file}: ${commands} commands, ${failed} not as expected`);
  return failed > 0 ? 1 : 0;
}

function main(args) {
  const options = { bin: path.join(root, 'build/release'), update: false };
  const files = [];
  while (args.length > 0) {
    const word = args.shift();
    if (word === '--update') options.update = true;
    else if (word === '--bin' && args.length > 0) options.bin = path.resolve(args.shift());
    else if (word.startsWith('-')) return usage();
    else files.push(word);
  }
  if (files.length === 0) return usage();
  const outcomes = files.map((file) => {
    try {
      return runFile(file, options);
    } catch (error) {
      console.log(`${file}:${error.message}`);
      return 1;
    }
  });
  if (outcomes.includes(1)) return 1;
  return outcomes.every((o) => o === SKIPPED) ? SKIPPED : 0;
}

function usage() {
  console.error('transcript.mjs [--update] [--bin FOLDER] FILE...');
  return 2;
}

process.exitCode = main(process.argv.slice(2));
