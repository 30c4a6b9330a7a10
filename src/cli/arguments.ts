// Command-line arguments of the commands: `--name value` and `--flag`.

export interface Arguments {
  text(name: string): string | null;
  flag(name: string): boolean;
  number(name: string): number | null;
}

/**
 * The arguments after the script's name; throws a sentence for one that is not known, for a number that is none, and for an
 * option that npm kept for itself because `--` was forgotten: the command would do without it what was not meant.
 */
export function readArguments(
  given: readonly string[],
  known: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Arguments {
  const kept = known.filter((name) => !given.includes(`--${name}`) && isKeptByNpm(name, environment));
  if (kept.length > 0) throw new Error(rightForm(kept, environment));
  const values = new Map<string, string>();
  for (let index = 0; index < given.length; index += 1) {
    const name = given[index]!.replace(/^--/, '');
    if (!given[index]!.startsWith('--') || !known.includes(name)) {
      const shown = given[index]!.includes('@') ? 'An argument that may hold a password' : given[index];
      throw new Error(`${shown} is not known here. Known: ${known.map((one) => `--${one}`).join(', ')}.`);
    }
    const next = given[index + 1];
    const hasValue = next !== undefined && !next.startsWith('--');
    if (name === 'data' && hasValue && next.includes('://'))
      throw new Error('--data names a folder, not an address: set MONGODB_URI, and leave --data out.');
    values.set(name, hasValue ? next : '');
    if (hasValue) index += 1;
  }
  return {
    text: (name) => values.get(name) ?? null,
    flag: (name) => values.has(name),
    number(name) {
      const value = values.get(name);
      if (value === undefined) return null;
      if (value === '' || !Number.isFinite(Number(value))) throw new Error(`--${name} needs a number.`);
      return Number(value);
    },
  };
}

/** Whether a server can listen at that number; 0 stands for a free one. */
export const isPort = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 65_535;

function isKeptByNpm(name: string, environment: NodeJS.ProcessEnv): boolean {
  if (environment.npm_lifecycle_event === undefined) return false;
  const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
  return value !== undefined && value !== '' && value !== 'false';
}

function rightForm(kept: readonly string[], environment: NodeJS.ProcessEnv): string {
  const options = kept.map((name) => `--${name}`);
  return `npm kept ${options.join(' and ')} for itself, so nothing was done: options of a command stand behind a lone --, as in npm run ${environment.npm_lifecycle_event} -- ${options.join(' ')}.`;
}
