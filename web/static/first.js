// Runs before anything is drawn, on pages whose HTML holds their first step. It says whether another one is wanted: by the
// address, or because an officer's session goes on. A number that was asked for without script moves to its place.

(() => {
  const root = document.documentElement;
  const number = new URLSearchParams(location.search).get("number");
  if (number && location.hash.length < 2) history.replaceState(null, "", `${location.pathname}#${encodeURIComponent(number)}`);
  const named = location.hash.length > 1 && location.hash !== "#content";
  if (root.dataset.first === "session" ? hasSession() : named) root.classList.add("elsewhere");

  function hasSession() {
    try {
      return sessionStorage.getItem("tanggap.refresh") !== null;
    } catch {
      return false; // storage is switched off
    }
  }
})();
