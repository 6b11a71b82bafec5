// Names and titles while one types: a list under the box, by arrow keys, Enter and Escape. Without it the form is sent.
let number = 0;
for (const holder of document.querySelectorAll("[data-suggest]")) {
  const input = holder.querySelector("input[type=search]");
  const list = Object.assign(document.createElement("ul"), { className: "suggestions", id: `suggestions-${++number}`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.placeholder);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  holder.append(list);
  let timer, asked = "", chosen = -1;

  const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (at) => {
    const options = [...list.children];
    chosen = (at + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = (rows) => {
    list.replaceChildren(...rows.map((row, n) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}-${n}` });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = Object.assign(document.createElement("bdi"), { textContent: row.label, lang: row.lang, dir: row.dir });
      option.append(name, " ", Object.assign(document.createElement("small"), { textContent: row.kind }));
      option.dataset.url = row.url;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(row.url); });
      return option;
    }));
    list.hidden = rows.length === 0;
    chosen = -1;
    input.setAttribute("aria-expanded", String(rows.length > 0));
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked = input.value.trim();
      if (asked.length < 2) return close();
      const words = asked;
      const answer = await fetch(`${holder.dataset.suggest}?q=${encodeURIComponent(words)}`).catch(() => null);
      if (answer?.ok && words === asked && document.activeElement === input) show((await answer.json()).suggestions);
    }, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.url); }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}
