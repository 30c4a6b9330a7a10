// Finds the templates: partials, layouts and views are told apart by where they lie.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface TemplateFile {
  readonly kind: 'view' | 'partial' | 'layout';
  /** `training-sessions/show`, `field`, `training-sessions/rows` (from _rows.hbs), `main`. */
  readonly name: string;
  readonly source: string;
}

/** Every .hbs under `dir`: layouts/, partials/ and _files are shared pieces, the rest are views. */
export function readTemplates(dir: string): TemplateFile[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => classify(relative(dir, path).split(sep).join('/'), readFileSync(path, 'utf8')));
}

function classify(path: string, source: string): TemplateFile {
  const name = path.slice(0, -'.hbs'.length);
  const [folder, ...rest] = name.split('/');
  if (folder === 'layouts') return { kind: 'layout', name: rest.join('/'), source };
  if (folder === 'partials') return { kind: 'partial', name: rest.join('/'), source };
  const leaf = rest.at(-1);
  if (leaf?.startsWith('_')) {
    return { kind: 'partial', name: [folder, ...rest.slice(0, -1), leaf.slice(1)].join('/'), source };
  }
  return { kind: 'view', name, source };
}
