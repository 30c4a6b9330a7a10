// Turns a viewer's scope into the part of a query that keeps others' records out.
import type { Scope, ScopeKind } from '../domain/accounts/scope.ts';

export type ScopeFields = Partial<Record<Exclude<ScopeKind, 'district' | 'public'>, string>>;

const nothing = { _id: { $in: [] as string[] } };

/**
 * The filter of a scope over a collection whose owner fields are given, e.g. `{ centre: 'centreId', area: 'areaCode' }`.
 * A scope kind without a field, an empty or missing owner and the public scope match nothing.
 */
export function scopeFilter(scope: Scope, fields: ScopeFields): Record<string, unknown> {
  if (scope.kind === 'district') return {};
  if (scope.kind === 'public') return nothing;
  const field = fields[scope.kind];
  const own = ownerOf(scope);
  return field === undefined || typeof own !== 'string' || own === '' ? nothing : { [field]: own };
}

function ownerOf(scope: Exclude<Scope, { kind: 'district' } | { kind: 'public' }>): string {
  switch (scope.kind) {
    case 'area':
      return scope.areaCode;
    case 'centre':
      return scope.centreId;
    case 'evaluator':
      return scope.evaluatorId;
    case 'enterprise':
      return scope.enterpriseId;
    case 'self':
      return scope.personId;
  }
}
