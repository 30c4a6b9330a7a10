// Draws one template with the real wording and partials, for tests of helpers and partials.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from '../../src/web/frame.ts';
import { plainFrame } from '../../src/web/frame.ts';
import { createViewEngine } from '../../src/web/view-engine.ts';
import { createWording } from '../../src/web/wording.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const viewsFolder = join(root, 'views');
export const wording = createWording(join(root, 'templates/wording'));
export const noon = new Date('2021-12-17T04:00:00Z');

/** The HTML of a template alone, without layout; views given as extra files may be called as partials. */
export function draw(
  template: string,
  model: object = {},
  frame: Partial<Frame> = {},
  extra: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  try {
    cpSync(join(viewsFolder, 'partials'), join(folder, 'partials'), { recursive: true });
    mkdirSync(join(folder, 'layouts'));
    mkdirSync(join(folder, 'test'));
    writeFileSync(join(folder, 'layouts/main.hbs'), '{{@body}}');
    writeFileSync(join(folder, 'test/page.hbs'), template);
    for (const [name, source] of Object.entries(extra)) writeFileSync(join(folder, name), source);
    const engine = createViewEngine(folder, wording);
    return engine.render('test/page', model, { ...plainFrame('zh', '', noon), ...frame });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
