// Attendance: marking a lesson, the record of a session, and sheets to sign on paper.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { markForm, prefillForm, showMarking } from './mark-lesson.ts';
import { sendLessonSheet, sendSessionSheet } from './send-sheet.ts';
import { showRecord } from './show-record.ts';

export function attendanceRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.lessonAttendance.pattern, 'attendance.mark', (exchange) =>
      showMarking(deps, exchange, freshForm()),
    ),
    post(paths.lessonAttendance.pattern, 'attendance.mark', markForm(deps)),
    post(paths.attendancePrefill.pattern, 'attendance.mark', prefillForm(deps)),
    gives(
      ['pdf'],
      get(paths.signInSheet.pattern, 'attendance.view', (exchange) => sendLessonSheet(deps, exchange)),
    ),
    get(paths.sessionAttendance.pattern, 'attendance.view', (exchange) => showRecord(deps, exchange)),
    gives(
      ['pdf'],
      get(paths.sessionSignInSheet.pattern, 'attendance.view', (exchange) =>
        sendSessionSheet(deps, exchange),
      ),
    ),
  ];
}
