// Says in text which `_id` a document's key stands for.
import { RANK } from '../query/types.ts';

/** `ObjectId(…)`, a quoted string, or the key's bytes in hex for everything else. */
export function describeId(idKey: Buffer): string {
  if (idKey[0] === RANK.objectId && idKey.length === 13) return `ObjectId(${idKey.toString('hex', 1)})`;
  const text = idKey.toString('utf8', 1, Math.max(1, idKey.length - 2));
  if (idKey[0] === RANK.string && /^[\x20-\x7e]*$/.test(text)) return JSON.stringify(text);
  return idKey.toString('hex');
}
