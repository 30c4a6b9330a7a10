// Runs one probe on the functions themselves.

import { docOf, isDoc, keysOf, type Doc, type Value } from '../../../../src/embedded-db/query/bson.ts';
import { QueryError } from '../../../../src/embedded-db/query/errors.ts';
import { compileFilter } from '../../../../src/embedded-db/query/filter.ts';
import { runPipeline } from '../../../../src/embedded-db/query/pipeline.ts';
import { compileProjection } from '../../../../src/embedded-db/query/projection.ts';
import { compileOrder, sortDocs } from '../../../../src/embedded-db/query/sort.ts';
import { compileUpdate, upsertSeed } from '../../../../src/embedded-db/query/update.ts';
import { NOW as now, type Operation, type Probe } from './probe.ts';

/** Whether a probe asks for something that only a server with indexes has. */
export function needsServer([, , operation, expected]: Probe): boolean {
  if (!('find' in operation) || operation.indexes === undefined) return false;
  return operation.hint !== undefined || (expected !== 'same' && 'code' in expected);
}

/** The probe's outcome in the form of its expectation. */
export function outcomeOf(plainDocs: Doc[], operation: Operation): Value[] | Doc | 'same' | { code: number } {
  // As they come out of storage: without inherited fields.
  const docs = plainDocs.map((doc) => stored(doc));
  try {
    if ('find' in operation) return found(docs, operation);
    if ('aggregate' in operation) return aggregated(docs, operation);
    return updated(docs, operation);
  } catch (error) {
    if (error instanceof QueryError) return { code: error.code };
    throw error;
  }
}

function stored<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map(stored) as T;
  return isDoc(value) ? (docOf(keysOf(value).map((key) => [key, stored(value[key]!)])) as T) : value;
}

function found(docs: Doc[], { find, sort, project }: Extract<Operation, { find: Doc }>): Value[] {
  const matching = docs.filter(compileFilter(find, { NOW: now }));
  const sorted = sort === undefined ? matching : [...sortDocs(matching, compileOrder(sort))];
  if (project === undefined) return sorted.map((doc) => doc['_id']!);
  return sorted.map(compileProjection(project));
}

function aggregated(
  docs: Doc[],
  { aggregate, others = [] }: Extract<Operation, { aggregate: Doc[] }>,
): Value[] {
  const collection = () => ({ find: (filter: Doc) => others.filter(compileFilter(filter)) });
  return [...runPipeline(docs, aggregate, { now, collection })];
}

function updated(
  docs: Doc[],
  { update, filter = {}, arrayFilters, upsert }: Extract<Operation, { update: unknown }>,
): Doc | 'same' {
  const options = { now, filter, ...(arrayFilters === undefined ? {} : { arrayFilters }) };
  if (upsert === true) {
    const replaces = isDoc(update) && !Object.keys(update)[0]!.startsWith('$');
    return compileUpdate(update, { ...options, isUpsertInsert: true })(upsertSeed(filter, replaces));
  }
  const before = docs.find(compileFilter(filter))!;
  const copy = structuredClone(
    JSON.stringify(before, (_key, value: unknown) =>
      typeof value === 'bigint' ? `${String(value)}n` : value,
    ),
  );
  const after = compileUpdate(update, options)(before);
  const kept = JSON.stringify(before, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${String(value)}n` : value,
  );
  if (kept !== copy) throw new Error('the update changed the document it was given');
  return after === before ? 'same' : after;
}
