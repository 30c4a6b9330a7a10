// What waits for a decision of the bureau, kind by kind, oldest first.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { occupationName } from '../presenting/names.ts';

export const filingKinds = ['sessions', 'changes', 'programmes', 'recorded'] as const;
export type FilingKind = (typeof filingKinds)[number];

/** The address of a kind's list. */
export function filingsOf(kind: FilingKind): string {
  return withQuery(paths.filings(), { kind });
}

const waiting = { status: 'submitted' };

/** How many of a kind wait within the viewer's scope. */
export function countFilings(deps: Deps, { scope }: Actor, kind: FilingKind): Promise<number> {
  if (kind === 'sessions') return deps.trainingSessions.count(scope, waiting);
  if (kind === 'changes') return deps.sessionChanges.count(scope, waiting);
  if (kind === 'programmes') return deps.programmes.count(scope, waiting);
  return deps.certificateImports.count(scope, waiting);
}

interface Waiting {
  readonly href: string;
  readonly number: string;
  readonly name: string;
  readonly from: string;
  readonly since: Date;
}

export async function listFilings(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, query } = exchange;
  const counts = await Promise.all(filingKinds.map((kind) => countFilings(deps, actor, kind)));
  const fullest = filingKinds.find((_, index) => counts[index]! > 0) ?? 'sessions';
  const kind = filingKinds.find((one) => one === query['kind']) ?? fullest;
  const total = counts[filingKinds.indexOf(kind)]!;
  const { slice, model } = paginate(total, query['page'], paths.filings(), { kind });
  const rows = await findWaiting(deps, exchange, kind, slice);
  exchange.page('filings/list', t('filings.title'), {
    tabs: filingKinds.map((one, index) => ({
      href: filingsOf(one),
      text: t(`filings.kind.${one}`),
      count: counts[index]!,
      current: one === kind,
    })),
    caption: t(`filings.kind.${kind}`),
    columns: ['number', 'name', 'from', 'since'].map((key) => ({ label: t(`filings.column.${key}`) })),
    rows: rows.map((one) => ({
      cells: [{ text: one.number, href: one.href }, one.name, one.from, formatShortInstant(one.since)],
    })),
    page: model,
  });
}

async function findWaiting(
  deps: Deps,
  { actor: { scope }, lang }: Exchange,
  kind: FilingKind,
  page: { skip: number; limit: number },
): Promise<Waiting[]> {
  const oldest = { sort: { changedAt: 1 } as const, page };
  if (kind === 'sessions') {
    const found = await deps.trainingSessions.find(scope, waiting, oldest);
    const names = await deps.organisations.namesOf(found.map((one) => one.centreId));
    return found.map((one) => ({
      href: paths.filing(one.id),
      number: one.number,
      name: one.name,
      from: names.get(one.centreId) ?? '',
      since: one.changedAt,
    }));
  }
  if (kind === 'changes') {
    const found = await deps.sessionChanges.find(scope, waiting, oldest);
    return found.map((one) => ({
      href: paths.filing(one.id),
      number: one.sessionNumber,
      name: one.sessionName,
      from: one.createdByName,
      since: one.createdAt,
    }));
  }
  if (kind === 'programmes') {
    const found = await deps.programmes.find(scope, waiting, oldest);
    const names = await deps.organisations.namesOf(found.map((one) => one.enterpriseId));
    return found.map((one) => ({
      href: paths.apprenticeship(one.id),
      number: one.number,
      name: occupationName(deps.reference, lang, one.occupationCode),
      from: names.get(one.enterpriseId) ?? '',
      since: one.statusChanges.at(-1)!.at,
    }));
  }
  const found = await deps.certificateImports.find(scope, waiting, { sort: { createdAt: 1 }, page });
  return found.map((one) => ({
    href: paths.certificateImport(one.id),
    number: one.number,
    name: one.fileName,
    from: one.createdByName,
    since: one.createdAt,
  }));
}
