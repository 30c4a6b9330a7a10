// What every form of a sensitive edit asks for: a reason in words, and a file that proves it where there is one.
import type Joi from 'joi';
import { isReason } from '../../domain/trail/sensitive-edits.ts';
import type { EvidenceFile } from '../../use-cases/evidence/keep-evidence.ts';
import type { UploadedFile } from '../kernel/body.ts';
import { text } from '../kernel/fields.ts';
import type { IntakeRule } from '../kernel/intake.ts';

/** The intake of a form with the evidence partial. */
export const takesEvidence = { files: { file: ['pdf', 'jpeg', 'png'] } } as const satisfies IntakeRule;

/** The reason of a sensitive edit, at least five characters. */
export function reasonText(label: string, max = 500): Joi.StringSchema {
  const tooShort = 'shared.reasonTooShort';
  return text(label, max)
    .custom((value: string, helpers) => (isReason(value) ? value : helpers.error('reason.short')))
    .required()
    .messages({ 'reason.short': tooShort, 'string.empty': tooShort, 'any.required': tooShort });
}

/** The file that was chosen, or null. */
export function evidenceOf(files: readonly UploadedFile[]): EvidenceFile | null {
  return files.find((one) => one.field === 'file' && one.bytes.length > 0) ?? null;
}
