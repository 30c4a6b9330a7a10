// Commands and connections as the driver reports them, compared with what a unified test expects of them.
import type { Client } from './entities.ts';
import { difference, isFields, NotCovered, type Fields, type Matching } from './match.ts';

export interface Heard {
  /** The event's name in the test format: commandStartedEvent, … */
  readonly kind: string;
  readonly event: Fields;
}

export interface ExpectedEvents {
  readonly client: string;
  readonly eventType?: 'command' | 'cmap' | 'sdam';
  readonly events: readonly Fields[];
  readonly ignoreExtraEvents?: boolean;
}

const kinds: Record<string, 'command' | 'cmap'> = {
  commandStarted: 'command',
  commandSucceeded: 'command',
  commandFailed: 'command',
  connectionReady: 'cmap',
  connectionClosed: 'cmap',
  connectionCheckOutStarted: 'cmap',
  connectionCheckedOut: 'cmap',
  connectionCheckedIn: 'cmap',
  connectionPoolCleared: 'cmap',
};

/** Everything the client reports from now on that a test may ask for. */
export function listen(client: Client): Heard[] {
  const heard: Heard[] = [];
  for (const kind of Object.keys(kinds))
    client.on(kind as 'commandStarted', (event) =>
      heard.push({ kind: `${kind}Event`, event: asItIs(event as unknown as Fields) }),
    );
  return heard;
}

// The driver goes on using the command it reports: a retry writes into the write concern of the first attempt.
function asItIs(event: Fields): Fields {
  const command = event['command'] as Fields | undefined;
  if (command === undefined) return event;
  const fields = Object.entries(command).map(([name, value]) => [
    name,
    isFields(value) ? { ...value } : value,
  ]);
  const { commandName, databaseName } = event;
  return { commandName, databaseName, command: Object.fromEntries(fields) as Fields };
}

/** The first difference between what was heard and expected, or null. */
export function wrongEvents(
  expected: ExpectedEvents,
  heard: readonly Heard[],
  watched: { readonly observe: readonly string[]; readonly ignore: readonly string[] },
  matching: Matching,
): string | null {
  const type = expected.eventType ?? 'command';
  if (type === 'sdam') throw new NotCovered('events of server discovery');
  const seen = heard.filter(
    ({ kind, event }) =>
      watched.observe.includes(kind) &&
      kinds[kind.replace(/Event$/, '')] === type &&
      !watched.ignore.includes(String(event['commandName'])),
  );
  const told = `heard ${seen.map(({ kind, event }) => `${kind} ${String(event['commandName'] ?? '')}`).join(', ')}`;
  const spare = expected.ignoreExtraEvents ? 0 : seen.length - expected.events.length;
  if (spare !== 0 || seen.length < expected.events.length)
    return `${expected.events.length} events expected, ${told}`;
  for (const [index, wanted] of expected.events.entries()) {
    const [kind = ''] = Object.keys(wanted);
    const found = seen[index]!;
    if (found.kind !== kind) return `event ${index}: ${kind} expected, ${told}`;
    leaveOutOwnLimit(wanted[kind] as Fields, found.event);
    for (const [field, value] of Object.entries(wanted[kind] as Fields)) {
      if (field === 'hasServerConnectionId' || field === 'hasServiceId') continue;
      const wrong = difference(value, found.event[field], matching, `event ${index} ${kind}.${field}`);
      if (wrong !== null) return wrong;
    }
  }
  return null;
}

// The driver ends transactions with a time limit of its own also where the tests know of none.
function leaveOutOwnLimit(wanted: Fields, found: Fields): void {
  const [expected, actual] = [wanted, found].map(
    (event) => (event['command'] as Fields | undefined)?.['writeConcern'] as Fields | undefined,
  );
  const ends = /^(commit|abort)Transaction$/.test(String(found['commandName']));
  if (ends && expected && !('wtimeout' in expected) && actual?.['wtimeout'] === 10_000)
    delete actual['wtimeout'];
}
