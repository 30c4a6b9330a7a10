import { expect } from 'chai';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAsset } from '../../../src/web/helpers/asset.ts';

describe('src/web/helpers/asset', () => {
  it('changes the address when the file changes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'assets-'));
    const address = (content: string): unknown => {
      writeFileSync(join(folder, 'a.css'), content);
      return (createAsset(folder) as (name: string) => string)('a.css');
    };
    const first = address('a');
    expect(first).to.match(/^\/assets\/a\.css\?[0-9a-f]{8}$/);
    expect(address('a')).to.equal(first);
    expect(address('b')).not.to.equal(first);
  });

  it('names an asset that does not exist', () => {
    expect(() => (createAsset() as (name: string) => string)('no.css')).to.throw('no asset "no.css"');
  });
});
