// A caller's proof in the commands that carry it: saslStart and saslContinue, or the first message inside `hello`.
import { CommandError } from '../errors.ts';
import { Binary, isDoc, type Doc } from '../query/bson.ts';
import { docField, flagOf, numberOf } from '../wire/fields.ts';
import type { Caller, Exchange } from './caller.ts';
import { authenticationFailed, scramExchange } from './scram-sha-256.ts';

const MECHANISM = 'SCRAM-SHA-256';
/** The database on which the one user of a run is known. */
const USERS_DATABASE = 'admin';
const CONVERSATION = 1;

/** Begins an exchange, in place of one under way. AuthenticationFailed (18), MechanismUnavailable (334). */
export function beginExchange(caller: Caller, db: string, body: Doc): Record<string, unknown> {
  caller.exchange = undefined;
  const { secret } = caller;
  if (!secret)
    throw new CommandError(18, 'Authentication failed: this address is used without user and password.');
  const mechanism = body['mechanism'];
  if (mechanism !== MECHANISM)
    throw new CommandError(
      334,
      `Received authentication for mechanism ${String(mechanism)} which is unknown or not enabled`,
    );
  if (db !== USERS_DATABASE) throw authenticationFailed();
  const options = docField(body, 'options');
  const finishes = flagOf(options?.['skipEmptyExchange']);
  return step(caller, { scram: scramExchange(secret), finishes, proved: false }, body);
}

/** Goes on with the exchange under way. AuthenticationFailed (18), ProtocolError (17) without one. */
export function continueExchange(caller: Caller, body: Doc): Record<string, unknown> {
  const { exchange } = caller;
  if (!exchange || numberOf(body['conversationId']) !== CONVERSATION)
    throw new CommandError(17, 'No SASL session state found');
  return step(caller, exchange, body);
}

/** What `hello` adds for a client that is about to authenticate: mechanisms, and the answer to a first message sent with it. */
export function greeting(caller: Caller, body: Doc): Record<string, unknown> {
  if (!caller.secret) return {};
  // The same for every name: whether it is known shows only with its password.
  const asked = typeof body['saslSupportedMechs'] === 'string';
  return {
    ...(asked ? { saslSupportedMechs: [MECHANISM] } : {}),
    ...speculate(caller, body['speculativeAuthenticate']),
  };
}

// A first message that cannot be answered is passed over: the client then asks with saslStart and is told why.
function speculate(caller: Caller, given: Doc[string] | undefined): Record<string, unknown> {
  if (!isDoc(given)) return {};
  try {
    return { speculativeAuthenticate: beginExchange(caller, String(given['db']), given) };
  } catch (error) {
    if (error instanceof CommandError) return {};
    throw error;
  }
}

// Whatever fails ends the exchange.
function step(caller: Caller, exchange: Exchange, body: Doc): Record<string, unknown> {
  caller.exchange = undefined;
  const message = textOf(body);
  // Clients that do not ask to skip it end with an empty message.
  if (exchange.proved && message !== '') throw authenticationFailed();
  const { payload, done } = exchange.proved ? { payload: '', done: true } : exchange.scram.answer(message);
  if (done) caller.user = caller.secret?.user;
  const ends = exchange.proved || (done && exchange.finishes);
  if (!ends) caller.exchange = { ...exchange, proved: done };
  return { conversationId: CONVERSATION, done: ends, payload: new Binary(Buffer.from(payload)) };
}

function textOf(body: Doc): string {
  const payload = body['payload'];
  if (!(payload instanceof Binary)) throw authenticationFailed();
  return Buffer.from(payload.value()).toString();
}
