// Text as people and spreadsheets deliver it: full-width forms, odd spaces, apostrophes that kept a number text.

const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Full-width ASCII (Ａ１－) as ASCII and the ideographic space as a space; nothing else changes. */
export function foldWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/** The text without the marks a number collects on its way: spaces of every kind, tabs, apostrophes, invisible characters. */
export function compactNumber(typed: string): string {
  return foldWidth(typed)
    .replace(invisible, '')
    .replace(/[\s'"`´‘’“”]/g, '');
}

/** The text trimmed, without a leading apostrophe or invisible characters; spaces inside are kept. */
export function trimTyped(typed: string): string {
  return typed
    .replace(invisible, '')
    .replace(/^[\s'‘’`]+/, '')
    .trim();
}

/** Whether the text is a number as a spreadsheet shows it when it ran out of digits: 3.20507E+17. */
export function isScientific(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?E\+?\d+$/i.test(text);
}
