// What makes a page nicer: the theme switch, and copying a passage's address. Everything works without it.
const root = document.documentElement;
for (const button of document.querySelectorAll("button.theme")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not remembered */ }
  });
}
const text = navigator.clipboard && document.querySelector(".text[data-cite]");
for (const link of text ? text.querySelectorAll("a.number") : []) {
  const cite = Object.assign(document.createElement("button"), { type: "button", className: "cite", textContent: text.dataset.cite });
  cite.setAttribute("aria-label", `${text.dataset.cite} ${link.textContent}`);
  const address = document.querySelector("link[rel=canonical]").href + link.hash;
  cite.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${text.dataset.title}, ¶ ${link.textContent}. Hiwar. ${address}`);
    cite.textContent = text.dataset.copied;
  });
  link.parentElement.append(cite);
}
// Escape puts the card of a mention away, wherever the pointer or the focus is.
for (const mention of document.querySelectorAll(".m")) {
  for (const leave of ["mouseleave", "focusout"]) mention.addEventListener(leave, () => mention.classList.remove("shut"));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const mention of document.querySelectorAll(".m:hover, .m:focus-within")) mention.classList.add("shut");
});
