// Which of the five grounds a cell of the cross-table gets; its number is always printed.

/** 1 (least) to 5 (the highest value), 0 for none: the class is `heat-<step>`. */
export function heatStep(value: number | null, highest: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (value === null || value <= 0 || highest <= 0) return 0;
  return Math.min(5, Math.ceil((value / highest) * 5)) as 1 | 2 | 3 | 4 | 5;
}
