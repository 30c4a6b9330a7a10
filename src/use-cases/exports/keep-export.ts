// A file with numbers in clear: for a purpose, stamped, as an event, kept for the hours of the setting.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requirePurpose, type ExportKind, type ExportPurpose } from '../../domain/people/export-purpose.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';

export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Of how many persons it holds numbers. */
  readonly people: number;
}

export interface KeepExport {
  readonly actor: Actor;
  readonly kind: ExportKind;
  readonly about: { readonly kind: 'trainingSession' | 'person'; readonly id: string };
  readonly label: string;
  readonly purpose: ExportPurpose;
  readonly note: string | null;
}

type ExportDeps = Pick<
  Deps,
  'exports' | 'keptFiles' | 'events' | 'transaction' | 'reference' | 'now' | 'newId'
>;

/** The id under which the file is fetched until it ends. `make` draws it with what is stamped on it. Throws InvalidInput on `note`. */
export async function keepExport(
  deps: ExportDeps,
  command: KeepExport,
  make: (at: Date) => Promise<MadeFile>,
): Promise<string> {
  const { actor, kind, about, label, purpose, note } = command;
  requirePurpose(purpose, note);
  const now = deps.now();
  const { people, ...file } = await make(now);
  const hours = settingOn(deps.reference, 'exportHours', dayOf(now));
  const endsAt = new Date(now.getTime() + hours * 3_600_000);
  return deps.transaction(async () => {
    const id = deps.newId();
    const kept = await deps.keptFiles.keep({ ...file, at: now, endsAt });
    await deps.exports.add({
      id,
      accountId: actor.accountId,
      kind,
      label,
      purpose,
      fileId: kept.id,
      madeAt: now,
      endsAt,
    });
    await deps.events.record({
      what: 'export.made',
      who: actor,
      about,
      when: now,
      after: { kind, purpose, people, sha256: kept.sha256, hours },
      reason: note ?? undefined,
    });
    return id;
  });
}
