// The state of an analysis: Run, progress with Cancel, or the reason it failed. What is said becomes text, never HTML.

const QUIET = 300; // milliseconds before progress is shown: what is quick does not flicker

function render({ model, el }) {
  const root = make("div", { class: "tk-status" });
  const run = make("button", { type: "button", class: "tk-run" }, "Run");
  const cancel = make("button", { type: "button" }, "Cancel");
  const progress = make("progress", { "aria-label": "Progress" });
  const said = make("span", { role: "status", "aria-live": "polite" });
  const failed = make("div", { class: "tk-failed", role: "alert" });
  root.append(run, cancel, progress, said, failed);
  el.append(root);
  run.onclick = () => model.send({ kind: "run" });
  cancel.onclick = () => model.send({ kind: "cancel" });
  let timers = [];

  function show() {
    timers.forEach(clearInterval);
    timers = [];
    const state = model.get("state");
    run.hidden = state !== "waiting";
    cancel.hidden = progress.hidden = true;
    failed.hidden = state !== "failed";
    failed.replaceChildren(...(state === "failed" ? reason() : []));
    said.textContent = state === "failed" ? "" : model.get("message");
    if (state === "running") timers.push(setTimeout(() => running(Date.now() - QUIET), QUIET));
  }

  // How far it has come is guessed by how long it took before; the first time only that it works is known.
  function running(since) {
    const usual = model.get("usual");
    const tick = () => {
      const seconds = (Date.now() - since) / 1000;
      if (usual > 1) progress.value = Math.min(0.95, seconds / usual);
      else progress.removeAttribute("value");
      if (seconds > 1) said.textContent = `${model.get("message")} ${Math.floor(seconds)} s`;
    };
    cancel.hidden = progress.hidden = false;
    said.textContent = model.get("message");
    tick();
    timers.push(setInterval(tick, 250));
  }

  function reason() {
    const detail = model.get("detail");
    const parts = [make("p", {}, model.get("message"))];
    if (detail) {
      const more = make("details");
      more.append(make("summary", {}, "Where it failed"), make("pre", {}, detail));
      parts.push(more);
    }
    return parts;
  }

  const names = ["state", "message", "detail", "usual"];
  names.forEach((name) => model.on(`change:${name}`, show));
  show();
  return () => {
    timers.forEach(clearInterval);
    names.forEach((name) => model.off(`change:${name}`, show));
  };
}

export default { render };
