// The access matrix by mouse and keyboard. The grid moves between its cells with the arrow keys as long as the
// focus is on a cell and not on the button in it; Space clicks that button.
(() => {
  const GRID = 'vaadin-grid.matrix-grid';
  const cellOf = (button) => button.parentElement.assignedSlot?.closest('td');
  const buttonIn = (cell) => cell.querySelector('slot')?.assignedElements()[0]?.querySelector('button.cell');
  const press = (testId) => document.querySelector(`[data-testid="${testId}"]`)?.click();

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

  const isTyping = (path) =>
    path.some((it) => it.localName === 'input' || it.localName === 'textarea' || it.isContentEditable);

  document.addEventListener('keydown', (event) => {
    const path = event.composedPath();
    if (event.altKey || !document.querySelector(GRID) || isTyping(path)) {
      return;
    }
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === 'z' || key === 'y') {
        event.preventDefault();
        press(key === 'y' || event.shiftKey ? 'redo' : 'undo');
      }
      return;
    }
    if (!path.some((it) => it.matches?.(GRID))) {
      return;
    }
    if (key === '/') {
      event.preventDefault();
      document.querySelector('[data-testid="matrix-filter"]').focus();
    } else if (key === 'delete' || key === 'backspace') {
      const button = path[0].localName === 'td' && buttonIn(path[0]);
      button?.dispatchEvent(new CustomEvent('grantway-clear'));
    }
  });
})();
