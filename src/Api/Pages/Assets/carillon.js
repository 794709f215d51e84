// What only the browser knows or does: its time zone, times that tick, and coming back after the node was away.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = document.cookie.split('; ').find(c => c.startsWith('carillon-zone='));
  if (zone && known !== `carillon-zone=${encodeURIComponent(zone)}`)
    document.cookie = `carillon-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

  // Times in a state tick here, so that the node sends changes only. Its clock counts, not the browser's.
  let ahead = 0;
  const length = ms => {
    const s = Math.max(0, Math.floor(ms / 1000)), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    const two = n => String(n).padStart(2, '0');
    return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
  };
  const tick = () => {
    const clock = document.querySelector('[data-node-time]');
    if (clock && clock.dataset.nodeTime !== clock.seen) {
      clock.seen = clock.dataset.nodeTime;
      ahead = Date.now() - Number(clock.seen);
    }
    for (const e of document.querySelectorAll('[data-since]')) {
      const text = length(Date.now() - ahead - Number(e.dataset.since));
      if (e.textContent !== text) e.textContent = text;
    }
  };
  setInterval(tick, 500);

  const modal = document.getElementById('components-reconnect-modal');
  if (modal) {
    const restarted = () => modal.classList.contains('components-reconnect-rejected');
    // The node came back without this page's circuit: the page begins anew.
    new MutationObserver(() => { if (restarted()) location.reload(); }).observe(modal, { attributes: true, attributeFilter: ['class'] });
    document.getElementById('reconnect').addEventListener('click', () => location.reload());
    const again = setInterval(async () => {
      if (!modal.classList.contains('components-reconnect-failed')) return;
      try { if ((await fetch('/health/live')).ok) { clearInterval(again); location.reload(); } } catch { /* still away */ }
    }, 5000);
    Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 600, retryIntervalMilliseconds: n => n < 5 ? 500 : 2000 } } });
  }

  document.addEventListener('keydown', e => {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) return;
    const search = document.querySelector('[data-search] input, input[data-search]');
    if (search) { e.preventDefault(); search.focus(); }
  });

  window.carillon = {
    element: id => document.getElementById(id),
    download: (name, text, type) => {
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
    },
  };
})();
