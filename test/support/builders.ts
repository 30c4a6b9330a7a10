// Records for tests, made the way the product makes them; each builder makes the parents it needs.
import type { Deps } from '../../src/deps.ts';
import type { Actor, Role } from '../../src/domain/accounts/actor.ts';
import { scopeOf } from '../../src/domain/accounts/actor.ts';
import type { Capacity, Filing, Organisation } from '../../src/domain/organisations/organisation.ts';
import { needsOneTimeCode, secretBytes } from '../../src/domain/accounts/one-time-code.ts';
import { createAccount } from '../../src/use-cases/accounts/create-account.ts';

let serial = 0;

/** A credit code that passes its check: division 320599, organisation part from a counter. */
export function aCreditCode(): string {
  serial += 1;
  const body = `91320599MA${String(serial).padStart(6, '0')}`;
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const organisation = body.slice(8);
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...organisation].reduce(
    (total, c, index) => total + (/\d/.test(c) ? Number(c) : c.charCodeAt(0) - 55) * weights[index]!,
    0,
  );
  const eleven = 11 - (sum % 11);
  const own = eleven === 10 ? 'X' : eleven === 11 ? '0' : String(eleven);
  const first = body + own;
  const total = [...first].reduce((all, c, index) => all + alphabet.indexOf(c) * (3 ** index % 31), 0);
  return first + alphabet[(31 - (total % 31)) % 31]!;
}

/** A stored organisation of the given capacities, filed for electrician, all levels, 2019 to 2030 unless told otherwise. */
export async function anOrganisation(
  deps: Deps,
  given: Partial<Organisation> & { capacities?: readonly Capacity[] } = {},
): Promise<Organisation> {
  const id = deps.newId();
  const capacities = given.capacities ?? ['trainingCentre'];
  const filingOf = (capacity: Filing['capacity']): Filing => ({
    id: `${id}-${capacity}`,
    capacity,
    occupationCode: '6-31-01-03',
    skillLevels: ['junior', 'intermediate', 'senior', 'technician', 'senior_technician'],
    methods: capacity === 'evaluator' ? ['level_recognition'] : [],
    validFrom: '2019-01-01',
    validTo: '2030-12-31',
  });
  const filings = capacities
    .filter((c) => c === 'trainingCentre' || c === 'evaluator')
    .map((c) => filingOf(c));
  const organisation: Organisation = {
    id,
    version: 0,
    name: `示例机构${id.slice(-4)}`,
    formerNames: [],
    nameSortKey: '',
    creditCode: aCreditCode(),
    creditCodeReason: null,
    capacities,
    areaCode: '320507001',
    divisionCode: '320507',
    numberPrefix: capacities.includes('evaluator') ? `S000032${String(100000 + serial)}` : null,
    filings,
    phone: '0512-65000000',
    createdAt: deps.now(),
    ...given,
  };
  await deps.transaction(() => deps.organisations.add(organisation));
  return organisation;
}

const system = { accountId: 'system', name: 'system' };
export const testPassword = 'correct horse battery';
/** Of the one-time codes of every test account whose role needs them. */
export const testSecret = Uint8Array.from({ length: secretBytes }, (_, at) => at);

/** An account of the role with its actor; `userName` is its id so that names never clash. */
export async function anActor(
  deps: Deps,
  role: Role,
  own: { organisationId?: string; areaCode?: string; displayName?: string } = {},
): Promise<Actor & { userName: string }> {
  serial += 1;
  const userName = `${role}-${serial}`;
  const accountId = await createAccount(deps, {
    actor: system,
    userName,
    displayName: `${role} ${serial}`,
    password: testPassword,
    role,
    ...own,
  });
  if (needsOneTimeCode(role))
    await deps.transaction(() => deps.credentials.keepSecret(accountId, testSecret, 0, []));
  return {
    accountId,
    name: own.displayName ?? `${role} ${serial}`,
    role,
    scope: scopeOf(role, { organisationId: own.organisationId ?? null, areaCode: own.areaCode ?? null }),
    userName,
  };
}
