// Whoever is at the other end of a connection: what they may do before and after they proved who they are.
import { CommandError } from '../errors.ts';
import { MAX_MESSAGE, type Request } from '../wire/messages.ts';
import type { ScramExchange, ScramSecret } from './scram-sha-256.ts';

export interface Caller {
  /** Number of the connection. */
  readonly id: number;
  /** What has to be proved; undefined where the socket itself lets only this account in. */
  readonly secret: ScramSecret | undefined;
  /** Whether nothing is left to prove. */
  isKnown: boolean;
  /** The exchange under way; one at a time. */
  exchange: ScramExchange | undefined;
}

/** A caller who has proved nothing yet. */
export function newCaller(id: number, secret: ScramSecret | undefined): Caller {
  return { id, secret, isKnown: secret === undefined, exchange: undefined };
}

/** The server itself. */
export const OURSELVES: Caller = newCaller(0, undefined);

const OPEN_TO_ALL = [
  'hello',
  'isMaster',
  'ismaster',
  'ping',
  'buildInfo',
  'buildinfo',
  'saslStart',
  'saslContinue',
];
const STRANGERS_MESSAGE = 64 * 1024;

/** Lets the request pass, or throws Unauthorized (13). */
export function admit({ isKnown }: Caller, { name }: Request): void {
  if (!isKnown && !OPEN_TO_ALL.includes(name))
    throw new CommandError(13, `Command ${name} requires authentication`);
}

/** The longest message this caller may send, in bytes: a stranger does not fill the memory. */
export function longestMessage({ isKnown }: Caller): number {
  return isKnown ? MAX_MESSAGE : STRANGERS_MESSAGE;
}
