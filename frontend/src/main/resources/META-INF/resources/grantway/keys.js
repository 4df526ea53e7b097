// Keys that work in every view: Ctrl or Cmd with K for the palette and with Z and Y for the draft, and single letters,
// also those of the buttons in the row that has the focus, which somebody may switch off and which are letters while somebody types.
const KEY = 'grantway-keys';
const SOON = 1500;

export const isTyping = (path) =>
  path.some((it) => it.matches?.('input, textarea, select, [contenteditable=""], [contenteditable="true"]'));

const press = (testId) => document.querySelector(`[data-testid="${testId}"]`)?.click();

const stored = (use) => {
  try {
    return use();
  } catch {
    return null; // Without storage the choice lasts as long as the page.
  }
};

let letters = stored(() => localStorage.getItem(KEY)) !== 'off';
let going = 0;

window.grantwayKeys = {
  get: () => letters,
  set(on) {
    letters = on;
    stored(() => localStorage.setItem(KEY, on ? 'on' : 'off'));
  },
};

const go = (letter) => document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.shadowRoot?.querySelector('a');

const inRow = (key) => document.activeElement?.closest('[data-keys]')?.querySelector(`[data-key="${CSS.escape(key)}"]`);

const isDialogOpen = () => !!document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened], dialog[open]');

const withControl = (event, key) => {
  if (key === 'k') {
    event.preventDefault();
    press('palette-open');
  } else if ((key === 'z' || key === 'y') && !isTyping(event.composedPath())) {
    event.preventDefault();
    press(key === 'y' || event.shiftKey ? 'redo' : 'undo');
  }
};

document.addEventListener('keydown', (event) => {
  const key = event.key.toLowerCase();
  if (event.altKey || isDialogOpen()) {
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    withControl(event, key);
    return;
  }
  if (!letters || isTyping(event.composedPath())) {
    return;
  }
  const target = (event.timeStamp - going < SOON ? go(key) : null) ?? inRow(key);
  going = 0;
  if (target) {
    event.preventDefault();
    target.click();
  } else if (key === 'g') {
    going = event.timeStamp;
  } else if (event.key === '?') {
    event.preventDefault();
    press('keys-open');
  } else if (key === '/') {
    const filter = document.querySelector('[data-filter]');
    if (filter) {
      event.preventDefault();
      filter.focus();
    }
  }
});
