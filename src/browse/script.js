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
    if (push) history.pushState(null, '', answer.url);
    const again = focus && document.getElementById(focus);
    if (again) again.focus({ preventScroll: true });
    const said = main().querySelector('[aria-label="The answer"] p + p');
    const number = main().querySelector('.num');
    live.textContent = number && said ? `${page.title}: ${number.textContent}, ${said.textContent}` : page.title;
  };

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
})();
