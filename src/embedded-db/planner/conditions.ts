// Reads from a filter which conditions an index could serve, path by path.
import { BSONRegExp, isDoc, keysOf, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { comparedTo, equalTo, intersection, matching, oneOf, type Bounds } from './interval.ts';

export interface Conditions {
  /** Each entry of a list may be met by another array element; within one entry all is met by the same one. */
  readonly byPath: ReadonlyMap<string, readonly Bounds[]>;
  /** Lists of alternatives (`$or`), all of which the document must satisfy one of. */
  readonly alternatives: readonly (readonly Doc[])[];
  /** True when `byPath` holds the whole filter. */
  readonly complete: boolean;
}

interface Collected {
  readonly byPath: Map<string, Bounds[]>;
  readonly alternatives: Doc[][];
  complete: boolean;
}

/** The conditions of a filter that all must hold. */
export function readConditions(filter: Doc): Conditions {
  const found: Collected = { byPath: new Map(), alternatives: [], complete: true };
  collect(filter, found);
  return found;
}

function collect(filter: Doc, found: Collected): void {
  for (const name of keysOf(filter)) {
    const value = filter[name] as Value;
    if (name === '$and' && Array.isArray(value)) for (const part of value) collect(part as Doc, found);
    else if (name === '$or' && Array.isArray(value)) {
      found.complete = false;
      if (value.length === 1) collect(value[0] as Doc, found);
      else found.alternatives.push(value as Doc[]);
    } else if (name === '$comment') continue;
    else if (name.startsWith('$')) found.complete = false;
    else collectField(name, value, found);
  }
}

function collectField(path: string, value: Value, found: Collected): void {
  if (value instanceof BSONRegExp) return add(found, path, matching(value.pattern, value.options));
  if (!isOperators(value)) return add(found, path, equalTo(value));
  for (const operator of keysOf(value)) {
    const operand = value[operator] as Value;
    if (operator === '$elemMatch' && isDoc(operand)) collectElement(path, operand, found);
    else {
      const bounds = operatorBounds(operator, operand, value);
      if (bounds === undefined) found.complete = false;
      else if (bounds !== 'nothing') add(found, path, bounds);
    }
  }
}

function operatorBounds(operator: string, operand: Value, all: Doc): Bounds | 'nothing' | undefined {
  switch (operator) {
    case '$eq':
      return equalTo(operand);
    case '$in':
      return Array.isArray(operand) ? oneOf(operand) : undefined;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparedTo(operator, operand);
    case '$exists':
      return operand === false || operand === 0 ? { ...equalTo(null), exact: false } : undefined;
    case '$regex': {
      const options = all['$options'];
      if (operand instanceof BSONRegExp)
        return matching(operand.pattern, typeof options === 'string' ? options : operand.options);
      return typeof operand === 'string'
        ? matching(operand, typeof options === 'string' ? options : '')
        : undefined;
    }
    case '$options':
      return 'nothing';
    default:
      return undefined;
  }
}

// All conditions of an $elemMatch hold for one element, so those on one path may be intersected even with arrays.
function collectElement(path: string, operand: Doc, found: Collected): void {
  found.complete = false;
  const inner: Collected = { byPath: new Map(), alternatives: [], complete: true };
  if (isOperators(operand) && !keysOf(operand).some((name) => ['$and', '$or', '$nor'].includes(name))) {
    collectField(path, operand, inner);
  } else {
    const prefixed = newDoc();
    for (const name of keysOf(operand)) {
      if (!name.startsWith('$')) setField(prefixed, `${path}.${name}`, operand[name] as Value);
    }
    collect(prefixed, inner);
  }
  for (const [innerPath, bounds] of inner.byPath) {
    const simple = innerPath === path;
    const both = bounds.reduce((a, b) => intersection(a, b));
    if (simple) add(found, innerPath, { ...both, exact: false });
    else for (const one of bounds) add(found, innerPath, { ...one, exact: false });
  }
}

function add(found: Collected, path: string, bounds: Bounds): void {
  const list = found.byPath.get(path);
  if (list) list.push(bounds);
  else found.byPath.set(path, [bounds]);
}

function isOperators(value: Value): value is Doc {
  return isDoc(value) && keysOf(value)[0]?.startsWith('$') === true && keysOf(value)[0] !== '$ref';
}
