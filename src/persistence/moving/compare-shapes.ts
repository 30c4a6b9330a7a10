// Compares what a move made in its target with what the source has: collections, their options and their indexes.
import type { mongo } from 'mongoose';
import { MoveRefused } from './move-refused.ts';
import { surveyDatabase, type SurveyedCollection } from './survey.ts';

/** Throws MoveRefused where they differ; `found` are collections that the target held before. */
export async function compareShapes(
  target: mongo.Db,
  wanted: readonly SurveyedCollection[],
  found: readonly string[],
): Promise<void> {
  const there = await surveyDatabase(target);
  const differing: string[] = [];
  for (const one of wanted) {
    const other = there.find(({ name }) => name === one.name);
    const [ours, theirs] = [partsOf(one), partsOf(other)];
    const differences = [
      ...ours.filter((part) => !theirs.includes(part)).map((part) => `missing ${part}`),
      ...theirs.filter((part) => !ours.includes(part)).map((part) => `not in the source ${part}`),
    ];
    if (differences.length > 0)
      differing.push(`The options or indexes of ${one.name} differ: ${differences.join('; ')}.`);
  }
  for (const { name, count } of there)
    if (count > 0 && !found.includes(name) && !wanted.some((one) => one.name === name))
      differing.push(`The target holds ${name}, and the source does not.`);
  if (differing.length > 0)
    throw new MoveRefused(`${differing.join('\n')}\nMend that in the target and run the same command again.`);
}

/** The options and each index as text that is equal for equal ones: options in any order, keys in theirs. */
function partsOf(collection: SurveyedCollection | undefined): string[] {
  return collection === undefined ? [] : [collection.options, ...collection.indexes].map(inOneLine);
}

function inOneLine(spec: object): string {
  return JSON.stringify(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1)));
}
