// The city's report form in any page, by one tag: <script src="https://…/sisip.js" async></script>
// `data-lang="en"` chooses English. The frame stands where the tag stands, and is as high as the form.
(() => {
  const tag = document.currentScript;
  const home = new URL(tag.src).origin;
  const language = tag.dataset.lang === "en" ? "/en" : "";
  const frame = document.createElement("iframe");
  frame.src = `${home}${language}/sisip`;
  frame.title = language ? "Report to the city" : "Lapor ke Pemprov DKI Jakarta";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
  frame.allow = "geolocation; camera";
  frame.style.cssText = "display:block;width:100%;border:0;height:40rem";
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home || source !== frame.contentWindow || data?.tanggap !== "height") return;
    if (Number.isFinite(data.height)) frame.style.height = `${Math.min(Math.max(data.height, 200), 20000)}px`;
  });
  tag.after(frame);
})();
