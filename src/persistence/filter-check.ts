// Filters reach the database as they are written, so a mistyped field or a text where a number belongs would find nothing.
import type { Schema } from 'mongoose';

const joining = new Set(['$and', '$or', '$nor']);

/** Throws for a field the schema lacks and for a value of another kind than the field's; such a filter is a bug. */
export function createFilterCheck(schema: Schema): (filter: Record<string, unknown>) => void {
  const kinds = new Map<string, string | null>();
  const kindOf = (field: string): string | null => {
    let kind = kinds.get(field);
    if (kind === undefined) kinds.set(field, (kind = readKind(schema, field)));
    return kind;
  };
  const check = (filter: Record<string, unknown>): void => {
    for (const field of Object.keys(filter)) {
      const wanted = filter[field];
      if (joining.has(field)) for (const part of wanted as Record<string, unknown>[]) check(part);
      else requireKind(field, kindOf(field), wanted);
    }
  };
  return check;
}

/** What a field holds by its schema: String, Number, Date, Boolean; null where anything may stand. */
function readKind(schema: Schema, field: string): string | null {
  if (field.startsWith('$')) return null;
  const type = schema.path(field) as
    { instance?: string; embeddedSchemaType?: { instance?: string } } | undefined;
  if (type !== undefined)
    return (type.instance === 'Array' ? type.embeddedSchemaType?.instance : type.instance) ?? null;
  if (schema.pathType(field) !== 'adhocOrUndefined') return null;
  const isInsideMixed = field
    .split('.')
    .some((_, index, parts) => schema.path(parts.slice(0, index + 1).join('.'))?.instance === 'Mixed');
  if (!isInsideMixed) throw new Error(`A filter asks for ${field}, which its schema lacks`);
  return null;
}

const plainKinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string' || value instanceof RegExp,
  Number: (value) => typeof value === 'number',
  Date: (value) => value instanceof Date,
  Boolean: (value) => typeof value === 'boolean',
};
const comparing = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']);

function requireKind(field: string, kind: string | null, wanted: unknown): void {
  const fits = kind === null ? undefined : plainKinds[kind];
  if (fits === undefined || wanted === null || wanted === undefined || fits(wanted)) return;
  if (isOperators(wanted)) {
    for (const [operator, operand] of Object.entries(wanted)) {
      if (comparing.has(operator)) requireKind(field, kind, operand);
      else if (operator === '$in' || operator === '$nin')
        for (const one of operand as unknown[]) requireKind(field, kind, one);
    }
    return;
  }
  throw new TypeError(`A filter asks ${field} for a ${typeof wanted}, which is no ${String(kind)}`);
}

function isOperators(wanted: unknown): wanted is Record<string, unknown> {
  if (typeof wanted !== 'object' || wanted === null || wanted instanceof Date) return false;
  return Object.keys(wanted).every((key) => key.startsWith('$'));
}
