// What every file of a year's numbers shares: its formats, and the refusal of an address that is not understood.
import { NotFound, RuleBroken } from '../../domain/shared/errors.ts';
import type { FieldError } from '../frame.ts';
import type { Exchange } from '../kernel/exchange.ts';

export const formats = ['xlsx', 'csv', 'pdf'] as const;
export type Format = (typeof formats)[number];

/** The format in the address; throws NotFound for another one. */
export function readFormat(exchange: Exchange): Format {
  const format = formats.find((one) => one === exchange.params['format']);
  if (format === undefined) throw new NotFound();
  return format;
}

/** Nothing is exported that was not asked for: throws RuleBroken with the sentences of an address's problems. */
export function refuseProblems(errors: readonly FieldError[]): void {
  if (errors.length > 0)
    throw new RuleBroken('years.notExported', { problems: errors.map(({ message }) => message).join(' ') });
}
