// The home page: what waits for the viewer, then counts, each a link to the list it counts.
import type { Deps } from '../../deps.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { homeTasks } from './home-tasks.ts';

export interface HomeTask {
  readonly count: number;
  readonly href: string;
  readonly text: string;
}

export interface HomeModel {
  readonly lead: string;
  readonly tasks: readonly HomeTask[];
  readonly counts: readonly HomeTask[];
  readonly hasTasks: boolean;
  readonly hasCounts: boolean;
}

/** Tasks with a count above zero come first; counts follow. */
export async function presentHome(deps: Deps, exchange: Exchange): Promise<HomeModel> {
  const found = await Promise.all(
    homeTasks
      .filter((task) => exchange.may(task.action))
      .map(async (task) => ({ task, count: await task.count(deps, exchange.actor) })),
  );
  const shown = found.map(({ task, count }) => ({
    isTask: task.isTask,
    count,
    href: task.href,
    text: exchange.t(task.key, { count }),
  }));
  const tasks = shown.filter((entry) => entry.isTask && entry.count > 0);
  const counts = shown.filter((entry) => !entry.isTask);
  return {
    lead: formatDay(exchange.lang, dayOf(exchange.now)),
    tasks,
    counts,
    hasTasks: tasks.length > 0,
    hasCounts: counts.length > 0,
  };
}
