// aggregate: a pipeline over one collection; what an index can serve is read by plan, the rest runs as a stream.
import { createHash } from 'node:crypto';
import { CommandError } from '../errors.ts';
import { countRows, findRows, type FindQuery } from '../planner/find-rows.ts';
import { madeRow, type Row } from '../planner/scan.ts';
import { Binary, docOf, isDoc, keysOf, newDoc, type Doc } from '../query/bson.ts';
import { sameValue } from '../query/compare.ts';
import { compileExpression } from '../query/expressions.ts';
import { holdAll } from '../query/memory.ts';
import { neededFields, runPipeline, splitPipeline, type PipelineContext } from '../query/pipeline.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docField, docList, numberOf } from '../wire/fields.ts';
import type { Answer } from '../wire/reply.ts';
import { mergeInto, replaceCollection } from '../writes/pipeline-results.ts';
import { queryOf, type Command, type Commands } from './command.ts';
import { batchSizeOf, firstBatch } from './cursors.ts';
import { statsDocument } from './listing.ts';

// As MongoDB names the place of a cursor that reads no collection.
const WHOLE_DATABASE = '$cmd.aggregate';

const aggregate: Command = (op, request) => {
  const { body } = request;
  const name = targetOf(body);
  const stages = docList(body['pipeline'], 'aggregate.pipeline');
  const [last = ''] = keysOf(stages.at(-1) ?? {});
  if (last === '$merge' || last === '$out') return write(op, body, name, stages, last);
  const rows = asRows(results(op, body, name, stages));
  return firstBatch(op, name, rows, batchSizeOf(docField(body, 'cursor')));
};

function* write(op: Operation, body: Doc, name: string, stages: Doc[], stage: string): WriteWork<Answer> {
  if (op.transaction) throw new CommandError(263, `${stage} cannot be used in a transaction`);
  const level = docField(body, 'readConcern')?.['level'];
  if (level === 'linearizable' || level === 'snapshot')
    throw new CommandError(72, `${stage} cannot be used with a '${level}' read concern level`);
  const pending: WriteWork<void>[] = [];
  for (const _ of results(op, body, name, stages, pending)) void _;
  for (const work of pending) yield* work;
  return firstBatch(op, name, [].values(), 1);
}

function targetOf(body: Doc): string {
  if (body['cursor'] === undefined) throw new CommandError(9, "The 'cursor' option is required");
  const name = body['aggregate'];
  if (typeof name === 'string' && name !== '') return name;
  if (numberOf(name) === 1) return WHOLE_DATABASE;
  throw new CommandError(73, `Invalid command format: 'aggregate' must be the name of a collection or 1`);
}

function results(
  op: Operation,
  body: Doc,
  name: string,
  stages: Doc[],
  pending?: WriteWork<void>[],
): Iterable<Doc> {
  const query = queryOf(op, body, 'filter');
  const { docs, rest } = beginningOf(op, name, stages, query);
  return runPipeline(docs, rest, contextOf(op, query, pending));
}

/** What a pipeline begins with, and the stages that are left. */
interface Beginning {
  readonly docs: Iterable<Doc>;
  readonly rest: Doc[];
}

type Given = Pick<FindQuery, 'hint' | 'deadline'> & { readonly vars: Doc };

function beginningOf(op: Operation, name: string, stages: Doc[], given: Given): Beginning {
  const [first, ...rest] = stages;
  if (name === WHOLE_DATABASE) return { docs: databaseDocuments(op, first, given.vars), rest };
  if (first && keysOf(first).join() === '$collStats')
    return { docs: [statsDocument(op, name, first['$collStats'])], rest };
  return served(op, name, stages, given);
}

// What an aggregation over the database itself starts with: documents of its own, or the sessions here. InvalidNamespace (73)
// for a stage that needs a collection.
function databaseDocuments(op: Operation, first: Doc | undefined, vars: Doc): Doc[] {
  const [name = ''] = first ? keysOf(first) : [];
  if (name === '$listLocalSessions') return sessions(op);
  if (name !== '$documents') {
    // Where the stage is one that is out of scope, that comes first.
    runPipeline([], first ? [first] : [], { now: op.now, collection: () => ({ find: () => [] }) });
    throw new CommandError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  }
  const docs = compileExpression(first?.['$documents'] ?? null)(newDoc(), vars);
  if (!Array.isArray(docs)) throw new CommandError(5858203, 'an array is expected');
  if (!docs.every(isDoc)) throw new CommandError(40228, '$documents must be an array of objects');
  return docs;
}

// Of the user nobody: there are none.
const NO_USER = createHash('sha256').digest();

function sessions({ engine, now }: Operation): Doc[] {
  return engine.sessions.list().map(({ id, usedAt }) => ({
    _id: { id: new Binary(Buffer.from(id, 'hex'), 4), uid: new Binary(NO_USER) },
    lastUse: new Date(now.getTime() - Math.round(performance.now() - usedAt)),
  }));
}

// What a collection gives after the leading stages that its indexes can serve.
function served(op: Operation, name: string, stages: Doc[], given: Given): Beginning {
  const split = splitPipeline(stages);
  const { rest, ...asked } = split;
  const query: FindQuery = { ...given, ...asked, fields: neededFields(split), memory: op.engine.memory };
  const collection = op.collection(name);
  const counted = asked.sort ? undefined : countedBy(rest[0]);
  if (!counted) return { docs: docsOf(findRows(op.view, collection, query)), rest };
  const n = countRows(op.view, collection, query);
  return { docs: n === 0 ? [] : [counted(n)], rest: rest.slice(1) };
}

const DRIVERS_COUNT = { _id: 1, n: { $sum: 1 } };

// `$count`, and the `$group` by which drivers count documents, need no documents where an index can count.
function countedBy(stage: Doc | undefined): ((n: number) => Doc) | undefined {
  if (!stage || keysOf(stage).length !== 1) return undefined;
  const name = stage['$count'];
  if (typeof name === 'string' && /^[^$.\0]+$/.test(name)) return (n) => docOf([[name, n]]);
  const group = stage['$group'];
  if (isDoc(group) && sameValue(group, DRIVERS_COUNT)) return (n) => ({ ...group, n });
  return undefined;
}

function contextOf(
  op: Operation,
  { vars, deadline }: Given,
  pending: WriteWork<void>[] | undefined,
): PipelineContext {
  const { memory } = op.engine;
  return {
    vars,
    now: op.now,
    memory,
    deadline,
    collection: (name) => ({
      find: (filter) => docsOf(findRows(op.view, op.collection(name), { filter, vars, deadline })),
      serve: (stages) => served(op, name, stages, { vars, deadline }),
    }),
    ...(pending && {
      merge: (target, docs, options) =>
        void pending.push(mergeInto(op, target, holdAll(docs, '$merge', memory), options)),
      out: (target, docs) => void pending.push(replaceCollection(op, target, holdAll(docs, '$out', memory))),
    }),
  };
}

function* docsOf(found: ReturnType<typeof findRows>): Generator<Doc, void, void> {
  for (const { doc } of found) yield doc;
}

function* asRows(docs: Iterable<Doc>): Generator<Row, void, void> {
  for (const doc of docs) yield madeRow(doc);
}

export const aggregation: Commands = { aggregate };
