// Reads from a filter which conditions an index could serve, path by path, and whether they keep to a partial index.
import { BSONRegExp, keysOf, type Doc, type Value } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import { compileFilter } from '../query/filter.ts';
import { isOperatorDoc } from '../query/filter/operators.ts';
import { isNumber } from '../query/types.ts';
import { comparedTo, equalTo, matching, oneOf, type Bounds } from './interval.ts';

export interface Conditions {
  /** Each entry of a list may be met by another array element. */
  readonly byPath: Map<string, Bounds[]>;
  /** Lists of alternatives (`$or`), all of which the document must satisfy one of. */
  readonly alternatives: Doc[][];
  /** True when `byPath` holds the whole filter. */
  complete: boolean;
}

/** The conditions of a filter that all must hold. */
export function readConditions(filter: Doc): Conditions {
  const found: Conditions = { byPath: new Map(), alternatives: [], complete: true };
  collect(filter, found);
  return found;
}

function collect(filter: Doc, found: Conditions): void {
  for (const name of keysOf(filter)) {
    const value = filter[name]!;
    if (name === '$and' && Array.isArray(value)) for (const part of value) collect(part as Doc, found);
    else if (name === '$or' && Array.isArray(value)) {
      found.complete = false;
      if (value.length === 1) collect(value[0] as Doc, found);
      else found.alternatives.push(value as Doc[]);
    } else if (name === '$comment') continue;
    else if (name.startsWith('$')) found.complete = false;
    else collectField(name, operatorsOf(value), found);
  }
}

function collectField(path: string, operators: Doc, found: Conditions): void {
  for (const operator of keysOf(operators)) {
    if (operator === '$options') continue;
    const bounds = boundsOf(operator, operators[operator]!, operators['$options']);
    if (bounds) found.byPath.set(path, [...(found.byPath.get(path) ?? []), bounds]);
    else found.complete = false;
  }
}

function boundsOf(operator: string, operand: Value, options: Value | undefined): Bounds | undefined {
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
    case '$regex': {
      const given = operand instanceof BSONRegExp ? operand : { pattern: String(operand), options: '' };
      return matching(given.pattern, options === undefined ? given.options : String(options));
    }
    default:
      return undefined;
  }
}

/** The operators of a condition on a field; a plain value is one of equality. */
function operatorsOf(value: Value): Doc {
  if (value instanceof BSONRegExp) return { $regex: value };
  return isOperatorDoc(value) ? value : { $eq: value };
}

/** True when every document that `filter` matches satisfies `partial`; false whenever that is not plain to see. */
export function impliesPartial(filter: Doc, partial: Doc): boolean {
  return keysOf(partial).every((name) => {
    const wanted = partial[name]!;
    if (name === '$and') return (wanted as Doc[]).every((part) => impliesPartial(filter, part));
    return !name.startsWith('$') && conditionsOn(filter, name).some((given) => implies(given, wanted));
  });
}

function conditionsOn(filter: Doc, path: string): Value[] {
  return keysOf(filter).flatMap((name) => {
    const value = filter[name]!;
    if (name === '$and' && Array.isArray(value))
      return value.flatMap((part) => conditionsOn(part as Doc, path));
    return name === path ? [value] : [];
  });
}

// A condition implies itself; equality implies whatever each value it allows satisfies by itself.
function implies(given: Value, wanted: Value): boolean {
  if (equalValues(given, wanted)) return true;
  const { $eq: one, $in: several } = operatorsOf(given);
  const allowed = one === undefined ? several : [one];
  if (!Array.isArray(allowed) || allowed.length === 0) return false;
  // An equal number may be of another type.
  const ofType = '$type' in operatorsOf(wanted);
  const satisfies = compileFilter({ value: wanted });
  return allowed.every((value) => {
    // Null also stands for a missing field, an array for its elements, an expression for what matches it.
    const isItself = value !== null && !Array.isArray(value) && !(value instanceof BSONRegExp);
    return isItself && !(ofType && isNumber(value)) && satisfies({ value });
  });
}
