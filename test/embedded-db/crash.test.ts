import { expect } from 'chai';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileInto } from './support/compile.ts';
import type { Acknowledged, Report } from './support/crash-writer.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 20);
/** Acknowledged inserts, deletes and transfers, each, before a round may end. */
const LEAST = 5;
const WRITER = 'test/embedded-db/support/crash-writer.ts';

interface Checked {
  readonly errors: string[];
  readonly documents: number;
  readonly entries: number;
}

describe('embedded-db/crash', () => {
  it(`loses nothing acknowledged and leaves nothing half-applied when killed ${ROUNDS} times while writing`, async function () {
    this.timeout(10_000 + ROUNDS * 10_000);
    const root = mkdtempSync(join(tmpdir(), 'skillroll-crash-'));
    const dir = join(root, 'data');
    const program = compileInto(join(root, 'program'), WRITER);
    const known: Acknowledged = { inserted: [], deleted: [], counters: {}, transfers: [] };
    let next = startWriter(program);
    try {
      for (let round = 0; round <= ROUNDS; round++) {
        const writer = next;
        // The next process loads its code while this one writes.
        if (round < ROUNDS) next = startWriter(program);
        const checked = await letItWrite(writer, { dir, round, known }, round < ROUNDS ? LEAST : 0);
        expect(checked.errors.slice(0, 5), `after ${round} crashes`).to.deep.equal([]);
        if (round < ROUNDS) continue;
        expect(checked.documents).to.be.at.least(known.inserted.length + known.transfers.length);
        expect(checked.entries).to.be.at.least(known.inserted.length * 3);
      }
    } finally {
      next.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    }
    for (const ids of [known.inserted, known.deleted, known.transfers])
      expect(ids.length).to.be.at.least(ROUNDS * LEAST);
  });
});

function startWriter(program: string): ChildProcess {
  return fork(program, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

// Resolves with the child's check of what it found, once it has been killed: at any moment after it has been told of
// `least` inserts, deletes and transfers each, since a round in which little was written would prove little.
function letItWrite(
  child: ChildProcess,
  order: { dir: string; round: number; known: Acknowledged },
  least: number,
): Promise<Checked> {
  return new Promise((resolve, reject) => {
    let checked: Checked | undefined;
    let dying = false;
    const fresh = { inserted: 0, deleted: 0, transfers: 0 };
    const kill = (delay: number): void => {
      dying = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    };
    child.on('message', (report: Report) => {
      if (report.kind === 'checked') {
        checked = report;
        if (report.errors.length > 0 || least === 0) kill(0);
        return;
      }
      remember(order.known, report);
      if (report.kind !== 'counter') fresh[report.kind] += report.ids.length;
      if (!dying && Object.values(fresh).every((count) => count >= least)) kill(Math.random() * 200);
    });
    child.on('close', (code, signal) => {
      if (checked) resolve(checked);
      else reject(new Error(`the writer ended before its check: ${String(code ?? signal)}`));
    });
    child.send(order);
  });
}

function remember(known: Acknowledged, report: Exclude<Report, { kind: 'checked' }>): void {
  if (report.kind === 'counter')
    known.counters[report.id] = Math.max(known.counters[report.id] ?? 0, report.value);
  else known[report.kind].push(...report.ids);
}
