// Runs before the first paint, so that no page flashes in another theme. Keep in step with src/settings/settings.ts.
(() => {
  try {
    const saved = JSON.parse(localStorage.getItem('gospelib.settings') ?? '{}');
    for (const name of ['theme', 'text', 'verses', 'marks']) {
      if (typeof saved[name] === 'string') document.documentElement.dataset[name] = saved[name];
    }
  } catch {
    // Storage may be forbidden or its content broken: the defaults apply.
  }
})();
