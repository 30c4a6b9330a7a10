// A cell of a CSV that begins like a formula is one to the spreadsheet that opens it. An apostrophe before it makes it text;
// reading takes one apostrophe away again, so a file goes round unchanged.

const formula = /^'*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;
const guarded = /^'+[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

export function guard(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

export function unguard(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}
