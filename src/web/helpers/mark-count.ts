// (markCount people "late"): how many rows of the attendance grid carry a mark; "unmarked" counts those without one.

/** Later joiners have no control and are not counted. */
export function markCount(people: readonly { mark?: string; notJoined?: unknown }[], mark: string): number {
  const wanted = mark === 'unmarked' ? '' : mark;
  return people.filter((person) => !person.notJoined && (person.mark ?? '') === wanted).length;
}
