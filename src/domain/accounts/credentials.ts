// What an account signs in with.
export interface Credentials {
  readonly accountId: string;
  /** null until an invitation is taken up. */
  readonly passwordHash: string | null;
  /** The shared secret of one-time codes, null where there is none. */
  readonly secret: Uint8Array | null;
  /** A secret shown but not yet confirmed by a first code. */
  readonly offered: Uint8Array | null;
  readonly recoveryCodesLeft: number;
  /** When it last signed in, was opened or was reopened; null once closed for not being used. */
  readonly lastUsedAt: Date | null;
  readonly lastSignInAt: Date | null;
}
