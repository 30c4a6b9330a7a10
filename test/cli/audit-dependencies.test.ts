// npm run audit:dependencies against services that answer, as the registry's bulk advisory service is documented to, and one
// that does not.
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { programOf } from '../support/program.ts';

/** How the command ends when the registry is `answer`. */
async function auditAgainst(
  answer: RequestListener,
): Promise<{ code: number | null; said: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    return await new Promise((resolve) => {
      const child = spawn(process.execPath, [...programOf('src/cli/audit-dependencies.ts')], {
        env: {
          ...process.env,
          npm_config_registry: registry,
          npm_config_fetch_retries: '0',
          npm_config_audit: 'true',
        },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
      child.once('close', (code) => resolve({ code, said, asked }));
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const bulk = '/-/npm/v1/security/advisories/bulk';
const json = (body: unknown): RequestListener => {
  const text = JSON.stringify(body);
  return (request, response) => {
    const known = request.url === bulk;
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end(known ? text : '{}');
  };
};

describe('cli/audit-dependencies', function () {
  this.timeout(180_000);

  it('says plainly that nothing was checked where the service refuses, and exits with 2', async () => {
    const { code, said, asked } = await auditAgainst((_request, response) => response.writeHead(405).end());
    expect(said).to.include('No answer about known faults').and.include('Nothing was checked');
    expect(said).to.include('405');
    expect(code).to.equal(2);
    expect(asked).to.include(`POST ${bulk}`);
  });

  it('exits with 0 where the service knows of no fault', async () => {
    const { code, said } = await auditAgainst(json({}));
    expect(said).to.include('No known fault without a reason');
    expect(code).to.equal(0);
  });

  it('names a fault of an installed package, and exits with 1', async () => {
    const { code, said } = await auditAgainst(
      json({
        busboy: [
          {
            id: 1,
            url: 'https://example.test/advisories/GHSA-aaaa-bbbb-cccc',
            title: 'It stops at a broken part',
            severity: 'high',
            vulnerable_versions: '<99',
            cwe: ['CWE-400'],
            cvss: { score: 7.5, vectorString: null },
          },
        ],
      }),
    );
    expect(said).to.include('high: busboy GHSA-aaaa-bbbb-cccc It stops at a broken part');
    expect(said).to.include('1 known faults without a reason');
    expect(code).to.equal(1);
  });
});
