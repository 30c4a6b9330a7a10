// Starts the thread apart, from the TypeScript sources as well as from the build.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type ResourceLimits } from 'node:worker_threads';

/** A thread with its own heap; reaching a limit of it ends the thread, not the process. */
export function startWorker(resourceLimits: ResourceLimits): Worker {
  const settings = { resourceLimits, name: 'sheets', env: {} };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), settings);
  // A worker does not inherit the loader that lets Node run TypeScript sources, so it registers its own first.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const loader = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href);
  const entry = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const bootstrap = `import(${loader}).then(({ register }) => (register(), import(${entry})))`;
  return new Worker(bootstrap, { ...settings, eval: true });
}
