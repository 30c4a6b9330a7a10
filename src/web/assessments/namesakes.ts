// Candidates who share their name with another of the list are told apart by their learner numbers.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import type { Candidate } from '../../domain/certifications/assessment.ts';

/** The learner number of each candidate whose name another one has too, by the candidate's id. */
export async function namesakes(
  deps: Pick<Deps, 'people'>,
  scope: Scope,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, string>> {
  const count = new Map<string, number>();
  for (const { name } of candidates) count.set(name, (count.get(name) ?? 0) + 1);
  const shared = candidates.filter(({ name }) => count.get(name)! > 1);
  if (shared.length === 0) return new Map();
  const people = await deps.people.byIds(
    scope,
    shared.map((one) => one.personId),
  );
  return new Map(
    shared.flatMap(({ id, personId }) => {
      const person = people.get(personId);
      return person === undefined ? [] : [[id, person.learnerNumber]];
    }),
  );
}
