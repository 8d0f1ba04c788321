/* Suggestions under the box that looks anything up: the combobox of the ARIA Authoring Practices.
   The page works without it: then the form is sent as ever. */
"use strict";

const WAIT = 250; // milliseconds without a key before the server is asked
const LEAST = 2; // letters before it is asked at all

function suggest(box) {
  const list = document.createElement("ul");
  const told = document.createElement("span");
  let timer, asking, quietUntil = 0, active = -1;

  list.className = "suggestions";
  list.id = `${box.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0].textContent.trim());
  told.className = "unseen";
  told.setAttribute("role", "status");
  box.after(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
    "aria-controls": list.id, "aria-expanded": "false",
  })) box.setAttribute(name, value);

  function choose(index) {
    active = index;
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === index)));
    const one = list.children[index];
    if (one) {
      box.setAttribute("aria-activedescendant", one.id);
      one.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    choose(-1);
  }

  function forget() {
    clearTimeout(timer);
    asking?.abort();
    told.textContent = "";
    show(false);
  }

  async function ask() {
    if (Date.now() < quietUntil) return;
    asking = new AbortController();
    try {
      const address = `${box.dataset.suggest}?${new URLSearchParams({ q: box.value.trim() })}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.status === 429) quietUntil = Date.now() + 1000 * (Number(answer.headers.get("Retry-After")) || 60);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("ul.suggestions");
      if (!found) return; // signed out meanwhile: the page that asks who it is
      list.replaceChildren(...found.children);
      [...list.children].forEach((one, at) => { one.id = `${list.id}-${at}`; });
      told.textContent = found.dataset.told;
      show(list.children.length > 0);
    } catch (error) {
      if (error.name !== "AbortError") forget();
    }
  }

  box.addEventListener("input", () => {
    forget();
    if (box.value.trim().length >= LEAST) timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", forget);
  box.addEventListener("keydown", (event) => {
    const many = list.children.length;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(active + 1 < many ? active + 1 : 0);
    else if (event.key === "ArrowUp") choose(active > 0 ? active - 1 : many - 1);
    else if (event.key === "Escape") forget();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.page);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[role=option]");
    if (one) location.assign(one.dataset.page);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
