// What script adds to pages with a circuit.

// Somebody is here: told by a request at most twice a minute, because what travels on the circuit also travels when
// nobody is. The server decides what it means.
const tellEvery = 30_000;
let told = performance.now();
function seen() {
  if (performance.now() - told < tellEvery) return;
  told = performance.now();
  fetch("/account/seen", { method: "POST", keepalive: true }).catch(() => {});
}
for (const type of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(type, seen, { passive: true, capture: true });

// Moments in the page's own language, so that no sentence mixes two, as the browser's variety of it writes them ("25 Nov" or
// "Nov 25"); and in the zone the person chose, else the browser's. Kept fresh here so that the server has nothing to send.
const steps = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [604800, "day", 86400]];
const { lang } = document.documentElement;
const variety = navigator.languages.find(tag => tag.split("-")[0] === lang) ?? lang;
const relative = new Intl.RelativeTimeFormat(variety, { numeric: "auto" });
let exact, wish;
function follow() {
  const { zone } = document.body.dataset;
  if (exact && wish === zone) return;
  wish = zone;
  const words = { dateStyle: "medium", timeStyle: "short" };
  try {
    exact = new Intl.DateTimeFormat(variety, { ...words, timeZone: zone });
  } catch {
    // A zone that this browser has not heard of.
    exact = new Intl.DateTimeFormat(variety, words);
  }
}
function wordsFor(moment, kind) {
  const seconds = (moment - Date.now()) / 1000;
  const step = kind === "relative" && steps.find(([below]) => Math.abs(seconds) < below);
  if (!step) return exact.format(moment);
  return step[2] === 1 ? relative.format(0, "second") : relative.format(Math.round(seconds / step[2]), step[1]);
}
function showMoments() {
  follow();
  for (const time of document.querySelectorAll("time[data-moment]")) {
    const moment = new Date(time.dateTime);
    const words = wordsFor(moment, time.dataset.moment);
    if (time.title !== exact.format(moment)) time.title = exact.format(moment);
    // The text node is the renderer's: written into, never replaced.
    if (time.firstChild && time.firstChild.data !== words) time.firstChild.data = words;
  }
}

// A dialog takes the focus in the moment it is drawn, Tab stays in it, and Escape presses what does no harm; what had the
// focus before has it again when it goes. Left to the server, keys that come first would reach the page behind.
const dialogs = new Map();
// A native one in front sees to itself, and one that is out of sight has no keys.
const topDialog = () => document.querySelector("dialog[open]") ? undefined
  : [...document.querySelectorAll("[role=dialog]")].findLast(dialog => dialog.checkVisibility());
function stopsOf(dialog) {
  // Of the choices of a group only the one that is made is a stop.
  const isPassed = choice => !choice.checked && dialog.querySelector(`[type=radio][name="${CSS.escape(choice.name)}"]:checked`);
  // What MudBlazor puts before and behind the rest, as its direct children, would ask the server where to go on.
  const every = "a[href], button, input, select, summary, textarea, [tabindex='0']:not(.mud-focus-trap > *)";
  return [...dialog.querySelectorAll(`:is(${every}):not(:disabled, [tabindex='-1'])`)]
    .filter(stop => stop.checkVisibility() && !(stop.type === "radio" && isPassed(stop)));
}
// What is typed into, else what does no harm: a key too many presses nothing else.
function firstOf(dialog) {
  const stops = stopsOf(dialog);
  return stops.find(stop => stop.matches("input:not([type=checkbox], [type=radio]), select, textarea")) ?? stops.find(stop => stop.matches("[data-dismiss]")) ?? stops[0];
}
function followDialogs() {
  for (const [dialog, { opener }] of dialogs) {
    if (dialog.isConnected) continue;
    dialogs.delete(dialog);
    if (document.activeElement === document.body) opener.focus();
  }
  const dialog = topDialog();
  if (!dialog) return;
  if (!dialogs.has(dialog)) {
    dialogs.set(dialog, { opener: document.activeElement, isServed: false });
    dialog.tabIndex = -1;
    dialog.focus();
  }
  const its = dialogs.get(dialog);
  const first = !its.isServed && document.activeElement === dialog && firstOf(dialog);
  if (first) {
    its.isServed = true;
    first.focus();
  } else if (document.activeElement === document.body) {
    // What had it is drawn no more, and what stands in its place was not meant.
    dialog.focus();
  }
}
addEventListener("keydown", event => {
  const dialog = topDialog();
  // 229: of what is still being composed (Safari).
  if (!dialog || event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  // Held down since before it was there.
  if (event.key === "Enter" && event.repeat && !event.target.matches("textarea")) event.preventDefault();
  if (event.key === "Escape" && !event.repeat) dialog.querySelector("[data-dismiss]")?.click();
  // Without a line to the server the way out leads over the banner.
  if (event.key !== "Tab" || document.querySelector("[data-reconnect]")?.checkVisibility()) return;
  const stops = stopsOf(dialog);
  if (event.shiftKey) stops.reverse();
  const { activeElement } = document;
  const way = event.shiftKey ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  if (stops.includes(activeElement) && activeElement !== stops.at(-1)) return;
  event.preventDefault();
  (stops.find(stop => activeElement.compareDocumentPosition(stop) & way) ?? stops[0])?.focus();
});

// What was confirmed in another window goes on here, where it is waited for: now, or when a line that is lost is back.
let isConfirmed = false;
const goOn = () => document.querySelector("[data-go-on]")?.click();
new BroadcastChannel("confirmed").onmessage = () => {
  isConfirmed = true;
  goOn();
};
document.addEventListener("components-reconnect-state-changed", event => {
  if (isConfirmed && event.detail.state === "hide") goOn();
}, true);

// "/" leads to the search of a list, from anywhere but a dialog and a place where it is typed.
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  // What a dialog covers is not to be reached.
  if (!search || document.querySelector("[role=dialog], dialog[open]")) return;
  event.preventDefault();
  const fold = search.closest("[data-fold] + *")?.previousElementSibling;
  if (fold && !search.checkVisibility()) fold.open = true;
  search.focus();
  search.select();
});

// Arrow keys lead from row to row of a list, to the same column of each, and down from its search to the first. Enter follows
// the link that has the focus; the space bar ticks its row. Where arrows have a meaning of their own they keep it.
addEventListener("keydown", event => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !target.closest || target.closest("details[open], select, textarea")) return;
  if (key === " ") {
    const tick = target.matches("[data-row] a") && target.closest("[data-row]").querySelector("input[type=checkbox]:enabled");
    if (!tick) return;
    event.preventDefault();
    if (!event.repeat) tick.click();
    return;
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return;
  const row = target.closest("[data-row]");
  const next = row ? row[key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling"]
    : key === "ArrowDown" && target.matches("[data-search]") && document.querySelector("[data-row]");
  if (!next || row && target.matches("input:not([type=checkbox])")) return;
  const same = row && next.cells[target.closest("td, th").cellIndex]?.querySelector(":is(a, button, summary, input):not(:disabled)");
  const found = same || next.querySelector("th a") || next.querySelector("a, button:not(:disabled), summary");
  if (!found) return;
  event.preventDefault();
  found.focus();
});

// A row that goes while it has the focus hands it to the row that takes its place, else to the heading. Its neighbours
// are remembered anew with every change, since rows above it may have come and gone meanwhile.
let focused = null;
function remember(row) {
  focused = row && { row, list: row.parentElement, rows: [...row.parentElement.children] };
}
addEventListener("focusin", event => {
  // While a dialog has it, it is only lent.
  if (!event.target.closest?.("[role=dialog]")) remember(event.target.closest?.("[data-keep-focus] > *"));
});
function keepFocus() {
  if (!focused) return;
  if (focused.row.isConnected) {
    remember(focused.row);
    return;
  }
  if (document.activeElement !== document.body) return;
  const { row, list, rows } = focused;
  focused = null;
  const next = rows.slice(rows.indexOf(row) + 1).find(other => other.isConnected) ?? (list.isConnected && list.lastElementChild);
  (next && next.querySelector("button, a, summary") || document.querySelector("h1"))?.focus();
}

// A page that comes alive is drawn anew: what had the focus hands it to the element drawn in its place.
let held = null;
addEventListener("focusin", event => { held = event.target; });
function handFocus() {
  if (!held || held.isConnected) return;
  // A row that went from a list that stays is the next function's.
  if (document.activeElement === document.body && !focused?.list.isConnected) {
    [...document.querySelectorAll(`main ${held.localName}`)].find(element => element.isEqualNode(held))?.focus({ preventScroll: true });
  }
  held = null;
}

new MutationObserver(() => {
  for (const button of document.querySelectorAll("[data-reveal][hidden]")) button.hidden = false;
  followDialogs();
  handFocus();
  keepFocus();
  showMoments();
}).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ["data-zone"] });
setInterval(showMoments, 30_000);
showMoments();
