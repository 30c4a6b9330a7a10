// A visitor with cookies who reads pages and sends forms over HTTP, as a browser without script does.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import type { Deps } from '../../src/deps.ts';
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
  signIn(userName: string, password?: string): Promise<Answer>;
}

/** Serves the real application on a free port; `visitor()` opens a fresh browser. */
export async function openSite(
  deps: Deps,
): Promise<{ visitor: () => Visitor; url: string; close: () => Promise<void> }> {
  const server: Server = await new Promise((resolve) => {
    const listening = createApp(deps).listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    visitor: () => visitorOf(url),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A fresh browser at an address. */
export function visitorOf(url: string): Visitor {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url + path, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as object), cookie: header },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      bytes,
      text: bytes.toString('utf8'),
      headers: response.headers,
      location: response.headers.get('location'),
    };
  };
  const visitor: Visitor = {
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
      return send(path, { method: 'POST', body: options.files ? form : plain });
    },
    signIn: (userName, password = testPassword) =>
      visitor.post('/session', { userName, password }, { from: '/session/new' }),
  };
  return visitor;
}
