// Wording and page geometry of documents are data: JSON in templates/documents, read once when first needed.
import { readFileSync } from 'node:fs';

const read = new Map<string, unknown>();

/** The template of a name, such as `certificate-1`; throws when there is none. */
export function readTemplate<Template>(name: string): Template {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`There is no document template ${name}`);
  let template = read.get(name);
  if (template === undefined) {
    const file = new URL(`../../templates/documents/${name}.json`, import.meta.url);
    try {
      template = JSON.parse(readFileSync(file, 'utf8'));
    } catch (cause) {
      throw new Error(`There is no document template ${name}`, { cause });
    }
    read.set(name, template);
  }
  return template as Template;
}
