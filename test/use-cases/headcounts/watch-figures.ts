// Every figure of a year before and after an act.
import { district } from '../../../src/domain/accounts/scope.ts';
import { countFigures } from '../../../src/domain/headcounts/index.ts';
import type { World } from '../../support/world.ts';

export type Numbers = Readonly<Record<string, number>>;

export interface FigureWatch {
  /** Every figure and companion of a year, as F14 or F14.certificates. */
  numbersOf(year: number): Promise<Numbers>;
  /** The numbers of 2021 (or another year) that differ after the act, each by how much. */
  changesBy(act: () => Promise<unknown>, year?: number): Promise<Numbers>;
}

/** Watches the figures of a world; whatever its clock says, all that was recorded is counted. */
export function watchFigures(world: World): FigureWatch {
  const numbersOf = async (year: number): Promise<Numbers> => {
    const columns = await world.deps.headcounts.year(year);
    const numbers: Record<string, number> = {};
    for (const figure of countFigures(columns, { cutOff: new Date('2030-01-01'), scope: district })) {
      if (!figure.recorded) continue;
      numbers[figure.code] = figure.value!;
      for (const { key, value } of figure.companions) numbers[`${figure.code}.${key}`] = value!;
    }
    return numbers;
  };
  return {
    numbersOf,
    async changesBy(act, year = 2021) {
      const before = await numbersOf(year);
      await act();
      const after = await numbersOf(year);
      return Object.fromEntries(
        Object.keys(before).flatMap((key) =>
          after[key] === before[key] ? [] : [[key, after[key]! - before[key]!]],
        ),
      );
    },
  };
}
