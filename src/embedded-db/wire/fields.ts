// Reads the fields of a command: numbers of any BSON type, flags, sub-documents, with MongoDB's TypeMismatch (14).
import { CommandError } from '../errors.ts';
import { isDoc, type Doc, type Value } from '../query/bson.ts';
import { isNumber, toNumber } from '../query/types.ts';

/** The number in a value of any numeric BSON type; `undefined` for everything else. */
export function numberOf(value: Value | undefined): number | undefined {
  return isNumber(value) ? toNumber(value) : undefined;
}

/** A flag as drivers send it: true, or a number that is not 0. */
export function flagOf(value: Value | undefined): boolean {
  return value === true || (numberOf(value) ?? 0) !== 0;
}

/** The whole part of a number field, or `fallback` when it is missing; 14 for another type, 51024 below `least`. */
export function numberField(command: Doc, name: string, fallback: number, least = 0): number {
  const value = command[name] ?? fallback;
  if (!isNumber(value)) throw wrongType(name, 'a number');
  const whole = Math.trunc(toNumber(value)) || 0;
  if (whole >= least) return whole;
  throw new CommandError(51024, `BSON field '${name}' value must be >= ${least}, actual value '${whole}'`);
}

/** A document field of a command, or `undefined` when it is missing; TypeMismatch (14) for another type. */
export function docField(command: Doc, name: string): Doc | undefined {
  const value = command[name] ?? undefined;
  if (value === undefined || isDoc(value)) return value;
  throw wrongType(name, 'an object');
}

/** A required string field of a command; TypeMismatch (14) for another type. */
export function stringField(command: Doc, name: string): string {
  const value = command[name];
  if (typeof value === 'string') return value;
  throw wrongType(name, 'a string');
}

/** A required list of documents; TypeMismatch (14) for another type. */
export function docList(value: Value | undefined, name: string): Doc[] {
  if (Array.isArray(value) && value.every(isDoc)) return value;
  throw wrongType(name, 'an array of objects');
}

/** The database a command is for. */
export function databaseOf({ $db }: Doc): string {
  if (typeof $db === 'string' && $db !== '') return $db;
  throw new CommandError(40571, 'OP_MSG requests require a $db argument');
}

function wrongType(name: string, expected: string): CommandError {
  return new CommandError(14, `BSON field '${name}' is the wrong type, expected ${expected}`);
}
