// A posted body, and how much of one is read.

export interface UploadedFile {
  readonly field: string;
  /** As the sender called it: shown and kept as data, never a path. */
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
/** Read to its end, so that the sender hears the answer; beyond this nothing more is read. */
export const drainedSizeLimit = 32 * 1024 * 1024;

export const emptyBody: Body = { fields: {}, files: [] };

/** What was sent, in its order, before its names are looked at. */
export interface RawBody {
  readonly pairs: readonly (readonly [string, string])[];
  readonly files: readonly UploadedFile[];
}
