// Copies the documents of one collection in batches, in the order of their ids, so that it can go on where it stopped.
import { mongo } from 'mongoose';
import { carry } from './carry.ts';
import { MoveRefused } from './move-refused.ts';

export interface BatchSize {
  readonly documents: number;
  readonly bytes: number;
}

/** Copies what follows the first `from` documents; `onBatch` hears how many came. Throws MoveRefused for one that cannot be copied. */
export async function copyCollection(
  source: mongo.Db,
  target: mongo.Db,
  copied: { name: string; from: number; size: BatchSize; onBatch: (documents: number) => void },
): Promise<void> {
  const { name, from, size, onBatch } = copied;
  let batch: mongo.Document[] = [];
  let bytes = 0;
  const send = async () => {
    if (batch.length === 0) return;
    await insert(target, name, batch);
    onBatch(batch.length);
    batch = [];
    bytes = 0;
  };
  const cursor = source
    .collection(name)
    .find({}, { raw: true })
    .sort({ _id: 1 })
    .skip(from)
    .batchSize(size.documents);
  for await (const document of cursor) {
    const raw = document as unknown as Uint8Array;
    if (batch.length >= size.documents || (batch.length > 0 && bytes + raw.length > size.bytes)) await send();
    const carried = carry(raw);
    if (carried === null)
      throw new MoveRefused(
        `A document of ${name} cannot be copied exactly: ${idOf(raw)}. It holds a value of a retired type, text that is no UTF-8, or a date beyond the year 275760. Mend it in the source and run the same command again.`,
      );
    batch.push(carried);
    bytes += raw.length;
  }
  await send();
}

async function insert(target: mongo.Db, name: string, documents: mongo.Document[]): Promise<void> {
  const reply = await target.command({ insert: name, documents, writeConcern: { w: 'majority' } });
  const [error] = (reply['writeErrors'] ?? []) as { errmsg: string }[];
  if (error) throw new MoveRefused(`The target does not take a document of ${name}: ${error.errmsg}`);
  const concern = reply['writeConcernError'] as { errmsg: string } | undefined;
  if (concern) throw new MoveRefused(`The target did not confirm documents of ${name}: ${concern.errmsg}`);
}

function idOf(raw: Uint8Array): string {
  return JSON.stringify(mongo.BSON.deserialize(raw, { validation: { utf8: false } })['_id']);
}
