// The progress of long work: a page that refreshes itself, and the same as a small answer for the script.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FormSpec } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';

export function jobRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.job.pattern, 'signedIn', (exchange) => showJob(deps, exchange)),
    get(paths.jobEvents.pattern, 'signedIn', (exchange) => sendProgress(deps, exchange)),
    post(
      paths.jobStop.pattern,
      'signedIn',
      changeJob(deps, (id, account, now) => deps.jobs.stop(account, id, now)),
    ),
    post(
      paths.jobResume.pattern,
      'signedIn',
      changeJob(deps, (id, account) => deps.jobs.resume(account, id)),
    ),
  ];
}

async function showJob(deps: Deps, exchange: Exchange): Promise<void> {
  const job = await deps.jobs.get(exchange.actor.accountId, exchange.params.id!);
  const title = exchange.t(job.titleKey, job.titleDetails);
  const open = job.state === 'queued' || job.state === 'running';
  if (open) exchange.response.setHeader('Refresh', '5');
  exchange.page('jobs/show', title, {
    title,
    state: job.state === 'running' ? 'generating' : job.state,
    id: job.id,
    done: job.done,
    total: job.total,
    since: job.createdAt,
    open,
    stop: open ? paths.jobStop(job.id) : null,
    resume: job.state === 'stopped' || job.state === 'failed' ? paths.jobResume(job.id) : null,
    result: job.resultPath,
  });
}

/** One server-sent event and the end of the answer: the script asks again after `retry`. */
async function sendProgress(deps: Deps, exchange: Exchange): Promise<void> {
  const job = await deps.jobs.get(exchange.actor.accountId, exchange.params.id!);
  const name =
    job.state === 'done' ? 'done' : job.state === 'failed' || job.state === 'stopped' ? 'failed' : 'progress';
  exchange.response
    .type('text/event-stream')
    .send(
      `retry: 2000\nid: ${job.done}\nevent: ${name}\ndata: ${JSON.stringify({ done: job.done, total: job.total })}\n\n`,
    );
}

const changeJob = (
  deps: Deps,
  change: (id: string, accountId: string, now: Date) => Promise<void>,
): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange) => showJob(deps, exchange),
  async act(exchange) {
    const { id } = await deps.jobs.get(exchange.actor.accountId, exchange.params.id!);
    await change(id, exchange.actor.accountId, exchange.now);
    return { to: paths.job(id) };
  },
});
