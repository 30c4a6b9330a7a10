// The bureau registers an organisation or adds a filing to one.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Filing, Organisation } from '../../domain/organisations/organisation.ts';
import { checkCreditCode } from '../../domain/organisations/credit-code.ts';
import { Conflict, InvalidInput } from '../../domain/shared/errors.ts';

export type OrganisationFacts = Pick<
  Organisation,
  | 'name'
  | 'creditCode'
  | 'creditCodeReason'
  | 'capacities'
  | 'areaCode'
  | 'divisionCode'
  | 'numberPrefix'
  | 'phone'
>;

type RegisterDeps = Pick<Deps, 'organisations' | 'events' | 'transaction' | 'now' | 'newId'>;

/** The new organisation; throws InvalidInput for a malformed code, a failing check character without a reason, or a taken code. */
export async function registerOrganisation(
  deps: RegisterDeps,
  command: { actor: Actor; facts: OrganisationFacts; filings?: readonly Omit<Filing, 'id'>[] },
): Promise<Organisation> {
  const { actor, facts } = command;
  const code = checkCreditCode(facts.creditCode);
  if (code.ok === false)
    throw new InvalidInput([{ field: 'creditCode', code: code.code, details: code.details }]);
  if (code.ok === 'needs-reason' && !facts.creditCodeReason) {
    throw new InvalidInput([{ field: 'creditCodeReason', code: code.doubt! }]);
  }
  return deps.transaction(async () => {
    const taken = await deps.organisations.findOne({ kind: 'district' }, { creditCode: code.code });
    if (taken !== null)
      throw new InvalidInput([
        { field: 'creditCode', code: 'organisations.creditCodeTaken', details: { name: taken.name } },
      ]);
    const now = deps.now();
    const organisation: Organisation = {
      ...facts,
      creditCode: code.code,
      id: deps.newId(),
      version: 0,
      formerNames: [],
      nameSortKey: '',
      filings: (command.filings ?? []).map((filing) => ({ ...filing, id: deps.newId() })),
      createdAt: now,
    };
    await deps.organisations.add(organisation);
    await deps.events.record({
      what: 'organisation.registered',
      who: actor,
      about: { kind: 'organisation', id: organisation.id },
      when: now,
      after: { capacities: facts.capacities },
      reason: facts.creditCodeReason ?? undefined,
    });
    return organisation;
  });
}

/** The organisation with a further filing; throws InvalidInput when it ends before it begins. */
export async function addFiling(
  deps: RegisterDeps,
  command: { actor: Actor; organisationId: string; version: number; filing: Omit<Filing, 'id'> },
): Promise<Organisation> {
  const { filing } = command;
  if (filing.validTo < filing.validFrom)
    throw new InvalidInput([{ field: 'validTo', code: 'organisations.filingEndsBeforeStart' }]);
  return deps.transaction(async () => {
    const before = await deps.organisations.get(command.actor.scope, command.organisationId);
    if (before.version !== command.version) throw new Conflict('shared.changedMeanwhile');
    const after = await deps.organisations.save({
      ...before,
      filings: [...before.filings, { ...filing, id: deps.newId() }],
    });
    await deps.events.record({
      what: 'organisation.filed',
      who: command.actor,
      about: { kind: 'organisation', id: before.id },
      when: deps.now(),
      after: { ...filing },
    });
    return after;
  });
}
