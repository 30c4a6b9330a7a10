// Joi pieces the forms share; labels are wording keys.
import Joi from 'joi';

/** Trimmed text up to a length; full-width letters, digits and spaces become half-width. */
export function text(label: string, max = 200): Joi.StringSchema {
  return Joi.string().trim().custom(halfWidthLetters).max(max).label(label);
}

/** Text that may stay empty and is then null. */
export function optionalText(label: string, max = 200): Joi.StringSchema {
  return text(label, max).empty('').default(null);
}

/** A calendar day in any usual spelling, as yyyy-mm-dd. */
export function day(label: string): Joi.StringSchema {
  return Joi.string()
    .trim()
    .custom((value: string, helpers: Joi.CustomHelpers) => readDay(value) ?? helpers.error('day.invalid'))
    .messages({ 'day.invalid': 'shared.form.day' })
    .label(label);
}

export function wholeNumber(label: string, min: number, max: number): Joi.NumberSchema {
  return Joi.number().integer().min(min).max(max).label(label);
}

export function choice(label: string, values: readonly string[]): Joi.StringSchema {
  return Joi.string()
    .valid(...values)
    .messages({ 'any.required': 'shared.form.choose' })
    .label(label);
}

/** A field given once or several times, as a list. */
export function list(item: Joi.Schema, max = 5_000): Joi.ArraySchema {
  return Joi.array().items(item).single().max(max).default([]);
}

/** The version a form was opened at. */
export const version = Joi.number().integer().min(0).required();

/** Punctuation stays: a sentence in Chinese has its own. */
function halfWidthLetters(value: string): string {
  return value.replace(/[０-９Ａ-Ｚａ-ｚ\u3000]/g, toHalfWidth);
}

function toHalfWidth(value: string): string {
  return value
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

function readDay(value: string): string | null {
  const match = /^(\d{4})(?:\D{0,2})(\d{1,2})(?:\D{0,2})(\d{1,2})日?$/.exec(toHalfWidth(value));
  if (!match) return null;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const instant = new Date(Date.UTC(year, month - 1, date));
  if (instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== date || year < 1900 || year > 2100)
    return null;
  return instant.toISOString().slice(0, 10);
}
