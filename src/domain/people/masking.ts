// Masking shows enough to recognise a value and too little to use it (domain 9.2).
import { surnameOf } from './surname.ts';

/**
 * Eighteen places keep the first six and last four (320507********0013), fifteen the first six and last three, a T before
 * them stays; other numbers keep the first character and the last two, short ones the first.
 */
export function maskDocumentNumber(number: string): string {
  if (/^T.{15,18}$/.test(number)) return `T${maskDocumentNumber(number.slice(1))}`;
  if (number.length === 18) return keep(number, 6, 4);
  if (/^\d{15}$/.test(number)) return keep(number, 6, 3);
  return [...number].length > 5 ? keep(number, 1, 2) : keep(number, 1, 0);
}

/** The last four places with stars before them, as the public check shows it; short numbers show two. */
export function maskToLastFour(number: string): string {
  return keep(number, 0, [...number].length > 7 ? 4 : 2);
}

/** 138****0000; anything that is no mobile keeps its last two places. */
export function maskMobile(mobile: string): string {
  return /^\d{11}$/.test(mobile) ? keep(mobile, 3, 4) : keep(mobile, 0, 2);
}

/** The surname and one star, whatever the length: 张*, 欧阳*, 阿卜杜拉·*. */
export function maskName(name: string): string {
  return `${surnameOf(name)}*`;
}

function keep(text: string, first: number, last: number): string {
  const characters = [...text];
  const hidden = Math.max(1, characters.length - first - last);
  return (
    characters.slice(0, first).join('') +
    '*'.repeat(hidden) +
    characters.slice(characters.length - last).join('')
  );
}
