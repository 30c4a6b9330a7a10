// A scope says whose records a question may reach; every store and read takes one and puts it into its query.

export type Scope =
  | { readonly kind: 'district' }
  | { readonly kind: 'area'; readonly areaCode: string }
  | { readonly kind: 'centre'; readonly centreId: string }
  | { readonly kind: 'evaluator'; readonly evaluatorId: string }
  | { readonly kind: 'enterprise'; readonly enterpriseId: string }
  | { readonly kind: 'self'; readonly personId: string }
  | { readonly kind: 'public' };

export type ScopeKind = Scope['kind'];

export const district: Scope = { kind: 'district' };
export const publicScope: Scope = { kind: 'public' };
