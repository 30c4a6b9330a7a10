// Closing a server without cutting off whoever it is answering.
import type { Server } from 'node:http';

/** Longer than any transaction lives (MongoDB ends one after 60 s). */
const longest = 65_000;

/**
 * Follows the requests of a server; what it returns closes it: no new ones are taken, those under way are answered first, and
 * connections that nobody asks on are closed at once.
 */
export function closeGently(server: Server): () => Promise<void> {
  let underWay = 0;
  let closing = false;
  const closeIfIdle = () => {
    if (closing && underWay === 0) server.closeAllConnections();
  };
  server.on('request', (_, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      closeIfIdle();
    });
  });
  return () =>
    new Promise((resolve) => {
      closing = true;
      server.close(() => resolve());
      setTimeout(() => server.closeAllConnections(), longest).unref();
      closeIfIdle();
    });
}
