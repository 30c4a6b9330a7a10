// The marker of a demo folder: with which seed, scale and version it was made, and whether it was finished.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoMarker {
  readonly seed: number;
  readonly scale: number;
  readonly version: string;
  readonly complete: boolean;
}

const name = 'skillroll-demo.json';

/** The marker of a folder, or null when it is no demo folder. */
export function readDemoMarker(dir: string): DemoMarker | null {
  const path = join(dir, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoMarker) : null;
}

export function writeDemoMarker(dir: string, marker: DemoMarker): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dir, name), JSON.stringify(marker, null, 2) + '\n');
}
