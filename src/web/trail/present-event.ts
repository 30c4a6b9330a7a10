// One event in words: what was done, to what, and what changed, before → after, with numbers somebody typed masked.
import type { Deps } from '../../deps.ts';
import { isWithoutAccount } from '../../domain/accounts/without-account.ts';
import { exportPurposes } from '../../domain/people/export-purpose.ts';
import { revealPurposes } from '../../domain/people/reveal.ts';
import { erasableParts } from '../../domain/people/subject-request.ts';
import { termOf } from '../../domain/shared/term.ts';
import { maskText } from '../../domain/trail/mask-text.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { areaName, levelName, occupationName } from '../presenting/names.ts';

export type RecordedEvent = Awaited<ReturnType<Deps['events']['about']>>[number];
export type Speaker = Pick<Exchange, 't' | 'lang' | 'site'>;

/** The act, or its code where there is no wording for it. */
export function actWords({ t, site }: Speaker, what: string): string {
  return site.wording.has(`trail.what.${what}`) ? t(`trail.what.${what}`) : what;
}

/** Who did it: a name, or words for nobody in particular. */
export function whoWords({ t }: Speaker, who: RecordedEvent['who']): string {
  return isWithoutAccount(who.accountId) ? t(`trail.${who.accountId}`) : who.name;
}

/** The kind of record an event is about. */
export function kindWords({ t, site }: Speaker, kind: string): string {
  return site.wording.has(`trail.kind.${kind}`) ? t(`trail.kind.${kind}`) : kind;
}

/** One sentence a fact that changed or was noted; empty for an event without facts. */
export function changeWords(deps: Pick<Deps, 'reference'>, speaker: Speaker, event: RecordedEvent): string[] {
  const { t, site } = speaker;
  const before = event.before ?? {};
  const after = event.after ?? {};
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].map((name) => {
    const field = site.wording.has(`trail.fact.${name}`) ? t(`trail.fact.${name}`) : name;
    const words = (value: unknown) =>
      valueWords(deps, speaker, { name, of: event.what.split('.')[0]! }, value);
    const value = words(after[name]);
    if (!(name in before) || (name in after && words(before[name]) === value))
      return t('trail.set', { field, value });
    return t('trail.change', {
      field,
      before: words(before[name]),
      after: name in after ? value : '—',
    });
  });
}

/** The reason given, masked, in words where it was one of a list; null for none. */
export function reasonWords({ t, site }: Speaker, { reason }: RecordedEvent): string | null {
  if (!reason) return null;
  const listed = [`people.reason.${reason}`, `trail.because.${reason}`].find((key) => site.wording.has(key));
  return t('trail.reason', { reason: listed === undefined ? maskText(reason) : t(listed) });
}

/** Where the word of a code may stand, by the fact it is the value of. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  status: ['trail.status', 'shared.status'],
  role: ['accounts.role'],
  tier: ['studios.tier'],
  kind: [
    'studios.kind',
    'training.kind',
    'certificates.kind',
    'exports.kind',
    'retention.kind',
    'trail.kind',
  ],
  fact: ['requests.factName'],
  grounds: ['trail.grounds'],
  atTheEnd: ['trail.atTheEnd'],
  field: ['people.reveal.field'],
  category: ['certificates.revocation'],
  capacities: ['trail.capacity'],
  capacity: ['trail.capacity'],
  counts: ['shared.status'],
  marks: ['shared.status'],
  what: ['trail.what'],
  ...Object.fromEntries(erasableParts.map((part) => [part, ['requests', 'requests.ground']])),
  choices: ['trail.choice'],
  step: ['trail.step'],
  moved: ['trail.moved'],
};

const mostListed = 6;
const purposes = [...revealPurposes, ...exportPurposes];

/** A fact of an event, and whose it is by the event's name: of `sessionChange.withdrawn` a change of a session. */
interface Fact {
  readonly name: string;
  readonly of: string;
}

function valueWords(deps: Pick<Deps, 'reference'>, speaker: Speaker, fact: Fact, value: unknown): string {
  const { name, of } = fact;
  const { t, lang, site } = speaker;
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return t(value ? 'trail.yes' : 'trail.no');
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return formatShortInstant(value);
  if (typeof value === 'string') {
    if (name === 'occupationCode') return occupationName(deps.reference, lang, value);
    if (name === 'areaCode') return areaName(deps.reference, lang, value);
    if (name === 'targetLevel' || name.startsWith('skillLevel')) return levelName(lang, value);
    if (name === 'purpose') return termOf(purposes, value)?.[lang] ?? maskText(value);
    if (/^[0-9a-f]{64}$/.test(value)) return `${value.slice(0, 12)}…`;
    // One status has another word for a trainee than for a programme.
    const places = [...(name === 'status' ? [`trail.statusOf.${of}`] : []), ...(wordsOf[name] ?? [])];
    const key = places.map((where) => `${where}.${value}`).find((one) => site.wording.has(one));
    return key === undefined ? maskText(value) : t(key);
  }
  const parts = partsOf(value);
  if (parts === null || parts.length > mostListed)
    return t('trail.entries', { count: Object.keys(value).length });
  const separator = lang === 'zh' ? '、' : ', ';
  return (
    parts
      .map(([label, one]) => {
        const word = valueWords(deps, speaker, fact, one);
        return label === null ? word : `${valueWords(deps, speaker, fact, label)} ${word}`;
      })
      .join(separator) || '—'
  );
}

/** The entries of a list or a flat object, or null where they hold more than one value each. */
function partsOf(value: object): [label: string | null, value: unknown][] | null {
  const entries: [string | null, unknown][] = Array.isArray(value)
    ? value.map((one) => [null, one])
    : Object.entries(value);
  const isFlat = entries.every(([, one]) => typeof one !== 'object' || one === null || one instanceof Date);
  return isFlat ? entries : null;
}
