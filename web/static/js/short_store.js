// Short texts that the browser keeps without delay: `tab` (sessionStorage) for as long as the tab, `device` (localStorage)
// until they are removed. `get, set, remove` by key; where the browser forbids it or has no room, a text lives as long as
// the page.

export const tab = guarded(() => sessionStorage);
export const device = guarded(() => localStorage);

function guarded(storage) {
  const inMemory = new Map();
  const ask = (work) => {
    try {
      return work(storage());
    } catch {
      return null;
    }
  };
  return {
    get: (key) => inMemory.get(key) ?? ask((kept) => kept.getItem(key)),
    set: (key, text) => (inMemory.set(key, text), ask((kept) => kept.setItem(key, text))),
    remove: (key) => (inMemory.delete(key), ask((kept) => kept.removeItem(key))),
  };
}
