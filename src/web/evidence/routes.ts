// Hands out the files that prove changes.
import type { Deps } from '../../deps.ts';
import { orNotFound } from '../../domain/shared/errors.ts';
import type { EvidenceSubject } from '../../use-cases/evidence/keep-evidence.ts';
import { openEvidence } from '../../use-cases/evidence/open-evidence.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { get, gives, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { evidenceName, mayOpen } from './evidence-links.ts';

export function evidenceRoutes(deps: Deps): readonly Route[] {
  return [
    gives(
      ['pdf', 'jpeg', 'png'],
      get(paths.evidence.pattern, 'evidence.open', async (exchange) => {
        const [found] = await deps.keptFiles.evidence([exchange.params['id']!]);
        const evidence = orNotFound(found);
        orNotFound((await mayOpen(deps, exchange, evidence)) || null);
        await sendEvidence(deps, exchange, evidence.id, evidence.about[0]!);
      }),
    ),
  ];
}

/** Sends a file kept as evidence as an attachment; the caller has asked whether the viewer may have it. */
export async function sendEvidence(
  deps: Pick<Deps, 'keptFiles' | 'events' | 'transaction' | 'now'>,
  exchange: Exchange,
  fileId: string,
  about: EvidenceSubject,
): Promise<void> {
  const { bytes, type, keptAt } = await openEvidence(deps, { actor: exchange.actor, fileId, about });
  exchange.send(bytes, { type, name: evidenceName(exchange, { id: fileId, type, keptAt }) });
}
