// MongoDB's corpus of BSON documents against our own reader and writer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from '../../../src/embedded-db/query/bson.ts';
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

/** Every valid document has to come back byte for byte, in its canonical form, and every malformed one to be refused. */
export function runCorpus(specifications: string): SuiteResult {
  const folder = join(specifications, 'bson-corpus', 'tests');
  const unpassed: Unpassed[] = [];
  let passed = 0;
  for (const name of readdirSync(folder).sort()) {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CorpusFile;
    const judge = (description: string, wrong: string | null, outcome: Unpassed['outcome'] = 'failed') => {
      if (wrong === null) passed += 1;
      else unpassed.push({ test: `${name} "${description}"`, outcome, said: wrong, reason: reasonOf(wrong) });
    };
    for (const { description, canonical_bson, degenerate_bson } of file.valid ?? [])
      judge(
        description,
        roundTrip(canonical_bson, canonical_bson) ??
          roundTrip(degenerate_bson ?? canonical_bson, canonical_bson),
      );
    for (const { description, bson } of file.decodeErrors ?? []) judge(description, accepted(bson));
    for (const { description } of file.parseErrors ?? [])
      judge(description, 'text of extended JSON, which the server never reads', 'skipped');
  }
  return { suite: 'bson-corpus', passed, unpassed };
}

function roundTrip(given: string, expected: string): string | null {
  try {
    const back = Buffer.from(encode(decode(Buffer.from(given, 'hex')))).toString('hex');
    return back === expected.toLowerCase() ? null : `${expected.toLowerCase()} came back as ${back}`;
  } catch (error) {
    return `${given} is refused: ${(error as Error).message}`;
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
