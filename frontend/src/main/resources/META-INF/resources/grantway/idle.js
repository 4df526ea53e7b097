// Ends a session that nobody uses, and says so before: what is polled in a tab that is left open does not count.
// Tabs of one browser share a session, and so what was done last in any of them.
const KEY = 'grantway-active';
const SECOND = 1000;
let active = Date.now();

const elsewhere = () => {
  try {
    return Number(localStorage.getItem(KEY)) || 0;
  } catch {
    return 0; // Without storage each tab counts for itself.
  }
};

const note = () => {
  const now = Date.now();
  if (now - active < SECOND) {
    return;
  }
  active = now;
  try {
    localStorage.setItem(KEY, String(now));
  } catch {
    // As above.
  }
};

for (const kind of ['pointerdown', 'click', 'keydown', 'input', 'wheel', 'touchstart']) {
  document.addEventListener(kind, note, { capture: true, passive: true });
}

let timer = 0;

window.grantwayIdle = {
  // The dialog holds an element .left for the seconds left and calls ended() of its server side.
  watch(dialog, after, warning) {
    note();
    clearInterval(timer);
    const left = dialog.querySelector('.left');
    timer = setInterval(() => {
      const rest = after * SECOND - (Date.now() - Math.max(active, elsewhere()));
      if (rest <= 0) {
        clearInterval(timer);
        dialog.$server.ended();
      } else if (rest <= warning * SECOND) {
        left.textContent = String(Math.ceil(rest / SECOND));
        if (!dialog.open) {
          dialog.showModal();
        }
      } else if (dialog.open) {
        dialog.close();
      }
    }, SECOND);
  },
};
