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
    const now = Date.now() - ahead;
    const show = (e, ms) => { const text = length(ms); if (e.textContent !== text) e.textContent = text; };
    for (const e of document.querySelectorAll('[data-since]')) show(e, now - Number(e.dataset.since));
    for (const e of document.querySelectorAll('[data-until]')) show(e, Number(e.dataset.until) - now);
  };
  setInterval(tick, 500);

  const modal = document.getElementById('components-reconnect-modal');
  if (modal) {
    // Without its circuit nothing of a page can be kept, so it goes unasked. What is added before Blazor starts is heard before what Blazor asks with.
    let goes = false;
    window.addEventListener('beforeunload', e => { if (goes) e.stopImmediatePropagation(); }, true);
    const anew = () => { goes = true; location.reload(); };
    const restarted = () => modal.classList.contains('components-reconnect-rejected');
    // The node came back without this page's circuit: the page begins anew.
    new MutationObserver(() => { if (restarted()) anew(); }).observe(modal, { attributes: true, attributeFilter: ['class'] });
    document.getElementById('reconnect').addEventListener('click', anew);
    const again = setInterval(async () => {
      if (!modal.classList.contains('components-reconnect-failed')) return;
      try { if ((await fetch('/health/live')).ok) { clearInterval(again); anew(); } } catch { /* still away */ }
    }, 5000);
    Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 600, retryIntervalMilliseconds: n => n < 5 ? 500 : 2000 } } });
  }

  // A button is disabled while it works, and the browser forgets that the keyboard was there.
  let held = null;
  document.addEventListener('focusin', e => { held = e.target; });
  document.addEventListener('pointerdown', () => { held = null; });
  new MutationObserver(changes => {
    for (const { target } of changes) if (target === held && !target.disabled && document.activeElement === document.body) target.focus();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['disabled'] });

  // Whoever follows it has to be there with the keyboard too, not only see it.
  document.addEventListener('click', e => {
    if (!e.target.closest?.('.skip')) return;
    e.preventDefault();
    document.getElementById('content').focus();
  }, true);

  document.addEventListener('keydown', e => {
    // A key that is held down presses once: what has the focus then may be another button than the one that was pressed.
    if (e.repeat && e.key === 'Enter' && e.target.closest?.('button')) e.preventDefault();
    const menu = e.key === 'Escape' && document.querySelector('.menu-open .menu-button');
    if (menu) { menu.click(); menu.focus(); }
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) return;
    const search = document.querySelector('[data-search] input, input[data-search]');
    if (search) { e.preventDefault(); search.focus(); }
  });

  window.carillon = {
    element: id => document.getElementById(id),
    leadToProblem: () => document.querySelector('.wrong :is(input, select, textarea), input.wrong')?.focus(),
    // Whoever is in the middle of something else stays there.
    leadTo: place => {
      if (document.activeElement === document.body || document.activeElement?.tagName === 'H1') document.querySelector(place)?.focus();
    },
    download: (name, text, type) => {
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
    },
  };
})();

// Files go to the API: what is needed of them to show what is in them, then they themselves.
(() => {
  // The one that was chosen is kept apart from its input, which forgets it to be able to hear of the same name again.
  let sending = null, file = null;
  const HeadBytes = 64 * 1024;
  // Nobody hears it any more once the page was left or its circuit is gone.
  const tell = (page, ...what) => page.invokeMethodAsync(...what).catch(() => { });
  const choose = (files, page) => {
    if (!files.length) return;
    file = files[0];
    tell(page, 'Chosen', file.name);
  };
  const type = () => /\.xlsx$/i.test(file.name) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';
  Object.assign(window.carillon, {
    watchFile: (inputId, dropId, page) => {
      const input = document.getElementById(inputId), drop = document.getElementById(dropId);
      input.addEventListener('click', () => { input.value = ''; });
      input.addEventListener('change', () => choose(input.files, page));
      drop.addEventListener('dragover', e => { e.preventDefault(); drop.classList.add('over'); });
      drop.addEventListener('dragleave', () => drop.classList.remove('over'));
      drop.addEventListener('drop', e => {
        e.preventDefault();
        drop.classList.remove('over');
        const files = e.dataTransfer.files;
        // One list at a time: the one before is still on its way. What is no file (a link, a marked text) is none.
        if (input.disabled || !files.length) return;
        input.files = files;
        choose(files, page);
      });
    },
    previewFile: async address => {
      const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
      // A workbook is a zip archive (PK), whose directory is at its end.
      const body = head[0] === 0x50 && head[1] === 0x4b ? file : file.slice(0, HeadBytes);
      const answer = await fetch(address, { method: 'POST', body, headers: { 'X-Requested-With': 'carillon', 'Content-Type': type() } });
      return new Uint8Array(await answer.arrayBuffer());
    },
    sendFile: (address, page) => {
      const request = sending = new XMLHttpRequest();
      const lines = () => request.responseText.trimEnd().split('\n');
      let told = 0;
      const progress = sent => {
        if (Date.now() - told < 250) return;
        told = Date.now();
        tell(page, 'Progress', sent, request.status === 200 ? lines().at(-1) : null);
      };
      request.upload.onprogress = e => progress(e.total ? e.loaded / e.total : 0);
      request.onprogress = () => progress(1);
      request.onloadend = () => {
        if (sending !== request) return;
        sending = null;
        tell(page, 'Ended', request.status, request.status ? lines().at(-1) : null);
      };
      request.open('POST', address);
      request.setRequestHeader('X-Requested-With', 'carillon');
      request.setRequestHeader('Accept', 'application/x-ndjson');
      request.setRequestHeader('Content-Type', type());
      request.send(file);
    },
    stopFile: () => { const request = sending; sending = null; request?.abort(); },
  });
})();
