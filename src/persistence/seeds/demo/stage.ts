// What every step of the demo has at hand.
import type { Deps } from '../../../deps.ts';
import type { Actor } from '../../../domain/accounts/actor.ts';
import type { Cast } from './cast.ts';
import type { Random } from './random.ts';

export type Numbers = 'sessions' | 'learners' | 'papers';

export interface Stage {
  readonly deps: Deps;
  readonly random: Random;
  readonly officers: readonly [Actor, Actor];
  readonly cast: Cast;
  /**
   * Runs work in one transaction while no other lane takes numbers of that kind: of sessions, of learners, or of
   * assessments, batches and prints. A transaction that began before another took one would be retried.
   */
  readonly numbering: <T>(kind: Numbers, work: () => Promise<T>) => Promise<T>;
}
