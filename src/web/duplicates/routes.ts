// Possible duplicates, their merge and its reversal.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import {
  mergeFields,
  type MergeChoices,
  type MergeField,
  type MergeSide,
} from '../../domain/people/person-merge.ts';
import { district } from '../../domain/accounts/scope.ts';
import { dismissDuplicate, pairByHand } from '../../use-cases/people/decide-duplicate.ts';
import { mergePeople } from '../../use-cases/people/merge-people.ts';
import { undoPersonMerge } from '../../use-cases/people/undo-person-merge.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import { text, version } from '../kernel/fields.ts';
import { freshForm, type FormSpec } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { listDuplicates } from './list-duplicates.ts';
import { showDuplicate } from './show-duplicate.ts';
import { showMerge } from './show-merge.ts';

export function duplicateRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.duplicates.pattern, 'person.merge', (exchange) => listDuplicates(deps, exchange, freshForm())),
    post(paths.duplicates.pattern, 'person.merge', pairForm(deps)),
    get(paths.duplicate.pattern, 'person.merge', (exchange) => showDuplicate(deps, exchange, freshForm())),
    post(paths.duplicateMerge.pattern, 'person.merge', mergeForm(deps)),
    post(paths.duplicateDismissal.pattern, 'person.merge', dismissalForm(deps)),
    get(paths.personMerge.pattern, 'person.merge', (exchange) => showMerge(deps, exchange, freshForm())),
    post(paths.personMergeReversal.pattern, 'person.merge', reversalForm(deps)),
  ];
}

const pairForm = (deps: Deps): FormSpec<{ one: string; other: string }> => ({
  schema: Joi.object({
    one: text('people.merge.one', 20).required(),
    other: text('people.merge.other', 20).required(),
  }),
  show: (exchange, state) => listDuplicates(deps, exchange, state),
  async act(exchange, typed) {
    return { to: paths.duplicate(await pairByHand(deps, { actor: exchange.actor, ...typed })) };
  },
});

type TypedMerge = { keptId: string; reason: string; versionOne: number; versionTwo: number } & Partial<
  Record<MergeField, string>
>;

const mergeForm = (deps: Deps): FormSpec<TypedMerge> => ({
  schema: Joi.object<TypedMerge>({
    keptId: Joi.string().max(40).required().label('people.merge.kept'),
    reason: reasonText('people.merge.reason'),
    versionOne: version,
    versionTwo: version,
    ...Object.fromEntries(mergeFields.map((field) => [field, Joi.string().max(40)])),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showDuplicate(deps, exchange, state),
  async act(exchange, typed, files) {
    const duplicateId = exchange.params.id!;
    const { personIds } = await deps.duplicates.get(district, duplicateId);
    const merge = await mergePeople(deps, {
      actor: exchange.actor,
      duplicateId,
      keptId: typed.keptId,
      choices: choicesOf(typed),
      reason: typed.reason,
      file: evidenceOf(files),
      versions: { [personIds[0]]: typed.versionOne, [personIds[1]]: typed.versionTwo },
    });
    return { to: paths.personMerge(merge.id), flash: { text: exchange.t('people.merge.done') } };
  },
});

/** Fields carry the id of the person whose value stays; one that was not asked about stays as it is. */
function choicesOf(typed: TypedMerge): MergeChoices {
  const sideOf = (field: MergeField): MergeSide => {
    const chosen = typed[field];
    if (chosen === 'both' && field === 'keyGroups') return 'both';
    return chosen === undefined || chosen === typed.keptId ? 'kept' : 'merged';
  };
  return Object.fromEntries(mergeFields.map((field) => [field, sideOf(field)])) as unknown as MergeChoices;
}

const dismissalForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  key: '-dismiss',
  schema: Joi.object({ reason: reasonText('people.merge.dismissReason') }),
  show: (exchange, state) => showDuplicate(deps, exchange, state),
  async act(exchange, { reason }) {
    await dismissDuplicate(deps, { actor: exchange.actor, duplicateId: exchange.params.id!, reason });
    return { to: paths.duplicates(), flash: { text: exchange.t('people.merge.dismissed') } };
  },
});

const reversalForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: reasonText('people.merge.undoReason') }),
  takes: takesEvidence,
  show: (exchange, state) => showMerge(deps, exchange, state),
  async act(exchange, { reason }, files) {
    const mergeId = exchange.params.id!;
    await undoPersonMerge(deps, { actor: exchange.actor, mergeId, reason, file: evidenceOf(files) });
    return { to: paths.personMerge(mergeId), flash: { text: exchange.t('people.merge.undoDone') } };
  },
});
