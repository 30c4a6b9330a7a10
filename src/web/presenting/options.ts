// Choices the forms of several features offer: areas, occupations, levels, organisations.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import { skillLevels } from '../../domain/certifications/skill-levels.ts';
import type { Capacity } from '../../domain/organisations/organisation.ts';
import type { Lang } from '../wording.ts';
import { levelName } from './names.ts';

export interface Option {
  readonly value: string;
  readonly text: string;
}

export function areaOptions(deps: Pick<Deps, 'reference'>, lang: Lang): Option[] {
  return deps.reference.areas.map((area) => ({ value: area.code, text: area[lang] }));
}

export function occupationOptions(deps: Pick<Deps, 'reference'>, lang: Lang): Option[] {
  return deps.reference.occupations.map((one) => ({ value: one.code, text: `${one.code} ${one[lang]}` }));
}

/** The levels certificates are issued for. */
export function levelOptions(lang: Lang): Option[] {
  return skillLevels
    .filter((level) => level.digit !== null)
    .map((level) => ({ value: level.code, text: levelName(lang, level.code) }));
}

/** Organisations of a capacity in scope, by name. */
export async function organisationOptions(
  deps: Pick<Deps, 'organisations'>,
  scope: Scope,
  capacity: Capacity,
): Promise<Option[]> {
  return (await deps.organisations.ofCapacity(scope, capacity)).map((one) => ({
    value: one.id,
    text: one.name,
  }));
}
