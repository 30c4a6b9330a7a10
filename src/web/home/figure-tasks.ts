// Headline figures of the latest year on record, for those whose home has no work: the page behind shows the same numbers.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { countMeasure, type MeasureName } from '../../domain/headcounts/index.ts';
import { paths } from '../paths.ts';
import { latestYear } from '../years/latest-year.ts';
import type { HomeTaskSource } from './home-tasks.ts';

export const figureTasks: readonly HomeTaskSource[] = [
  headline('home.trained', 'personTimes'),
  headline('home.certified', 'certifiedPersons'),
  headline('home.highSkilled', 'highSkilledTalents'),
];

function headline(key: string, measure: MeasureName): HomeTaskSource {
  return {
    key,
    action: 'figure.headlines',
    isTask: false,
    href: paths.years(),
    count: (deps, actor) => countLatest(deps, actor, measure),
  };
}

async function countLatest(deps: Deps, actor: Actor, measure: MeasureName): Promise<number> {
  const now = deps.now();
  const columns = await deps.headcounts.year(await latestYear(deps, now));
  return countMeasure(columns, measure, { cutOff: now, scope: actor.scope }).value ?? 0;
}
