// Deciding a paste: by keyboard, kept as one works, and beside the text. Without it the same form is sent by its buttons.
const form = document.querySelector("form.draft");
const proposals = [...form.querySelectorAll(".proposal")];
const text = form.querySelector(".text");
const status = form.querySelector(".saving");
const open = form.dataset.open === "yes";
const waiting = `paste ${form.dataset.keep}`;

// What changed and is not kept yet, by part of the form: it outlives the window and the session.
const changed = new Map(JSON.parse(localStorage.getItem(waiting) || "[]"));
const remember = () => changed.size ? localStorage.setItem(waiting, JSON.stringify([...changed])) : localStorage.removeItem(waiting);
const fieldsOf = (part) => [...new FormData(form)].filter(([name]) => name.startsWith(`${part}-`));
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || form.csrfmiddlewaretoken.value;
let sending = false, timer;

async function send() {
  if (sending || !changed.size) return;
  sending = true;
  status.textContent = status.dataset.saving;
  const parts = [...changed];
  const body = new URLSearchParams(parts.flatMap(([, fields]) => fields));
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });
    if (answer.ok || answer.status === 409) {
      for (const [part, fields] of parts) if (changed.get(part) === fields) changed.delete(part);
      remember();
      status.textContent = answer.ok ? status.dataset.saved : (await answer.json()).detail;
    } else status.textContent = status.dataset.out;
  } catch { status.textContent = status.dataset.away; }
  sending = false;
  if (changed.size) later(4000);
}
const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };
function keep(part) {
  if (!open || !part) return;
  form.elements[`${part}-was`].value = ""; // it is not what the screen had shown any more
  changed.set(part, fieldsOf(part));
  remember();
  later(400);
}
const partOf = (element) => element.closest("[data-part]")?.dataset.part;
form.addEventListener("input", (event) => keep(partOf(event.target)));
form.addEventListener("change", (event) => { const item = event.target.closest(".proposal"); if (item) shown(item); keep(partOf(event.target)); });
globalThis.jQuery?.(form).on("change", "select", (event) => keep(partOf(event.target))); // select2 tells only jQuery
form.addEventListener("submit", () => { changed.clear(); remember(); });
addEventListener("focus", () => later(0));

// What a proposal has come to, in the list and in the text.
const chosen = (item) => item.querySelector("[type=radio]:checked")?.value ?? "";
function shown(item) {
  const value = chosen(item);
  item.dataset.state = value.startsWith("link:") || ["other", "accept"].includes(value) ? "link" : value || (item.dataset.certain === "yes" ? "certain" : "open");
  for (const mark of form.querySelectorAll(`.found[data-proposal="${item.id}"]`)) mark.dataset.state = item.dataset.state;
  const count = form.querySelector(".count");
  const decided = proposals.filter((one) => !["open", "certain"].includes(one.dataset.state)).length;
  count.textContent = count.dataset.words.replace("{decided}", decided).replace("{all}", proposals.length);
}
proposals.forEach(shown);

// One proposal is the present one; its words are marked in the text.
let present = -1;
function go(at, focus = true) {
  if (!proposals.length) return;
  present = Math.max(0, Math.min(at, proposals.length - 1));
  proposals.forEach((item, n) => item.toggleAttribute("data-present", n === present));
  for (const mark of form.querySelectorAll(".found")) mark.toggleAttribute("data-present", mark.dataset.proposal === proposals[present].id);
  proposals[present].dataset.opened = ""; // and stays open under a pointer, where nothing may move
  const mark = form.querySelector(".found[data-present]");
  if (mark && text.scrollHeight > text.clientHeight) text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  if (focus) for (const item of proposals) if (item !== proposals[present]) delete item.dataset.opened;
  if (focus) { proposals[present].focus({ preventScroll: true }); proposals[present].scrollIntoView({ block: "nearest" }); }
}
for (const mark of form.querySelectorAll(".found")) mark.addEventListener("click", (event) => { event.preventDefault(); go(proposals.findIndex((item) => item.id === mark.dataset.proposal)); });
proposals.forEach((item, n) => item.addEventListener("focusin", () => { if (n !== present) go(n, false); }));

function decide(item, value) {
  const radio = [...item.querySelectorAll("[type=radio]")].find((one) => one.value === value);
  if (!radio || radio.disabled) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
const links = (item) => [...item.querySelectorAll('[type=radio]:is([value^="link:"], [value="accept"])')];
const accept = (item, n = 0) => links(item)[n] && decide(item, links(item)[n].value);
const acceptCertain = () => proposals.filter((item) => item.dataset.state === "certain").forEach((item) => accept(item));
form.querySelector("[name=accept]")?.addEventListener("click", (event) => { event.preventDefault(); acceptCertain(); });
const nextOpen = () => { const at = proposals.findIndex((item, n) => n > present && ["open", "certain"].includes(item.dataset.state)); go(at < 0 ? present : at); };

// By the place of a key, so that the letters are the same on an Arabic keyboard.
document.addEventListener("keydown", (event) => {
  if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input:not([type=radio], [type=checkbox], [type=submit]), select, textarea, .select2-container");
  if (typing) { if (event.code === "Escape" && event.target.closest(".proposal")) go(present); return; }
  const item = proposals[present];
  const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
  const does = {
    KeyJ: () => go(present + 1), KeyK: () => go(present - 1), ArrowDown: () => go(present + 1), ArrowUp: () => go(present - 1),
    KeyA: () => event.shiftKey ? acceptCertain() : item && accept(item) && nextOpen(),
    KeyR: () => item && decide(item, "refuse") && nextOpen(),
    KeyU: () => item && decide(item, ""),
    KeyC: () => item?.querySelector(".another [type=text], .about :is(select, input, textarea)").focus(),
    KeyN: () => item && decide(item, "new") && item.querySelector(".new [type=text]").select(),
  }[event.code] ?? (digit && (() => item && accept(item, digit - 1) && nextOpen()));
  if (!does || (event.code.startsWith("Arrow") && event.target.type === "radio")) return;
  event.preventDefault();
  does();
});

// Another record: names while one types, by arrow keys, Enter and Escape.
for (const item of proposals) {
  const box = item.querySelector(".another");
  if (!box) continue;
  const input = box.querySelector("[type=text]"), kind = box.querySelector("select");
  const list = Object.assign(document.createElement("ul"), { className: "records", id: `${item.id}-records`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  box.append(list);
  let timer, at = -1;
  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const take = (row) => { input.value = row.dataset.target; close(); decide(item, "other"); keep(item.dataset.part); nextOpen(); };
  const ask = async () => {
    const words = input.value.trim();
    if (words.length < 2) return close();
    const answer = await fetch(`${form.dataset.find}?kind=${kind.value}&q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || words !== input.value.trim() || document.activeElement !== input) return;
    list.replaceChildren(...(await answer.json()).found.map((record, n) => {
      const row = Object.assign(document.createElement("li"), { id: `${list.id}-${n}` });
      row.setAttribute("role", "option");
      row.append(Object.assign(document.createElement("bdi"), { textContent: record.label, lang: record.lang, dir: record.dir }), " ", Object.assign(document.createElement("small"), { textContent: record.other }));
      row.dataset.target = record.target;
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(row); });
      return row;
    }));
    list.hidden = !list.children.length;
    at = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  kind.addEventListener("change", ask);
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); if (at >= 0) take(list.children[at]); }
    if (list.hidden) return;
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const rows = [...list.children];
    at = (at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
    rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    input.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  });
}

// What this browser still had of an earlier window is shown and sent.
for (const [part] of changed) if (form.elements[`${part}-was`]) form.elements[`${part}-was`].value = "";
for (const [, fields] of changed) for (const [name, value] of fields) {
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type !== "checkbox" && field.type !== "hidden") field.value = value;
  }
}
proposals.forEach(shown);
later(0);
