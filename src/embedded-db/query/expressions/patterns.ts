// Regular expressions in expressions: $regexMatch, $regexFind, $regexFindAll.

import { BSONRegExp, docOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compilePattern } from '../filter/regex.ts';
import { isNullish, typeName } from '../types.ts';
import { named, type Argument, type Family, type Operator } from './compiler.ts';

function patternOf(name: string, regex: Argument, options: Argument): RegExp | null {
  if (isNullish(regex)) return null;
  if (!isNullish(options) && typeof options !== 'string') {
    throw new QueryError(51106, `${name} needs 'options' to be of type string`);
  }
  if (regex instanceof BSONRegExp) {
    if (regex.options !== '' && !isNullish(options)) {
      throw new QueryError(
        51107,
        `${name}: found regex option(s) specified in both 'regex' and 'option' fields`,
      );
    }
    return compilePattern(regex.pattern, isNullish(options) ? regex.options : options);
  }
  if (typeof regex !== 'string')
    throw new QueryError(51105, `${name} needs 'regex' to be of type string or regex`);
  return compilePattern(regex, isNullish(options) ? '' : options);
}

function searching(
  name: string,
  otherwise: Value,
  apply: (pattern: RegExp, input: string) => Value,
): Operator {
  return named(
    name,
    ['input', 'regex'],
    ['options'],
    ({ input, regex, options }) => {
      if (!isNullish(input) && typeof input !== 'string') {
        throw new QueryError(51104, `${name} needs 'input' to be of type string, found ${typeName(input)}`);
      }
      const pattern = patternOf(name, regex, options);
      return pattern === null || isNullish(input) ? otherwise : apply(pattern, input);
    },
    51103,
  );
}

function describe(found: RegExpMatchArray, input: string): Doc {
  return docOf([
    ['match', found[0]],
    ['idx', Array.from(input.slice(0, found.index)).length],
    ['captures', found.slice(1).map((capture: string | undefined) => capture ?? null)],
  ]);
}

function findAll(pattern: RegExp, input: string): Value {
  const all = input.matchAll(new RegExp(pattern.source, `${pattern.flags}g`));
  return Array.from(all, (found) => describe(found, input));
}

export const patterns: Family = {
  $regexMatch: searching('$regexMatch', false, (pattern, input) => pattern.test(input)),
  $regexFind: searching('$regexFind', null, (pattern, input) => {
    const found = pattern.exec(input);
    return found === null ? null : describe(found, input);
  }),
  $regexFindAll: searching('$regexFindAll', [], findAll),
};
