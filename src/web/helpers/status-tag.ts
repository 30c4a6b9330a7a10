// {{#with (statusTag code)}} … {{/with}}: tone, shape and wording key of a state; used by the status partial alone.
import { statusOf } from '../status-table.ts';
import type { Shape } from '../status-table.ts';
import { refuse } from './helper-tools.ts';

const verdicts: Readonly<Record<string, Shape>> = {
  valid: 'tick',
  expired: 'triangle',
  revoked: 'cross',
  replaced: 'arrows',
  unknown: 'question',
  altered: 'cross',
  elsewhere: 'half',
};

/** The row of the status table; throws for a state it does not hold. */
export function statusTag(code: unknown): { tone: string; shape: string; wordKey: string } {
  if (typeof code !== 'string') refuse('statusTag', code);
  return statusOf(code);
}

/** (verdictShape outcome): the shape of a check's answer (pages.md §2.7). */
export function verdictShape(outcome: unknown): Shape {
  const shape = typeof outcome === 'string' ? verdicts[outcome] : undefined;
  return shape ?? refuse('verdictShape', outcome);
}
