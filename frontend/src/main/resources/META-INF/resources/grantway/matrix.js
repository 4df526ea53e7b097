// The access matrix by mouse and keyboard. The grid moves between its cells with the arrow keys as long as the
// focus is on a cell and not on the button in it; Space clicks that button.
import { isTyping } from './keys.js';

(() => {
  const GRID = 'vaadin-grid.matrix-grid';
  const cellOf = (button) => button.parentElement.assignedSlot?.closest('td');
  const buttonIn = (cell) => cell.querySelector('slot')?.assignedElements()[0]?.querySelector('button.cell');

  document.addEventListener(
    'mousedown',
    (event) => {
      const button = event.target.closest?.(`${GRID} button.cell`);
      const cell = button && cellOf(button);
      if (cell) {
        event.preventDefault();
        cell.focus();
      }
    },
    true,
  );

  document.addEventListener('keydown', (event) => {
    const path = event.composedPath();
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (!plain || isTyping(path) || !path.some((it) => it.matches?.(GRID))) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === 'delete' || key === 'backspace') {
      const button = path[0].localName === 'td' && buttonIn(path[0]);
      button?.dispatchEvent(new CustomEvent('grantway-clear'));
    }
  });
})();
