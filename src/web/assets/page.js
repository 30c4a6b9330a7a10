// Small helps on every page; each works without, only a little slower.

focusErrorSummary();
warnBeforeTimeout();
closeMenus();
countCharacters();
keepOneSubmission();
offerPrinting();

/** After a refused form the summary is read first. */
function focusErrorSummary() {
  document.querySelector('[data-error-summary]')?.focus();
}

/** Two minutes before the session ends a banner offers to stay; any request renews it. */
function warnBeforeTimeout() {
  const banner = document.querySelector('[data-timeout]');
  if (!banner) return;
  const show = () => {
    banner.hidden = false;
  };
  const left = new Date(banner.dataset.timeout).getTime() - Date.now() - 120_000;
  const wait = Math.min(Math.max(left, 0), 2 ** 31 - 1);
  let timer = setTimeout(show, wait);
  banner.querySelector('button').addEventListener('click', async () => {
    const answer = await fetch(location.href, { method: 'HEAD', credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) return location.reload();
    banner.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(show, wait);
  });
}

/** A menu of the header closes on Escape, on a click elsewhere and when another opens. */
function closeMenus() {
  const menus = [...document.querySelectorAll('details.menu')];
  document.addEventListener('click', (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' ? menus.find((candidate) => candidate.open) : undefined;
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

/** Says how much room a text area has left. */
function countCharacters() {
  for (const area of document.querySelectorAll('textarea[data-maxlength]')) {
    const note = document.createElement('p');
    note.className = 'field__hint';
    area.closest('.field').append(note);
    const update = () => {
      note.textContent = `${[...area.value].length} / ${area.dataset.maxlength}`;
    };
    area.addEventListener('input', update);
    update();
  }
}

/** A second press within three seconds is the same press. */
function keepOneSubmission() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const now = Date.now();
    if (form.method === 'post' && now - Number(form.dataset.sentAt ?? 0) < 3000) event.preventDefault();
    else form.dataset.sentAt = String(now);
  });
}

/** Without script the browser's own menu prints. */
function offerPrinting() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
}
