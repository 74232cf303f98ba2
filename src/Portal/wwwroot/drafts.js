// Forms of live pages: what is typed while nobody listens, and leaving with something unsaved. No module, and loaded before
// the framework's script: a window calls its listeners in the order in which they came, and "back" must be heard here first.
(() => {

// Typed before the page's circuit was there, or while its connection was away. Kept in memory until the server has it.
const typed = new Map();
let owner;
let listener;
let connected = true;
let focused;

const formOf = field => field.form?.matches("form[data-draft]") ? field.form : null;
const listens = form => form.dataset.draft === "live" && connected;

for (const type of ["input", "change"]) {
  addEventListener(type, event => {
    const form = event.target.name && formOf(event.target);
    if (!form || listens(form)) return;
    if (owner !== form.dataset.owner) typed.clear();
    owner = form.dataset.owner;
    typed.set(event.target.name, event.target.value);
    focused = event.target.id;
  }, true);
}

async function tell() {
  if (!listener || !typed.size) return;
  const fields = Object.fromEntries(typed);
  try {
    await listener.invokeMethodAsync("Typed", fields);
  } catch {
    // That circuit is gone; the one that takes its place will listen.
    return;
  }
  for (const [name, value] of Object.entries(fields)) if (typed.get(name) === value) typed.delete(name);
  if (document.activeElement === document.body) document.getElementById(focused)?.focus();
}

globalThis.portal = {
  // A form is live: it takes what was typed for its owner's session, and nothing of another's.
  async listens(form, session) {
    listener = form;
    if (owner !== session) typed.clear();
    await tell();
  },
  // The appearance of this browser, by the switch that every page has.
  useTheme(choice) {
    const button = document.querySelector(`[data-theme-switch] button[value="${choice}"]`);
    if (button && button.getAttribute("aria-pressed") !== "true") button.form.requestSubmit(button);
  },
};

document.addEventListener("components-reconnect-state-changed", event => {
  connected = event.detail.state === "hide";
  if (connected) tell();
}, true);

// Leaving.
let leaving = false;
let here = location.href;
const unsaved = () => !leaving && !document.body.hasAttribute("data-ended")
  && document.querySelector("form[data-draft]") && (typed.size > 0 || document.querySelector("form[data-unsaved]"));
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
