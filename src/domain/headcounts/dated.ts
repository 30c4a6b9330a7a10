// Reads dated lists as they stood at a cut-off instant: what was recorded later is not known yet.
import type { DatedDay, DatedState } from './facts.ts';

/** The state that held at the instant, or null when nothing was recorded by then. */
export function stateAt<State extends string>(
  states: readonly DatedState<State>[],
  instant: number,
): DatedState<State> | null {
  let held: DatedState<State> | null = null;
  for (const state of states) if (state.at <= instant) held = state;
  return held;
}

/** The latest entry into a state by the instant, or null when it was never reached. */
export function reachedBy<State extends string>(
  states: readonly DatedState<State>[],
  to: State,
  instant: number,
): DatedState<State> | null {
  let reached: DatedState<State> | null = null;
  for (const state of states) if (state.to === to && state.at <= instant) reached = state;
  return reached;
}

/** The day as known at the instant; null when there is none. */
export function dayAt(days: readonly DatedDay[], instant: number): string | null {
  let known: string | null = null;
  for (const entry of days) if (entry.at <= instant) known = entry.day;
  return known;
}

/** Whether something recorded at `from` and, perhaps, taken back at `until` held at the instant. */
export function heldAt(from: number, until: number | null, instant: number): boolean {
  return from <= instant && (until === null || until > instant);
}
