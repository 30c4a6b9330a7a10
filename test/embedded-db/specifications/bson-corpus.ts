// MongoDB's corpus of BSON documents, stored and read back through the server, and read and written anew.
import { serialize } from 'bson';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from '../../../src/embedded-db/query/bson.ts';
import { int32, opMsg, wireClient, type WireClient } from '../support/wire-client.ts';
import { reasonOf } from './reasons.ts';
import type { SuiteResult, Unpassed } from './run-suite.ts';

interface CorpusFile {
  readonly valid?: readonly {
    readonly description: string;
    readonly canonical_bson: string;
    readonly degenerate_bson?: string;
  }[];
  readonly decodeErrors?: readonly { readonly description: string; readonly bson: string }[];
  readonly parseErrors?: readonly { readonly description: string }[];
}

/**
 * Every valid document has to come back from the server byte for byte, and in its canonical form where it is written anew
 * (which is refused by name for two deprecated types); every malformed one has to be refused.
 */
export async function runCorpus(specifications: string, uri: string): Promise<SuiteResult> {
  const folder = join(specifications, 'bson-corpus', 'tests');
  const unpassed: Unpassed[] = [];
  let passed = 0;
  const server = wireClient(uri);
  for (const name of readdirSync(folder).sort()) {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CorpusFile;
    const judge = (description: string, wrong: string | null, outcome: Unpassed['outcome'] = 'failed') => {
      if (wrong === null) passed += 1;
      else unpassed.push({ test: `${name} "${description}"`, outcome, said: wrong, reason: reasonOf(wrong) });
    };
    for (const { description, canonical_bson: canonical, degenerate_bson: degenerate } of file.valid ?? []) {
      const forms = degenerate === undefined ? [canonical] : [canonical, degenerate];
      const wrong: (string | null)[] = forms.map((form) => writtenAnew(form, canonical));
      for (const form of forms) wrong.push(await stored(server, form));
      judge(description, wrong.find((each) => each !== null) ?? null);
    }
    for (const { description, bson } of file.decodeErrors ?? []) judge(description, accepted(bson));
    for (const { description } of file.parseErrors ?? [])
      judge(description, 'text of extended JSON, which the server never reads', 'skipped');
  }
  server.close();
  return { suite: 'bson-corpus', passed, unpassed };
}

let id = 0;

async function stored(server: WireClient, given: string): Promise<string | null> {
  const bytes = Buffer.from(given, 'hex');
  id += 1;
  // { _id: id, corpus: bytes }
  const fields = [Buffer.from('\x10_id\0'), int32(id), Buffer.from('\x03corpus\0'), bytes, Buffer.alloc(1)];
  const document = Buffer.concat([int32(4 + fields.reduce((sum, { length }) => sum + length, 0)), ...fields]);
  const section = Buffer.concat([int32(14 + document.length), Buffer.from('documents\0'), document]);
  const insert = serialize({ insert: 'corpus', $db: 'test' });
  const told = await server.raw(opMsg(insert, 0, Buffer.concat([Buffer.of(1), section])));
  const found = await server.raw(opMsg(serialize({ find: 'corpus', filter: { _id: id }, $db: 'test' })));
  return found?.includes(bytes) === true ? null : `${given} is not found as it was stored: ${String(told)}`;
}

function writtenAnew(given: string, canonical: string): string | null {
  try {
    const back = Buffer.from(encode(decode(Buffer.from(given, 'hex')))).toString('hex');
    return back === canonical.toLowerCase() ? null : `${canonical.toLowerCase()} came back as ${back}`;
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    return code === 115 ? null : `${given} is refused: ${message}`;
  }
}

function accepted(malformed: string): string | null {
  try {
    decode(Buffer.from(malformed, 'hex'));
    return `${malformed} is malformed and was read`;
  } catch (error) {
    return (error as { code?: number }).code === 22 ? null : `${malformed} is refused as ${String(error)}`;
  }
}
