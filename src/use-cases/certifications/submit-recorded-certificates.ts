// A bureau officer submits certificates issued elsewhere or earlier; nothing counts until a second officer approves.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { numberKeyOf } from '../../domain/certifications/certificate.ts';
import {
  readRecordedRow,
  type CertificateImport,
  type ReadRecordedRow,
  type RecordedFacts,
  type RecordedRow,
} from '../../domain/certifications/recorded-certificate.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';
import { matchPeople } from '../people/register-people.ts';

export type RecordedState = 'new' | 'matched' | 'conflict' | 'error';

export interface JudgedRecordedRow extends ReadRecordedRow {
  readonly state: RecordedState;
}

type SubmitDeps = Pick<
  Deps,
  | 'certificateImports'
  | 'certificates'
  | 'people'
  | 'unscoped'
  | 'cipher'
  | 'serials'
  | 'events'
  | 'transaction'
  | 'now'
  | 'newId'
>;

/** Every row with its state and remarks: identity, number already on record or twice in the list (C17); nothing is written. */
export async function judgeRecordedRows(
  deps: Pick<Deps, 'certificates' | 'people' | 'unscoped' | 'now'>,
  actor: Actor,
  rows: readonly RecordedRow[],
): Promise<JudgedRecordedRow[]> {
  const today = dayOf(deps.now());
  const read = rows.map((row) => readRecordedRow(row, today));
  const readable = read.filter((row) => row.facts !== null);
  const verdicts = new Map(
    (
      await matchPeople(
        deps,
        readable.map((row) => row.facts!.person),
      )
    ).map((verdict, index) => [readable[index]!, verdict]),
  );
  const keys = new Map(readable.map((row) => [row, keyOf(row.facts!)]));
  const known = await deps.certificates.find(actor.scope, { numberKey: { $in: [...keys.values()] } });
  const present = new Set(known.filter((one) => one.status !== 'undone').map((one) => one.numberKey));
  const seen = new Map<string, number>();
  return read.map((row): JudgedRecordedRow => {
    if (row.facts === null) return { ...row, state: 'error' };
    const key = keys.get(row)!;
    const twice = seen.get(key);
    seen.set(key, twice ?? row.row.number);
    const problem = (code: string, details = {}): JudgedRecordedRow => ({
      ...row,
      state: 'error',
      problems: [...row.problems, { code, column: 'certificateNumber', details }],
    });
    if (twice !== undefined) return problem('certificateImports.numberTwice', { row: twice });
    if (present.has(key)) return problem('certificateImports.numberTaken');
    return { ...row, state: verdicts.get(row)!.kind };
  });
}

/** The submitted list; throws InvalidInput certificateImports.noRows, RuleBroken certificateImports.badRows unless going on without them. */
export async function submitRecordedCertificates(
  deps: SubmitDeps,
  command: { actor: Actor; fileName: string; rows: readonly RecordedRow[]; withoutBadRows?: boolean },
): Promise<CertificateImport> {
  const { actor } = command;
  if (command.rows.length === 0)
    throw new InvalidInput([{ field: 'file', code: 'certificateImports.noRows' }]);
  return deps.transaction(async () => {
    const judged = await judgeRecordedRows(deps, actor, command.rows);
    const good = judged.filter((row) => row.state === 'new' || row.state === 'matched');
    const bad = judged.length - good.length;
    if (bad > 0 && !command.withoutBadRows)
      throw new RuleBroken('certificateImports.badRows', { count: bad });
    if (good.length === 0) throw new RuleBroken('certificateImports.nothingToRecord');
    const now = deps.now();
    const serial = await deps.serials.take('certificate-import');
    const list: CertificateImport = {
      id: deps.newId(),
      version: 0,
      number: `DJ${String(serial).padStart(6, '0')}`,
      fileName: command.fileName,
      rowCount: good.length,
      status: 'submitted',
      statusChanges: [{ to: 'submitted', at: now, by: actor.accountId }],
      rowsSealed: deps.cipher.seal(JSON.stringify(good.map((row) => row.row))),
      recordedCount: 0,
      createdBy: actor.accountId,
      createdByName: actor.name,
      createdAt: now,
    };
    await deps.certificateImports.add(list);
    await deps.events.record({
      what: 'certificateImport.submitted',
      who: actor,
      about: { kind: 'certificateImport', id: list.id },
      when: now,
      after: { rows: good.length, leftOut: bad },
    });
    return list;
  });
}

/** The unique key of a recorded number: nation-wide kinds by number, others per issuer as printed. */
export function keyOf(facts: RecordedFacts): string {
  return numberKeyOf(facts.kind, facts.issuer, facts.certificateNumber);
}
