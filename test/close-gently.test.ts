import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { closeGently } from '../src/close-gently.ts';

describe('close-gently', () => {
  it('answers what is asked, then closes, and keeps no connection that nobody asks on', async () => {
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    let answer = () => {};
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    const server = createServer((request, response) => {
      if (request.url === '/quick') return void response.end('quick');
      asked();
      void mayAnswer.then(() => response.end('whole'));
    });
    const close = closeGently(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    expect(await (await fetch(`${url}/quick`)).text()).to.equal('quick');
    const answered = fetch(`${url}/slow`).then((response) => response.text());
    await isAsked;
    const closed = close();
    expect(await fetch(`${url}/quick`).catch(() => 'refused')).to.equal('refused');
    answer();
    expect(await answered).to.equal('whole');
    await closed;
    silent.destroy();
  });
});
