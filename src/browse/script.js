// What the pages do besides links and forms: a choice shows its page in place, with focus kept and one announcement; the arrow
// keys walk. All of it can be done without: an error here leaves the page as it came.
'use strict';
(() => {
  const live = document.getElementById('live');
  const main = () => document.getElementById('main');

  const show = async (address, push) => {
    const focus = document.activeElement && document.activeElement.id;
    const answer = await fetch(address, { credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('main');
    if (!fresh) { location.assign(address); return; }
    for (const part of ['.tabs', '.bar', '#main']) {
      const [old, made] = [document.querySelector(part), page.querySelector(part)];
      if (old && made) old.replaceWith(made); else if (old && !made) { location.assign(answer.url); return; }
    }
    document.title = page.title;
    ready();
    if (push) history.pushState(null, '', answer.url);
    const again = focus && document.getElementById(focus);
    if (again) again.focus({ preventScroll: true });
    const said = main().querySelector('[aria-label="The answer"] p + p');
    const number = main().querySelector('.num');
    live.textContent = number && said ? `${page.title}: ${number.textContent}, ${said.textContent}` : page.title;
  };

  // The points of a picture: what one points at is said there, and a slider walks over them in the picture's order.
  const points = box => {
    const links = [...box.querySelectorAll('.hot a')];
    if (links.length < 2) return;
    const words = links.map(link => { const title = link.querySelector('title'); title.remove(); return title.textContent; });
    const made = (name, given) => Object.assign(document.createElement(name), given);
    const tip = made('span', { className: 'tip', hidden: true });
    tip.setAttribute('aria-hidden', 'true');
    const own = links.findIndex(link => link.classList.contains('here'));
    const range = made('input', { type: 'range', min: 0, max: links.length - 1, value: Math.max(0, own) });
    range.setAttribute('aria-label', `Walk over the ${links.length} points of the picture`);
    const text = made('a', {});
    const at = (point, is_shown) => {
      links.forEach((link, other) => link.classList.toggle('on', is_shown && other === point));
      const [spot, whole] = [links[point].getBoundingClientRect(), box.getBoundingClientRect()];
      range.value = point;
      range.setAttribute('aria-valuetext', words[point]);
      tip.textContent = text.textContent = words[point];
      const address = links[point].getAttribute('href');
      if (address) text.href = address; else text.removeAttribute('href');
      tip.hidden = !is_shown || !spot.width;
      tip.style.left = `${Math.min(Math.max((spot.left + spot.right) / 2 - whole.left, 60), whole.width - 60)}px`;
      tip.style.top = `${Math.max(spot.top - whole.top, 24)}px`;
    };
    range.addEventListener('input', () => at(+range.value, true));
    range.addEventListener('focus', () => at(+range.value, true));
    range.addEventListener('blur', () => at(+range.value, false));
    range.addEventListener('keydown', event => { if (event.key === 'Enter' && text.href) text.click(); });
    box.addEventListener('pointerover', event => { const link = event.target.closest('.hot a'); if (link) at(links.indexOf(link), true); });
    box.addEventListener('pointerleave', () => at(+range.value, document.activeElement === range));
    const line = made('p', { className: 'reads noprint' });
    line.append(range, text);
    box.append(tip);
    box.after(line);
    at(Math.max(0, own), false);
  };
  const ready = () => document.querySelectorAll('.spots').forEach(points);
  ready();

  addEventListener('submit', event => {
    const form = event.target;
    if (!form.classList.contains('choose')) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form));
    show(`${form.getAttribute('action')}?${query}`, true).catch(() => form.submit());
  });

  addEventListener('change', event => {
    const form = event.target.closest('form.choose');
    if (form) form.requestSubmit();
  });

  addEventListener('click', event => {
    const link = event.target.closest('.walk a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href, true).catch(() => location.assign(link.href));
  });

  addEventListener('keydown', event => {
    const walk = event.target.closest && event.target.closest('.walk');
    const side = { ArrowLeft: '.back a', ArrowRight: '.on a' }[event.key];
    const link = walk && side && walk.querySelector(side);
    if (link) { event.preventDefault(); show(link.href, true).then(() => document.querySelector(`.walk ${side}`)?.focus()).catch(() => location.assign(link.href)); }
  });

  addEventListener('popstate', () => show(location.href, false).catch(() => location.reload()));

  // A file that is dropped anywhere on a page that takes one is sent as its form would send it.
  const drop = () => document.querySelector('form.drop');
  addEventListener('dragover', event => {
    if (!drop()) return;
    event.preventDefault();
    drop().classList.add('over');
  });
  addEventListener('dragleave', () => drop()?.classList.remove('over'));
  addEventListener('drop', event => {
    const form = drop();
    if (!form || !event.dataTransfer.files.length) return;
    event.preventDefault();
    form.querySelector('[type=file]').files = event.dataTransfer.files;
    form.requestSubmit();
  });

  // Long lists of boxes: what is typed leaves the names that have it, and their count is announced.
  for (const line of document.querySelectorAll('.filter')) {
    const form = line.closest('form');
    const boxes = [...form.querySelectorAll('label.box')];
    line.hidden = false;
    line.querySelector('input').addEventListener('input', event => {
      const wanted = event.target.value.trim().toLowerCase();
      for (const box of boxes) box.hidden = !box.textContent.toLowerCase().includes(wanted);
      for (const set of form.querySelectorAll('fieldset.boxes')) set.hidden = !set.querySelector('label.box:not([hidden])');
      const count = boxes.filter(box => !box.hidden).length;
      live.textContent = count === 1 ? '1 name' : `${count} names`;
    });
    line.querySelector('input').addEventListener('keydown', event => { if (event.key === 'Enter') event.preventDefault(); });
  }
})();
