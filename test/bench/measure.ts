// How benches measure: subject and baseline take turns in one run, and medians are compared.

export interface Measured {
  readonly name: string;
  /** What was found, with units. */
  readonly result: string;
  readonly baseline: string;
  readonly ratio: string;
  readonly goal: string;
  readonly met: boolean;
}

/** Milliseconds of one turn. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Medians in milliseconds of both, taken in turn. */
export async function inTurn(
  turns: number,
  subject: () => Promise<unknown> | unknown,
  baseline: () => Promise<unknown> | unknown,
): Promise<{ subject: number; baseline: number }> {
  const times: { subject: number[]; baseline: number[] } = { subject: [], baseline: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    times.baseline.push(await timed(baseline));
    times.subject.push(await timed(subject));
  }
  return { subject: median(times.subject), baseline: median(times.baseline) };
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
