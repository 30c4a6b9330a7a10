// All records of a person, as rows of uploaded files may name them.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { RowOwner } from '../../domain/training/row-owner.ts';

/** The record itself and those merged with it, numbers in clear; a number that retention took is null. */
export async function recordsOfPerson(
  deps: Pick<Deps, 'people' | 'personMerges'>,
  personId: string,
): Promise<RowOwner[]> {
  const ids = [...(await deps.personMerges.joinedWith([personId]))];
  return [...(await deps.people.byIds(district, ids)).values()].map((person) => ({
    personId: person.id,
    nameKey: person.nameKey,
    documentType: person.documentType,
    documentNumber: deps.people.openNumber(person, 'documentNumber'),
  }));
}
