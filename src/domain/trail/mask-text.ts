// Free text in events, such as a reason, may hold a number somebody typed: whoever reads the trail sees it masked.
import { maskDocumentNumber, maskMobile } from '../people/masking.ts';

const numbers = /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|1\d{10})(?![0-9A-Za-z])/g;

/** The text with identity numbers and mobiles masked (domain 9.2); other numbers stay. */
export function maskText(text: string): string {
  return text.replace(numbers, (number) =>
    number.length === 11 ? maskMobile(number) : maskDocumentNumber(number),
  );
}
