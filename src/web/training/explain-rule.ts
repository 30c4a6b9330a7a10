// Errors of rules in words: codes in their details become names, days become dates.
import type { Reference } from '../../domain/reference/reference.ts';
import { isCalendarDay } from '../../domain/shared/calendar-day.ts';
import { InvalidInput, type Details } from '../../domain/shared/errors.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { FieldError } from '../frame.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FormState } from '../kernel/form.ts';
import { occupationName } from '../presenting/names.ts';

/** The form's errors again, with names and dates in the reader's language. */
export function explainErrors(
  reference: Reference,
  exchange: Exchange,
  state: FormState,
): readonly FieldError[] {
  const { cause } = state;
  if (cause === null) return state.errors;
  if (cause instanceof InvalidInput)
    return cause.problems.map((problem, index) =>
      problem.code.startsWith('shared.')
        ? state.errors[index]!
        : {
            field: problem.field,
            message: explain(reference, exchange, problem.code, problem.details ?? {}),
          },
    );
  return [{ field: '', message: explain(reference, exchange, cause.code, cause.details) }];
}

function explain(reference: Reference, exchange: Exchange, code: string, details: Details): string {
  const worded = Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (name === 'occupation') return [name, occupationName(reference, exchange.lang, value)];
      return [name, isCalendarDay(value) ? formatDay(exchange.lang, value) : value];
    }),
  ) as Details;
  return exchange.explain({ code, details: worded });
}
