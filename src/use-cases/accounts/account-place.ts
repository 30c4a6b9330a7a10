// On whose records an account of a role acts: a body of the right capacity, an area, or neither.
import type { Deps } from '../../deps.ts';
import { scopeNeedOf, type Role } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';

/** The body or area the role needs, the other null; throws InvalidInput on `organisationId` or `areaCode`. */
export async function placeOf(
  deps: Pick<Deps, 'organisations'>,
  role: Role,
  given: { organisationId?: string | null; areaCode?: string | null },
): Promise<{ organisationId: string | null; areaCode: string | null }> {
  const need = scopeNeedOf[role];
  if (need === 'none') return { organisationId: null, areaCode: null };
  if (need === 'area') {
    if (!given.areaCode) throw new InvalidInput([{ field: 'areaCode', code: 'accounts.chooseArea' }]);
    return { organisationId: null, areaCode: given.areaCode };
  }
  const body = given.organisationId
    ? await deps.organisations.findOne(district, { _id: given.organisationId })
    : null;
  if (body === null)
    throw new InvalidInput([{ field: 'organisationId', code: 'accounts.chooseOrganisation' }]);
  if (!body.capacities.includes(need))
    throw new InvalidInput([{ field: 'organisationId', code: 'accounts.otherCapacity' }]);
  return { organisationId: body.id, areaCode: null };
}
