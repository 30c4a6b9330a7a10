// What is due goes, kind by kind and batch by batch: each batch, its certificate of destruction and its event are one
// transaction, so that a run that was stopped is simply begun again.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { cutOn, isHeld, type Cut } from '../../domain/retention/due.ts';
import {
  retentionKind,
  type RetentionCode,
  type RetentionKind,
} from '../../domain/retention/retention-kinds.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';

const batchSize = 200;

export interface RetentionLine {
  readonly code: RetentionCode;
  readonly atTheEnd: RetentionKind['atTheEnd'];
  readonly before: string;
  /** Due and free to go (gone, unless it was a dry run or the kind is only listed). */
  readonly count: number;
  /** Due, but kept by a legal hold. */
  readonly held: number;
}

type RetentionDeps = Pick<
  Deps,
  'retentionWorks' | 'legalHolds' | 'destructions' | 'events' | 'transaction' | 'reference' | 'now' | 'newId'
>;
type Works = Deps['retentionWorks'];
type Cursor = Awaited<ReturnType<Works[number]['page']>>['next'];

export interface ApplyRetention {
  readonly who: Pick<Actor, 'accountId' | 'name'>;
  /** Counts alone; nothing is written. */
  readonly dryRun?: boolean;
  /** Only these kinds; all without. */
  readonly only?: readonly RetentionCode[];
  /** Called after each batch; the run ends early when it answers false. */
  readonly goOn?: () => boolean;
}

/** One line per kind with what was due, in the order of the works. */
export async function applyRetention(deps: RetentionDeps, run: ApplyRetention): Promise<RetentionLine[]> {
  const now = deps.now();
  const runId = deps.newId();
  const lines: RetentionLine[] = [];
  for (const work of deps.retentionWorks) {
    if (run.only !== undefined && !run.only.includes(work.code)) continue;
    if (work.apply === null && !run.dryRun) continue;
    const kind = retentionKind(work.code);
    const cut = cutOn(deps.reference, kind, dayOf(now), now);
    if (cut === null) continue;
    let [count, held] = [0, 0];
    let after: Cursor = null;
    do {
      const batch = await oneBatch(deps, { run, runId, work, cut, after, now });
      count += batch.count;
      held += batch.held;
      after = batch.next;
    } while (after !== null && (run.goOn?.() ?? true));
    lines.push({ code: work.code, atTheEnd: kind.atTheEnd, before: cut.day, count, held });
    if (!(run.goOn?.() ?? true)) break;
  }
  return lines;
}

interface Batch {
  readonly run: ApplyRetention;
  readonly runId: string;
  readonly work: Works[number];
  readonly cut: Cut;
  readonly after: Cursor;
  readonly now: Date;
}

async function oneBatch(
  deps: RetentionDeps,
  batch: Batch,
): Promise<{ count: number; held: number; next: Cursor }> {
  const { run, work, cut, after } = batch;
  return deps.transaction(async () => {
    const [{ due, next }, reach] = [await work.page(cut, after, batchSize), await deps.legalHolds.reach()];
    const free = due.filter((record) => !isHeld(record, reach)).map(({ id }) => id);
    if (free.length > 0 && !run.dryRun && work.apply !== null) {
      await work.apply(free, batch.now);
      await certify(deps, batch, free);
    }
    return { count: free.length, held: due.length - free.length, next };
  });
}

async function certify(deps: RetentionDeps, batch: Batch, ids: readonly string[]): Promise<void> {
  const { run, runId, work, cut, now } = batch;
  const id = deps.newId();
  const atTheEnd = retentionKind(work.code).atTheEnd as 'delete' | 'anonymise';
  await deps.destructions.add({
    id,
    runId,
    code: work.code,
    atTheEnd,
    before: cut.day,
    count: ids.length,
    ids,
    at: now,
    byName: run.who.name,
  });
  await deps.events.record({
    what: 'retention.applied',
    who: run.who,
    about: { kind: 'destruction', id },
    when: now,
    after: { kind: work.code, atTheEnd, before: cut.day, count: ids.length },
  });
}
