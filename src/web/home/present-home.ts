// The home page: what waits for the viewer, then counts, each a link to the list it counts.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { homeTasks } from './home-tasks.ts';

export interface HomeTask {
  readonly count: number;
  readonly href: string;
  readonly text: string;
}

/** Tasks with a count above zero come first; counts follow. */
export async function presentHome(
  deps: Deps,
  exchange: Exchange,
): Promise<{ tasks: HomeTask[]; counts: HomeTask[]; hasTasks: boolean }> {
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
  return { tasks, counts, hasTasks: tasks.length > 0 };
}
