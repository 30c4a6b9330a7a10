// After somebody else changed the same session: what is kept now beside what was typed (pages.md §3.9).
import type { Deps } from '../../deps.ts';
import type { SessionFacts } from '../../domain/training/session-rules.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FormState } from '../kernel/form.ts';
import { presentFact } from './present-fact.ts';

/** The fields in which both differ, as table rows. */
export async function presentStale(
  deps: Deps,
  exchange: Exchange,
  stored: Partial<SessionFacts>,
  state: FormState,
) {
  const fields = (Object.keys(stored) as (keyof SessionFacts)[]).filter((field) => {
    const typed = state.values[field];
    return typeof typed === 'string' && typed !== String(stored[field] ?? '');
  });
  const names = await deps.organisations.namesOf([
    stored.evaluatorId ?? '',
    String(state.values['evaluatorId'] ?? ''),
  ]);
  return {
    columns: ['field', 'theirs', 'yours'].map((key) => ({ label: exchange.t(`training.${key}`) })),
    rows: fields.map((field) => ({
      cells: [
        exchange.t(`training.field.${field}`),
        presentFact(deps.reference, exchange, field, stored[field], names),
        presentFact(deps.reference, exchange, field, state.values[field], names),
      ],
    })),
  };
}
