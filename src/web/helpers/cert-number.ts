// {{certNumber "S000032999999214000112"}}: groups 1-4-2-6-2-1-6 set apart by margins, so that a copy stays whole.
import Handlebars from 'handlebars';
import { refuse } from './helper-tools.ts';

const groups = /^(.)(.{4})(..)(.{6})(..)(.)(.{6})$/;

/** A 22-place number in seven spans; any other number in one. */
export function certNumber(value: unknown): Handlebars.SafeString {
  if (typeof value !== 'string') refuse('certNumber', value);
  const parts = groups.exec(value)?.slice(1) ?? [value];
  const spans = parts.map((part) => `<span>${Handlebars.escapeExpression(part)}</span>`).join('<wbr>');
  return new Handlebars.SafeString(`<span class="cert-number" translate="no">${spans}</span>`);
}
