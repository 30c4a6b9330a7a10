// Whether persons are active apprentices anywhere in the district: a yes or no, never where.
import { activeStatuses } from '../../domain/apprenticeships/apprentice.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Apprentices } from '../apprenticeships.ts';

export type ActiveApprentices = ReturnType<typeof createActiveApprentices>;

export function createActiveApprentices(apprentices: Apprentices) {
  return {
    /** Those of the persons who are active apprentices in any enterprise. */
    async among(personIds: readonly string[]): Promise<ReadonlySet<string>> {
      const found = await apprentices.find(district, {
        personId: { $in: [...personIds] },
        status: { $in: [...activeStatuses] },
      });
      return new Set(found.map((one) => one.personId));
    },
  };
}
