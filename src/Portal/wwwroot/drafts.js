// Forms of live pages: what is typed while nobody listens, what is pressed, and leaving with something unsaved. No module, and
// loaded before the framework's script: a window calls its listeners in the order in which they came, and "back" must be heard
// here first.
(() => {

// What is typed in a form, in memory until the server has it. By the field's name: typed while nobody listened, before the
// page's circuit was there or while its connection was away; and told, but not known to have been heard.
const drafts = new Map();
let owner;
const gone = new WeakSet();
let connected = true;
let focused;

const formOf = field => field.form?.matches("form[data-draft]") ? field.form : null;
const listens = form => form.dataset.draft === "live" && connected && !gone.has(form);
const heard = draft => Number(draft.form?.dataset.heard ?? 0);
// Each field tells by one of the two.
const tellsBy = field => field.matches("select, [type=radio], [type=checkbox]") ? "change" : "input";
const valueOf = field => field.type === "checkbox" ? String(field.checked) : field.value;

// Of the form's own subject, and of its owner's session: what another typed here is forgotten.
function draftOf(form) {
  if (owner !== form.dataset.owner) drafts.clear();
  owner = form.dataset.owner;
  const subject = form.dataset.form;
  if (!drafts.has(subject)) drafts.set(subject, { form: null, unheard: new Map(), told: new Map(), tellings: 0, isSent: false });
  return drafts.get(subject);
}

for (const type of ["input", "change"]) {
  addEventListener(type, event => {
    const { target: field } = event;
    const form = field.name && formOf(field);
    if (!form || type !== tellsBy(field)) return;
    const draft = draftOf(form);
    focused = field.id;
    draft.isSent = false;
    if (listens(form)) {
      draft.told.set(field.name, valueOf(field));
      draft.tellings++;
    } else draft.unheard.set(field.name, valueOf(field));
  }, true);
}

// Answers the element that holds the value now; none when the form has no such field any more.
function put({ form }, name, value) {
  const field = form.elements[name];
  if (!field) return null;
  if (field.type === "checkbox") field.checked = value === "true";
  else if (field.value !== value) field.value = value;
  return field instanceof RadioNodeList ? [...field].find(choice => choice.checked) : field;
}

// All that was told was heard. What another's save drew over it on its way is put back: the server holds what was typed. Not
// what was sent since, which may well be drawn empty.
function settle(draft) {
  if (heard(draft) < draft.tellings) return;
  if (!draft.isSent) for (const [name, value] of draft.told) put(draft, name, value);
  draft.told.clear();
}

// What was told into a line that was dead already was not heard.
function doubt(draft) {
  for (const [name, value] of draft.told) if (!draft.unheard.has(name)) draft.unheard.set(name, value);
  draft.told.clear();
  draft.tellings = heard(draft);
}

// Told as if it were typed now, by the fields' own events: whatever drew them hears.
function tell(draft) {
  const fields = [...draft.unheard];
  const last = document.activeElement === document.body && focused;
  draft.unheard.clear();
  for (const [name, value] of fields) {
    const field = put(draft, name, value);
    field?.dispatchEvent(new Event(tellsBy(field), { bubbles: true }));
  }
  if (last && fields.length) document.getElementById(last)?.focus();
}

// Another circuit takes its place: what is drawn is deaf until it has drawn it anew.
document.addEventListener("circuit-closed", () => {
  for (const form of document.querySelectorAll("form[data-draft=live]")) gone.add(form);
});

// A form that comes alive takes what was typed in it for its owner's session, and nothing of another's. One that is taken
// away by a circuit that lives, such as a dialog's, was left.
new MutationObserver(() => {
  for (const [subject, draft] of drafts) {
    const { form } = draft;
    if (!form || (form.isConnected && form.dataset.form === subject && !gone.has(form))) continue;
    if (connected && !gone.has(form)) drafts.delete(subject);
    doubt(draft);
    draft.form = null;
  }
  for (const form of document.querySelectorAll("form[data-draft=live]")) {
    if (gone.has(form)) continue;
    const draft = draftOf(form);
    if (draft.form === form) {
      settle(draft);
      continue;
    }
    draft.form = form;
    doubt(draft);
    tell(draft);
  }
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-draft", "data-form", "data-heard"] });

document.addEventListener("components-reconnect-state-changed", event => {
  connected = event.detail.state === "hide";
  if (!connected) return;
  for (const draft of drafts.values()) {
    if (!draft.form || gone.has(draft.form)) continue;
    doubt(draft);
    tell(draft);
  }
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
  if (form.matches("form[data-draft]")) draftOf(form).isSent = true;
  if (form.matches("[action], [method=dialog]") || form.elements.namedItem("_handler")) return;
  if (!connected) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (!form.matches("form[data-draft]")) {
    // It may have been filled while nobody listened. No draft is kept of it, for it asks for secrets: told once more as it is sent.
    for (const field of form.querySelectorAll("input:is([type=text], [type=password])")) if (field.value) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}, true);

// A press goes where it began. A field that is left tells what it holds, and the answer may add or take a line above the button
// before it is let go of: nothing would have been pressed. So the field is left by the click itself.
addEventListener("mousedown", event => {
  if (event.target.closest?.("button:enabled")) event.preventDefault();
}, true);
addEventListener("click", event => {
  // Not one of the keyboard, such as Enter in a field.
  if (event.detail > 0) event.target.closest?.("button:enabled")?.focus({ preventScroll: true, focusVisible: false });
}, true);

// Leaving.
let leaving = false;
let here = location.href;

// A form that asks for secrets keeps no draft and tells nobody of single keys: its fields themselves say. A present password is
// no work to type once more, and may have been filled in by the browser.
const hasNewPassword = () => [...document.querySelectorAll("form[data-asks] [autocomplete=new-password]")].some(field => field.value);

function unsaved() {
  if (leaving || document.body.hasAttribute("data-ended")) return false;
  if (hasNewPassword()) return true;
  return [...document.querySelectorAll("form[data-draft]")].some(form => {
    const draft = drafts.get(form.dataset.form);
    return form.hasAttribute("data-unsaved") || draft?.unheard.size > 0 || draft?.told.size > 0;
  });
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
    drafts.clear();
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
