// What may wait on somebody's home page: a permission, a count and the list that shows exactly as many.
import { certificateTasks } from './certificate-tasks.ts';
import { figureTasks } from './figure-tasks.ts';
import { lessonTasks } from './lesson-tasks.ts';
import { programmeTasks } from './programme-tasks.ts';
import { rosterTasks } from './roster-tasks.ts';
import { trainingTasks } from './training-tasks.ts';
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Action } from '../../domain/accounts/permissions.ts';

export interface HomeTaskSource {
  readonly key: string;
  readonly action: Action;
  /** True for work to do, false for a plain count. */
  readonly isTask: boolean;
  readonly href: string;
  readonly count: (deps: Deps, actor: Actor) => Promise<number>;
}

export const homeTasks: readonly HomeTaskSource[] = [
  ...lessonTasks,
  ...trainingTasks,
  ...rosterTasks,
  ...certificateTasks,
  ...programmeTasks,
  ...figureTasks,
];
