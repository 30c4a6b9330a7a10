// Everything held about a person as one ZIP: a page in each language, the same as JSON, the certificates' PDFs and what
// the person sent along.
import type { Deps } from '../../deps.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import { zipCertificates } from '../../documents/index.ts';
import { printFileOf } from '../../use-cases/certifications/make-print-file.ts';
import type { SentFile } from '../../use-cases/exports/gather-subject-record.ts';
import type { SubjectRecord } from '../../use-cases/exports/subject-record.ts';
import { kindOfType } from '../kernel/file-types.ts';
import type { Wording } from '../wording.ts';
import { recordHtml } from './record-html.ts';

/** The ZIP's bytes; `stampOf` gives the line each file carries in a language, plain facts of it stand in the JSON. */
export async function recordZip(
  deps: Deps,
  wording: Wording,
  given: { record: SubjectRecord; certificates: readonly Certificate[]; files: readonly SentFile[] },
  stamp: {
    readonly zh: string;
    readonly en: string;
    readonly facts: Readonly<Record<string, string | null>>;
  },
): Promise<Buffer> {
  const { record, certificates, files } = given;
  const entries: { name: string; bytes: Uint8Array }[] = [
    { name: 'record.zh.html', bytes: Buffer.from(recordHtml(wording, 'zh', record, { line: stamp.zh })) },
    { name: 'record.en.html', bytes: Buffer.from(recordHtml(wording, 'en', record, { line: stamp.en })) },
    { name: 'record.json', bytes: Buffer.from(JSON.stringify({ stamp: stamp.facts, ...record }, null, 2)) },
  ];
  for (const certificate of certificates)
    if (certificate.currentPrintId !== null)
      entries.push({
        name: `certificate ${certificate.number}.pdf`,
        bytes: await printFileOf(deps, certificate, certificate.currentPrintId),
      });
  for (const file of files) {
    const { type, bytes } = await deps.keptFiles.read(file.id);
    entries.push({ name: `${file.name}.${kindOfType(type)}`, bytes });
  }
  const pieces: Buffer[] = [];
  for await (const piece of zipCertificates(entries)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
