// The keys of the desk. Without this file everything works by links and forms.
// In: key presses. Out: the page's own links followed, its own forms sent.
'use strict';

const find = selector => document.querySelector(selector);
const rows = () => Array.from(document.querySelectorAll('a.row'));

// Send a form by its button, so that the browser checks its fields.
function send(...selectors) {
  const button = selectors.map(selector => find(selector + ' button')).find(Boolean);
  if (button) button.click();
}

// In a list the selection goes on by one; beside a mail, the next one is opened.
function step(by) {
  const list = rows(), beside = find(by > 0 ? 'a[rel=next]' : 'a[rel=prev]');
  const at = list.indexOf(document.activeElement), to = list[at < 0 ? 0 : at + by];
  if (to) to.focus();
  else if (beside) beside.click();
}

function correct() {
  const details = find('#correct');
  if (!details) return;
  details.open = true;
  const field = details.querySelector('input:not([type=hidden]), select');
  field.scrollIntoView({block: 'center'});
  field.focus();
}

function help() {
  const keys = find('#keys');
  keys.classList.toggle('shown');
  if (keys.classList.contains('shown')) keys.querySelector('button').focus();
  else find('#main').focus();
}

function leave() {
  if (find('#keys').classList.contains('shown')) help();
  else if (document.activeElement) document.activeElement.blur();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => send('#accept'),
  c: correct,
  x: () => send('#nothing'),
  u: () => send('#undo', '#flash-undo'),
  g: () => find('header nav a').click(),
  '/': () => find('#search').select(),
  '?': help,
};

const isTyping = target => target.matches('input, select, textarea');

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === 'Escape') leave();
  const act = isTyping(event.target) ? null : Object.hasOwn(keys, event.key) ? keys[event.key] : null;
  if (!act || event.repeat && 'axu'.includes(event.key)) return;
  event.preventDefault();
  act();
});

// A second press or click sends nothing twice.
document.addEventListener('submit', event => {
  if (event.target.method !== 'post') return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'yes';
});

// A line of the mail that is cited flashes each time it is asked for.
document.addEventListener('click', event => {
  const link = event.target.closest('a.cited'), line = link && document.getElementById(link.hash.slice(1));
  if (!line) return;
  line.classList.remove('flashing');
  void line.offsetWidth;
  line.classList.add('flashing');
});

// Who types another day means that one.
document.addEventListener('input', event => {
  const other = event.target.name === 'other-day' && event.target.form.querySelector('input[type=radio][value=other]');
  if (other) other.checked = true;
});

// Back in the history, a form can be sent again.
addEventListener('pageshow', () => document.querySelectorAll('form').forEach(form => delete form.dataset.sent));

const ask = find('#ask'), close = document.createElement('button');
close.textContent = 'Close';
close.className = 'quiet';
close.addEventListener('click', help);
find('#keys').append(close);
find('#keys').classList.add('dialogue');
ask.addEventListener('click', event => { event.preventDefault(); help(); });
if (rows().length && !location.hash) rows()[0].focus({preventScroll: true});
