// Accounts and their sign-in sessions. User names are found by a folded key; a session's token is kept as a hash.
import { Schema, type Connection } from 'mongoose';
import type { Role } from '../domain/accounts/actor.ts';
import type { Versioned } from '../domain/shared/record.ts';
import { createRecordStore } from './record-store.ts';

export interface Account extends Versioned {
  readonly userName: string;
  readonly foldedUserName: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly organisationId: string | null;
  readonly areaCode: string | null;
  readonly closedAt: Date | null;
  readonly createdAt: Date;
}

const schema = new Schema(
  {
    _id: String,
    version: Number,
    userName: String,
    foldedUserName: String,
    displayName: String,
    passwordHash: String,
    role: String,
    organisationId: String,
    areaCode: String,
    closedAt: Date,
    createdAt: Date,
  },
  { versionKey: false, collection: 'accounts' },
);
schema.index({ foldedUserName: 1 }, { unique: true });
schema.index({ organisationId: 1 });

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(connection: Connection) {
  return createRecordStore<Account>(connection, 'Account', schema, {
    centre: 'organisationId',
    evaluator: 'organisationId',
    enterprise: 'organisationId',
  });
}
