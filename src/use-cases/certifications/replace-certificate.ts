// A replacement is a new print of the same certificate: same number and first issue day, new flow number and QR, remark 补发.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { whyNotReplace, type Print } from '../../domain/certifications/certificate.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { composePrint } from './compose-print.ts';

/** The new print; the old one's QR answers "replaced" from now on. Throws InvalidInput for a short reason, RuleBroken for revoked or recorded certificates. */
export async function replaceCertificate(
  deps: Pick<
    Deps,
    | 'certificates'
    | 'prints'
    | 'keptFiles'
    | 'serials'
    | 'events'
    | 'cipher'
    | 'config'
    | 'transaction'
    | 'now'
    | 'newId'
    | 'newToken'
  >,
  command: { actor: Actor; certificateId: string } & Grounds,
): Promise<Print> {
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const certificate = await deps.certificates.get(command.actor.scope, command.certificateId);
    const refusal = whyNotReplace(certificate);
    if (refusal !== null) throw new RuleBroken(refusal);
    const old = await deps.prints.get(district, certificate.currentPrintId!);
    const now = deps.now();
    const madeOn = dayOf(now);
    const serial = await deps.serials.take(`print:${madeOn.slice(0, 4)}`);
    const print = composePrint(deps, certificate, { serial, madeOn, remark: 'reissued' });
    await deps.prints.add(print);
    await deps.prints.save({ ...old, state: 'replaced', replacedOn: madeOn, replacedById: print.id });
    await deps.certificates.save({ ...certificate, currentPrintId: print.id, changedAt: now });
    const about = { kind: 'certificate', id: certificate.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'certificate.replaced',
      who: command.actor,
      about,
      when: now,
      before: { flowNumber: old.flowNumber },
      after: { flowNumber: print.flowNumber },
      reason,
      evidenceId,
    });
    return print;
  });
}
