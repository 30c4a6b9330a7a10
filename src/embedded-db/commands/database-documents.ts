// What an aggregation over the database itself, `{ aggregate: 1 }`, starts with: documents of its own, or the sessions here.
import { createHash } from 'node:crypto';
import { CommandError } from '../errors.ts';
import { Binary, isDoc, keysOf, newDoc, type Doc } from '../query/bson.ts';
import { compileExpression } from '../query/expressions.ts';
import { runPipeline } from '../query/pipeline.ts';
import type { Operation } from '../session/operation.ts';

/** The documents of a pipeline's first stage. InvalidNamespace (73) for a stage that needs a collection. */
export function databaseDocuments(op: Operation, first: Doc | undefined, vars: Doc): Doc[] {
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
