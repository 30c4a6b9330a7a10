// Malformed names, values, bodies and files, drawn from a seed: the same seed gives the same cases.
export interface Draw {
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
  bytes(length: number): Buffer;
}

/** A generator of 32 bits (xorshift), enough for drawing cases. */
export function drawFrom(seed: number): Draw {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    pick: (from) => from[below(from.length)]!,
    chance: (share) => next() / 2 ** 32 < share,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}

const oddNames = [
  '$ne',
  'a[$gt]',
  '__proto__',
  'constructor.prototype',
  'a.b.c',
  '',
  ' ',
  '\0',
  'a[]',
  '%',
  '姓名',
  'x'.repeat(300),
  'page',
  'name',
  'version',
  '_csrf',
  '_key',
  'mark.x',
  'toString',
  '_held',
];
const oddValues = [
  '',
  ' ',
  '\0',
  '\0\0name',
  '-1',
  '1e999',
  '-1e999',
  'NaN',
  'Infinity',
  '9'.repeat(400),
  '0x10',
  '1,2',
  '\u202e反',
  '\ud800',
  '💩'.repeat(50),
  '../../etc/passwd',
  '{"$ne":1}',
  '[object Object]',
  "' OR 1=1--",
  '<script>alert(1)</script>',
  '{{constructor}}',
  '%00',
  '2021-02-30',
  '0000-00-00',
  '99999-99-99',
  '\r\nSet-Cookie: a=b',
  'a'.repeat(5_000),
  '=1+1',
  'true',
  'null',
  '()',
  '[a-',
  '(a+)+$',
  '01dxf6e8fmvk5ggc8pnb4h5tzj',
];

/** A value of the odd kind, or random text. */
export function oddValue(draw: Draw): string {
  if (draw.chance(0.8)) return draw.pick(oddValues);
  return draw.bytes(draw.below(40)).toString(draw.pick(['utf8', 'latin1', 'utf16le'] as const));
}

/** Pairs of odd names, and of the names a form knows, with odd values. */
export function oddPairs(draw: Draw, known: readonly string[] = []): [string, string][] {
  return Array.from({ length: draw.below(6) }, () => [
    draw.pick(known.length > 0 && draw.chance(0.7) ? known : oddNames),
    oddValue(draw),
  ]);
}

/** An encoded query or form, sometimes broken: lone percent signs, raw bytes, cut short. */
export function encodePairs(draw: Draw, pairs: readonly (readonly [string, string])[]): string {
  const well = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
  if (draw.chance(0.7)) return well;
  const at = draw.below(well.length + 1);
  return `${well.slice(0, at)}${draw.pick(['%', '%zz', '&&', '==', '%C0%AF', '%E4%B8', '+', ';', '%00'])}${draw.chance(0.5) ? well.slice(at) : ''}`;
}

/** A multipart body with boundary `b`, sometimes cut, nested, unnamed or with broken headers. */
export function oddMultipart(
  draw: Draw,
  pairs: readonly (readonly [string, string])[],
  file: Buffer | null,
): Buffer {
  const parts = pairs.map(([name, value]) =>
    Buffer.from(
      `--b\r\nContent-Disposition: ${draw.chance(0.9) ? 'form-data; ' : ''}name="${name}"\r\n\r\n${value}\r\n`,
    ),
  );
  if (file !== null) {
    const name = draw.pick([
      'a.xlsx',
      '..\\..\\a.csv',
      '/etc/passwd',
      'x"y.csv',
      '',
      '\0.csv',
      '花名册.csv',
      'a'.repeat(500),
    ]);
    parts.push(
      Buffer.concat([
        Buffer.from(
          `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${draw.pick(['text/csv', 'multipart/mixed; boundary=c', 'x', ''])}\r\n\r\n`,
        ),
        file,
        Buffer.from('\r\n'),
      ]),
    );
  }
  const whole = Buffer.concat([
    ...parts,
    Buffer.from(draw.pick(['--b--\r\n', '--b', '', '--b\r\n', '--c--'])),
  ]);
  return draw.chance(0.85) ? whole : whole.subarray(0, draw.below(whole.length + 1));
}

/** A good file mutated: bytes changed, cut, doubled, with NULs, or noise under its first bytes. */
export function mutate(draw: Draw, good: Buffer): Buffer {
  const copy = Buffer.from(good);
  const kind = draw.below(6);
  if (kind === 0) return copy.subarray(0, draw.below(copy.length));
  if (kind === 1) return Buffer.concat([copy, copy]);
  if (kind === 2) return Buffer.concat([copy.subarray(0, 4), draw.bytes(draw.below(200))]);
  if (kind === 3) copy.fill(0, draw.below(copy.length));
  const changes = 1 + draw.below(12);
  for (let change = 0; change < changes; change += 1) copy[draw.below(copy.length)] = draw.below(256);
  return copy;
}

/** A CSV roster of odd cells. */
export function oddCsv(draw: Draw): Buffer {
  const rows = Array.from({ length: draw.below(5) }, () =>
    Array.from({ length: draw.below(6) }, () => oddValue(draw)).join(draw.pick([',', ';', '\t', '","'])),
  );
  return Buffer.from(
    `${draw.chance(0.8) ? '姓名,证件号码\n' : ''}${rows.join(draw.pick(['\n', '\r\n', '\r']))}`,
  );
}

/** Bytes that are hardly a request. */
export function oddRequest(draw: Draw): Buffer {
  const method = draw.pick(['GET', 'POST', 'get', 'TRACE', 'OPTIONS', 'PUT', '\0', 'HEAD']);
  const path = draw.pick([
    '/',
    '/session',
    '*',
    'http://other.test/',
    '/%',
    '//',
    '/\\',
    `/${'a'.repeat(9_000)}`,
    '/assets/%2e%2e%2fapp.ts',
    '/session/new?next=//other.test',
  ]);
  const headers = Array.from({ length: draw.below(5) }, () =>
    draw.pick([
      'Host: x',
      'Content-Length: -1',
      'Content-Length: 5',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: x',
      'Cookie: skillroll_session=%',
      `Cookie: ${'a=b;'.repeat(500)}`,
      'Content-Type: application/x-www-form-urlencoded',
      'X-Forwarded-For: a, b',
      'Expect: 100-continue',
      ': x',
      'A',
      'Range: bytes=0-0,1-1',
      'If-None-Match: *',
      'Accept-Encoding: \u00ff',
    ]),
  );
  const body = draw.pick(['', 'a=b&c', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', '\0\0\0']);
  const text = `${method} ${path} HTTP/${draw.pick(['1.1', '1.0', '9.9', 'x'])}\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`;
  return draw.chance(0.9) ? Buffer.from(text, 'latin1') : draw.bytes(draw.below(300));
}
