// What was typed of a name as a filter over persons; merged records have no sort key and are never found.
import { personNameKey } from '../domain/people/person-name.ts';
import type { Filter } from './record-store.ts';

/** Han characters by the match key, Latin letters by the sort key, a whole learner number by itself; nothing finds all. */
export function nameFilter(typed: string): Filter {
  const text = typed.trim();
  if (text === '') return { nameSortKey: { $gte: '' } };
  if (/^L\d{8}$/i.test(text)) return { learnerNumber: text.toUpperCase(), nameSortKey: { $gte: '' } };
  return /^[\p{Script=Latin}\s]+$/u.test(text)
    ? { nameSortKey: { $regex: `^${escape(text.toLowerCase())}` } }
    : { nameKey: { $regex: `^${escape(personNameKey(text))}` } };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
