// aggregate: a pipeline over one collection; what an index can serve is read by plan, the rest runs as a stream.
import { CommandError, unsupported } from '../errors.ts';
import { countRows, findRows, type FindQuery } from '../planner/find-rows.ts';
import { madeRow, type Row } from '../planner/scan.ts';
import { isDoc, keysOf, newDoc, setField, type Doc } from '../query/bson.ts';
import { holdAll } from '../query/memory.ts';
import {
  neededFields,
  runPipeline,
  splitPipeline,
  type PipelineContext,
  type SplitPipeline,
} from '../query/pipeline.ts';
import type { Operation } from '../session/operation.ts';
import type { Request } from '../wire/op-msg.ts';
import { docField, docList, flagOf, numberField, numberOf } from '../wire/fields.ts';
import type { WriteWork } from '../storage/writer.ts';
import { mergeInto, replaceCollection } from '../writes/pipeline-results.ts';
import { deadlineOf, refuseCollation, variablesOf, type ReadOrWriteCommand } from './command.ts';
import { FIRST_BATCH, firstBatch } from './cursor-answer.ts';
import { databaseDocuments } from './database-documents.ts';
import { asksForStats, statsDocument } from './coll-stats.ts';
import { hintOf } from './find.ts';

export const aggregate: ReadOrWriteCommand = {
  inTransaction: true,
  writes: ({ body }) => ['$merge', '$out'].includes(lastStage(body)),
  read(op, request) {
    const { body } = request;
    const name = targetOf(request);
    const batchSize = numberField(docField(body, 'cursor') ?? newDoc(), 'batchSize', FIRST_BATCH);
    return firstBatch(op, `${op.db}.${name}`, asRows(results(op, request, name)), { batchSize });
  },
  *write(op, request) {
    const name = targetOf(request);
    const stage = lastStage(request.body);
    if (op.transaction) throw new CommandError(263, `${stage} cannot be used in a transaction`);
    if (docField(request.body, 'readConcern')?.['level'] === 'linearizable')
      throw new CommandError(72, `${stage} cannot be used with a 'linearizable' read concern level`);
    const pending: WriteWork<void>[] = [];
    for (const _ of results(op, request, name, pending)) void _;
    for (const work of pending) yield* work;
    return { batch: { id: 0n, ns: `${op.db}.${name}`, name: 'firstBatch', documents: [] } };
  },
};

// As MongoDB names the place of a cursor that reads no collection.
const WHOLE_DATABASE = '$cmd.aggregate';

function lastStage(body: Doc): string {
  const stages = Array.isArray(body['pipeline']) ? body['pipeline'] : [];
  const last = stages.at(-1);
  return isDoc(last) ? (keysOf(last)[0] ?? '') : '';
}

function targetOf({ body }: Request): string {
  refuseCollation(body);
  if (body['explain'] !== undefined && flagOf(body['explain']))
    throw unsupported('aggregate with explain: true (use the explain command)');
  if (body['cursor'] === undefined)
    throw new CommandError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const name = body['aggregate'];
  if (typeof name === 'string' && name !== '') return name;
  if (numberOf(name) === 1) return WHOLE_DATABASE;
  throw new CommandError(
    73,
    `Invalid command format: the 'aggregate' field must specify a collection name or 1`,
  );
}

function results(op: Operation, { body }: Request, name: string, pending?: WriteWork<void>[]): Iterable<Doc> {
  const stages = docList(body['pipeline'], 'aggregate.pipeline');
  const vars = variablesOf(op, body);
  if (name === WHOLE_DATABASE)
    return runPipeline(databaseDocuments(op, stages[0], vars), stages.slice(1), contextOf(op, vars, pending));
  if (asksForStats(stages[0]))
    return runPipeline([statsDocument(op, name, stages[0])], stages.slice(1), contextOf(op, vars, pending));
  const { docs, rest } = served(op, name, stages, { hint: hintOf(body), vars, deadline: deadlineOf(body) });
  return runPipeline(docs, rest, contextOf(op, vars, pending));
}

/** What a collection gives after the leading stages that its indexes can serve, and the stages that are left. */
function served(
  op: Operation,
  name: string,
  stages: Doc[],
  given: Pick<FindQuery, 'hint' | 'vars' | 'deadline'>,
): { docs: Iterable<Doc>; rest: Doc[] } {
  const split = splitPipeline(stages);
  const { filter, sort, skip, limit, rest } = split;
  const query: FindQuery = {
    filter,
    sort,
    skip,
    limit,
    ...given,
    fields: neededFields(split),
    memoryLimit: op.engine.memoryLimit,
  };
  const collection = op.collection(name);
  const counted = sort ? undefined : countField(split);
  if (!counted) return { docs: docsOf(findRows(op.view, collection, query)), rest };
  return {
    docs: countResult(countRows(op.view, collection, query), counted),
    rest: rest.slice(1),
  };
}

function contextOf(op: Operation, vars: Doc, pending: WriteWork<void>[] | undefined): PipelineContext {
  const { memoryLimit } = op.engine;
  return {
    vars,
    now: op.now,
    memoryLimit,
    collection: (name) => ({
      find: (filter) => docsOf(findRows(op.view, op.collection(name), { filter, vars })),
      serve: (stages) => served(op, name, stages, { vars }),
    }),
    ...(pending
      ? {
          merge: (target, docs, options) =>
            void pending.push(mergeInto(op, target, holdAll(docs, '$merge', memoryLimit), options)),
          out: (target, docs) =>
            void pending.push(replaceCollection(op, target, holdAll(docs, '$out', memoryLimit))),
        }
      : {}),
  };
}

function* docsOf(found: Iterable<Row>): Generator<Doc, void, void> {
  for (const { doc } of found) yield doc;
}

function* asRows(docs: Iterable<Doc>): Generator<Row, void, void> {
  for (const doc of docs) yield madeRow(doc);
}

interface CountField {
  readonly name: string;
  readonly id?: Doc[string];
}

// `$count`, and the `$group` by which drivers count documents, need no documents where an index can count.
function countField({ rest }: SplitPipeline): CountField | undefined {
  const [stage] = rest;
  if (!stage) return undefined;
  if (typeof stage['$count'] === 'string' && /^[^$.\0]+$/.test(stage['$count']))
    return { name: stage['$count'] };
  const group = stage['$group'];
  if (!isDoc(group) || keysOf(group).length !== 2) return undefined;
  const [first, name = ''] = keysOf(group);
  const sum = group[name];
  const id = group['_id'];
  const constant = id === null || numberOf(id) !== undefined;
  if (
    first !== '_id' ||
    id === undefined ||
    !constant ||
    !isDoc(sum) ||
    keysOf(sum).length !== 1 ||
    sum['$sum'] !== 1
  )
    return undefined;
  return { name, id };
}

function countResult(n: number, { name, id }: CountField): Doc[] {
  if (n === 0) return [];
  const doc = newDoc();
  if (id !== undefined) doc['_id'] = id;
  setField(doc, name, n);
  return [doc];
}
