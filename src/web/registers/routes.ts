// The bureau's registers on one page: each list with how many it holds.
import type { Deps } from '../../deps.ts';
import type { Action } from '../../domain/accounts/permissions.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import { get, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';

interface Register {
  readonly key: string;
  readonly href: string;
  readonly action: Action;
  readonly count: (deps: Deps, scope: Scope, actor: Actor) => Promise<number>;
}

const registers: readonly Register[] = [
  {
    key: 'apprenticeships',
    href: paths.apprenticeships(),
    action: 'apprenticeship.list',
    count: (deps, scope) => deps.programmes.count(scope, {}),
  },
  {
    key: 'studios',
    href: paths.studios(),
    action: 'studio.list',
    count: (deps, scope) => deps.studios.count(scope, {}),
  },
  {
    key: 'trainingPlatforms',
    href: paths.trainingPlatforms(),
    action: 'trainingPlatform.list',
    count: (deps, scope) => deps.trainingPlatforms.count(scope, {}),
  },
  {
    key: 'certificateImports',
    href: paths.certificateImports(),
    action: 'certificateImport.list',
    count: (deps, scope) => deps.certificateImports.count(scope, {}),
  },
  {
    key: 'certificateBatches',
    href: paths.certificateBatches(),
    action: 'certificateBatch.list',
    count: (deps, scope) => deps.certificateBatches.count(scope, {}),
  },
  {
    key: 'assessments',
    href: paths.assessments(),
    action: 'assessment.list',
    count: (deps, scope) => deps.assessments.count(scope, {}),
  },
  {
    key: 'organisations',
    href: paths.organisations(),
    action: 'organisation.list',
    count: (deps, scope) => deps.organisations.count(scope, {}),
  },
  {
    key: 'retention',
    href: paths.retention(),
    action: 'retention.view',
    count: async (deps) => (await deps.legalHolds.standing()).length,
  },
  {
    key: 'subjectRequests',
    href: paths.subjectRequests(),
    action: 'subjectRequest.decide',
    count: async (deps) => (await deps.subjectRequests.waiting()).length,
  },
  {
    key: 'exports',
    href: paths.exports(),
    action: 'export.list',
    count: async (deps, _scope, actor) => (await deps.exports.ofAccount(actor.accountId, deps.now())).length,
  },
];

export function registerRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.registers.pattern, 'organisation.list', async (exchange) => {
      const shown = registers.filter((one) => exchange.may(one.action));
      const counts = await Promise.all(
        shown.map((one) => one.count(deps, exchange.actor.scope, exchange.actor)),
      );
      exchange.page('registers/show', exchange.t('registers.title'), {
        title: exchange.t('registers.title'),
        items: shown.map((one, index) => ({
          text: exchange.t(`registers.${one.key}`),
          href: one.href,
          tag: null,
          note: exchange.t('registers.count', { count: counts[index]! }),
        })),
      });
    }),
  ];
}
