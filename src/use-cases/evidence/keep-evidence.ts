// Keeps the file that proves a change or a request: a PDF, JPEG or PNG by its content, sealed, under a name of ours.
import type { Deps } from '../../deps.ts';
import { mediaTypeOf } from '../../domain/shared/file-kind.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';

/** A file as it was sent; what its sender called it is not kept. */
export interface EvidenceFile {
  readonly bytes: Uint8Array;
}

/** What every sensitive edit is given: why, and what proves it. */
export interface Grounds {
  readonly reason: string;
  readonly file?: EvidenceFile | null | undefined;
}

/** A record the file is evidence about: whoever may see its timeline may open the file. */
export interface EvidenceSubject {
  readonly kind: string;
  readonly id: string;
}

/**
 * The id of the kept file, null where none was sent. To be called in the transaction of what it proves. Throws InvalidInput
 * shared.fileKind on `file` for anything but a PDF, JPEG or PNG.
 */
export async function keepEvidence(
  deps: Pick<Deps, 'keptFiles' | 'now'>,
  file: EvidenceFile | null | undefined,
  about: readonly EvidenceSubject[],
): Promise<string | null> {
  if (file === null || file === undefined) return null;
  const type = mediaTypeOf(file.bytes);
  if (type === null)
    throw new InvalidInput([
      { field: 'file', code: 'shared.fileKind', details: { kinds: ['PDF', 'JPEG', 'PNG'] } },
    ]);
  const kept = await deps.keptFiles.keep({
    name: 'evidence',
    type,
    bytes: file.bytes,
    at: deps.now(),
    about,
  });
  return kept.id;
}
