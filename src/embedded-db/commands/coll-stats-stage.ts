// $collStats: the sizes of a collection as the first stage of a pipeline, by which shells and tools ask for them.
import { CommandError, unsupported } from '../errors.ts';
import { isDoc, keysOf, type Doc } from '../query/bson.ts';
import type { Operation } from '../session/operation.ts';
import { docFrom } from '../wire/reply.ts';
import { collectionStats, scaleOf } from './coll-stats.ts';

const KNOWN = new Set(['storageStats', 'count']);

/** Whether a stage is $collStats. */
export function asksForStats(stage: Doc | undefined): stage is Doc {
  return stage !== undefined && keysOf(stage).join() === '$collStats';
}

/** The one document of the stage. NamespaceNotFound (26) without the collection; latencies and their like are refused by name. */
export function statsDocument(op: Operation, name: string, stage: Doc): Doc {
  const given = stage['$collStats'];
  if (!isDoc(given)) throw new CommandError(5447000, '$collStats must take a nested object');
  const other = keysOf(given).find((option) => !KNOWN.has(option));
  if (other !== undefined) throw unsupported(`$collStats with ${other}`);
  if (!op.collection(name)) throw new CommandError(26, `Collection [${op.db}.${name}] not found.`);
  const storage = given['storageStats'];
  const stats = collectionStats(op, name, isDoc(storage) ? scaleOf(storage) : 1);
  return docFrom({
    ns: `${op.db}.${name}`,
    host: op.engine.address,
    localTime: op.now,
    storageStats: storage === undefined ? undefined : docFrom(stats),
    count: given['count'] === undefined ? undefined : stats['count'],
  });
}
