// Turns whatever is thrown into one of the error pages; a bug is logged once, with a reference the page shows.
import {
  ApplicationError,
  Conflict,
  InvalidInput,
  NotAllowed,
  NotFound,
  RuleBroken,
  StoreFull,
  TooOften,
} from '../../domain/shared/errors.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { noteRefusal, patternOf } from '../kernel/note-refusal.ts';
import { RequestRefused } from '../kernel/request-refused.ts';
import type { Log } from '../../log.ts';

const statuses = new Map<unknown, number>([
  [NotFound, 404],
  [NotAllowed, 403],
  [InvalidInput, 422],
  [RuleBroken, 422],
  [TooOften, 429],
  [Conflict, 409],
  [StoreFull, 507],
]);

/** MongoDB's code for a disk that takes no more, of a write outside a transaction. */
const outOfDiskSpace = 14031;

/** The status of an error: its kind's by one map, a body or URL error by its own, an absent database 503, a full disk 507, else 500. */
export function statusOfError(error: unknown): number {
  if (error instanceof ApplicationError) return statuses.get(error.constructor) ?? 500;
  const own = (error as { status?: unknown }).status;
  if (typeof own === 'number' && own >= 400 && own < 500) return own;
  if ((error as { code?: unknown }).code === outOfDiskSpace) return 507;
  return isDatabaseGone(error) ? 503 : 500;
}

/** Answers that refuse a visitor what is not theirs, or a request that no page of ours sends. */
const refusals = [400, 403, 413, 415, 429];

/** Answers with the page of the error; pages of 500 and 503 need neither session nor database. */
export function answerError(exchange: Exchange, error: unknown, log: Log, reference: string): void {
  const status = statusOfError(error);
  if (status >= 500)
    log.error({ reference, path: patternOf(exchange), error: describe(error) }, 'A request failed');
  else if (refusals.includes(status)) noteRefusal(log, exchange, { status, code: codeOf(error) });
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  const page = [400, 403, 404, 409, 413, 415, 429, 500, 503, 507].includes(status)
    ? status
    : status === 422
      ? 409
      : status < 500
        ? 404
        : 500;
  const detail =
    (error instanceof ApplicationError && !(error instanceof NotFound)) || error instanceof RequestRefused
      ? exchange.explain(error)
      : '';
  exchange.page(`errors/${page}`, exchange.t(`shared.errorTitle.${page}`), { reference, detail }, { status });
}

function codeOf(error: unknown): string | null {
  return error instanceof ApplicationError || error instanceof RequestRefused ? error.code : null;
}

/** Codes of a connection that broke while something was written to it: the driver passes them on as they are. */
const brokenConnection: unknown[] = ['EPIPE', 'ECONNRESET'];

function isDatabaseGone(error: unknown): boolean {
  // What went wrong with a bulk write that never reached the database is inside its error.
  const {
    name = '',
    code,
    errorResponse,
  } = error as { name?: string; code?: unknown; errorResponse?: unknown };
  const labels = (error as { hasErrorLabel?: (label: string) => boolean }).hasErrorLabel;
  return (
    /Mongo(Network|ServerSelection|NotConnected|TopologyClosed|PoolCleared)|MongooseServerSelection|DisconnectedError/.test(
      name,
    ) ||
    brokenConnection.includes(code) ||
    (errorResponse instanceof Error && isDatabaseGone(errorResponse)) ||
    (typeof labels === 'function' && labels.call(error, 'ResetPool'))
  );
}

function describe(error: unknown): { name: string; stack: string } {
  if (!(error instanceof Error)) return { name: typeof error, stack: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: `${error.name} ${(error as { code?: unknown }).code ?? ''}`.trim(),
    stack: frames.slice(0, 12).join('\n'),
  };
}
