// The index keys of a document: one per combination of array elements along the indexed paths, as MongoDB makes them.
import { CommandError } from '../errors.ts';
import { BsonUndefined, isDoc, type Doc, type Value } from '../query/bson.ts';
import { byteWriter } from './byte-writer.ts';
import { writeValue } from './encode.ts';

export interface KeyField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

export interface ExtractedKeys {
  /** Encoded fields without the document's `_id`, no duplicates; with each the values that were encoded. */
  readonly keys: readonly { readonly bytes: Buffer; readonly values: readonly (Value | undefined)[] }[];
  /** For each field, whether an array lay on its path. */
  readonly multikey: readonly boolean[];
  /** True when no indexed field exists in the document. */
  readonly allMissing: boolean;
}

interface Cursor {
  readonly value: Value | undefined;
  readonly depth: number;
}

const EMPTY_ARRAY = new BsonUndefined();
const out = byteWriter();

/** Keys of `doc` under `fields`. Two arrays side by side are refused (171), since their product would explode. */
export function extractKeys(doc: Doc, fields: readonly KeyField[]): ExtractedKeys {
  const rows: (Value | undefined)[][] = [];
  const multikey = fields.map(() => false);
  expand(
    fields.map(() => ({ value: doc, depth: 0 })),
    fields,
    multikey,
    rows,
  );
  const keys = rows.map((row) => {
    const values = row.map(unwrapped);
    return { bytes: encodeRow(values, fields), values };
  });
  return {
    keys: keys.length > 1 ? distinct(keys) : keys,
    multikey,
    allMissing: rows.every((row) => row.every((value) => value === undefined)),
  };
}

function expand(
  start: Cursor[],
  fields: readonly KeyField[],
  multikey: boolean[],
  rows: (Value | undefined)[][],
): void {
  const cursors = start.map((cursor, i) => descend(cursor, fields[i]?.parts ?? []));
  let shared: Value[] | undefined;
  for (const { value } of cursors) {
    if (!Array.isArray(value)) continue;
    if (shared && shared !== value) {
      const paths = fields.filter((_, i) => Array.isArray(cursors[i]?.value)).map((field) => field.path);
      throw new CommandError(
        171,
        `cannot index parallel arrays [${paths.map((path) => `"${path}"`).join('] [')}]`,
      );
    }
    shared = value;
  }
  if (!shared) return void rows.push(cursors.map((cursor) => (cursor as { value: Value | undefined }).value));
  const list = shared;
  cursors.forEach((cursor, i) => {
    if (cursor.value === list) multikey[i] = true;
  });
  const elements: (Value | undefined)[] = list.length === 0 ? [undefined] : list;
  for (const element of elements) {
    const next = cursors.map((cursor, i) =>
      cursor.value === list
        ? intoElement(element, cursor.depth, fields[i]?.parts ?? [], list.length === 0)
        : cursor,
    );
    expand(next, fields, multikey, rows);
  }
}

// Walks down embedded documents to the end of the path or to the first array that has to be spread out.
function descend(cursor: Cursor, parts: readonly string[]): Cursor {
  let { value, depth } = cursor;
  if (depth > parts.length) return cursor;
  while (depth < parts.length) {
    const part = parts[depth] ?? '';
    if (Array.isArray(value)) {
      const position = positionIn(value, part);
      if (position === undefined) return { value, depth };
      value = value[position];
    } else value = isDoc(value) ? value[part] : undefined;
    depth += 1;
  }
  return Array.isArray(value) ? { value, depth } : { value, depth: depth + 1 };
}

// One level of spreading: an element that is itself an array is a value at the end of a path, and a dead end before it.
function intoElement(
  element: Value | undefined,
  depth: number,
  parts: readonly string[],
  wasEmpty: boolean,
): Cursor {
  const done = parts.length + 1;
  if (depth >= parts.length) return { value: wasEmpty ? EMPTY_ARRAY : fixed(element), depth: done };
  if (Array.isArray(element)) {
    const position = positionIn(element, parts[depth] ?? '');
    return position === undefined
      ? { value: undefined, depth: done }
      : { value: element[position], depth: depth + 1 };
  }
  return { value: element, depth };
}

// An array inside an array must not be taken for one to spread: it is wrapped until it is encoded.
function fixed(element: Value | undefined): Value | undefined {
  return Array.isArray(element) ? (new NestedArray(element) as unknown as Value) : element;
}

class NestedArray {
  readonly items: Value[];
  constructor(items: Value[]) {
    this.items = items;
  }
}

function unwrapped(value: Value | undefined): Value | undefined {
  const plain: unknown = value;
  return plain instanceof NestedArray ? plain.items : value;
}

function positionIn(list: readonly Value[], part: string): number | undefined {
  if (!/^(0|[1-9]\d*)$/.test(part) || list.some((item) => isDoc(item) && part in item)) return undefined;
  return Number(part);
}

function encodeRow(row: readonly (Value | undefined)[], fields: readonly KeyField[]): Buffer {
  row.forEach((value, i) => {
    const from = out.position();
    writeValue(out, value);
    if (fields[i]?.descending) out.invertFrom(from);
  });
  return out.take();
}

function distinct<T extends { readonly bytes: Buffer }>(keys: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const key of keys) seen.set(key.bytes.toString('latin1'), key);
  return [...seen.values()];
}
