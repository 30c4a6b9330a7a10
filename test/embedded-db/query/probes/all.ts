// All probes in one table.
import { arithmeticProbes, arrayProbes, conditionProbes } from './expressions.ts';
import { indexProbes } from './indexes.ts';
import { filterProbes } from './filters.ts';
import { pipelineProbes } from './pipelines.ts';
import type { Probe } from './probe.ts';
import { projectionProbes, sortProbes } from './sorts.ts';
import { updateProbes } from './updates.ts';

/** Every probe of the query language, with the outcome of MongoDB's manual. */
export const probes: readonly Probe[] = [
  ...filterProbes,
  ...sortProbes,
  ...projectionProbes,
  ...updateProbes,
  ...pipelineProbes,
  ...arithmeticProbes,
  ...conditionProbes,
  ...arrayProbes,
  ...indexProbes,
];
