// XML as a stream of elements, names without prefix. A document type is refused: it is how XML is made to swell.
import { SaxesParser } from 'saxes';
import { SheetError } from '../sheet-error.ts';

export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Feeds the pieces through; throws SheetError sheets.broken for anything that is not well-formed XML. */
export async function parseXml(pieces: AsyncIterable<string>, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('opentag', ({ name, attributes }) =>
    events.open?.(local(name), attributes as Record<string, string>),
  );
  parser.on('closetag', ({ name }) => events.close?.(local(name)));
  if (events.text !== undefined) {
    const text = events.text.bind(events);
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.on('doctype', () => {
    throw new SheetError('sheets.broken');
  });
  parser.on('error', (cause) => {
    throw new SheetError('sheets.broken', {}, { cause });
  });
  for await (const piece of pieces) parser.write(piece);
  parser.close();
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
