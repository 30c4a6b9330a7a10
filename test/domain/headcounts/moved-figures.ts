// Compares two histories by every figure and companion of a year.
import { buildYear, countFigures, type YearFacts } from '../../../src/domain/headcounts/index.ts';
import { endOf2022 } from './build-facts.ts';

/** Values and companions of a year's figures, each as one number under its own name. */
export function numbers(facts: YearFacts, year = 2021, cutOff = endOf2022): Record<string, number | null> {
  const all: Record<string, number | null> = {};
  for (const figure of countFigures(buildYear(facts, year), { scope: { kind: 'district' }, cutOff })) {
    if (!figure.recorded) continue;
    all[figure.code] = figure.value;
    for (const { key, value } of figure.companions) all[`${figure.code} ${key}`] = value;
  }
  return all;
}

/** What is different between two histories, number by number; everything else is the same. */
export function moved(before: YearFacts, after: YearFacts, year = 2021): Record<string, number> {
  const [from, to] = [numbers(before, year), numbers(after, year)];
  const difference: Record<string, number> = {};
  for (const [name, value] of Object.entries(to)) {
    if (value !== from[name]) difference[name] = value! - from[name]!;
  }
  return difference;
}
