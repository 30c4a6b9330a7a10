// What the planner says about a query: how it reads its collection.
import type { Connection } from 'mongoose';
import type { Plain, Shape } from './collect-shapes.ts';

export type Reading = 'bounded' | 'first in order' | 'counted' | 'everything';

interface Stage {
  readonly stage: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
  readonly indexName?: string;
  readonly equalities?: number;
  readonly ranged?: boolean;
  readonly exact?: boolean;
}

export interface Planned {
  readonly reading: Reading;
  readonly by: string;
}

/**
 * How the embedded planner would read for a shape now: a bounded part of an index, the first few in its order, a count of
 * keys that opens no document, or everything.
 */
export async function planOf(connection: Connection, shape: Shape): Promise<Planned> {
  const explained = await connection.db!.command({ explain: shape.command, verbosity: 'queryPlanner' });
  const plan = (explained['queryPlanner'] as { winningPlan: Stage }).winningPlan;
  const reading = readingOf(plan);
  const by = indexesOf(plan).join(', ');
  if (reading !== 'everything' || plan.stage === 'SORT') return { reading, by };
  if (plan.exact === true && isCount(shape.command)) return { reading: 'counted', by };
  return { reading: readsFirst(shape.command, by) ? 'first in order' : reading, by };
}

function readingOf({ stage, inputStage, inputStages, equalities = 0, ranged = false }: Stage): Reading {
  if (stage === 'EOF' || stage === 'IDHACK') return 'bounded';
  if (stage === 'IXSCAN') return equalities > 0 || ranged ? 'bounded' : 'everything';
  const below = inputStages ?? (inputStage ? [inputStage] : []);
  return below.length > 0 && below.every((one) => readingOf(one) === 'bounded') ? 'bounded' : 'everything';
}

function indexesOf({ stage, inputStage, inputStages, indexName }: Stage): string[] {
  if (indexName !== undefined) return [indexName];
  const below = inputStages ?? (inputStage ? [inputStage] : []);
  return below.length > 0 ? [...new Set(below.flatMap(indexesOf))] : [stage];
}

/** Whether a find without conditions takes a page of an index: then it stops where the page ends. */
function readsFirst(command: Plain, by: string): boolean {
  return Number(command['limit'] ?? 0) > 0 && by !== 'COLLSCAN' && isEmpty(command['filter'] ?? {});
}

/** What countDocuments sends, a filter and one sum; or a filter and $count, named by what stands behind. */
function isCount(command: Plain): boolean {
  const stages = (command['pipeline'] as Plain[] | undefined) ?? [];
  return ['$match,$group', '$match,$count,$set'].includes(
    stages.map((stage) => Object.keys(stage)[0]).join(),
  );
}

function isEmpty(filter: unknown): boolean {
  const entries = Object.entries(filter as Plain);
  return entries.every(([key, value]) => key === '$and' && (value as unknown[]).every(isEmpty));
}
