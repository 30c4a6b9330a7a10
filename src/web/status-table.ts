// One state = one word, colour and shape (pages.md §4.3); the words are shared.status.<code>.

export type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad';
export type Shape = 'ring' | 'half' | 'tick' | 'triangle' | 'cross' | 'padlock' | 'arrows' | 'question';

const looks = {
  ring: { tone: 'neutral', shape: 'ring' },
  half: { tone: 'info', shape: 'half' },
  tick: { tone: 'ok', shape: 'tick' },
  triangle: { tone: 'warn', shape: 'triangle' },
  cross: { tone: 'bad', shape: 'cross' },
  padlock: { tone: 'neutral', shape: 'padlock' },
  arrows: { tone: 'neutral', shape: 'arrows' },
  question: { tone: 'neutral', shape: 'question' },
} as const satisfies Record<Shape, { tone: Tone; shape: Shape }>;

const codesByShape: Record<Shape, readonly string[]> = {
  ring: [
    ...[
      'unverified',
      'withdrawn',
      'filingWithdrawn',
      'left',
      'transferred',
      'draft',
      'registered',
      'unmarked',
      'notOpen',
      'queued',
    ],
    ...['cancelled', 'excluded', 'needed', 'planned', 'notRecorded'],
  ],
  half: [
    ...['submitted', 'awaitingSecond', 'inProgress', 'inTraining', 'generating', 'withCentre', 'matched'],
    ...['underPublicity', 'recommended', 'midTermCheck', 'recordedElsewhere'],
  ],
  tick: [
    ...['filed', 'completed', 'assessed', 'passed', 'valid', 'signedOff', 'present', 'new', 'certified'],
    ...[
      'recognised',
      'noIssue',
      'verified',
      'corrected',
      'done',
      'eligible',
      'issued',
      'active',
      'held',
      'recorded',
    ],
  ],
  triangle: [
    ...[
      'returned',
      'conflict',
      'late',
      'leftEarly',
      'leave',
      'expired',
      'suspended',
      'deferred',
      'incomplete',
    ],
    ...['behind', 'open', 'exception', 'warning', 'postponed', 'notEligible'],
  ],
  cross: [
    ...['error', 'absent', 'failed', 'revoked', 'refused', 'altered', 'removed', 'terminated', 'mismatch'],
    ...['stopped', 'annulled', 'noShow'],
  ],
  padlock: ['frozen', 'closed', 'locked'],
  arrows: ['reissued'],
  question: ['unknown'],
};

/** States of the domain that readers see under another word. */
const aliases: Readonly<Record<string, string>> = {
  approved: 'filed',
  rejected: 'refused',
  enrolled: 'inTraining',
  replaced: 'reissued',
  pending: 'awaitingSecond',
  proposed: 'awaitingSecond',
  running: 'generating',
};

const table = new Map(
  Object.entries(codesByShape).flatMap(([shape, codes]) =>
    codes.map((code) => [code, { ...looks[shape as Shape], wordKey: `shared.status.${code}` }] as const),
  ),
);

/** Every code of the table. */
export const statusCodes: readonly string[] = [...table.keys()];

/** Tone, shape and wording key of a state such as `in_progress` or `inProgress`; throws for an unknown one. */
export function statusOf(code: string): { tone: Tone; shape: Shape; wordKey: string } {
  const camel = code.replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());
  const row = table.get(aliases[camel] ?? camel);
  if (!row) throw new Error(`There is no status "${code}": add it to status-table.ts and shared.json.`);
  return row;
}
