// How a client comes in and leaves: hello and isMaster present the primary of a one-node replica set of MongoDB 7.0; saslStart
// and saslContinue take its proof that it knows the password of this run; endSessions lets go of its transactions at once.
import { authenticationFailed, scramExchange } from '../auth/scram-sha-256.ts';
import { CommandError, unsupported } from '../errors.ts';
import { Binary, type Doc } from '../query/bson.ts';
import { sessionIdOf } from '../session/sessions.ts';
import { docField, flagOf, numberOf } from '../wire/fields.ts';
import { MAX_MESSAGE, MAX_STATEMENTS } from '../wire/messages.ts';
import type { Command, Commands } from './command.ts';

const SET_NAME = 'skillroll';
const SESSION_MINUTES = 30;
const MECHANISM = 'SCRAM-SHA-256';
// The database on which the one user of a run is known.
const USERS_DATABASE = 'admin';
const CONVERSATION = 1;

// maxWireVersion 21 is MongoDB 7.0: from 8.0 on drivers would send the bulkWrite command. Without
// topologyVersion drivers poll instead of holding a connection open.
const hello: Command = ({ engine: { address }, caller, now }, { name, body }) => ({
  ...(flagOf(body['helloOk']) && { helloOk: true }),
  ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
  hosts: [address],
  setName: SET_NAME,
  setVersion: 1,
  secondary: false,
  primary: address,
  me: address,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: MAX_MESSAGE,
  maxWriteBatchSize: MAX_STATEMENTS,
  localTime: now,
  logicalSessionTimeoutMinutes: SESSION_MINUTES,
  connectionId: caller.id,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  // The same for every name: whether it is known shows only with its password.
  ...(caller.secret && typeof body['saslSupportedMechs'] === 'string' && { saslSupportedMechs: [MECHANISM] }),
});

// Begins an exchange, in place of one under way. AuthenticationFailed (18), MechanismUnavailable (334).
const saslStart: Command = ({ caller, db }, { body }) => {
  const { mechanism } = body;
  caller.exchange = undefined;
  if (!caller.secret)
    throw new CommandError(18, 'Authentication failed: this address is used without user and password.');
  if (mechanism !== MECHANISM)
    throw new CommandError(334, `Authentication mechanism ${String(mechanism)} is unknown or not enabled`);
  if (db !== USERS_DATABASE) throw authenticationFailed();
  if (!flagOf(docField(body, 'options')?.['skipEmptyExchange']))
    throw unsupported('an authentication without skipEmptyExchange');
  caller.exchange = scramExchange(caller.secret, payloadOf(body));
  return conversation(caller.exchange.first, false);
};

// Ends the exchange under way. AuthenticationFailed (18), ProtocolError (17) without one.
const saslContinue: Command = ({ caller }, { body }) => {
  const { exchange } = caller;
  if (!exchange || numberOf(body['conversationId']) !== CONVERSATION)
    throw new CommandError(17, 'No SASL session state found');
  caller.exchange = undefined;
  const proof = exchange.finish(payloadOf(body));
  caller.isKnown = true;
  return conversation(proof, true);
};

function payloadOf({ payload }: Doc): string {
  if (!(payload instanceof Binary)) throw authenticationFailed();
  return Buffer.from(payload.value()).toString();
}

function conversation(payload: string, done: boolean) {
  return { conversationId: CONVERSATION, done, payload: new Binary(Buffer.from(payload)) };
}

const endSessions: Command = ({ engine }, { body }) => {
  const list = body['endSessions'];
  const ids = Array.isArray(list) ? list.map(sessionIdOf) : [];
  engine.sessions.end(ids.filter((id) => id !== undefined));
  return {};
};

export const handshake: Commands = {
  hello,
  isMaster: hello,
  ismaster: hello,
  saslStart,
  saslContinue,
  endSessions,
};
