// The public directory a session's form chooses from: names of bodies, nothing else of them.
import type { Scope } from '../../domain/accounts/scope.ts';
import type { Organisations } from '../organisations.ts';

export type TrainingChoices = ReturnType<typeof createTrainingChoices>;

export function createTrainingChoices(organisations: Organisations) {
  return {
    /** Every evaluator as a choice, by name: who evaluates is public, so any scope but the public's sees the same list. */
    async evaluators(scope: Scope): Promise<{ value: string; text: string }[]> {
      if (scope.kind === 'public') return [];
      const found = await organisations.model
        .find({ capacities: 'evaluator' }, { name: 1 })
        .sort({ nameSortKey: 1 })
        .lean();
      return found.map((one) => ({ value: one._id, text: String(one['name']) }));
    },
  };
}
