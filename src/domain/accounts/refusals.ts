// What guests are refused at, and counted: signing in, the one-time code, a claim code, the public check of a certificate.

export const refusalKinds = ['signIn', 'code', 'claimCode', 'check'] as const;
export type RefusalKind = (typeof refusalKinds)[number];

export interface RefusalCount {
  readonly kind: RefusalKind;
  /** Its beginning. */
  readonly hour: Date;
  readonly count: number;
}
