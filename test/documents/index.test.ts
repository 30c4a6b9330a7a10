import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

describe('documents/index', () => {
  it('loads without pdfkit, the QR encoder, yazl or a font, so that starting the server costs nothing', () => {
    const folder = 'src/documents/';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    expect(files.length).to.be.greaterThan(20);
    const loaded = files.flatMap((file) =>
      [
        ...readFileSync(join(folder, file), 'utf8').matchAll(
          /^(import|export) (?!type )[^;]*? from '([^']+)'/gm,
        ),
      ]
        .map(([, , from]) => from!)
        .filter((from) => !from.startsWith('.') && !from.startsWith('node:'))
        .map((from) => `${file}: ${from}`),
    );
    expect(loaded).to.deep.equal([]);
  });
});
