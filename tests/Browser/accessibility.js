// What stands in the way of people who use the keyboard, a screen reader, or eyes that are not the best. Returns sentences.
() => {
  const found = [];
  const say = (rule, e) => found.push(`${rule}: ${e.outerHTML.replace(/\s+/g, ' ').slice(0, 160)}`);
  const visible = e => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getClientRects().length > 0;
  const spoken = e => {
    if (e.getAttribute('aria-hidden') === 'true') return '';
    const label = e.getAttribute('aria-label') ?? (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join('');
    return (label || [...e.childNodes].map(n => n.nodeType === 3 ? n.data : n.nodeType === 1 ? spoken(n) : '').join('')).trim();
  };

  if (!document.documentElement.lang) found.push('the page has no language');
  if (!document.title) found.push('the page has no title');
  if (document.querySelectorAll('h1').length !== 1) found.push(`there are ${document.querySelectorAll('h1').length} main headings`);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => found.push(`the id ${id} is given twice`));
  // WCAG 2.1, 1.4.10: nobody has to scroll in two directions.
  const wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) {
    found.push(`the page is ${wide.scrollWidth - wide.clientWidth} px wider than its window`);
    for (const e of document.querySelectorAll('main *')) if (e.getBoundingClientRect().right > wide.clientWidth) say('out of the window', e);
  }
  for (const e of document.querySelectorAll('[tabindex]')) if (e.tabIndex > 0) say('focus out of order', e);
  for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) if (visible(e) && !e.labels?.length && !spoken(e)) say('no label', e);
  for (const e of document.querySelectorAll('button, a[href], [role=button]')) if (visible(e) && !spoken(e)) say('no name', e);
  for (const e of document.querySelectorAll('[role=img], img')) if (visible(e) && !spoken(e) && !e.alt) say('picture without words', e);
  for (const e of document.querySelectorAll('th')) if (visible(e) && !e.textContent.trim()) say('column without a heading', e);

  // WCAG 2.1, 1.4.3: 4.5 to 1, 3 to 1 for large text.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = css => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].map((v, i) => i === 3 ? v / 255 : v); };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const back = e => { const layers = []; for (; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor)); return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]); };
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !visible(e) || e.closest('svg, [aria-hidden=true], :disabled')) continue;
    const style = getComputedStyle(e), behind = back(e), size = parseFloat(style.fontSize);
    const [a, b] = [light(over(rgba(style.color), behind)), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05), enough = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (ratio < enough) say(`contrast ${ratio.toFixed(2)}`, e);
  }
  return [...new Set(found)];
}
