// Keys and live counts for the attendance grid; without script the same radios and buttons do the job.

const grid = document.querySelector('[data-attendance]');
if (grid) start(grid);

function start(form) {
  const marks = ['present', 'late', 'leftEarly', 'leave', 'absent'];
  const rows = [...form.querySelectorAll('[data-person]')];
  const switchBox = form.querySelector('[data-keys-on]');
  const help = form.querySelector('[data-keys-help]');
  const live = form.querySelector('[data-counts]');
  switchBox.closest('[hidden]')?.removeAttribute('hidden');
  switchBox.checked = localStorage.getItem('attendance-keys') !== 'off';
  switchBox.addEventListener('change', () => {
    localStorage.setItem('attendance-keys', switchBox.checked ? 'on' : 'off');
  });

  form.addEventListener('change', count);
  form.addEventListener('keydown', onKey);
  form.querySelector('[data-mark-rest]')?.addEventListener('click', (event) => {
    event.preventDefault();
    markRest();
  });
  count();

  function onKey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('#save button'));
      return;
    }
    const row = event.target.closest?.('[data-person]');
    const typing = event.target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select');
    if (!switchBox.checked || !row || typing || event.altKey || event.ctrlKey || event.metaKey) return;
    const mark = marks[Number(event.key) - 1];
    if (mark) {
      choose(row, mark);
      move(row, 1);
    } else if (event.key === 'ArrowDown') move(row, 1);
    else if (event.key === 'ArrowUp') move(row, -1);
    else if (event.key === 'a' || event.key === 'A') markRest();
    else if (event.key === '?') help.open = !help.open;
    else return;
    event.preventDefault();
  }

  function choose(row, mark) {
    const radio = row.querySelector(`input[value="${mark}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** Focus goes to the chosen mark of the next person who can be marked, else to the first mark. */
  function move(row, step) {
    const next = rows[rows.indexOf(row) + step];
    (next?.querySelector('input:checked') ?? next?.querySelector('input[type=radio]'))?.focus();
  }

  function markRest() {
    for (const row of rows) if (!row.querySelector('input[type=radio]:checked')) choose(row, 'present');
  }

  function count() {
    const totals = Object.fromEntries([...marks, 'unmarked'].map((mark) => [mark, 0]));
    for (const row of rows) totals[row.querySelector('input[type=radio]:checked')?.value || 'unmarked'] += 1;
    for (const place of live.querySelectorAll('[data-count]'))
      place.textContent = totals[place.dataset.count];
  }
}
