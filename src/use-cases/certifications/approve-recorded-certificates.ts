// A second bureau officer approves or returns submitted certificates; approved ones count from that moment by the same rules.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import {
  handsOnImport,
  type CertificateImport,
  type RecordedFacts,
} from '../../domain/certifications/recorded-certificate.ts';
import { rankOf } from '../../domain/certifications/skill-levels.ts';
import { occupationOf } from '../../domain/reference/reference.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { registerPeople } from '../people/register-people.ts';
import { judgeRecordedRows, keyOf } from './submit-recorded-certificates.ts';
import { waitingRows } from './waiting-rows.ts';

type ApproveDeps = Pick<
  Deps,
  | 'certificateImports'
  | 'certificates'
  | 'people'
  | 'duplicates'
  | 'unscoped'
  | 'serials'
  | 'cipher'
  | 'events'
  | 'transaction'
  | 'now'
  | 'newId'
  | 'reference'
>;

/** The approved list and its certificates; throws NotAllowed for the submitter, RuleBroken certificateImports.decided, .rowsRemoved or .rowsChanged. */
export async function approveRecordedCertificates(
  deps: ApproveDeps,
  command: { actor: Actor; importId: string },
): Promise<{ list: CertificateImport; certificates: Certificate[] }> {
  return deps.transaction(async () => {
    const { actor } = command;
    const before = await submittedList(deps, actor, command.importId);
    const rows = waitingRows(deps, before);
    if (rows === null) throw new RuleBroken('certificateImports.rowsRemoved');
    const judged = await judgeRecordedRows(deps, actor, rows);
    const changed = judged.filter((row) => row.state === 'error' || row.state === 'conflict').length;
    if (changed > 0) throw new RuleBroken('certificateImports.rowsChanged', { count: changed });
    const now = deps.now();
    const facts = judged.map((row) => row.facts!);
    const registered = await registerPeople(deps, {
      stated: facts.map((one) => one.person),
      owner: {},
      day: facts.map((one) => one.issuedOn).sort()[0]!,
      now,
    });
    const people = await deps.people.byIds(
      actor.scope,
      registered.map((one) => one.personId!),
    );
    const certificates = facts.map((one, index) => {
      const person = people.get(registered[index]!.personId!)!;
      return recordedCertificate(deps, before, one, { ...person, by: actor.accountId, at: now });
    });
    await deps.certificates.addMany(certificates);
    const list = await deps.certificateImports.save({
      ...before,
      status: 'approved',
      rowsSealed: null,
      recordedCount: certificates.length,
      statusChanges: [...before.statusChanges, { to: 'approved', at: now, by: actor.accountId }],
    });
    await deps.events.record({
      what: 'certificateImport.approved',
      who: actor,
      about: { kind: 'certificateImport', id: list.id },
      when: now,
      after: { certificates: certificates.length },
    });
    return { list, certificates };
  });
}

/** The list handed back with a reason; throws like the approval. */
export async function returnRecordedCertificates(
  deps: Pick<Deps, 'certificateImports' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; importId: string; reason: string },
): Promise<CertificateImport> {
  return deps.transaction(async () => {
    const { actor, reason } = command;
    const before = await submittedList(deps, actor, command.importId);
    const now = deps.now();
    const list = await deps.certificateImports.save({
      ...before,
      status: 'returned',
      rowsSealed: null,
      statusChanges: [...before.statusChanges, { to: 'returned', at: now, by: actor.accountId, reason }],
    });
    await deps.events.record({
      what: 'certificateImport.returned',
      who: actor,
      about: { kind: 'certificateImport', id: list.id },
      when: now,
      reason,
    });
    return list;
  });
}

async function submittedList(
  deps: Pick<Deps, 'certificateImports'>,
  actor: Actor,
  id: string,
): Promise<CertificateImport> {
  const list = await deps.certificateImports.get(actor.scope, id);
  if (list.status !== 'submitted') throw new RuleBroken('certificateImports.decided');
  requireSecondPerson(actor, handsOnImport(list));
  return list;
}

interface HolderOnRecord {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly nameSortKey: string;
  readonly gender: 'male' | 'female' | null;
  readonly birthDay: string | null;
  readonly education: string | null;
  readonly keyGroups: readonly { readonly group: string; readonly from: string }[];
  readonly by: string;
  readonly at: Date;
}

function recordedCertificate(
  deps: Pick<Deps, 'newId' | 'cipher' | 'reference'>,
  list: CertificateImport,
  facts: RecordedFacts,
  holder: HolderOnRecord,
): Certificate {
  return {
    id: deps.newId(),
    version: 0,
    kind: facts.kind,
    number: facts.certificateNumber,
    numberKey: keyOf(facts),
    personId: holder.id,
    holderName: facts.person.name,
    holderNameKey: facts.person.nameKey,
    nameSortKey: holder.nameSortKey,
    documentType: facts.person.documentType,
    documentNumberSealed: deps.cipher.seal(facts.person.documentNumber),
    occupationCode: facts.occupationCode,
    occupationName: facts.occupationName || (occupationOf(deps.reference, facts.occupationCode)?.zh ?? ''),
    trade: facts.trade,
    skillLevel: facts.skillLevel,
    rank: facts.skillLevel === null ? null : rankOf(facts.skillLevel),
    centreId: null,
    evaluatorId: null,
    issuerName: facts.issuer,
    issuedOn: facts.issuedOn,
    validUntil: null,
    origin: 'recorded',
    source: facts.source || list.number,
    verification: facts.verification,
    assessmentId: null,
    candidateId: null,
    sessionId: null,
    batchId: null,
    importId: list.id,
    theory: null,
    practice: null,
    hours: null,
    trainedFrom: null,
    trainedTo: null,
    countedDivision: facts.countedDivision,
    areaCode: facts.areaCode,
    fundingSource: null,
    gender: holder.gender,
    birthDay: holder.birthDay,
    education: holder.education,
    keyGroups: holder.keyGroups.filter((held) => held.from <= facts.issuedOn).map((held) => held.group),
    status: 'valid',
    statusChanges: [{ to: 'valid', at: holder.at, by: holder.by }],
    revokedOn: null,
    revocationCategory: null,
    currentPrintId: null,
    recordedAt: holder.at,
    changedAt: holder.at,
  };
}
