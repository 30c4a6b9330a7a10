// What strangers were refused at, hour by hour, and which accounts are locked now: for the security administrator.
import type { Deps } from '../../deps.ts';
import { refusalKinds, type RefusalCount } from '../../domain/accounts/refusals.ts';
import { district } from '../../domain/accounts/scope.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { get, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';

const shownHours = 7 * 24;

export function refusalRoutes(deps: Deps): readonly Route[] {
  return [get(paths.refusals.pattern, 'refusal.list', (exchange) => listRefusals(deps, exchange))];
}

async function listRefusals(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, now } = exchange;
  const [counts, locks] = await Promise.all([
    deps.refusalCounts.since(new Date(now.getTime() - shownHours * 3_600_000)),
    deps.throttles.standing(now),
  ]);
  const locked = await deps.accounts.find(district, { _id: { $in: locks.map((one) => one.accountId) } });
  const names = new Map(locked.map((one) => [one.id, one.displayName]));
  exchange.page('refusals/list', t('users.refusals.title'), {
    title: t('users.refusals.title'),
    lead: t('users.refusals.lead'),
    locks: {
      title: t('users.refusals.locks'),
      columns: ['account', 'address', 'until'].map((key) => ({ label: t(`users.refusals.${key}`) })),
      rows: locks.map((one) => ({
        cells: [
          { text: names.get(one.accountId) ?? '—', href: paths.user(one.accountId) },
          one.address,
          formatShortInstant(one.until),
        ],
      })),
    },
    hours: {
      title: t('users.refusals.hours'),
      columns: [
        { label: t('users.refusals.hour') },
        ...refusalKinds.map((kind) => ({ label: t(`users.refusals.kind.${kind}`), numeric: true })),
      ],
      rows: rowsOf(counts),
    },
  });
}

/** One row an hour with anything in it, latest first; each kind in its column. */
function rowsOf(counts: readonly RefusalCount[]) {
  const hours = new Map<number, RefusalCount[]>();
  for (const one of counts) hours.set(one.hour.getTime(), [...(hours.get(one.hour.getTime()) ?? []), one]);
  return [...hours].map(([hour, ofHour]) => ({
    cells: [
      formatShortInstant(new Date(hour)),
      ...refusalKinds.map((kind) => String(ofHour.find((one) => one.kind === kind)?.count ?? 0)),
    ],
  }));
}
