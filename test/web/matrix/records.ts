// Two of everything that has an owner: one side at home (area 320507001), the other away (320507002), made by use-cases, and
// a signed-in visitor of each role who belongs to the home side.
import { district } from '../../../src/domain/accounts/scope.ts';
import { roles, type Actor, type Role } from '../../../src/domain/accounts/actor.ts';
import type { Candidate } from '../../../src/domain/certifications/assessment.ts';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { submitRecordedCertificates } from '../../../src/use-cases/certifications/submit-recorded-certificates.ts';
import { keepEvidence } from '../../../src/use-cases/evidence/keep-evidence.ts';
import { keepExport } from '../../../src/use-cases/exports/keep-export.ts';
import { askCorrection } from '../../../src/use-cases/requests/ask-correction.ts';
import { recogniseStudio } from '../../../src/use-cases/studios/recognise-studio.ts';
import { recogniseTrainingPlatform } from '../../../src/use-cases/studios/recognise-training-platform.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';
import { anApprentice } from '../../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { fileTypes } from '../../../src/web/kernel/file-types.ts';
import { certificatesFor, peopleOf } from '../../support/certificates.ts';
import { merge, twins } from '../../support/duplicates.ts';
import { anIdNumber, rows } from '../../support/rosters.ts';
import { anApprovedSession } from '../../support/training.ts';
import type { World } from '../../support/world.ts';

export const kinds = [
  'session',
  'change',
  'lesson',
  'enrolment',
  'person',
  'rosterImport',
  'assessment',
  'batch',
  'certificate',
  'programme',
  'apprentice',
  'studio',
  'platform',
  'recognition',
  'organisation',
  'import',
  'duplicate',
  'personMerge',
  'job',
  'export',
  'subjectRequest',
  'evidence',
  'account',
] as const;
export type Kind = (typeof kinds)[number];
export type Owner =
  'administrator' | 'centre' | 'evaluator' | 'enterprise' | 'area' | 'bureau' | 'officer' | 'account';

export interface Owned {
  readonly kind: Kind;
  readonly id: string;
  readonly owner: Owner;
  readonly side: 'home' | 'away';
}

export interface Matrix {
  readonly records: readonly Owned[];
  readonly actors: ReadonlyMap<Role, Actor & { userName: string }>;
  /** Names and numbers of the away side that no page of somebody else's may hold. */
  readonly secrets: readonly string[];
}

/** The records and accounts of both sides; the clock stands at 2021-04-20. */
export async function makeMatrix(world: World): Promise<Matrix> {
  const { deps } = world;
  world.at('2021-04-20');
  const actors = new Map<Role, Actor & { userName: string }>();
  for (const role of roles)
    if (!/^(centre|evaluator|enterprise|township)/.test(role)) actors.set(role, await anActor(deps, role));
  actors.set('townshipDesk', await anActor(deps, 'townshipDesk', { areaCode: '320507001' }));
  const officer = await anActor(deps, 'bureauOfficer');
  const records: Owned[] = [];
  const secrets: string[] = [];
  for (const side of ['home', 'away'] as const) {
    const keep = (owner: Owner, kind: Kind, id: string) => records.push({ kind, id, owner, side });
    const hide = (...texts: string[]) => (side === 'away' ? secrets.push(...texts) : 0);
    const areaCode = side === 'home' ? '320507001' : '320507002';
    const member = async (role: Role, organisationId: string) => {
      const actor = await anActor(deps, role, { organisationId });
      if (side === 'home') actors.set(role, actor);
      return actor;
    };
    await makeCentre();
    await makeEvaluator();
    await makeEnterprise();
    await makeRecognitions();
    await makeDuplicates();

    async function makeCentre(): Promise<void> {
      const centre = await anOrganisation(deps, { areaCode, name: `培训学校${side}` });
      const staff = await member('centreStaff', centre.id);
      await member('centreApprover', centre.id);
      const colleague = await anActor(deps, 'centreStaff', { organisationId: centre.id });
      keep('administrator', 'account', colleague.accountId);
      const by = { actor: staff, centreId: centre.id };
      const { session, enrolments, lessons } = await anApprovedSession(world, {
        by,
        people: 2,
        facts: { areaCode, name: `电工${side}班`, venue: `教室${side}` },
      });
      const change = await requestSessionChange(deps, {
        actor: staff,
        sessionId: session.id,
        facts: { capacity: 50 },
        reason: `扩班${side}`,
      });
      const { rosterImport } = await checkRoster(deps, {
        actor: staff,
        sessionId: session.id,
        rows: rows(2),
      });
      keep('centre', 'organisation', centre.id);
      keep('centre', 'session', session.id);
      keep('centre', 'change', change.id);
      keep('centre', 'lesson', lessons[0]!.id);
      keep('centre', 'enrolment', enrolments[0]!.id);
      keep('centre', 'person', enrolments[0]!.personId);
      keep('centre', 'rosterImport', rosterImport.id);
      const prove = (about: { kind: string; id: string }) =>
        deps.transaction(() => keepEvidence(deps, { bytes: Buffer.from(`%PDF-1.7 ${side}`) }, [about]));
      keep('centre', 'evidence', (await prove({ kind: 'trainingSession', id: session.id }))!);
      keep('administrator', 'evidence', (await prove({ kind: 'account', id: colleague.accountId }))!);
      hide(centre.name, session.name, session.number, `教室${side}`);
    }

    async function makeEvaluator(): Promise<void> {
      const organisation = await anOrganisation(deps, {
        areaCode,
        capacities: ['evaluator'],
        name: `评价中心${side}`,
      });
      const evaluator = {
        organisation,
        staff: await member('evaluatorStaff', organisation.id),
        approver: await member('evaluatorApprover', organisation.id),
      };
      const [certificate] = await certificatesFor(
        deps,
        evaluator,
        await peopleOf(deps, evaluator, [side === 'home' ? '家中人' : '远方人']),
      );
      keep('evaluator', 'organisation', organisation.id);
      keep('evaluator', 'certificate', certificate!.id);
      keep('evaluator', 'batch', certificate!.batchId!);
      const [candidate] = await deps.candidates.find(evaluator.staff.scope, {
        _id: certificate!.candidateId,
      });
      keep('evaluator', 'assessment', candidate!.assessmentId);
      const [job] = await deps.jobs.ofAccount(evaluator.approver.accountId);
      keep('account', 'job', job!.id);
      hide(certificate!.number, certificate!.holderName);
      await copyForCentre(candidate!, certificate!.batchId!, certificate!.id);
    }

    /** A centre's own assessment, batch and certificate, as the evaluator's but for the owner. */
    async function copyForCentre(candidate: Candidate, batchId: string, certificateId: string) {
      const centre = records.find((one) => one.side === side && one.owner === 'centre')!;
      const owner = { centreId: centre.id, evaluatorId: null };
      const district = { kind: 'district' } as const;
      const [assessment, batch, certificate, print] = await Promise.all([
        deps.assessments.get(district, candidate.assessmentId),
        deps.certificateBatches.get(district, batchId),
        deps.certificates.get(district, certificateId),
        deps.prints.findOne(district, { certificateId }),
      ]);
      const ids = {
        assessment: deps.newId(),
        batch: deps.newId(),
        certificate: deps.newId(),
        candidate: deps.newId(),
        print: deps.newId(),
      };
      await deps.transaction(async () => {
        await deps.assessments.add({
          ...assessment,
          ...owner,
          id: ids.assessment,
          number: `${assessment.number}-C`,
        });
        await deps.candidates.add({
          ...candidate,
          ...owner,
          id: ids.candidate,
          assessmentId: ids.assessment,
          certificateId: ids.certificate,
        });
        await deps.certificateBatches.add({
          ...batch,
          ...owner,
          id: ids.batch,
          number: `${batch.number}-C`,
          assessmentId: ids.assessment,
          candidateIds: [ids.candidate],
          certificateIds: [ids.certificate],
        });
        await deps.prints.add({
          ...print!,
          id: ids.print,
          certificateId: ids.certificate,
          flowNumber: `${print!.flowNumber}9`,
          tokenHash: `${print!.tokenHash}9`,
        });
        await deps.certificates.add({
          ...certificate,
          ...owner,
          id: ids.certificate,
          number: `${certificate.number}9`,
          numberKey: `${certificate.numberKey}9`,
          candidateId: ids.candidate,
          batchId: ids.batch,
          currentPrintId: ids.print,
        });
      });
      for (const kind of ['assessment', 'batch', 'certificate'] as const) keep('centre', kind, ids[kind]);
    }

    async function makeEnterprise(): Promise<void> {
      const enterprise = await anOrganisation(deps, {
        areaCode,
        capacities: ['enterprise'],
        name: `制造公司${side}`,
      });
      const staff = await member('enterpriseStaff', enterprise.id);
      const programme = await draftProgramme(deps, {
        actor: staff,
        enterpriseId: enterprise.id,
        facts: {
          schoolId: null,
          schoolName: `技工学校${side}`,
          occupationCode: '6-31-01-03',
          targetLevel: 'intermediate',
          startsOn: '2021-06-01',
          termMonths: 12,
          plannedCount: 10,
          classHoursPerYear: 400,
          areaCode,
        },
      });
      const [apprentice] = await enrolApprentices(deps, {
        actor: staff,
        programmeId: programme.id,
        enrolledOn: '2021-04-20',
        rows: [anApprentice(`学徒${side === 'home' ? '近' : '远'}`)],
      });
      keep('enterprise', 'organisation', enterprise.id);
      keep('enterprise', 'programme', programme.id);
      keep('enterprise', 'apprentice', apprentice!.id);
      hide(enterprise.name, programme.number, `技工学校${side}`, apprentice!.name);
    }

    async function makeDuplicates(): Promise<void> {
      keep('bureau', 'duplicate', (await twins(deps)).duplicateId);
      keep('bureau', 'personMerge', (await merge(deps, officer, await twins(deps))).id);
    }

    async function makeRecognitions(): Promise<void> {
      const recognition = { tier: 'district', recognisedOn: '2021-03-01', document: `文件${side}` } as const;
      const studio = await recogniseStudio(deps, {
        actor: officer,
        facts: {
          name: `工作室${side}`,
          kind: 'skill_master',
          hostId: null,
          hostName: `单位${side}`,
          occupationCode: null,
          craft: null,
          areaCode,
          members: [{ name: '王师傅', role: 'lead', skillLevel: null, from: '2021-03-01', to: null }],
          termEnd: null,
        },
        recognition,
      });
      const platform = await recogniseTrainingPlatform(deps, {
        actor: officer,
        facts: {
          name: `平台${side}`,
          hostId: null,
          hostName: `单位${side}`,
          industry: '装备',
          areaCode,
          capacity: 10,
          occupationCodes: [],
          termEnd: null,
        },
        recognition,
      });
      const list = await submitRecordedCertificates(deps, {
        actor: officer,
        fileName: '',
        rows: [aRecordedRow(side === 'home' ? '01' : '02')],
      });
      const kept = await keepExport(
        deps,
        {
          actor: side === 'home' ? actors.get('bureauOfficer')! : officer,
          kind: 'roster',
          about: { kind: 'trainingSession', id: studio.id },
          label: side,
          purpose: 'audit',
          note: null,
        },
        () => Promise.resolve({ name: 'a.csv', type: fileTypes.csv, bytes: Buffer.from(side), people: 1 }),
      );
      keep('officer', 'export', kept);
      const trainee = records.find((one) => one.kind === 'person' && one.side === side)!;
      const request = await askCorrection(deps, {
        personId: trainee.id,
        fact: 'education',
        wanted: '本科',
        file: { bytes: Buffer.from('%PDF-1.7') },
      });
      keep('bureau', 'subjectRequest', request.id);
      keep('area', 'studio', studio.id);
      keep('area', 'platform', platform.id);
      const [recognised] = await deps.recognitions.find(district, { subjectId: studio.id });
      keep('area', 'recognition', recognised!.id);
      keep('bureau', 'import', list.id);
      hide(studio.name, platform.name, `单位${side}`);
    }
  }
  return { records, actors, secrets };
}

function aRecordedRow(serial: string) {
  return {
    number: 1,
    cells: {
      name: '钱多多',
      documentNumber: anIdNumber(),
      kind: '职业技能等级证书',
      certificateNumber: `S0000328800022130000${serial}`,
      occupationCode: '6-18-02-04',
      skillLevel: 'senior',
      issuedOn: '2021-03-01',
      issuer: '无锡某评价机构',
      source: '本人提交',
      verification: 'unverified',
    },
  };
}

/** What the scopes of domain and ADR 6 promise, said once more by hand: whether a visitor of the home side reaches a record. */
export function reaches(role: Role, record: Owned): boolean {
  if (record.kind === 'evidence' && role === 'auditor') return true;
  if (record.owner === 'administrator') return /^(system|security)Administrator$/.test(role);
  if (record.owner === 'officer') return role === 'bureauOfficer' && record.side === 'home';
  if (record.owner === 'account') return role === 'evaluatorApprover' && record.side === 'home';
  if (role === 'bureauOfficer' || role === 'bureauReviewer') return true;
  if (record.side === 'away') return false;
  if (role === 'townshipDesk') return record.owner !== 'bureau' && record.kind !== 'batch';
  if (role.startsWith('centre')) return record.owner === 'centre';
  if (role.startsWith('evaluator')) return record.owner === 'evaluator';
  return role === 'enterpriseStaff' && record.owner === 'enterprise';
}
