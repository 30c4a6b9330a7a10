// A dry run of a very long XLSX: memory above idle, in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSheet } from '../../src/sheets/write-sheet.ts';
import { programOf } from '../support/program.ts';
import { rows } from '../support/rosters.ts';
import type { Measured } from './measure.ts';

export async function benchDryRun(count: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'skillroll-bench-'));
  try {
    const path = join(folder, 'roster.xlsx');
    const columns = ['姓名', '证件号码', '文化程度'].map((heading) => ({ heading, width: 20, text: true }));
    const lines = rows(count).map(({ cells }) => [cells.name!, cells.documentNumber!, cells.education ?? '']);
    writeFileSync(path, await writeSheet({ sheets: [{ name: '花名册', columns, rows: lines }] }));
    const child = programOf('test/bench/dry-run-child.ts');
    const ran = spawnSync(process.execPath, ['--expose-gc', ...child, path, String(count)], {
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(ran.stderr);
    const { rows: read, bad, above } = JSON.parse(ran.stdout) as { rows: number; bad: number; above: number };
    if (read !== count || bad > 0) throw new Error(`${read} of ${count} rows were read, ${bad} of them bad`);
    const megabytes = above / 1024 / 1024;
    return {
      name: `dry run of an XLSX of ${count} rows`,
      result: `${Math.round(megabytes)} MB above idle`,
      baseline: 'the same process before it read',
      ratio: '',
      goal: 'at most 150 MB',
      met: megabytes <= 150,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
