import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { indexPage } from '../../src/cli/index-page.ts';
import { developmentConfig } from '../../src/config.ts';
import { createDeps } from '../../src/deps.ts';
import { createLog } from '../../src/log.ts';
import { createCipher } from '../../src/persistence/cipher.ts';
import { surveyDatabase } from '../../src/persistence/moving/survey.ts';
import { openTestDatabase } from '../support/database.ts';

const keys = {
  current: 'aabbccdd',
  keys: { aabbccdd: '11'.repeat(32) },
  hashing: { current: 'bbccddee', keys: { bbccddee: '22'.repeat(32) } },
};

describe('cli/index-page', () => {
  it('is what the product makes of an empty database (npm run indexes writes it anew)', async () => {
    const { connection, drop } = await openTestDatabase();
    try {
      const config = developmentConfig({ sessionSecret: 'a secret for the tests only, 32+', keyFile: '' });
      await createDeps(config, connection, { cipher: createCipher(keys), log: createLog('silent') });
      expect(readFileSync('docs/indexes.md', 'utf8')).to.equal(
        indexPage(await surveyDatabase(connection.db!)),
      );
    } finally {
      await drop();
    }
  });

  it('says what a sharded cluster may spread, and by what', () => {
    const index = (key: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
      name: 'one',
      key,
      ...more,
    });
    const page = indexPage([
      { name: 'plain', indexes: [index({ at: -1 }, { expireAfterSeconds: 60 })] },
      { name: 'children', indexes: [index({ parentId: 1, part: 1 }, { unique: true })] },
      {
        name: 'partial',
        indexes: [index({ parentId: 1 }, { unique: true, partialFilterExpression: { a: 1 } })],
      },
      { name: 'numbered', indexes: [index({ number: 1 }, { unique: true }), index({ day: 1 })] },
      {
        name: 'twice',
        indexes: [index({ aId: 1 }, { unique: true }), index({ b: 1 }, { unique: true, sparse: true })],
      },
    ]);
    expect(page.split('\n').slice(-6, -1)).to.deep.equal([
      '| `children` | `parentId, part` (unique) | by `parentId` |',
      '| `numbered` | `number` (unique)<br>`day` | whole: `number` |',
      '| `partial` | `parentId` (unique, only where {"a":1}) | whole: `parentId` |',
      '| `plain` | `at ↓` (expires after 60 s) | by `_id`, hashed |',
      '| `twice` | `aId` (unique)<br>`b` (unique, sparse) | whole: `aId` and `b` |',
    ]);
  });
});
