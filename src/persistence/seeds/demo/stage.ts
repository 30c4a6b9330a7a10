// What every step of the demo has at hand.
import type { Deps } from '../../../deps.ts';
import type { Actor } from '../../../domain/accounts/actor.ts';
import type { Cast } from './cast.ts';
import type { Random } from './random.ts';

export interface Stage {
  readonly deps: Deps;
  readonly random: Random;
  readonly officers: readonly [Actor, Actor];
  readonly cast: Cast;
}
