// What an act would change, on one line, in the three years around it.
import { buildYear, type Effect, type YearFacts } from '../../../src/domain/headcounts/index.ts';
import { endOf2022 } from './build-facts.ts';

export const district = { cutOff: endOf2022, scope: { kind: 'district' } } as const;

export const years = (facts: YearFacts) => [2020, 2021, 2022].map((year) => buildYear(facts, year));

/** `2021 F15 filingEnterprises 1→0 (3: 1→0)`: year, figure, measure, change, months that change. */
export function effectWords({ year, code, measure, before, after, months }: Effect): string {
  const changed = months.map((one) => `${one.month}: ${one.before}→${one.after}`).join(', ');
  return `${year} ${code} ${measure} ${before}→${after} (${changed})`;
}
