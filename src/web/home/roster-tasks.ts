// What rosters and people put on the home page.
import { logFilter, logOf } from '../rosters/list-imports.ts';
import { paths } from '../paths.ts';
import type { HomeTaskSource } from './home-tasks.ts';

export const rosterTasks: readonly HomeTaskSource[] = [
  {
    key: 'rosters.task.previews',
    action: 'roster.import',
    isTask: true,
    href: logOf('checked'),
    count: (deps, actor) => deps.rosterImports.count(actor.scope, logFilter('checked', deps.now())),
  },
  {
    key: 'people.count',
    action: 'person.list',
    isTask: false,
    href: paths.people(),
    count: (deps, actor) => deps.people.countByName(actor.scope, ''),
  },
];
