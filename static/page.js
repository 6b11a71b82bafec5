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
for (const link of document.querySelectorAll("a.number")) {
  link.addEventListener("click", () => { navigator.clipboard?.writeText(link.href).catch(() => {}); });
}
