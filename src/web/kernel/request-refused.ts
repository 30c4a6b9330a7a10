// A request that is refused as it stands, before any handler sees it: its form is not one a page of ours sends.
import type { Details } from '../../domain/shared/errors.ts';

/** Thrown at the edge; `status` is of the 4xx kind, `code` the key of the sentence that names what was wrong and the cure. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Details;

  constructor(status: number, code: string, details: Details = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** The field names of a request that are no field names: shortened and without control characters, to be shown. */
export function showName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}]/gu, '·');
  return [...clean].length > 40 ? `${[...clean].slice(0, 40).join('')}…` : clean;
}
