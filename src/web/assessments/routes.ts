// Assessments: opened for a cohort or an own list, scored, judged, proposed for certificates.
import type { Deps } from '../../deps.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { addCandidatesForm, showNewCandidates } from './add-candidates.ts';
import { correctScoreForm, showCorrection } from './correct-score.ts';
import { listAssessments } from './list-assessments.ts';
import { openAssessmentForm, openSessionAssessmentForm, showNewAssessment } from './open-assessment.ts';
import { freshForm } from '../kernel/form.ts';
import { proposeBatchForm } from './propose-batch.ts';
import { recordScoresForm, showScores } from './record-scores.ts';
import { showAssessment } from './show-assessment.ts';

export function assessmentRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.assessments.pattern, 'assessment.list', (exchange) => listAssessments(deps, exchange)),
    get(paths.newAssessment.pattern, 'assessment.open', (exchange) =>
      showNewAssessment(deps, exchange, freshForm({ sessionNumber: exchange.query.session ?? '' })),
    ),
    post(paths.assessments.pattern, 'assessment.open', openAssessmentForm(deps)),
    post(paths.sessionAssessment.pattern, 'assessment.open', openSessionAssessmentForm(deps)),
    get(paths.assessment.pattern, 'assessment.view', (exchange) =>
      showAssessment(deps, exchange, freshForm()),
    ),
    get(paths.eligibility.pattern, 'assessment.view', (exchange) =>
      showAssessment(deps, exchange, freshForm()),
    ),
    get(paths.newCandidates.pattern, 'assessment.score', (exchange) =>
      showNewCandidates(deps, exchange, freshForm()),
    ),
    post(paths.assessmentCandidates.pattern, 'assessment.score', addCandidatesForm(deps)),
    get(paths.newScores.pattern, 'assessment.score', (exchange) => showScores(deps, exchange, freshForm())),
    post(paths.scores.pattern, 'assessment.score', recordScoresForm(deps)),
    get(paths.newScoreCorrection.pattern, 'assessment.correct', (exchange) =>
      showCorrection(deps, exchange, freshForm()),
    ),
    post(paths.scoreCorrections.pattern, 'assessment.correct', correctScoreForm(deps)),
    post(paths.proposeBatch.pattern, 'certificateBatch.propose', proposeBatchForm(deps)),
  ];
}
