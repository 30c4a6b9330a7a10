// One line of the log for a request that was refused: who asked for what from where, and nothing of what was sent.
import type { Log } from '../../log.ts';
import type { Exchange } from './exchange.ts';

/** Writes the line; `code` is the wording key of the refusal, null where there is none. */
export function noteRefusal(
  log: Log,
  exchange: Exchange,
  { status, code }: { status: number; code: string | null },
): void {
  const { method } = exchange.request;
  const { viewer, address } = exchange;
  const path = patternOf(exchange);
  log.info(
    { status, method, path, code, account: viewer?.accountId ?? null, address },
    'A request was refused',
  );
}

/** The route's pattern: an address itself may be a secret, such as a link's or a certificate's. */
export function patternOf(exchange: Exchange): string {
  const { path } = (exchange.request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : '';
}
