// saslStart and saslContinue: a client proves that it knows the password of this run.
import { beginExchange, continueExchange } from '../auth/exchange.ts';
import type { ReadCommand } from './command.ts';

export const saslStart: ReadCommand = {
  inTransaction: false,
  read: ({ caller, db }, { body }) => ({ fields: beginExchange(caller, db, body) }),
};

export const saslContinue: ReadCommand = {
  inTransaction: false,
  read: ({ caller }, { body }) => ({ fields: continueExchange(caller, body) }),
};
