// A definition of a figure is versioned data: a new version starts on its effective day and changes no year before it.

export interface DefinitionVersion {
  readonly version: number;
  readonly effectiveFrom: string;
}

/** The version a year is counted by: the latest in force on its first day, since one rule counts a whole year. */
export function definitionFor<Definition extends DefinitionVersion>(
  versions: readonly Definition[],
  year: number,
): Definition | null {
  const firstDay = `${String(year).padStart(4, '0')}-01-01`;
  let inForce: Definition | null = null;
  for (const version of versions) {
    if (version.effectiveFrom > firstDay) continue;
    if (inForce === null || version.effectiveFrom >= inForce.effectiveFrom) inForce = version;
  }
  return inForce;
}
