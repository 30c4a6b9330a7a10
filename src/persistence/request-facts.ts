// What is known of the request that everything below is done for, without each use-case passing it on.
import { AsyncLocalStorage } from 'node:async_hooks';

interface RequestFacts {
  readonly address: string | null;
}

const current = new AsyncLocalStorage<RequestFacts>();

/** Runs work as done for a request from a network address; an IPv4 address inside an IPv6 one is written as itself. */
export function runForRequest<T>(address: string | undefined, work: () => T): T {
  return current.run({ address: address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null }, work);
}

/** The address the running work was asked for from; null for commands, jobs and the making of the demo. */
export function requestAddress(): string | null {
  return current.getStore()?.address ?? null;
}
