// Keeps a job's page up to date: server-sent events, or polling after three dropped connections.

const job = document.querySelector('[data-job]');
if (job) follow(job);

function follow(element) {
  const bar = element.querySelector('progress');
  const text = element.querySelector('[data-job-text]');
  let drops = 0;
  let spokenAt = 0;
  const source = new EventSource(element.dataset.job);

  source.addEventListener('progress', (event) => {
    drops = 0;
    show(JSON.parse(event.data));
  });
  for (const end of ['done', 'failed']) source.addEventListener(end, finish);
  source.onerror = () => {
    drops += 1;
    if (drops < 3) return;
    source.close();
    setInterval(poll, 5000);
  };

  function show({ done, total }) {
    bar.max = total;
    bar.value = done;
    // A screen reader hears of it at most every ten seconds.
    if (Date.now() - spokenAt < 10_000 && done < total) return;
    spokenAt = Date.now();
    const words = { '#done#': done.toLocaleString('en'), '#total#': total.toLocaleString('en') };
    text.textContent = element.dataset.template.replace(/#\w+#/g, (place) => words[place] ?? place);
  }

  function finish() {
    source.close();
    location.reload();
  }

  async function poll() {
    const answer = await fetch(location.href, { credentials: 'same-origin' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('[data-job] progress');
    if (!next) location.reload();
    else show({ done: next.value, total: next.max });
  }
}
