// Reads a posted form, plain or with files, into flat fields: a repeated name becomes a list, an operator in a name
// (`name[$ne]`) stays text and matches no field.
import busboy from 'busboy';
import type { Request } from 'express';
import { InvalidInput } from '../../domain/shared/errors.ts';

export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** The file was longer than the limit; its bytes are not kept. */
  readonly tooLarge: boolean;
}

export interface Body {
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly files: readonly UploadedFile[];
}

export const fileSizeLimit = 10 * 1024 * 1024;
const fieldsSizeLimit = 2 * 1024 * 1024;
/** Read to its end, so that the sender hears the answer; beyond this the connection is cut. */
const drainedSizeLimit = 32 * 1024 * 1024;

/** A body of more than the limits allow. */
export class BodyTooLarge extends Error {
  readonly status = 413;
}

export const emptyBody: Body = { fields: {}, files: [] };

/** The fields and files of a POST; throws BodyTooLarge, or InvalidInput for a broken multipart body. */
export async function readBody(request: Request): Promise<Body> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(request);
  if (type.startsWith('application/x-www-form-urlencoded') || type === '') return readPlain(request);
  return emptyBody;
}

async function readPlain(request: Request): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > drainedSizeLimit) throw new BodyTooLarge();
    if (size <= fieldsSizeLimit) chunks.push(chunk);
  }
  if (size > fieldsSizeLimit) throw new BodyTooLarge();
  const fields = emptyFields();
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
    addField(fields, name, value);
  return { fields, files: [] };
}

function readMultipart(request: Request): Promise<Body> {
  return new Promise((resolve, reject) => {
    const fields = emptyFields();
    const files: UploadedFile[] = [];
    const fail = () => reject(new InvalidInput([{ field: '', code: 'shared.brokenUpload' }]));
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: {
          fileSize: fileSizeLimit,
          files: 5,
          fields: 5_000,
          fieldSize: fieldsSizeLimit,
          parts: 5_010,
        },
      });
    } catch {
      fail();
      return;
    }
    parser.on('field', (name, value) => addField(fields, name, value));
    parser.on('file', (field, stream, info) => {
      const chunks: Buffer[] = [];
      let tooLarge = false;
      stream.on('data', (chunk: Buffer) => {
        if (!tooLarge) chunks.push(chunk);
      });
      stream.on('limit', () => {
        tooLarge = true;
        chunks.length = 0;
      });
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        if (info.filename !== undefined && info.filename !== '')
          files.push({ field, name: info.filename, type: info.mimeType, bytes, tooLarge });
      });
    });
    parser.on('error', fail);
    parser.on('partsLimit', () => reject(new BodyTooLarge()));
    parser.on('close', () => resolve({ fields, files }));
    request.on('aborted', fail);
    request.pipe(parser);
  });
}

function emptyFields(): Record<string, string | string[]> {
  return Object.create(null) as Record<string, string | string[]>;
}

function addField(fields: Record<string, string | string[]>, name: string, value: string): void {
  const present = fields[name];
  if (present === undefined) fields[name] = value;
  else if (Array.isArray(present)) present.push(value);
  else fields[name] = [present, value];
}
