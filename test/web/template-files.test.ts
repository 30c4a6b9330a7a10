import { expect } from 'chai';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplates } from '../../src/web/template-files.ts';

describe('src/web/template-files', () => {
  it('tells views, partials and layouts apart by where they lie', () => {
    const folder = mkdtempSync(join(tmpdir(), 'files-'));
    for (const name of ['layouts', 'partials', 'years', 'years/deep']) mkdirSync(join(folder, name));
    const files = [
      'layouts/main.hbs',
      'partials/field.hbs',
      'years/show.hbs',
      'years/_tile.hbs',
      'years/deep/_a.hbs',
    ];
    for (const file of [...files, 'years/notes.txt']) writeFileSync(join(folder, file), file);
    expect(readTemplates(folder).map(({ kind, name }) => `${kind} ${name}`)).to.have.members([
      'layout main',
      'partial field',
      'view years/show',
      'partial years/tile',
      'partial years/deep/a',
    ]);
  });
});
