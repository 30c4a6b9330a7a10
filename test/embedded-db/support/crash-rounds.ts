// Kills the process that writes, again and again, and gathers what was acknowledged and what the checks found.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { NOTE_FILE } from '../../../src/embedded-db/maintenance/put-in-place.ts';
import { openPageFile } from '../../../src/embedded-db/pages/page-file.ts';
import { pageView } from '../../../src/embedded-db/pages/page-view.ts';
import { storedCollections } from '../../../src/embedded-db/maintenance/stored-collections.ts';
import { decode } from '../../../src/embedded-db/query/bson.ts';
import { tableEntries } from '../../../src/embedded-db/storage/view.ts';
import { compileInto } from './compile.ts';
import { faultsIn, nothingYet, type Acknowledged, type Stored } from './crash-facts.ts';
import type { Acknowledgement } from './crash-works.ts';
import type { Order, Report } from './crash-writer.ts';

const WRITER = 'test/embedded-db/support/crash-writer.ts';
/** Acknowledged inserts, deletes and transfers, each, before a round may end. */
const LEAST = 3;
/** Rounds on one directory, so that the checks of a long run do not take ever longer. */
const SERIES = 25;

/** How often each thing happened; `faults` has one sentence for each thing that must not be. */
export interface Figures {
  readonly counts: Map<string, number>;
  readonly faults: string[];
  /** Where the last directory is, kept only when there are faults. */
  readonly root: string;
}

/** Kills a writer `rounds` times; stops at the first round with faults. */
export async function crashRounds(
  rounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<Figures> {
  const root = mkdtempSync(join(tmpdir(), 'skillroll-crash-'));
  const program = compileInto(join(root, 'program'), WRITER);
  const figures: Figures = { counts: new Map(), faults: [], root };
  const spare = sparesOf(program);
  try {
    for (let round = 0; round <= rounds && figures.faults.length === 0;) {
      const series = { dir: join(root, `data ${round}`), known: nothingYet() };
      const last = Math.min(round + SERIES, rounds);
      for (; round < last && figures.faults.length === 0; round++) {
        if (Math.random() < 0.25) await compactAndKill(spare(), series, figures);
        await writeAndKill(spare, { ...series, round, figures, backup: Math.random() < 0.3 });
        onRound(round + 1);
      }
      if (figures.faults.length === 0) await checkOnly(spare(), { ...series, round, figures });
      if (figures.faults.length === 0) rmSync(series.dir, { recursive: true });
      if (round === rounds) break;
    }
  } finally {
    spare.end();
    if (figures.faults.length === 0) rmSync(root, { recursive: true, force: true });
  }
  return figures;
}

interface Series {
  readonly dir: string;
  readonly known: Acknowledged;
}

interface Round extends Series {
  readonly round: number;
  readonly figures: Figures;
}

// A child lives meanwhile; a wait that its end makes needless keeps nobody.
const sleep = (ms: number): Promise<unknown> => setTimeout(ms, undefined, { ref: false });

const count = ({ counts }: Figures, what: string, by = 1): void =>
  void counts.set(what, (counts.get(what) ?? 0) + by);

// Two processes have always loaded their code already, while another one writes.
function sparesOf(program: string): (() => ChildProcess) & { end(): void } {
  const begin = (): ChildProcess =>
    fork(program, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = [begin(), begin()];
  const take = (): ChildProcess => {
    waiting.push(begin());
    return waiting.shift()!;
  };
  return Object.assign(take, { end: () => waiting.forEach((child) => child.kill('SIGKILL')) });
}

// Half of them may come to their end, however slow the machine is today.
const someTime = (usual: number): number => (Math.random() < 0.5 ? Math.random() * usual : 20_000);

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Runs one task and kills it after `delay`; true when it had finished by then. */
async function runAndKill(
  child: ChildProcess,
  order: Order,
  figures: Figures,
  delay: Promise<unknown>,
): Promise<boolean> {
  let finished = false;
  child.on('message', (report: Report) => {
    if (report.kind === 'finished') finished = true;
    if (report.kind === 'failed') figures.faults.push(report.why);
  });
  const ended = endOf(child);
  child.send(order);
  await Promise.race([delay, ended]);
  child.kill('SIGKILL');
  await ended;
  return finished;
}

async function compactAndKill(child: ChildProcess, { dir }: Series, figures: Figures): Promise<void> {
  if (!existsSync(join(dir, 'data.mdb'))) return void child.kill('SIGKILL');
  const finished = await runAndKill(child, { task: 'compact', dir }, figures, sleep(someTime(600)));
  count(figures, finished ? 'compactions finished' : 'compactions killed');
}

async function writeAndKill(spare: () => ChildProcess, given: Round & { backup: boolean }): Promise<void> {
  const { dir, round, known, figures } = given;
  const child = spare();
  const early = Math.random() < 0.15;
  const fresh = { inserted: 0, deleted: 0, transfers: 0, kept: 0 };
  const written = new Promise<void>((resolve) => {
    child.on('message', (report: Report) => {
      if (report.kind === 'checked') {
        count(figures, 'checks');
        count(figures, 'index entries checked', report.entries);
        figures.faults.push(...report.errors);
      } else if (report.kind !== 'finished' && report.kind !== 'failed') {
        remember(known, report, figures);
        if (report.kind in fresh && 'ids' in report) fresh[report.kind] += report.ids.length;
      }
      if (figures.faults.length > 0) return resolve();
      if (fresh.inserted >= LEAST && fresh.deleted >= LEAST && fresh.transfers >= LEAST) resolve();
    });
  });
  const backup = given.backup && !early ? written.then(() => backUp(spare(), given)) : undefined;
  const moment = early
    ? sleep(Math.random() * 400)
    : written.then(() => sleep(Math.random() * (backup ? 700 : 200)));
  const order: Order = { task: 'write', dir, round, known };
  await runAndKill(child, order, figures, moment);
  count(figures, early ? 'kills while starting or checking' : 'kills while writing');
  await backup;
}

// The parent cannot know less than what had been acknowledged before the copy began.
async function backUp(child: ChildProcess, { dir, round, known, figures }: Round): Promise<void> {
  const to = join(dir, '..', `backup ${round}`);
  const before = structuredClone(known);
  const order: Order = { task: 'back up', dir, to };
  const finished = await runAndKill(child, order, figures, sleep(someTime(800)));
  count(figures, finished ? 'backups finished' : 'backups killed');
  if (finished) figures.faults.push(...faultsIn(storedIn(to), before).map((one) => `in a backup: ${one}`));
  else if (existsSync(join(to, NOTE_FILE)) && figures.faults.length === 0)
    count(figures, 'backups whole when killed');
  rmSync(to, { recursive: true, force: true });
}

async function checkOnly(child: ChildProcess, { dir, round, known, figures }: Round): Promise<void> {
  let checked = false;
  const done = new Promise<void>((resolve) => {
    child.on('message', (report: Report) => {
      if (report.kind !== 'checked') return;
      checked = true;
      figures.faults.push(...report.errors);
      const least = known.inserted.length + known.transfers.length + known.kept.length;
      if (report.documents < least)
        figures.faults.push(`${report.documents} documents, but ${least} acknowledged`);
      resolve();
    });
  });
  await runAndKill(child, { task: 'write', dir, round, known }, figures, done);
  if (!checked) figures.faults.push('the last check did not come to an end');
}

function remember(known: Acknowledged, report: Acknowledgement, figures: Figures): void {
  if (report.kind === 'did') return count(figures, report.what);
  if (report.kind === 'counter') {
    count(figures, 'counted');
    known.counters[report.id] = Math.max(known.counters[report.id] ?? 0, report.value);
    return;
  }
  count(figures, report.kind, report.ids.length);
  known[report.kind].push(...report.ids);
}

function storedIn(dir: string): Stored {
  const file = openPageFile(dir);
  try {
    const view = pageView(file, file.heads[0]);
    const { collections } = storedCollections(view);
    const documents = (name: string): never => {
      const table = collections.find((one) => one.name === name)?.table;
      return (table === undefined
        ? []
        : [...tableEntries(view, table)].map(({ value }) => decode(value))) as unknown as never;
    };
    return {
      items: documents('items'),
      fleeting: documents('fleeting'),
      counters: documents('counters'),
      accounts: documents('accounts'),
      transfers: documents('transfers'),
      mirror: documents('mirror'),
    };
  } finally {
    file.close();
  }
}
