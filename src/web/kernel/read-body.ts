// Reads a posted form, plain or with files, into flat fields: a repeated name becomes a list, what is no field name is
// refused by name, and so is more than the form takes.
import type { Request } from 'express';
import { drainedSizeLimit, emptyBody, type Body, type RawBody } from './body.ts';
import { requirePlainNames } from './field-names.ts';
import type { Intake } from './intake.ts';
import { readMultipart } from './read-multipart.ts';
import { RequestRefused } from './request-refused.ts';

/**
 * The fields and files of a POST. Throws RequestRefused: 400 for a broken body and for odd names, 413 for more than the form
 * takes, 415 for another kind of content or a file where none is asked for.
 */
export async function readBody(request: Request, intake: Intake): Promise<Body> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'multipart/form-data') return settle(await readMultipart(request, intake), intake);
  if (type === 'application/x-www-form-urlencoded') return settle(await readPlain(request, intake), intake);
  if (type === '' && isEmpty(request)) return emptyBody;
  throw new RequestRefused(415, 'shared.wrongContent');
}

function isEmpty(request: Request): boolean {
  const { headers } = request;
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}

async function readPlain(request: Request, intake: Intake): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > drainedSizeLimit) break;
    if (size <= intake.bytes) chunks.push(chunk);
  }
  if (size > intake.bytes) throw new RequestRefused(413, 'shared.formTooLarge');
  return { pairs: [...new URLSearchParams(Buffer.concat(chunks).toString('utf8'))], files: [] };
}

const fieldCountLimit = 5_000;

function settle({ pairs, files }: RawBody, intake: Intake): Body {
  if (pairs.length > fieldCountLimit) throw new RequestRefused(413, 'shared.formTooLarge');
  requirePlainNames([...pairs.map(([name]) => name), ...files.map((file) => file.field)], intake);
  // The form's own hidden fields (token, submission key) are never lists.
  requirePlainNames(
    pairs.map(([name]) => name).filter((name) => name.startsWith('_')),
    { once: true },
  );
  const fields = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of pairs) {
    const present = fields[name];
    if (present === undefined) fields[name] = value;
    else if (Array.isArray(present)) present.push(value);
    else fields[name] = [present, value];
  }
  return { fields, files };
}
