// The two decisions about a checked roster: commit it, and take it back.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { commitRoster } from '../../use-cases/training/commit-roster.ts';
import { undoRosterImport } from '../../use-cases/training/undo-roster-import.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { FormSpec } from '../kernel/form.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { showImport } from './show-import.ts';

interface Commitment {
  readonly withoutBadRows: string;
  readonly leaveOut: number[];
  readonly [reason: `reason:${string}`]: string;
}

export const commitForm = (deps: Deps): FormSpec<Commitment> => ({
  takes: { bytes: largeFormBytes },
  schema: Joi.object<Commitment>({
    withoutBadRows: Joi.string().valid('', 'yes').default(''),
    leaveOut: Joi.string().allow('').max(2_000).default('').custom(readNumbers).label('rosters.leaveOut'),
  })
    .messages({ 'rows.unreadable': 'rosters.leaveOutUnreadable' })
    .pattern(/^reason:rosters\.\w+$/, Joi.string().trim().allow('').max(200)),
  show: (exchange, state) => showImport(deps, exchange, state),
  async act(exchange, value) {
    const { actor } = exchange;
    const importId = exchange.params.id!;
    const reasons = Object.fromEntries(
      Object.entries(value).flatMap(([name, text]) =>
        name.startsWith('reason:') ? [[name.slice('reason:'.length), String(text)]] : [],
      ),
    );
    const { rosterImport } = await commitRoster(deps, {
      actor,
      importId,
      withoutBadRows: value.withoutBadRows === 'yes',
      leaveOut: value.leaveOut,
      reasons,
    });
    const text = exchange.t('rosters.committed', { count: rosterImport.committedCount });
    return {
      to: paths.rosterImport(importId),
      flash: { text },
    };
  },
});

export const undoForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: reasonText('rosters.undoReason') }),
  takes: takesEvidence,
  show: (exchange, state) => showImport(deps, exchange, state),
  async act(exchange, { reason }, files) {
    const importId = exchange.params.id!;
    const { committedCount: count } = await undoRosterImport(deps, {
      actor: exchange.actor,
      importId,
      reason,
      file: evidenceOf(files),
    });
    return { to: paths.rosterImport(importId), flash: { text: exchange.t('rosters.undone', { count }) } };
  },
});

function readNumbers(typed: string, helpers: Joi.CustomHelpers): unknown {
  const words = typed
    .normalize('NFKC')
    .split(/[\s,、;]+/)
    .filter(Boolean);
  if (words.some((word) => !/^\d{1,6}$/.test(word))) return helpers.error('rows.unreadable');
  return words.map(Number);
}
