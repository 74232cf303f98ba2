// Forms of live pages: what is typed while nobody listens, and leaving with something unsaved. No module, and loaded before
// the framework's script: a window calls its listeners in the order in which they came, and "back" must be heard here first.
(() => {

// By name: typed while nobody listened, before the page's circuit was there or while its connection was away; and told, but
// not known to have been heard. Kept in memory until the server has it.
const unheard = new Map();
const told = new Map();
let tellings = 0;
let owner;
let live = null;
let gone = null;
let connected = true;
let focused;

const formOf = field => field.form?.matches("form[data-draft]") ? field.form : null;
const listens = form => form.dataset.draft === "live" && connected;
const heard = () => Number(live?.dataset.heard ?? 0);
// Each field tells by one of the two.
const tellsBy = field => field.matches("select, [type=radio]") ? "change" : "input";

for (const type of ["input", "change"]) {
  addEventListener(type, event => {
    const { target: field } = event;
    const form = field.name && formOf(field);
    if (!form || type !== tellsBy(field)) return;
    if (owner !== form.dataset.owner) unheard.clear();
    owner = form.dataset.owner;
    focused = field.id;
    if (listens(form)) {
      told.set(field.name, field.value);
      tellings++;
    } else unheard.set(field.name, field.value);
  }, true);
}

// Answers the element that holds the value now; none when the form has no such field any more.
function put(name, value) {
  const field = live.elements[name];
  if (!field) return null;
  if (field.value !== value) field.value = value;
  return field instanceof RadioNodeList ? [...field].find(choice => choice.checked) : field;
}

// All that was told was heard. What another's save drew over it on its way is put back: the server holds what was typed.
function settle() {
  if (heard() < tellings) return;
  for (const [name, value] of told) put(name, value);
  told.clear();
}

// What was told into a line that was dead already was not heard.
function doubt() {
  for (const [name, value] of told) if (!unheard.has(name)) unheard.set(name, value);
  told.clear();
  tellings = heard();
}

// Told as if it were typed now, by the fields' own events: whatever drew them hears.
function tell() {
  const fields = [...unheard];
  const last = document.activeElement === document.body && focused;
  unheard.clear();
  for (const [name, value] of fields) {
    const field = put(name, value);
    field?.dispatchEvent(new Event(tellsBy(field), { bubbles: true }));
  }
  if (last && fields.length) document.getElementById(last)?.focus();
}

// Another circuit takes its place: what is drawn is deaf until it has drawn it anew.
document.addEventListener("circuit-closed", () => {
  gone = live;
  live = null;
});

// A form that comes alive takes what was typed for its owner's session, and nothing of another's.
new MutationObserver(() => {
  const form = document.querySelector("form[data-draft=live]");
  if (form === live) {
    settle();
    return;
  }
  if (form === gone) return;
  live = form;
  doubt();
  if (!form) return;
  if (owner !== form.dataset.owner) unheard.clear();
  tell();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-draft", "data-heard"] });

document.addEventListener("components-reconnect-state-changed", event => {
  connected = event.detail.state === "hide";
  if (!connected || !live) return;
  doubt();
  tell();
}, true);

// The appearance of this browser, by the switch that every page has.
globalThis.portal = {
  useTheme(choice) {
    const button = document.querySelector(`[data-theme-switch] button[value="${choice}"]`);
    if (button && button.getAttribute("aria-pressed") !== "true") button.form.requestSubmit(button);
  },
};

// A form of a page whose line is away would be heard by nobody, and the browser would send it by itself: away from the page and
// from what is typed on it. The banner says that the line comes back. What has an address of its own still goes, and so does the
// answer of a dialog.
addEventListener("submit", event => {
  const { target: form } = event;
  if (connected || form.matches("[action], [method=dialog]") || form.elements.namedItem("_handler")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// Leaving.
let leaving = false;
let here = location.href;
function unsaved() {
  if (leaving || document.body.hasAttribute("data-ended") || !document.querySelector("form[data-draft]")) return false;
  return unheard.size + told.size > 0 || document.querySelector("form[data-unsaved]") !== null;
}
const pathOf = address => new URL(address, document.baseURI).href.split("#")[0];

addEventListener("beforeunload", event => {
  if (unsaved()) event.preventDefault();
});

function ask(leave) {
  const dialog = document.querySelector("dialog[data-leave]");
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "leave") return;
    leaving = true;
    leave();
  };
  dialog.showModal();
}

// Links are followed inside the page, without unloading it, so the browser does not ask by itself.
addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")) return;
  if (link.hash && pathOf(link.href) === pathOf(location.href)) {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
    return;
  }
  if (!unsaved()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(() => link.click());
}, true);

// Nor does it ask at "back": the address has changed already when this is called, so it is put back first.
addEventListener("popstate", event => {
  if (!unsaved() || pathOf(location.href) === pathOf(here)) return;
  event.stopImmediatePropagation();
  const target = location.href;
  history.pushState(null, "", here);
  ask(() => location.assign(target));
}, true);

addEventListener("DOMContentLoaded", () => globalThis.Blazor?.addEventListener("enhancedload", () => {
  here = location.href;
  leaving = false;
}));

// The same file chosen again is a choice too.
addEventListener("click", event => {
  if (event.target.matches?.("input[type=file]")) event.target.value = "";
}, true);
})();
