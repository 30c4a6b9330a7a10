// npm run indexes: writes docs/indexes.md anew, from a database made for it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { developmentConfig } from '../config.ts';
import { connect } from '../persistence/connection.ts';
import { surveyDatabase } from '../persistence/moving/survey.ts';
import { embeddedName } from '../reach-database.ts';
import { openProduct } from '../server.ts';
import { indexPage } from './index-page.ts';

const root = mkdtempSync(join(tmpdir(), 'skillroll-indexes-'));
try {
  const product = await openProduct(
    developmentConfig({
      dataDir: join(root, 'data'),
      keyFile: join(root, 'data.key'),
      sessionSecret: 'of a database that is thrown away',
      logLevel: 'silent',
    }),
    { durable: false },
  );
  const connection = await connect(product.uri, embeddedName);
  const page = indexPage(await surveyDatabase(connection.db!));
  await connection.close();
  await product.close();
  writeFileSync(fileURLToPath(new URL('../../docs/indexes.md', import.meta.url)), page);
  console.log('docs/indexes.md is written.');
} finally {
  rmSync(root, { recursive: true, force: true });
}
