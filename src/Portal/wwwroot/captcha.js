// The check against machines: loads the widget where a form asks for it, and fills in its answer.
const place = document.querySelector("[data-captcha]");
const { captcha: kind, sitekey, action, script } = place.dataset;
const form = place.closest("form");

// The address may bring parameters of its own, the key among them.
function load(render) {
  return new Promise((done, failed) => {
    const address = new URL(script);
    address.searchParams.set("render", render);
    const element = document.createElement("script");
    element.src = address;
    element.onload = () => grecaptcha.ready(done);
    element.onerror = failed;
    document.head.append(element);
  });
}

function unreachable() {
  place.textContent = "The check that you are a person could not be loaded. Look whether something blocks it, then load this page again.";
  place.setAttribute("role", "alert");
}

if (kind === "score") {
  const loaded = load(sitekey);
  loaded.catch(unreachable);
  const answer = Object.assign(document.createElement("input"), { type: "hidden", name: "g-recaptcha-response" });
  form.append(answer);
  form.addEventListener("submit", async event => {
    if (answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer.value = await loaded.then(() => grecaptcha.execute(sitekey, { action })).catch(() => "");
    if (answer.value) form.requestSubmit(event.submitter);
    else unreachable();
  });
} else {
  const theme = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  load("explicit").then(() => grecaptcha.render(place, { sitekey, theme })).catch(unreachable);
}
