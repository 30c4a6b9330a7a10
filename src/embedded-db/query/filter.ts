// Filters of find, update, delete and $match, compiled once into a predicate.

import { BsonUndefined, isDoc, keysOf, type Doc, type Value } from './bson.ts';
import { QueryError } from './errors.ts';
import { compileExpression } from './expressions.ts';
import { compileCondition, type Condition } from './filter/operators.ts';
import { notHere } from './not-here.ts';
import { visitPath } from './paths.ts';
import { isTruthy } from './types.ts';

/** Where an array condition matched, for the positional `$`. */
interface MatchDetails {
  position?: number;
}

type Matcher = (doc: Doc, details?: MatchDetails) => boolean;

/** A predicate over documents with MongoDB's matching rules, `vars` being the variables of `$expr`; QueryError if malformed. */
export function compileFilter(filter: Doc, vars: Doc = {}): (doc: Doc) => boolean {
  const matches = compileDocument(filter, vars, true);
  // One argument only: the predicate may be handed to Array's own methods.
  return (doc) => matches(doc);
}

/** The array index that the positional `$` of an update stands for, or undefined where the filter met no array. */
export function compilePosition(filter: Doc, vars: Doc = {}): (doc: Doc) => number | undefined {
  const matches = compileDocument(filter, vars, true);
  return (doc) => {
    const details: MatchDetails = {};
    return matches(doc, details) ? details.position : undefined;
  };
}

function compileDocument(filter: Doc, vars: Doc, top: boolean): Matcher {
  const matchers: Matcher[] = [];
  for (const key of keysOf(filter)) {
    const value = filter[key]!;
    if (key === '$comment') continue;
    matchers.push(
      key.startsWith('$') ? compileLogical(key, value, vars, top) : compileField(key, value, vars),
    );
  }
  return allOf(matchers);
}

function allOf(matchers: Matcher[]): Matcher {
  const [first, second] = matchers;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (matchers.length === 2) return (doc, details) => first(doc, details) && second(doc, details);
  return (doc, details) => {
    for (const matcher of matchers) if (!matcher(doc, details)) return false;
    return true;
  };
}

function compileLogical(key: string, value: Value, vars: Doc, top: boolean): Matcher {
  switch (key) {
    case '$and':
      return allOf(clauses(key, value, vars, top));
    case '$or': {
      const branches = clauses(key, value, vars, top);
      return (doc) => branches.some((branch) => branch(doc));
    }
    case '$nor': {
      const branches = clauses(key, value, vars, top);
      return (doc) => !branches.some((branch) => branch(doc));
    }
    case '$expr': {
      if (!top) throw new QueryError(2, '$expr can only be applied to the top-level document');
      const expression = compileExpression(value, vars);
      return (doc) => isTruthy(expression(doc, vars));
    }
    default:
      throw (
        notHere('query operator', key) ??
        new QueryError(
          2,
          `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, ` +
            'consider using $getField or $setField.',
        )
      );
  }
}

function clauses(key: string, value: Value, vars: Doc, top: boolean): Matcher[] {
  if (!Array.isArray(value)) throw new QueryError(2, `${key} must be an array`);
  if (value.length === 0) throw new QueryError(2, '$and/$or/$nor must be a nonempty array');
  return value.map((entry) => {
    if (!isDoc(entry)) throw new QueryError(2, '$or/$and/$nor entries need to be full objects');
    return compileDocument(entry, vars, top);
  });
}

function compileField(path: string, value: Value, vars: Doc): Matcher {
  if (value instanceof BsonUndefined) throw new QueryError(2, 'cannot compare to undefined');
  const condition = compileCondition(value, (filter) => compileDocument(filter, vars, false));
  return bind(condition, path.split('.'));
}

function bind(condition: Condition, parts: string[]): Matcher {
  switch (condition.kind) {
    case 'not': {
      const inner = bind(condition.of, parts);
      return (doc) => !inner(doc);
    }
    case 'and':
      return allOf(condition.all.map((each) => bind(each, parts)));
    case 'elements':
      return bindElements(condition.test, parts);
    case 'test':
      return bindTest(condition.test, parts);
  }
}

function bindTest(test: (value: Value | undefined) => boolean, parts: string[]): Matcher {
  const single = parts.length === 1 ? parts[0]! : undefined;
  return (doc, details) => {
    if (single !== undefined) {
      const value = doc[single];
      if (!Array.isArray(value)) return test(value);
    }
    return visitPath(doc, parts, true, (value, position) => {
      if (!test(value)) return false;
      if (details !== undefined && position !== undefined) details.position = position;
      return true;
    });
  };
}

function bindElements(test: (element: Value) => boolean, parts: string[]): Matcher {
  return (doc, details) =>
    visitPath(doc, parts, false, (value, position) => {
      if (!Array.isArray(value)) return false;
      const found = value.findIndex(test);
      if (found < 0) return false;
      if (details !== undefined) details.position = position ?? found;
      return true;
    });
}
