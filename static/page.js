// What makes a page nicer: the theme switch, and copying citations. Everything works without it.
const root = document.documentElement;
for (const button of document.querySelectorAll("button.theme")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not remembered */ }
  });
}
// The date of access is the day on which the page was made. When that day is over, the citations are asked for anew; when they
// cannot be had, those of the page that is read stay as they are.
const text = document.querySelector(".text[data-citation]");
const citing = document.querySelector(".citing");
const DATED = ".citing .citation, .citing .made, .printed";
async function renew() {
  if (!citing || Date.now() < Date.parse(citing.dataset.until)) return;
  const answer = await fetch(location.href, { cache: "reload" });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, fresh] = [document, made].map((page) => [...page.querySelectorAll(DATED)]);
  if (!answer.ok || old.length !== fresh.length) return;
  old.forEach((place, at) => { place.textContent = fresh[at].textContent; });
  citing.dataset.until = made.querySelector(".citing").dataset.until;
  if (text) text.dataset.citation = made.querySelector(".text[data-citation]")?.dataset.citation ?? text.dataset.citation;
}
const renewed = () => renew().catch(() => {});
for (const back of ["pageshow", "visibilitychange"]) addEventListener(back, renewed);
// One click copies a citation; without a clipboard the links lead to it and the texts are there to be marked.
async function copy(words, control, said) {
  await renewed();
  await navigator.clipboard.writeText(words());
  control.textContent = said;
}
for (const cite of text && navigator.clipboard ? text.querySelectorAll("a.cite") : []) {
  cite.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(() => text.dataset.citation.replaceAll("{n}", cite.dataset.number), cite, text.dataset.copied).catch(() => location.assign(cite.href));
  });
}
for (const citation of citing && navigator.clipboard ? citing.querySelectorAll(".citation") : []) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: citing.dataset.copy });
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => copy(() => citation.textContent, button, citing.dataset.copied));
  citation.after(button);
}
// Escape puts the card of a mention away, wherever the pointer or the focus is.
for (const mention of document.querySelectorAll(".m")) {
  for (const leave of ["mouseleave", "focusout"]) mention.addEventListener(leave, () => mention.classList.remove("shut"));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const mention of document.querySelectorAll(".m:hover, .m:focus-within")) mention.classList.add("shut");
});
