// The index keys of a document: one per combination of array elements along the indexed paths, as MongoDB makes them.
import { CommandError } from '../errors.ts';
import type { Doc } from '../query/bson.ts';
import { spreadPaths, type Row } from '../query/spread.ts';
import { byteWriter } from './byte-writer.ts';
import { writeValue } from './encode.ts';

export interface KeyField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

export interface ExtractedKeys {
  /** Encoded fields without the document's `_id`, no duplicates; with each the values that were encoded. */
  readonly keys: readonly { readonly bytes: Buffer; readonly values: Row }[];
  /** For each field, whether an array lay on its path. */
  readonly multikey: readonly boolean[];
  /** True when no indexed field exists in the document. */
  readonly allMissing: boolean;
}

const out = byteWriter();

/** Keys of `doc` under `fields`. Two arrays side by side are refused (171), since their product would explode. */
export function extractKeys(doc: Doc, fields: readonly KeyField[]): ExtractedKeys {
  const { rows, met } = spreadPaths(
    doc,
    fields.map(({ parts }) => parts),
    (arrays) => {
      const parallel = fields.filter((_, i) => arrays[i]).map(({ path }) => `["${path}"]`);
      return new CommandError(171, `cannot index parallel arrays ${parallel.join(' ')}`);
    },
  );
  const keys = new Map<string, { bytes: Buffer; values: Row }>();
  for (const values of rows) {
    const bytes = encodeRow(values, fields);
    keys.set(bytes.toString('latin1'), { bytes, values });
  }
  return {
    keys: [...keys.values()],
    multikey: met,
    allMissing: rows.every((row) => row.every((value) => value === undefined)),
  };
}

function encodeRow(row: Row, fields: readonly KeyField[]): Buffer {
  row.forEach((value, i) => {
    const from = out.position();
    writeValue(out, value);
    if (fields[i]?.descending) out.invertFrom(from);
  });
  return out.take();
}
