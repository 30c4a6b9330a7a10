// Express with nothing in it, the least a server can do: the baseline of a cold start.
import express from 'express';

const app = express();
app.get('/health', (_request, response) => void response.send('hello'));
const server = app.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`),
);
process.on('SIGTERM', () => process.exit(0));
