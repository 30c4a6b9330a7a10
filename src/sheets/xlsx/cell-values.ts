// Numbers as the spreadsheet shows them. It keeps 15 digits, so a longer number has lost the rest for good.
import type { RawCell } from '../sheet-types.ts';

const keptDigits = 1e15;
const lastSerial = 2_958_466;

/** The cell of a stored number; text that is no number is kept as text. */
export function numberCell(
  stored: string,
  shown: { asDate: boolean; from1904: boolean; formula: boolean },
): RawCell {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return { text: stored, kind: 'text', damaged: false };
  if (shown.asDate && value >= 0 && value < lastSerial) {
    return {
      text: dateText(value, shown.from1904),
      kind: shown.formula ? 'formula' : 'date',
      damaged: false,
    };
  }
  const damaged = Math.abs(value) >= keptDigits;
  const text = damaged ? scientific(value) : String(Number(value.toPrecision(15)));
  return { text, kind: shown.formula ? 'formula' : 'number', damaged };
}

/** 3.20599E+17, as a cell of the general format shows a number too long for it. */
function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(5).split('e');
  return `${String(Number(mantissa))}E${exponent}`;
}

/** yyyy-mm-dd, with hh:mm when the serial has a fraction. */
function dateText(serial: number, from1904: boolean): string {
  // Day 60 of the 1900 count is a 29 February that never was.
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const minutes = Math.round(days * 1440);
  const text = new Date(Date.UTC(1899, 11, 30) + minutes * 60_000).toISOString();
  return minutes % 1440 === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** Whether a number format shows dates: one of the numbered formats (local ones included), or a code with y, m, d, h or s in it. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
    );
  const bare = code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '');
  return /[ymdhs]/i.test(bare) && !/^general$/i.test(bare);
}
