// Express and Handlebars drawing a page of the same bytes from data in memory: the baseline of our pages.
import express from 'express';
import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';

const [path = ''] = process.argv.slice(2);
const html = readFileSync(path, 'utf8');
// Every row of the page becomes a turn of a loop, so that the template has as much to do.
const pieces = html.split(/(?=<tr |<li>|<dt)/);
const template = Handlebars.compile('{{#each pieces}}{{{html}}}{{/each}}');
const app = express();
app.get('/health', (_request, response) => void response.send('hello'));
app.get('/page', (_request, response) => {
  response.type('html').send(template({ pieces: pieces.map((one) => ({ html: one })) }));
});
const server = app.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
process.on('SIGTERM', () => process.exit(0));
