// The demo is made in lanes side by side, one waiting for the database while the other computes. People, teachers and
// rooms, training centres and evaluators belong to one lane each, and so do ids, by which records sort: what a lane makes
// does not depend on the others' pace, apart from the numbers all take from one counter.
import type { Deps } from '../../../deps.ts';
import { newId } from '../../ids.ts';
import type { Bodies } from './bodies.ts';
import { createCast } from './cast.ts';
import { createPopulation, type Identity } from './identities.ts';
import { createRandom, type Random } from './random.ts';
import type { Stage } from './stage.ts';

export const laneCount = 4;
/** 2020-01-01, the time the ids of the lanes begin with. */
const idsFrom = Date.UTC(2020, 0, 1);
/** The share of people who were trained before. */
const returning = 0.19;

export interface Lane extends Stage {
  readonly at: number;
  readonly centres: Bodies['centres'];
  readonly evaluators: Bodies['evaluators'];
}

/** The lanes of a demo; together they hold all centres and evaluators. */
export function openLanes(deps: Deps, bodies: Bodies, seed: number): readonly Lane[] {
  const turns = { sessions: createTurns(), learners: createTurns(), papers: createTurns() };
  const employers = bodies.enterprises.map((one) => one.organisation.name);
  return Array.from({ length: laneCount }, (_, at) => {
    const random = createRandom(seed + 1_000 * (at + 1));
    const own = repeatable(deps, random, createRandom(seed + 1_000 * (at + 1) + 1));
    return {
      at,
      deps: own,
      numbering: (kind, work) => turns[kind](() => own.transaction(work)),
      random,
      officers: bodies.officers,
      cast: createCast(random, createPopulation(random, at, laneCount), employers, returning),
      centres: shareOf(bodies.centres, at),
      evaluators: shareOf(bodies.evaluators, at),
    };
  });
}

/** Runs each work given after those given before it are over, however they end. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}

/** The parts with ids of the lane's own; a transaction tried again draws the same ids and random numbers again. */
function repeatable(deps: Deps, random: Random, idRandom: Random): Deps {
  let made = 0;
  return {
    ...deps,
    newId: () => newId(idsFrom + made++, idRandom.bytes(16)),
    transaction: (work) => {
      const kept = made;
      const backTo = [random.mark(), idRandom.mark()];
      return deps.transaction(() => {
        made = kept;
        for (const goBack of backTo) goBack();
        return work();
      });
    },
  };
}

/** Does each item's work in its lane, one after the other there; items are dealt out in turn. */
export async function inLanes<T>(
  lanes: readonly Lane[],
  items: readonly T[],
  work: (lane: Lane, item: T, indexInLane: number) => Promise<void>,
): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      for (const [index, item] of shareOf(items, lane.at).entries()) await work(lane, item, index);
    }),
  );
}

/** Everybody the lanes know, lane by lane. */
export function knownPeople(lanes: readonly Lane[]): readonly Identity[] {
  return lanes.flatMap((lane) => lane.cast.known);
}

/** Every item of a lane's turn. */
export function shareOf<T>(items: readonly T[], lane: number): readonly T[] {
  return items.filter((_, index) => index % laneCount === lane);
}

/** A whole number in parts, one a lane, the first ones larger where it does not divide. */
export function splitOver(lanes: readonly Lane[], total: number): number[] {
  return lanes.map(({ at }) => Math.floor((total + laneCount - 1 - at) / laneCount));
}
