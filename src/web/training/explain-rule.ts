// Errors of rules in words: codes in their details become names, days become dates.
import type { Reference } from '../../domain/reference/reference.ts';
import { isCalendarDay } from '../../domain/shared/calendar-day.ts';
import { InvalidInput, type ApplicationError, type Details } from '../../domain/shared/errors.ts';
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

/** An error of a rule as one sentence, or one for each field it names. */
export function explainRule(reference: Reference, exchange: Exchange, error: ApplicationError): string {
  const problems = error instanceof InvalidInput ? error.problems : [error];
  return problems
    .map((one) => explain(reference, exchange, one.code, one.details ?? {}))
    .join(exchange.t('shared.comma'));
}

function explain(reference: Reference, exchange: Exchange, code: string, details: Details): string {
  return exchange.explain({ code, details: wordDetails(reference, exchange, details) });
}

/** Details with names for codes and dates for days. */
export function wordDetails(reference: Reference, exchange: Exchange, details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (name === 'occupation') return [name, occupationName(reference, exchange.lang, value)];
      return [name, isCalendarDay(value) ? formatDay(exchange.lang, value) : value];
    }),
  ) as Details;
}
