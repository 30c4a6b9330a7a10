// The steps a viewer may take with a session now, as buttons: the life cycle's table decides which there are.
import type { SessionStep } from '../../domain/training/session-steps.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';

const postedTo: Partial<Record<SessionStep, (id: string) => string>> = {
  submitted: paths.sessionFiling,
  in_progress: paths.sessionStart,
  completed: paths.sessionCompletion,
  assessed: paths.sessionAssessed,
  closed: paths.sessionClosure,
};

export interface StepButton {
  readonly text: string;
  /** A form of one button, with a day for sessions entered from paper; or a page of its own. */
  readonly action: string | null;
  readonly href: string | null;
  readonly tone: 'primary' | 'secondary';
  readonly on: string | null;
  readonly version: number;
}

/** The steps forward first; the bureau's decisions stand on the filing's own page, cancelling on its. */
export function presentSteps(
  exchange: Exchange,
  session: TrainingSession,
  steps: readonly SessionStep[],
): StepButton[] {
  return steps.flatMap((step): StepButton[] => {
    const text = exchange.t(`training.step.${step}`);
    const shared = { text, version: session.version };
    if (step === 'cancelled')
      return [
        {
          ...shared,
          action: null,
          href: paths.newSessionCancellation(session.id),
          tone: 'secondary',
          on: null,
        },
      ];
    const path = postedTo[step];
    if (path === undefined) return [];
    const on = session.recordedFromPaper && step !== 'submitted' ? dayOnPaper(session, step) : null;
    return [{ ...shared, action: path(session.id), href: null, tone: 'primary', on }];
  });
}

function dayOnPaper(session: TrainingSession, step: SessionStep): string {
  return step === 'in_progress' ? session.startsOn : session.endsOn;
}
