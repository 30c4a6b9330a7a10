// Style sheet, scripts and icons, cached for a day and revalidated by their version in the query.
import express, { type Express } from 'express';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../src/web/assets/', import.meta.url));

export function setUpAssets(app: Express): void {
  app.use('/assets', express.static(folder, { maxAge: '1d', index: false }));
}
