// npm run data-rules: writes the settings of docs/data-rules.md anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settings } from '../persistence/seeds/reference/settings.ts';
import { withSettings } from './settings-table.ts';

const path = fileURLToPath(new URL('../../docs/data-rules.md', import.meta.url));
writeFileSync(path, withSettings(readFileSync(path, 'utf8'), settings));
console.log('docs/data-rules.md is written.');
