// Whether every document a filter can match lies in a partial index.
import { isDoc, keysOf, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { compareValues, equalValues } from '../query/compare.ts';
import { compileFilter } from '../query/filter.ts';

/** True when `filter` implies `partial`; false whenever that is not plain to see. */
export function impliesPartial(filter: Doc, partial: Doc): boolean {
  return keysOf(partial).every((name) => {
    const wanted = partial[name] as Value;
    if (name === '$and' && Array.isArray(wanted))
      return wanted.every((part) => impliesPartial(filter, part as Doc));
    if (name === '$or' && Array.isArray(wanted))
      return wanted.some((part) => impliesPartial(filter, part as Doc));
    return conditionsOn(filter, name).some((given) => implies(given, wanted));
  });
}

function conditionsOn(filter: Doc, path: string): Value[] {
  const found: Value[] = [];
  for (const name of keysOf(filter)) {
    const value = filter[name] as Value;
    if (name === path) found.push(value);
    if (name === '$and' && Array.isArray(value))
      for (const part of value) found.push(...conditionsOn(part as Doc, path));
  }
  return found;
}

function implies(given: Value, wanted: Value): boolean {
  if (equalValues(given, wanted)) return true;
  const wantedOperators = operatorsOf(wanted) ?? { $eq: wanted };
  const givenOperators = operatorsOf(given) ?? { $eq: given };
  return Object.entries(wantedOperators).every(([operator, operand]) =>
    Object.entries(givenOperators).some(([has, value]) => impliesOne(has, value, operator, operand)),
  );
}

function impliesOne(has: string, value: Value, operator: string, operand: Value): boolean {
  if (has === operator && equalValues(value, operand)) return true;
  // A plain value satisfies whatever operator it satisfies itself.
  if (has === '$eq') return satisfies(value, operator, operand);
  if (has === '$in' && Array.isArray(value))
    return value.length > 0 && value.every((one) => satisfies(one, operator, operand));
  if (operator === '$exists' && operand === true)
    return ['$gt', '$gte', '$lt', '$lte'].includes(has) && value !== null;
  const sameType = typeof value === typeof operand && value !== null && operand !== null;
  if (!sameType) return false;
  const order = compareValues(value, operand);
  if (operator === '$gt' || operator === '$gte') {
    if (has === '$gt') return order >= 0;
    return has === '$gte' && (operator === '$gte' ? order >= 0 : order > 0);
  }
  if (operator === '$lt' || operator === '$lte') {
    if (has === '$lt') return order <= 0;
    return has === '$lte' && (operator === '$lte' ? order <= 0 : order < 0);
  }
  return false;
}

function satisfies(value: Value, operator: string, operand: Value): boolean {
  if (
    value === null ||
    Array.isArray(value) ||
    (isDoc(value) && keysOf(value).some((name) => name.startsWith('$')))
  )
    return false;
  const condition = newDoc();
  setField(condition, operator, operand);
  const filter = newDoc();
  setField(filter, 'value', condition);
  const doc = newDoc();
  setField(doc, 'value', value);
  return compileFilter(filter)(doc);
}

function operatorsOf(value: Value): Record<string, Value> | undefined {
  return isDoc(value) && keysOf(value)[0]?.startsWith('$') ? value : undefined;
}
