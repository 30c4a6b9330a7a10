// Round numbers for a scale from zero.

/** Ticks 0, step, … up to the first not below `max`; step is 1, 2, 2.5 or 5 times a power of ten, whole for counts. */
export function niceTicks(max: number, wanted = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = Math.max(1, factor === 2.5 && power === 1 ? 5 : factor * power);
  const ticks = [0];
  while ((ticks.at(-1) ?? 0) < max) ticks.push(Math.round(ticks.length * step * 100) / 100);
  return ticks;
}
