// The form in another site's frame: it tells the frame's owner how high it is, and opens every other page of ours in a
// window of its own, since no other page may stand in a frame.

const NEAR = 2; // px: what changes less is not told

/** Only a number leaves, so it may be told to whoever holds the frame. */
export function tellHeight() {
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (Math.abs(height - told) < NEAR) return;
    told = height;
    parent.postMessage({ tanggap: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}

export function openOutside() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.pathname === location.pathname) return;
    link.target = "_blank";
    link.rel = "noopener";
  }, true);
}
