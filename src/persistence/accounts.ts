// Accounts: who somebody is and on whose records they act. What they sign in with is kept apart (credentials.ts).
import { Schema, type Connection } from 'mongoose';
import type { Account } from '../domain/accounts/account.ts';
import { createRecordStore } from './record-store.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    userName: String,
    foldedUserName: String,
    displayName: String,
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
