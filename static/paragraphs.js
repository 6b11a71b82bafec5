// A text is typed as one field; beside it stand the numbers that its paragraphs have or will have as passages.
const BLANK = /\n\s*\n/;

// Where each paragraph begins: parted by blank lines, or by line ends where there are none, as the server parts them.
function paragraphs(text) {
  const part = BLANK.test(text.trim()) ? /\n\s*\n/g : /\n/g;
  const found = [];
  let at = 0;
  for (const piece of text.split(part)) {
    const start = text.indexOf(piece, at);
    if (piece.trim()) found.push({ start: start + piece.search(/\S/), words: piece.replace(/\s+/g, " ").trim() });
    at = start + piece.length;
  }
  return found;
}

// A paragraph that is as it was keeps its number; one that was changed has the number of its place; the rest are new.
function numbers(now, before, given) {
  const free = new Map(before.map((words, n) => [n, words]));
  const result = now.map(({ words }) => {
    for (const [n, other] of free) if (other === words) { free.delete(n); return given[n]; }
    return null;
  });
  let next = Math.max(0, ...given);
  return result.map((number, n) => {
    if (number === null && free.delete(n)) return given[n];
    return number ?? ++next;
  });
}

function attach(area) {
  if (area.closest(".empty-form") || area.dataset.numbered) return;
  area.dataset.numbered = "yes";
  const before = paragraphs(area.defaultValue).map(({ words }) => words);
  const given = JSON.parse(area.dataset.numbers || "[]");
  while (given.length < before.length) given.push(Math.max(0, ...given) + 1);
  const box = Object.assign(document.createElement("div"), { className: "numbered" });
  const gutter = Object.assign(document.createElement("div"), { className: "gutter" });
  const mirror = Object.assign(document.createElement("div"), { className: "mirror" });
  gutter.setAttribute("aria-hidden", "true");
  mirror.setAttribute("aria-hidden", "true");
  area.before(box);
  box.append(gutter, area, mirror);
  function draw() {
    const style = getComputedStyle(area);
    box.dir = mirror.dir = style.direction;
    for (const name of ["font", "lineHeight", "letterSpacing", "padding", "borderWidth", "boxSizing"]) mirror.style[name] = style[name];
    mirror.style.inlineSize = `${area.clientWidth}px`;
    const found = paragraphs(area.value);
    const marks = found.map(() => document.createElement("i"));
    let at = 0;
    mirror.replaceChildren();
    found.forEach(({ start }, n) => { mirror.append(area.value.slice(at, start), marks[n]); at = start; });
    mirror.append(area.value.slice(at));
    const shown = numbers(found, before, given);
    gutter.replaceChildren(...marks.map((mark, n) => {
      const number = Object.assign(document.createElement("b"), { textContent: shown[n] });
      number.style.insetBlockStart = `${mark.offsetTop - area.scrollTop}px`;
      return number;
    }));
  }
  area.addEventListener("input", draw);
  area.addEventListener("scroll", draw);
  new ResizeObserver(draw).observe(area);
  draw();
}
const all = (root) => root.querySelectorAll("textarea.body").forEach(attach);
all(document);
document.addEventListener("formset:added", (event) => all(event.target));
