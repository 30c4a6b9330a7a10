// Works that come again each night or hour while the process serves: of several processes one does each, a failed one is
// logged and tried again ten minutes later.
import type { Deps } from './deps.ts';
import { addDays, dayOf } from './domain/shared/calendar-day.ts';

export interface RecurringWork {
  readonly name: string;
  readonly every: 'night' | 'hour';
  /** Does the work; ends early, to be begun again, when `goOn` answers false. */
  readonly work: (deps: Deps, goOn: () => boolean) => Promise<void>;
}

export interface NightlyWorks {
  /** Looks for work now rather than at the next minute, and resolves when nothing is left to do. */
  wake(): Promise<void>;
  stop(): Promise<void>;
}

const lookEvery = 60_000;
const renewEvery = 15_000;
/** From this hour in Shanghai on the night's works are due. */
const nightHour = 2;

/** The name of the time slot that is due at an instant: the night's day, or the hour. */
export function slotOf(every: RecurringWork['every'], now: Date): string {
  const day = dayOf(now);
  const hour = new Date(now.getTime() + 8 * 3_600_000).getUTCHours();
  if (every === 'hour') return `${day}T${String(hour).padStart(2, '0')}`;
  return hour < nightHour ? addDays(day, -1) : day;
}

/** Starts looking for due works each minute, the first time after one. */
export function startNightlyWorks(deps: Deps, works: readonly RecurringWork[]): NightlyWorks {
  let stopping = false;
  let running: Promise<void> | null = null;
  const goOn = () => !stopping;
  const turn = (): Promise<void> => {
    if (stopping) return Promise.resolve();
    running ??= workThrough(deps, works, goOn).finally(() => {
      running = null;
    });
    return running;
  };
  const timer = setInterval(() => void turn(), lookEvery);
  timer.unref();
  return {
    wake: turn,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function workThrough(deps: Deps, works: readonly RecurringWork[], goOn: () => boolean): Promise<void> {
  for (const one of works) {
    if (!goOn()) return;
    try {
      const slot = slotOf(one.every, deps.now());
      if (await deps.workTurns.take(one.name, slot, deps.now())) await workOn(deps, one, slot, goOn);
    } catch (error) {
      deps.log.warn(
        { name: (error as Error).name, work: one.name },
        'A nightly work could not be looked for',
      );
    }
  }
}

async function workOn(deps: Deps, one: RecurringWork, slot: string, goOn: () => boolean): Promise<void> {
  const renewing = setInterval(() => {
    deps.workTurns.renew(one.name, slot, deps.now()).catch(() => undefined);
  }, renewEvery);
  renewing.unref();
  try {
    await one.work(deps, goOn);
    if (goOn()) await deps.workTurns.finish(one.name, slot, deps.now());
    else await deps.workTurns.giveUp(one.name, slot, deps.now(), true);
  } catch (error) {
    const { name, stack } = error as Error;
    deps.log.error(
      { work: one.name, name, stack: stack?.split('\n').slice(1, 8).join('\n') },
      'A nightly work failed',
    );
    await deps.workTurns.giveUp(one.name, slot, deps.now(), false);
  } finally {
    clearInterval(renewing);
  }
}
