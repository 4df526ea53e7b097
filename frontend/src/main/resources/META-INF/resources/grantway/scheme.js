// Applies the remembered colour scheme before anything is painted.
(() => {
  const key = 'grantway-scheme';
  const known = { light: 'light', dark: 'dark', system: 'light dark' };
  const read = () => {
    try {
      const kept = localStorage.getItem(key);
      return Object.hasOwn(known, kept) ? kept : 'system';
    } catch {
      return 'system';
    }
  };
  const apply = (choice) => {
    document.documentElement.style.colorScheme = known[choice];
  };
  window.grantwayScheme = {
    get: read,
    set(choice) {
      const next = Object.hasOwn(known, choice) ? choice : 'system';
      try {
        localStorage.setItem(key, next);
      } catch {
        // Without storage the choice lasts as long as the page.
      }
      apply(next);
      return next;
    },
  };
  apply(read());
})();
