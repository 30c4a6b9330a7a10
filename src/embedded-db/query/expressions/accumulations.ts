// $sum, $avg, $min, $max and the standard deviations over arguments, or over the elements of one array.

import { compareValues } from '../compare.ts';
import { Summation } from '../summation.ts';
import { isNullish, isNumber, makeDouble, toNumber } from '../types.ts';
import { compileArguments, type Argument, type Expression, type Family, type Operator } from './compiler.ts';

function over(name: string, apply: (values: Argument[]) => Argument): Operator {
  return (operand, compiler) => {
    const list: Expression[] = compileArguments(name, operand, compiler, 0, Infinity);
    const [only] = list;
    if (only !== undefined && list.length === 1) {
      return (root, vars) => {
        const value = only(root, vars);
        return apply(Array.isArray(value) ? value : [value]);
      };
    }
    return (root, vars) => apply(list.map((each) => each(root, vars)));
  };
}

/** The sum of the numbers among `values`. */
function sum(values: Argument[]): Argument {
  const summation = new Summation();
  for (const value of values) if (isNumber(value)) summation.add(value);
  return summation.total();
}

function average(values: Argument[]): Argument {
  const summation = new Summation();
  let count = 0;
  for (const value of values) {
    if (!isNumber(value)) continue;
    summation.add(value);
    count += 1;
  }
  return count === 0 ? null : summation.average(count);
}

function extreme(sign: 1 | -1): (values: Argument[]) => Argument {
  return (values) => {
    let best: Argument = null;
    for (const value of values) {
      if (!isNullish(value) && (best === null || compareValues(value, best) * sign > 0)) best = value;
    }
    return best;
  };
}

/** The standard deviation of the numbers among `values`; null where there are too few. */
export function deviation(values: readonly Argument[], sample: boolean): Argument {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (!isNumber(value)) continue;
    count += 1;
    const difference = toNumber(value) - mean;
    mean += difference / count;
    squares += difference * (toNumber(value) - mean);
  }
  const divisor = sample ? count - 1 : count;
  return divisor <= 0 ? null : makeDouble(Math.sqrt(squares / divisor));
}

export const accumulations: Family = {
  $sum: over('$sum', sum),
  $avg: over('$avg', average),
  $min: over('$min', extreme(-1)),
  $max: over('$max', extreme(1)),
  $stdDevPop: over('$stdDevPop', (values) => deviation(values, false)),
  $stdDevSamp: over('$stdDevSamp', (values) => deviation(values, true)),
};
