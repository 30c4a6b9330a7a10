// The fields of a lesson, for planning and for editing.
import Joi from 'joi';
import { lessonKinds, type Lesson, type LessonFacts } from '../../domain/training/lesson.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, optionalText, text } from '../kernel/fields.ts';
import type { FormState } from '../kernel/form.ts';

/** HH:MM from 9:00, 09：00 or 0900. */
function time(label: string): Joi.StringSchema {
  return Joi.string()
    .trim()
    .custom((value: string, helpers: Joi.CustomHelpers) => readTime(value) ?? helpers.error('time.invalid'))
    .required()
    .messages({
      'time.invalid': 'lessons.time',
      'any.required': 'lessons.time',
      'string.empty': 'lessons.time',
    })
    .label(label);
}

function readTime(value: string): string | null {
  const match = /^(\d{1,2})\D?(\d{2})$/.exec(value.normalize('NFKC').replace(/\s/g, ''));
  if (match === null || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
  return `${match[1]!.padStart(2, '0')}:${match[2]}`;
}

export const lessonFields = {
  day: day('lessons.field.day').required(),
  startsAt: time('lessons.field.startsAt'),
  endsAt: time('lessons.field.endsAt'),
  classHours: Joi.number()
    .min(0.5)
    .max(12)
    .multiple(0.5)
    .empty('')
    .default(null)
    .label('lessons.field.classHours'),
  kind: choice('lessons.field.kind', lessonKinds).required(),
  topic: optionalText('lessons.field.topic', 60),
  teacher: text('lessons.field.teacher', 40).required(),
  venue: text('lessons.field.venue', 60).required(),
  reason: optionalText('lessons.field.reason', 200),
};

export type TypedLesson = LessonFacts & { reason: string | null };

/** What the fields show: what was typed, else the lesson's facts, else the given ones. */
export function lessonValues(
  state: FormState,
  facts: Partial<
    Pick<Lesson, 'day' | 'startsAt' | 'endsAt' | 'classHours' | 'kind' | 'topic' | 'teacher' | 'venue'>
  >,
): Record<string, string> {
  const names = ['day', 'startsAt', 'endsAt', 'classHours', 'kind', 'topic', 'teacher', 'venue'] as const;
  const values: Record<string, string> = { reason: '', repeat: 'once', times: '' };
  for (const name of names) values[name] = String(facts[name] ?? '');
  for (const [name, value] of Object.entries(state.values))
    if (typeof value === 'string') values[name] = value;
  return values;
}

export function kindChoices(exchange: Exchange): { value: string; text: string; hint: null }[] {
  return lessonKinds.map((kind) => ({ value: kind, text: exchange.t(`lessons.kind.${kind}`), hint: null }));
}
