// Training sessions: list, draft, edit, entry from paper, steps, cancellation and changes.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { cancelForm, showCancellation } from './cancel-session.ts';
import { requestChangeForm, showChangeRequest, withdrawChangeForm } from './change-session.ts';
import {
  editSessionForm,
  newSessionForm,
  pastSessionForm,
  showEditSession,
  showSessionForm,
} from './edit-session.ts';
import { listSessions } from './list-sessions.ts';
import { showSession } from './show-session.ts';
import { stepForm } from './step-session.ts';

export function trainingRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.trainingSessions.pattern, 'trainingSession.list', (exchange) => listSessions(deps, exchange)),
    get(paths.newTrainingSession.pattern, 'trainingSession.create', (exchange) =>
      showSessionForm(deps, exchange, freshForm(), 'new'),
    ),
    post(paths.trainingSessions.pattern, 'trainingSession.create', newSessionForm(deps)),
    get(paths.newPastSession.pattern, 'trainingSession.recordPast', (exchange) =>
      showSessionForm(deps, exchange, freshForm(), 'past'),
    ),
    post(paths.pastSessions.pattern, 'trainingSession.recordPast', pastSessionForm(deps)),
    get(paths.trainingSession.pattern, 'trainingSession.view', (exchange) => showSession(deps, exchange)),
    get(paths.editTrainingSession.pattern, 'trainingSession.edit', (exchange) =>
      showEditSession(deps, exchange),
    ),
    post(paths.trainingSession.pattern, 'trainingSession.edit', editSessionForm(deps)),
    post(paths.sessionFiling.pattern, 'trainingSession.submit', stepForm(deps, 'submitted')),
    post(paths.sessionStart.pattern, 'trainingSession.run', stepForm(deps, 'in_progress')),
    post(paths.sessionCompletion.pattern, 'trainingSession.run', stepForm(deps, 'completed')),
    post(paths.sessionAssessed.pattern, 'trainingSession.run', stepForm(deps, 'assessed')),
    post(paths.sessionClosure.pattern, 'trainingSession.run', stepForm(deps, 'closed')),
    get(paths.newSessionCancellation.pattern, 'trainingSession.run', (exchange) =>
      showCancellation(deps, exchange, freshForm()),
    ),
    post(paths.sessionCancellation.pattern, 'trainingSession.run', cancelForm(deps)),
    get(paths.newSessionChange.pattern, 'trainingSession.requestChange', (exchange) =>
      showChangeRequest(deps, exchange, freshForm()),
    ),
    post(paths.sessionChanges.pattern, 'trainingSession.requestChange', requestChangeForm(deps)),
    post(paths.sessionChangeWithdrawal.pattern, 'trainingSession.requestChange', withdrawChangeForm(deps)),
  ];
}
