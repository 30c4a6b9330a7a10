// $rename: the value moves from one path to another, neither of which may lead through an array.

import { isDoc, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import type { Change } from './leaf.ts';
import { subject } from './numbers.ts';

const bad = (message: string): QueryError => new QueryError(2, message);

/** The two changes of `{ $rename: { [from]: to } }`, by path. */
export function renameChanges(from: string, to: Value): [string, Change][] {
  if (typeof to !== 'string') throw bad(`The 'to' field for $rename must be a string: ${from}`);
  if (from === to) throw bad(`The source and target field for $rename must differ: ${from}: "${to}"`);
  for (const [label, path] of [
    ['source', from],
    ['destination', to],
  ] as const) {
    if (path.split('.').some((part) => part.startsWith('$'))) {
      throw bad(`The ${label} field for $rename may not be dynamic: ${path}`);
    }
  }
  const [source, target] = [from.split('.'), to.split('.')];
  return [
    [
      to,
      {
        creates: true,
        compute: (current, { root }) => {
          const value = readPlain(root, source, 'source', from);
          if (value === undefined) return current;
          readPlain(root, target, 'destination', to);
          return value;
        },
      },
    ],
    [from, { creates: false, compute: () => undefined }],
  ];
}

function readPlain(root: Doc, parts: string[], label: string, path: string): Value | undefined {
  let value: Value | undefined = root;
  for (const part of parts) {
    if (Array.isArray(value)) {
      throw bad(
        `The ${label} field cannot be an array element, '${path}' in doc with ${subject({ root })} has an array field`,
      );
    }
    if (!isDoc(value)) return undefined;
    value = value[part];
  }
  return value;
}
