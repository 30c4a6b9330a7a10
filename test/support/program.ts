// How a process of its own runs a file of the project: the sources through tsx, or, when the tests run compiled, what was
// compiled (test/build.mjs), which starts in a third of the time.
import { pathToFileURL } from 'node:url';

const compiled = !import.meta.url.endsWith('.ts');

/** Where a source named from the project's folder lies: itself, or what was compiled of it. */
const placeOf = (source: string): string => (compiled ? `.built/${source.replace(/\.ts$/, '.js')}` : source);

/** Arguments for Node that run a source named from the project's folder. */
export const programOf = (source: string): readonly string[] =>
  compiled ? [placeOf(source)] : ['--import', 'tsx', placeOf(source)];

/** The address by which a script imports a source named from the project's folder. */
export const addressOf = (source: string): string => pathToFileURL(placeOf(source)).href;

/** What Node needs before a script given by `-e` that imports by `addressOf`. */
export const loaderOptions: readonly string[] = compiled ? [] : ['--import', 'tsx'];
