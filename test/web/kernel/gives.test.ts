import { expect } from 'chai';
import express from 'express';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { emptyBody } from '../../../src/web/kernel/body.ts';
import { openCookieJar } from '../../../src/web/kernel/cookies.ts';
import { createExchange, type WebSite } from '../../../src/web/kernel/exchange.ts';
import type { GivenKind } from '../../../src/web/kernel/file-types.ts';

/** What Express answers when an exchange whose route gives `gives` sends a PDF; 500 for an exchange that throws. */
async function answerOf(gives: readonly GivenKind[] | undefined): Promise<Response> {
  const app = express();
  app.get('/', (request, response) => {
    const cookies = openCookieJar(request, response);
    const site = { now: () => new Date() } as WebSite;
    createExchange({
      request,
      response,
      site,
      cookies,
      lang: 'en',
      signedIn: null,
      body: emptyBody,
      gives,
    }).send(Buffer.from('%PDF-'), { type: 'application/pdf', name: 'a b.pdf' });
  });
  app.use(
    (_error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) =>
      void response.sendStatus(500),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
  }
}

describe('web/kernel/gives', () => {
  it('sends a file of a kind the route names, as an attachment under its encoded name', async () => {
    const answer = await answerOf(['csv', 'pdf']);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.equal('application/pdf');
    expect(answer.headers.get('content-disposition')).to.equal("attachment; filename*=UTF-8''a%20b.pdf");
  });

  it('sends no file of another kind, and none from a route that names none', async () => {
    for (const gives of [['csv', 'xlsx'] as const, [], undefined])
      expect((await answerOf(gives)).status).to.equal(500);
  });

  it('is the only way out for a file', () => {
    const root = pathToFileURL('src/');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const sending = sources.filter((name) =>
      /content-disposition['"]|\.attachment\(|\.download\(|sendFile\('/i.test(
        readFileSync(new URL(name, root), 'utf8'),
      ),
    );
    expect(sources).to.have.length.above(100);
    expect(sending.sort()).to.deep.equal(['web/kernel/exchange.ts']);
  });
});
