// Two requests at once for what only one of them may have, again and again.
import { expect } from 'chai';

/** How often each race is run: a rule that held by luck once does not hold fifty times. */
export const turns = 50;

/** The code of a refusal: of the rule itself, or of the first field it names. */
export function codeOf(reason: unknown): string {
  const { code, problems } = reason as { code?: string; problems?: readonly { code: string }[] };
  return problems?.[0]?.code ?? code ?? String(reason);
}

/** Starts both at once; the index and value of the one that won. Fails unless the other was refused with one of the codes. */
export async function oneWins<T>(
  first: () => Promise<T>,
  second: () => Promise<T>,
  refusals: readonly string[],
  turn: number,
): Promise<{ index: 0 | 1; value: T }> {
  const outcomes = await Promise.allSettled([first(), second()]);
  const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
  expect(lost, `refusals of turn ${turn}`).to.have.length(1);
  expect(refusals, `turn ${turn}`).to.include(lost[0]);
  const index = outcomes[0].status === 'fulfilled' ? 0 : 1;
  return { index, value: (outcomes[index] as PromiseFulfilledResult<T>).value };
}

/** Runs one race fifty times, one after the other. */
export async function fiftyTimes(race: (turn: number) => Promise<void>): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await race(turn);
}
