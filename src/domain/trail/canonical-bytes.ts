// An event as bytes: the same event always gives the same ones, and no two different events do. Each value has a letter for
// its kind; texts, lists and objects carry their length, so nothing can run into its neighbour (ADR 10).

/** An event as it is stored, whatever its fields. */
export type StoredEvent = Readonly<Record<string, unknown>>;

/** What sealing adds and takes away, and so cannot be part of what is sealed. */
const beside: ReadonlySet<string> = new Set(['sealBatch', 'unsealedSince']);

/** The bytes of every stored field of an event but the mark of its seal, or of having none yet; throws TypeError for a value that no event holds. */
export function canonicalBytes(event: StoredEvent): Uint8Array {
  writer.begin();
  writer.letter('E');
  const names = Object.keys(event).filter((name) => !beside.has(name));
  writeFields(event, names);
  return writer.bytes();
}

/**
 * The event as storage gives it back: fields that are undefined left out, undefined in a list as null, broken halves of
 * characters replaced. Throws TypeError for what no event may hold: other kinds of objects, instants that are none, bigints.
 */
export function storable<T extends object>(event: T): T {
  return storableValue(event, 'event') as T;
}

function storableValue(value: unknown, at: string): unknown {
  if (typeof value === 'string') return value.replace(brokenHalf, '\ufffd');
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  if (Array.isArray(value))
    return value.map((one, index) => (one === undefined ? null : storableValue(one, `${at}.${index}`)));
  if (isPlain(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => [name, storableValue(one, `${at}.${name}`)]),
    );
  throw new TypeError(`An event cannot hold what stands at ${at}`);
}

const brokenHalf = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function writeValue(value: unknown): void {
  if (value === null) writer.letter('0');
  else if (value === true) writer.letter('T');
  else if (value === false) writer.letter('F');
  else if (typeof value === 'string') {
    writer.letter('S');
    writer.text(value);
  } else if (typeof value === 'number') {
    writer.letter('N');
    writer.float(Number.isNaN(value) ? NaN : value);
  } else if (value instanceof Date) {
    writer.letter('D');
    writer.text(value.toISOString());
  } else if (Array.isArray(value)) {
    writer.letter('A');
    writer.length(value.length);
    for (const one of value) writeValue(one);
  } else if (isPlain(value)) {
    writer.letter('O');
    writeFields(value, Object.keys(value));
  } else throw new TypeError('An event holds a value of a kind that no event holds');
}

function writeFields(holder: StoredEvent, names: string[]): void {
  writer.length(names.length);
  for (const name of names.sort()) {
    writer.text(name);
    writeValue(holder[name]);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const utf8 = new TextEncoder();

/** One buffer for all events: they are written one after the other, each to its end. */
const writer = openWriter();

function openWriter() {
  let buffer = new Uint8Array(1_024);
  let view = new DataView(buffer.buffer);
  let end = 0;
  const room = (more: number): void => {
    if (end + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * buffer.length, end + more));
    larger.set(buffer);
    buffer = larger;
    view = new DataView(buffer.buffer);
  };
  /** Most texts are ASCII and short: a byte for each, or null where one is not. */
  const writePlain = (text: string, at: number): number | null => {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return null;
      buffer[at + index] = code;
    }
    return text.length;
  };
  return {
    begin() {
      end = 0;
    },
    letter(letter: string) {
      room(1);
      buffer[end] = letter.charCodeAt(0);
      end += 1;
    },
    length(length: number) {
      room(4);
      view.setUint32(end, length);
      end += 4;
    },
    float(value: number) {
      room(8);
      view.setFloat64(end, value);
      end += 8;
    },
    text(text: string) {
      room(4 + 3 * text.length);
      const written = writePlain(text, end + 4) ?? utf8.encodeInto(text, buffer.subarray(end + 4)).written;
      view.setUint32(end, written);
      end += 4 + written;
    },
    bytes: () => buffer.slice(0, end),
  };
}
