// How a client comes in: hello and isMaster present the primary of a one-node replica set of MongoDB 7.0; saslStart and
// saslContinue take its proof that it knows the password of this run.
import { beginExchange, continueExchange, greeting } from '../auth/exchange.ts';
import { flagOf } from '../wire/fields.ts';
import { MAX_MESSAGE } from '../wire/frames.ts';
import type { ReadCommand } from './command.ts';

const SET_NAME = 'skillroll';
const SESSION_MINUTES = 30;

// maxWireVersion 21 is MongoDB 7.0: from 8.0 on drivers would send the bulkWrite command. Without
// topologyVersion drivers poll instead of holding a connection open.
export const hello: ReadCommand = {
  inTransaction: false,
  read(op, { name, body }) {
    const { address } = op.engine;
    const legacy = name !== 'hello';
    return {
      fields: {
        ...(flagOf(body['helloOk']) ? { helloOk: true } : {}),
        ...(legacy ? { ismaster: true } : { isWritablePrimary: true }),
        hosts: [address],
        setName: SET_NAME,
        setVersion: 1,
        secondary: false,
        primary: address,
        me: address,
        maxBsonObjectSize: 16 * 1024 * 1024,
        maxMessageSizeBytes: MAX_MESSAGE,
        maxWriteBatchSize: 100_000,
        localTime: op.now,
        logicalSessionTimeoutMinutes: SESSION_MINUTES,
        connectionId: op.caller.id,
        minWireVersion: 0,
        maxWireVersion: 21,
        readOnly: false,
        ...greeting(op.caller, body),
      },
    };
  },
};

export const saslStart: ReadCommand = {
  inTransaction: false,
  read: ({ caller, db }, { body }) => ({ fields: beginExchange(caller, db, body) }),
};

export const saslContinue: ReadCommand = {
  inTransaction: false,
  read: ({ caller }, { body }) => ({ fields: continueExchange(caller, body) }),
};
