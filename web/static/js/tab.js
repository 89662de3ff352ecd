// What is kept in this tab (sessionStorage): `tab.get, set, remove` of a text. Where the browser forbids it or has no room,
// it lives as long as the page.

const inMemory = new Map();

function ask(work) {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
}

export const tab = {
  get: (key) => inMemory.get(key) ?? ask((storage) => storage.getItem(key)),
  set(key, text) {
    inMemory.set(key, text);
    ask((storage) => storage.setItem(key, text));
  },
  remove(key) {
    inMemory.delete(key);
    ask((storage) => storage.removeItem(key));
  },
};
