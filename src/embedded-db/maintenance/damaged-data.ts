// What maintenance refuses to build on.

/** Data or a backup is not whole; nothing was replaced. */
export class DamagedData extends Error {
  override readonly name = 'DamagedData';
  /** One sentence for each fault. */
  readonly errors: readonly string[];

  constructor(what: string, errors: readonly string[]) {
    super(what);
    this.errors = errors;
  }
}
