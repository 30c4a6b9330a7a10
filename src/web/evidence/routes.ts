// Hands out the files that prove changes.
import type { Deps } from '../../deps.ts';
import { orNotFound } from '../../domain/shared/errors.ts';
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
        await sendEvidence(deps, exchange, evidence.id);
      }),
    ),
  ];
}

/** Sends a file kept as evidence as an attachment; the caller has asked whether the viewer may have it. */
export async function sendEvidence(
  deps: Pick<Deps, 'keptFiles'>,
  exchange: Exchange,
  fileId: string,
): Promise<void> {
  const { bytes, type, keptAt } = await deps.keptFiles.read(fileId);
  exchange.send(bytes, { type, name: evidenceName(exchange, { id: fileId, type, keptAt }) });
}
