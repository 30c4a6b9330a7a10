// The document an upsert starts from.

import { BSONRegExp, isDoc, keysOf, newDoc, type Doc, type Value } from '../bson.ts';
import { compareStrings } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isOperatorDoc } from '../filter/operators.ts';
import { changeAt } from './leaf.ts';

/**
 * The filter's equality conditions as a document, in the order of their names' bytes (EqualityMatches of MongoDB's path_support.h
 * is an ordered map), or only the one on `_id`; 54 where two conditions name one path, 111 where one names a part of that `_id`.
 */
export function upsertSeed(filter: Doc, onlyId: boolean): Doc {
  const equalities = new Map<string, Value>();
  collect(filter, onlyId, equalities);
  let seed = newDoc();
  const paths = [...equalities.keys()].sort(compareStrings);
  for (const path of paths) {
    const outer = paths.find((other) => path.startsWith(`${other}.`));
    if (outer !== undefined)
      throw new QueryError(54, `cannot infer query fields to set, both '${outer}' and '${path}' are matched`);
    const change = { creates: true, compute: () => equalities.get(path) };
    seed = changeAt(seed, change, { parts: path.split('.'), root: seed });
  }
  return seed;
}

function collect(filter: Doc, onlyId: boolean, equalities: Map<string, Value>): void {
  for (const key of keysOf(filter)) {
    const value = filter[key]!;
    if (key === '$and' || (key === '$or' && Array.isArray(value) && value.length === 1)) {
      for (const clause of value as Value[]) if (isDoc(clause)) collect(clause, onlyId, equalities);
    } else if (onlyId ? key.split('.')[0] === '_id' : !key.startsWith('$')) {
      if (onlyId && key !== '_id')
        throw new QueryError(111, `a replacement needs the whole _id, and '${key}' is a part of it`);
      for (const equal of equalitiesOf(value)) {
        if (equalities.has(key))
          throw new QueryError(54, `cannot infer query fields to set, path '${key}' is matched twice`);
        equalities.set(key, equal);
      }
    }
  }
}

function equalitiesOf(value: Value): Value[] {
  if (value instanceof BSONRegExp) return [];
  if (!isOperatorDoc(value)) return [value];
  return keysOf(value).flatMap((operator) => {
    const operand = value[operator]!;
    if (operator === '$eq') return [operand];
    const single = operator === '$in' && Array.isArray(operand) && operand.length === 1;
    return single && !(operand[0] instanceof BSONRegExp) && !isOperatorDoc(operand[0]) ? [operand[0]!] : [];
  });
}
