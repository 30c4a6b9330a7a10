// The tables of docs/benchmarks.md, each between two marks; what is written around them stays.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Measured } from './measure.ts';

const page = new URL('../../docs/benchmarks.md', import.meta.url);

/** One line of what was measured, for a terminal. */
export const inOneLine = (one: Measured): string =>
  `${one.met ? 'met   ' : 'MISSED'}  ${one.name}: ${one.result}; ${one.baseline}; ${one.ratio} (${one.goal})`;

/** Replaces the table between `<!-- mark -->` and `<!-- /mark -->`. */
export function writeTable(mark: string, about: string, results: readonly Measured[]): void {
  const machine = `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? ''}, ${about}`;
  const rows = results.map(
    (one) =>
      `| ${one.name} | ${one.result} | ${one.baseline} | ${one.ratio} | ${one.goal} | ${verdict(one)} |`,
  );
  const table = [
    `<!-- ${mark} -->`,
    '',
    machine,
    '',
    '| what | result | baseline in the same run | ratio | goal | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `<!-- /${mark} -->`,
  ].join('\n');
  const text = readFileSync(page, 'utf8');
  const place = new RegExp(`<!-- ${mark} -->[\\s\\S]*<!-- /${mark} -->`);
  if (!place.test(text)) throw new Error(`docs/benchmarks.md has no place for the table "${mark}"`);
  writeFileSync(
    page,
    text.replace(place, () => table),
  );
}

const verdict = ({ goal, met }: Measured) => (goal === 'stated' ? '' : met ? 'met' : 'missed');
