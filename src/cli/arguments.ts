// Command-line arguments of the commands: `--name value` and `--flag`.

export interface Arguments {
  text(name: string): string | null;
  flag(name: string): boolean;
  number(name: string): number | null;
}

/** The arguments after the script's name; throws a sentence for one that is not known or a number that is none. */
export function readArguments(given: readonly string[], known: readonly string[]): Arguments {
  const values = new Map<string, string>();
  for (let index = 0; index < given.length; index += 1) {
    const name = given[index]!.replace(/^--/, '');
    if (!given[index]!.startsWith('--') || !known.includes(name)) {
      throw new Error(
        `${given[index]} is not known here. Known: ${known.map((one) => `--${one}`).join(', ')}.`,
      );
    }
    const next = given[index + 1];
    const hasValue = next !== undefined && !next.startsWith('--');
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
