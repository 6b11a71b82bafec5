// Shows beside each date field what the archive understands of it, while it is typed.
for (const input of document.querySelectorAll("input[data-reads-dates]")) {
  const shown = input.parentElement.querySelector("[data-understood]");
  let last = input.value, timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!shown || input.value === last) return;
      last = input.value;
      const answer = await fetch(`/${document.documentElement.lang.slice(0, 2)}/read-date/?q=${encodeURIComponent(last)}`);
      shown.textContent = answer.ok ? (await answer.json()).words : "";
    }, 250);
  });
}
