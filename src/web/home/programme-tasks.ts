// What apprenticeship programmes put on the home page of the enterprise that runs them.
import type { ProgrammeStatus } from '../../domain/apprenticeships/programme.ts';
import { paths, withQuery } from '../paths.ts';
import type { HomeTaskSource } from './home-tasks.ts';

export const programmeTasks: readonly HomeTaskSource[] = [
  ofStatus('home.programmesReturned', 'returned'),
  ofStatus('home.programmesDrafted', 'draft'),
  {
    key: 'home.programmes',
    action: 'apprenticeship.own',
    isTask: false,
    href: paths.apprenticeships(),
    count: (deps, actor) => deps.programmes.count(actor.scope, {}),
  },
];

function ofStatus(key: string, status: ProgrammeStatus): HomeTaskSource {
  return {
    key,
    action: 'apprenticeship.own',
    isTask: true,
    href: withQuery(paths.apprenticeships(), { status }),
    count: (deps, actor) => deps.programmes.count(actor.scope, { status }),
  };
}
