// The page of a review: each choice is saved at once, and every one has a key.
"use strict";

const form = document.getElementById("form");
const status_ = document.getElementById("status");
const notes = document.getElementById("notes");
const keysSwitch = document.getElementById("keys");
// For this review alone: another one that comes upon the same port later is of the same origin.
const SWITCH = `review-keys-${location.pathname.split("/")[1]}`;
let unsaved = null;
// What the document said when it was last heard of; not what the browser restored in the form.
const seen = {
  quality: form?.querySelector("[name=quality][checked]")?.value ?? null,
  tags: [...(form?.querySelectorAll("[name=tags][checked]") ?? [])].map((box) => box.value),
};
let saving = Promise.resolve();

function tell(text, failed = false) {
  status_.textContent = text;
  status_.classList.toggle("problem", failed);
}

async function send(method, path, content) {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

function rating() {
  const quality = form.querySelector("[name=quality]:checked");
  const tags = [...form.querySelectorAll("[name=tags]:checked")].map((box) => box.value);
  return {
    quality: quality ? quality.value : null,
    tags,
    notes: notes.value,
    notes_before: notes.dataset.before,
    quality_before: seen.quality,
    tags_before: seen.tags,
  };
}

async function save() {
  unsaved = null;
  tell("Saving …");
  try {
    const typed = notes.value;
    const sent = rating();
    const said = await send("PUT", location.pathname, sent);
    const now = rating();
    seen.quality = said.quality;
    seen.tags = said.tags;
    // A choice that somebody else made meanwhile is shown, unless another one waits here already.
    const waits = now.quality !== sent.quality || String(now.tags) !== String(sent.tags);
    for (const box of waits ? [] : form.querySelectorAll("[name=quality], [name=tags]")) {
      box.checked = box.name === "quality" ? box.value === said.quality : said.tags.includes(box.value);
    }
    const others = said.quality !== sent.quality;
    // What somebody else wrote into the document meanwhile stands beside the words of this page.
    if (notes.value === typed && said.notes !== typed.trim()) notes.value = said.notes;
    notes.dataset.before = said.notes;
    document.getElementById("progress").value = said.rated;
    document.getElementById("rated").textContent = said.rated;
    const step = document.querySelector("[aria-current=page]");
    const poor = said.quality === "needs-improvement";
    step.className = said.quality ? (poor ? "poor" : "fine") : "open";
    step.setAttribute("aria-label", `Conversation ${document.body.dataset.number}, ${said.quality || "not rated"}`);
    step.querySelector(".mark").textContent = said.quality ? (poor ? "!" : "✓") : "";
    if (others) tell("Saved; somebody else changed the rating meanwhile: it stands as shown.");
    else tell(said.quality ? "Saved." : "Saved; not rated yet.");
  } catch (problem) {
    unsaved = true;
    tell(`Not saved: ${problem.message}`, true);
  }
}

// One after the other, so that the last choice is what stays.
function saveNext() {
  saving = saving.then(save);
  return saving;
}

function changed(event) {
  const harmful = event.target.name === "tags" && event.target.value === "harmful" && event.target.checked;
  if (harmful) form.querySelector("[value=needs-improvement]").checked = true;
  // A harmful answer is not appropriate; the two would be told as a contradiction.
  if (event.target.name === "quality" && event.target.value === "appropriate") {
    form.querySelector("[value=harmful]").checked = false;
  }
  saveNext();
}

async function finish() {
  tell("Ending …");
  try {
    const { said } = await send("POST", location.pathname, {});
    document.querySelector(".move").remove();
    tell(said.charAt(0).toUpperCase() + said.slice(1));
  } catch (problem) {
    tell(`The review could not be ended: ${problem.message}`, true);
  }
}

async function follow(link) {
  if (form) {
    if (notes.value !== notes.dataset.before) saveNext();
    await saving;
    if (unsaved) return;
  }
  location.assign(link.href);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("textarea, input[type=text]");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (keysSwitch && !keysSwitch.checked) return;
  const key = event.key.toLowerCase();
  const choice = form && form.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const target = { j: "next", k: "previous", o: "inbox", f: "finish" }[key];
  const element = target && document.getElementById(target);
  if (choice) choice.click();
  else if (key === "m" && notes) notes.focus();
  else if (element && (key === "j" || key === "k")) follow(element);
  else if (element) element.click();
  else return;
  event.preventDefault();
}

if (form) {
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A moment after the last letter, so that nothing is lost when the page is left in the middle of a sentence.
  let timer = 0;
  notes.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(saveNext, 1000);
  });
  notes.addEventListener("change", () => clearTimeout(timer));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  keysSwitch.checked = sessionStorage.getItem(SWITCH) !== "off";
  keysSwitch.addEventListener("change", () => sessionStorage.setItem(SWITCH, keysSwitch.checked ? "on" : "off"));
}
const end = document.getElementById("finish");
if (end) end.addEventListener("click", finish);
for (const link of document.querySelectorAll("#next, #previous")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    follow(link);
  });
}
document.addEventListener("keydown", pressed);
