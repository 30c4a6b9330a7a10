// One record of each kind on which a sensitive edit can be made, with the form that makes it and a page that tells of it.
import type { SensitiveEdit } from '../../../src/domain/trail/sensitive-edits.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { merge, register, twins } from '../../support/duplicates.ts';
import type { World } from '../../support/world.ts';

export interface Edit {
  /** User name of who makes the edit. */
  readonly by: string;
  readonly about: { readonly kind: string; readonly id: string };
  /** The page with the form. */
  readonly from: string;
  /** Where the form is sent to. */
  readonly path: string;
  /** What is typed besides the reason. */
  readonly fields: Readonly<Record<string, string>>;
  /** Who looks at which page afterwards: the maker unless said otherwise. */
  readonly timeline: { readonly by?: string; readonly path: string };
}

async function aCertificate({ deps }: World) {
  const evaluator = await anEvaluator(deps);
  const [certificate] = await certificatesFor(deps, evaluator, await peopleOf(deps, evaluator, ['周八']));
  return { evaluator, id: certificate!.id };
}

async function aMerge({ deps }: World) {
  const officer = await anActor(deps, 'bureauOfficer');
  const pair = await twins(deps);
  return { officer, ...pair };
}

export const edits: Partial<Readonly<Record<SensitiveEdit, (world: World) => Promise<Edit>>>> = {
  async 'person.nameCorrected'(world) {
    const id = await register(world.deps);
    return {
      by: (await anActor(world.deps, 'bureauOfficer')).userName,
      about: { kind: 'person', id },
      from: `/people/${id}/name/new`,
      path: `/people/${id}/name`,
      fields: { name: '周鸣', version: '0' },
      timeline: { path: `/people/${id}` },
    };
  },
  async 'person.merged'(world) {
    const { officer, ids, duplicateId } = await aMerge(world);
    const people = await world.deps.people.byIds(district, ids);
    return {
      by: officer.userName,
      about: { kind: 'person', id: ids[1] },
      from: `/duplicates/${duplicateId}`,
      path: `/duplicates/${duplicateId}/merge`,
      fields: {
        keptId: ids[0],
        versionOne: String(people.get([...ids].sort()[0]!)!.version),
        versionTwo: String(people.get([...ids].sort()[1]!)!.version),
      },
      timeline: { path: `/people/${ids[1]}` },
    };
  },
  async 'person.mergeUndone'(world) {
    const { officer, ids, duplicateId } = await aMerge(world);
    const { id } = await merge(world.deps, officer, { ids, duplicateId });
    return {
      by: officer.userName,
      about: { kind: 'person', id: ids[0] },
      from: `/person-merges/${id}`,
      path: `/person-merges/${id}/reversal`,
      fields: {},
      timeline: { path: `/person-merges/${id}` },
    };
  },
  async 'certificate.revoked'(world) {
    const { evaluator, id } = await aCertificate(world);
    return {
      by: (await anActor(world.deps, 'bureauOfficer')).userName,
      about: { kind: 'certificate', id },
      from: `/certificates/${id}/revocation/new`,
      path: `/certificates/${id}/revocation`,
      fields: { category: 'cheating' },
      timeline: { by: evaluator.approver.userName, path: `/certificates/${id}` },
    };
  },
  async 'certificate.replaced'(world) {
    const { evaluator, id } = await aCertificate(world);
    return {
      by: evaluator.staff.userName,
      about: { kind: 'certificate', id },
      from: `/certificates/${id}/replacement/new`,
      path: `/certificates/${id}/replacement`,
      fields: {},
      timeline: { path: `/certificates/${id}` },
    };
  },
};
