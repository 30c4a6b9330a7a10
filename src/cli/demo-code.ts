// npm run demo:code -- NAME: the one-time code that the authenticator of a demo persona would show now.
import { demoCodeOf } from '../persistence/seeds/demo/personas.ts';

const [userName] = process.argv.slice(2);
if (userName === undefined) {
  console.error('Say whose: npm run demo:code -- officer');
  process.exit(64);
}
const now = new Date();
const code = demoCodeOf(userName.trim().toLowerCase(), now);
console.log(`${code} (new in ${30 - (Math.floor(now.getTime() / 1000) % 30)} s)`);
