// {{asset "app.css"}} gives /assets/app.css?1a2b3c4d, so that a changed file is fetched at once and an old one never again.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Helper } from './helper-tools.ts';

/** Addresses of the files in src/web/assets by name; an unknown name throws. */
export function createAsset(dir = fileURLToPath(new URL('../assets/', import.meta.url))): Helper {
  const addresses = new Map(
    readdirSync(dir).map((name) => [name, `/assets/${name}?${print(join(dir, name))}`]),
  );
  return (name: string): string => {
    const address = addresses.get(name);
    if (address === undefined) throw new Error(`There is no asset "${name}" in src/web/assets.`);
    return address;
  };
}

function print(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 8);
}
