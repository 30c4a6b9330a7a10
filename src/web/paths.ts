// Every URL of the product as a typed function; routes take its pattern, links its call.

export interface Path<Names extends string> {
  (...values: string[]): string;
  readonly pattern: string;
  readonly names: readonly Names[];
}

type NamesIn<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** A path of a pattern such as `/training-sessions/:id`; called with one value per name, in order. */
export function path<const P extends string>(pattern: P): Path<NamesIn<P>> {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1]) as NamesIn<P>[];
  const build = (...values: string[]) => {
    if (values.length !== names.length) throw new Error(`The path ${pattern} needs ${names.length} values`);
    let index = 0;
    return pattern.replace(/:\w+/g, () => encodeURIComponent(values[index++]!));
  };
  return Object.assign(build, { pattern, names });
}

/** A path with query values; empty ones are left out. */
export function withQuery(
  base: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? base : `${base}?${text}`;
}

export const paths = {
  front: path('/'),
  home: path('/home'),
  signIn: path('/session/new'),
  session: path('/session'),
  signOut: path('/session/end'),
  displaySettings: path('/display-settings'),
  health: path('/health'),
  // rosters and people
  roster: path('/training-sessions/:id/roster'),
  newRoster: path('/training-sessions/:id/roster/new'),
  rosterTemplate: path('/training-sessions/:id/roster/template'),
  rosterFile: path('/training-sessions/:id/roster/file'),
  rosterPrint: path('/training-sessions/:id/roster/print'),
  newEnrolment: path('/training-sessions/:id/enrolments/new'),
  enrolments: path('/training-sessions/:id/enrolments'),
  rosterImports: path('/imports'),
  rosterImport: path('/roster-imports/:id'),
  rosterColumns: path('/roster-imports/:id/columns'),
  rosterCommitment: path('/roster-imports/:id/commitment'),
  rosterReversal: path('/roster-imports/:id/reversal'),
  rosterErrorFile: path('/roster-imports/:id/error-file'),
  people: path('/people'),
  person: path('/people/:id'),
  personSearches: path('/searches'),
  enrolment: path('/enrolments/:id'),
  withdrawal: path('/enrolments/:id/withdrawal'),
  reinstatement: path('/enrolments/:id/reinstatement'),
} as const;
