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
// One click copies a citation; without a clipboard the links lead to it and the texts are there to be marked.
async function copy(words, control, said) {
  await navigator.clipboard.writeText(words);
  control.textContent = said;
}
const text = navigator.clipboard && document.querySelector(".text[data-citation]");
for (const cite of text ? text.querySelectorAll("a.cite") : []) {
  cite.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(text.dataset.citation.replaceAll("{n}", cite.dataset.number), cite, text.dataset.copied).catch(() => location.assign(cite.href));
  });
}
const citing = navigator.clipboard && document.querySelector(".citing");
for (const citation of citing ? citing.querySelectorAll(".citation") : []) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: citing.dataset.copy });
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => copy(citation.textContent, button, citing.dataset.copied));
  citation.after(button);
}
// Escape puts the card of a mention away, wherever the pointer or the focus is.
for (const mention of document.querySelectorAll(".m")) {
  for (const leave of ["mouseleave", "focusout"]) mention.addEventListener(leave, () => mention.classList.remove("shut"));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const mention of document.querySelectorAll(".m:hover, .m:focus-within")) mention.classList.add("shut");
});
