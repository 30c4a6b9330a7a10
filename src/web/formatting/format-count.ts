// Numbers on screen: commas between thousands in both languages (pages.md §3.8).

/** 51990 gives 51,990; at most `decimals` decimals (default 2), trailing zeros trimmed; a minus is U+2212. */
export function formatCount(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is not a number that can be shown.`);
  const fixed = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction = ''] = fixed.split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (trimmed && `.${trimmed}`);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
