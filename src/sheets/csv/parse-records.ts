// Splits the text of a CSV into records (RFC 4180, leniently). Its time grows with the length of the text alone, whatever
// stands in it: ten million empty lines take a second.

/**
 * Calls back for each record that has a field with text, with its number from 1; fields beyond `fieldLimit` are dropped.
 * Gives the number of the record whose quote never ends, or null.
 */
export function parseRecords(
  text: string,
  { delimiter, fieldLimit }: { delimiter: string; fieldLimit: number },
  onRecord: (number: number, fields: readonly string[]) => void,
): number | null {
  const special = new RegExp(`[${delimiter}\\r\\n]`, 'g');
  let number = 1;
  let at = 0;
  let fields: string[] = [];
  let filled = false;
  const take = (field: string): void => {
    if (fields.length === fieldLimit) return;
    fields.push(field);
    if (field !== '') filled = true;
  };
  const finish = (): void => {
    if (filled) onRecord(number, fields);
    if (fields.length > 0) fields = [];
    filled = false;
    number += 1;
  };
  /** Where the field that begins at `from` ends. */
  const endFrom = (from: number): number => {
    special.lastIndex = from;
    return special.exec(text)?.index ?? text.length;
  };

  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1);
      if (quoted === null) return number;
      field = quoted.field;
      at = quoted.after;
    }
    // Text after a closing quote belongs to the field: programs that do not double quotes write such.
    const end = endFrom(at);
    take(end > at ? field + text.slice(at, end) : field);
    at = end + 1;
    if (text[end] === delimiter) {
      if (at === text.length) take('');
      continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    finish();
  }
  if (fields.length > 0) finish();
  return null;
}

/** The text up to the closing quote, with doubled quotes made one, and where what follows begins; null without a closing quote. */
function readQuoted(text: string, start: number): { field: string; after: number } | null {
  let field = '';
  for (let from = start; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    if (text[quote + 1] !== '"') return { field: field + text.slice(from, quote), after: quote + 1 };
    field += text.slice(from, quote + 1);
    from = quote + 2;
  }
}
