// A visitor with cookies who reads pages and sends forms over HTTP, as a browser without script does.
import { Agent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import type { Deps } from '../../src/deps.ts';
import { codeOfStep, stepOf } from '../../src/domain/accounts/one-time-code.ts';
import { testPassword } from './builders.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: Headers;
  readonly location: string | null;
}

export interface Visitor {
  get(path: string): Promise<Answer>;
  /** Opens `from` for its form token, then posts the fields (and files) to `path`. */
  post(
    path: string,
    fields?: Record<string, string | readonly string[]>,
    options?: {
      from?: string;
      files?: readonly { field: string; name: string; bytes: Uint8Array }[];
      token?: string;
      key?: string;
    },
  ): Promise<Answer>;
  /** Signs in with the password and, where it is asked for, the code. */
  signIn(userName: string, password?: string): Promise<Answer>;
  /** Its cookies as a header. */
  cookies(): string;
}

/** Serves the real application on a free port; `visitor()` opens a fresh browser, at an address by way of a trusted proxy. */
export async function openSite(deps: Deps): Promise<{
  visitor: (address?: string, scheme?: string) => Visitor;
  url: string;
  close: () => Promise<void>;
}> {
  const server: Server = await new Promise((resolve) => {
    const listening = createApp(deps).listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    visitor: (address, scheme = 'http') =>
      visitorOf(
        url,
        (userName) => nextCode(deps, userName),
        address === undefined ? {} : { 'x-forwarded-for': address, 'x-forwarded-proto': scheme },
      ),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The code an account's authenticator shows; forgets that it was used, since a test's clock stands still. */
export async function nextCode(deps: Deps, userName: string): Promise<string> {
  const account = await deps.unscoped.accountByUserName.byUserName(userName.toLowerCase());
  const { secret } = (await deps.credentials.of(account!.id))!;
  await deps.transaction(() => deps.credentials.keepSecret(account!.id, secret!, 0, []));
  return codeOfStep(deps.hmacSha1, secret!, stepOf(deps.now()));
}

interface Sent {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

async function encoded(form: FormData): Promise<Omit<Sent, 'method'>> {
  const response = new Response(form);
  return {
    headers: { 'content-type': response.headers.get('content-type')! },
    body: Buffer.from(await response.arrayBuffer()),
  };
}

const agent = new Agent({ keepAlive: true });

// Without fetch, whose streams cost as much as a page of ours does.
const ask = (
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const got = new Headers();
        for (let at = 0; at < response.rawHeaders.length; at += 2)
          got.append(response.rawHeaders[at]!, response.rawHeaders[at + 1]!);
        const bytes = Buffer.concat(parts);
        resolve({
          status: response.statusCode!,
          bytes,
          text: bytes.toString('utf8'),
          headers: got,
          location: got.get('location'),
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** A fresh browser at an address; `codeOf` knows the one-time codes of those who need one. */
export function visitorOf(
  url: string,
  codeOf?: (userName: string) => Promise<string>,
  headers: Readonly<Record<string, string>> = {},
): Visitor {
  const cookies = new Map<string, string>();
  const send = async (path: string, sent: Sent): Promise<Answer> => {
    const answer = await ask(
      url + path,
      sent.method,
      { ...headers, ...sent.headers, cookie: cookieHeader() },
      sent.body,
    );
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const cookieHeader = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const visitor: Visitor = {
    cookies: cookieHeader,
    get: (path) => send(path, { method: 'GET' }),
    async post(path, fields = {}, options = {}) {
      let token = options.token;
      let key = options.key;
      if (token === undefined) {
        const page = await visitor.get(options.from ?? path);
        token = /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
        key ??= /name="_key" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
      }
      const form = new FormData();
      const plain = new URLSearchParams();
      const add = (name: string, value: string) =>
        options.files ? form.append(name, value) : plain.append(name, value);
      add('_csrf', token);
      add('_key', key ?? String(Math.random()));
      for (const [name, value] of Object.entries(fields))
        for (const one of Array.isArray(value) ? value : [value as string]) add(name, one);
      for (const file of options.files ?? [])
        form.append(file.field, new Blob([new Uint8Array(file.bytes)]), file.name);
      return send(path, {
        method: 'POST',
        ...(options.files
          ? await encoded(form)
          : { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: plain.toString() }),
      });
    },
    async signIn(userName, password = testPassword) {
      const answer = await visitor.post('/session', { userName, password }, { from: '/session/new' });
      if (!answer.location?.startsWith('/session/code') || codeOf === undefined) return answer;
      return visitor.post('/session/code', { code: await codeOf(userName) });
    },
  };
  return visitor;
}
