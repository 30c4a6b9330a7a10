// Exceptions from the audit of dependencies, as docs/security.md lists them: a table under its own heading.

export interface Advisory {
  readonly package: string;
  /** Such as GHSA-xxxx-xxxx-xxxx. */
  readonly id: string;
  readonly title: string;
  readonly severity: string;
}

export interface AuditException {
  readonly package: string;
  readonly id: string;
  readonly reason: string;
  /** The day after which it must be looked at again. */
  readonly until: string;
}

const heading = '## Exceptions from the audit of dependencies';

/** The rows of the table (package, advisory, reason, until); throws when the heading is gone or a row lacks a reason or a day. */
export function readExceptions(document: string): AuditException[] {
  const at = document.indexOf(heading);
  if (at < 0) throw new Error(`docs/security.md has no "${heading}".`);
  const section = document.slice(at + heading.length).split(/\n## /)[0]!;
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([name = '']) => name !== 'package' && !/^-+$/.test(name))
    .map(([name = '', id = '', reason = '', until = '']) => {
      if (reason.length < 5 || !/^\d{4}-\d{2}-\d{2}$/.test(until))
        throw new Error(`The exception for ${name} ${id} needs a reason and a day.`);
      return { package: name, id, reason, until };
    });
}

/** The advisories no exception covers on that day. */
export function unexplained(
  advisories: readonly Advisory[],
  exceptions: readonly AuditException[],
  today: string,
): Advisory[] {
  return advisories.filter(
    (one) =>
      !exceptions.some(
        (other) => other.package === one.package && other.id === one.id && other.until >= today,
      ),
  );
}
