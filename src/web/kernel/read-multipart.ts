// Reads a multipart body: fields within the form's limit, files only where the form asks for them.
import busboy from 'busboy';
import type { Request } from 'express';
import { drainedSizeLimit, fileSizeLimit, type RawBody, type UploadedFile } from './body.ts';
import type { Intake } from './intake.ts';
import { RequestRefused } from './request-refused.ts';

const partLimit = 5_010;

/** The parts as sent; throws RequestRefused 400 (broken), 413 (too much) and 415 (a file nobody asked for). */
export function readMultipart(request: Request, intake: Intake): Promise<RawBody> {
  const withFiles = Object.keys(intake.files).length;
  const pairs: [string, string][] = [];
  const files: UploadedFile[] = [];
  let fieldBytes = 0;
  let allBytes = 0;
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    const give = (error: RequestRefused) => {
      reject(error);
      if (parser !== undefined) request.unpipe(parser);
      request.resume();
    };
    const broken = () => give(new RequestRefused(400, 'shared.brokenUpload'));
    const tooLarge = () => give(new RequestRefused(413, 'shared.formTooLarge'));
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: {
          fileSize: fileSizeLimit,
          files: Math.max(1, withFiles),
          fields: partLimit,
          fieldSize: intake.bytes + 1,
          fieldNameSize: 512,
          parts: partLimit,
        },
      });
    } catch {
      broken();
      return;
    }
    parser.on('field', (name, value, info) => {
      // A part without a name has none here, whatever the types say.
      if ((name as string | undefined) === undefined) return broken();
      fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
      if (fieldBytes > intake.bytes || info.valueTruncated || info.nameTruncated) return tooLarge();
      pairs.push([name, value]);
    });
    parser.on('file', (field, stream, info) => {
      // Before anything else: a part that breaks off when nobody listens would end the process.
      stream.on('error', broken);
      const named = (info.filename as string | undefined) ?? '';
      if (named !== '' && !Object.hasOwn(intake.files, field ?? '')) {
        stream.resume();
        return give(new RequestRefused(415, 'shared.noFileHere'));
      }
      const chunks: Buffer[] = [];
      let cut = false;
      stream.on('data', (chunk: Buffer) => {
        if (!cut) chunks.push(chunk);
      });
      stream.on('limit', () => {
        cut = true;
        chunks.length = 0;
      });
      stream.on('end', () => {
        if (named === '') return;
        files.push({ field, name: named, type: info.mimeType, bytes: Buffer.concat(chunks), tooLarge: cut });
      });
    });
    parser.on('error', broken);
    for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const) parser.on(limit, tooLarge);
    parser.on('close', () => resolve({ pairs, files }));
    request.on('aborted', broken);
    request.on('data', (chunk: Buffer) => {
      allBytes += chunk.length;
      if (allBytes > drainedSizeLimit) tooLarge();
    });
    request.pipe(parser);
  });
}
