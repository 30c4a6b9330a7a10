// A sheet error says why a file cannot be read as rows; its code is the key of the sentence that names the cure.
import { type Details, InvalidInput } from '../domain/shared/errors.ts';

export type SheetErrorCode =
  | 'sheets.empty'
  | 'sheets.notASheet'
  | 'sheets.otherKind'
  | 'sheets.oldExcel'
  | 'sheets.encrypted'
  | 'sheets.broken'
  | 'sheets.unpacksTooLarge'
  | 'sheets.encoding'
  | 'sheets.quotes'
  | 'sheets.tooManyRows'
  | 'sheets.tooSlow'
  | 'sheets.busy';

/** Thrown by every reader of this folder, and nothing else is; a page shows it at the field `file`. */
export class SheetError extends InvalidInput {
  override readonly code: SheetErrorCode;
  override readonly details: Details;

  constructor(code: SheetErrorCode, details: Details = {}, options?: ErrorOptions) {
    super([{ field: 'file', code, details }], options);
    this.code = code;
    this.details = details;
  }
}
