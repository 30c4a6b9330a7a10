import { expect } from 'chai';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Acknowledged, Report } from './support/crash-writer.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 20);
const WRITER = new URL('./support/crash-writer.ts', import.meta.url).pathname;

interface Checked {
  readonly errors: string[];
  readonly documents: number;
  readonly entries: number;
}

describe('embedded-db/crash', () => {
  it(`loses nothing acknowledged and leaves nothing half-applied when killed ${ROUNDS} times while writing`, async function () {
    this.timeout(10_000 + ROUNDS * 10_000);
    const dir = mkdtempSync(join(tmpdir(), 'skillroll-crash-'));
    const known: Acknowledged = { inserted: [], deleted: [], counters: {}, transfers: [] };
    try {
      for (let round = 0; round <= ROUNDS; round++) {
        const child = fork(WRITER, {
          execArgv: ['--import', 'tsx'],
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        });
        const checked = await letItWrite(
          child,
          { dir, round, known },
          round < ROUNDS ? 150 + Math.random() * 450 : 0,
        );
        expect(checked.errors.slice(0, 5), `after ${round} crashes`).to.deep.equal([]);
        if (round < ROUNDS) continue;
        expect(checked.documents).to.be.at.least(known.inserted.length + known.transfers.length);
        expect(checked.entries).to.be.at.least(known.inserted.length * 3);
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    // A round in which little was written would prove little.
    for (const ids of [known.inserted, known.deleted, known.transfers]) {
      expect(ids.length).to.be.at.least(ROUNDS * 5);
    }
  });
});

// Resolves with the child's check of what it found, once it has been killed `writing` milliseconds after that.
function letItWrite(
  child: ChildProcess,
  order: { dir: string; round: number; known: Acknowledged },
  writing: number,
): Promise<Checked> {
  return new Promise((resolve, reject) => {
    let checked: Checked | undefined;
    child.on('message', (report: Report) => {
      if (report.kind !== 'checked') return remember(order.known, report);
      checked = report;
      setTimeout(() => child.kill('SIGKILL'), report.errors.length > 0 ? 0 : writing);
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
