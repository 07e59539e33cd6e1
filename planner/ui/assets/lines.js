// A field for lines that follow each other as fast as somebody types. A line leaves the field at once and waits here,
// in this tab's own storage, until the server says that it is kept: a slow answer, a lost connection or a page drawn
// anew loses none. Each line has a name of its own, so one that is sent twice is kept once.

const AGAIN_MS = 3000;
const fields = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let field = fields.get(parentElement);
  if (!field) {
    field = new Field(parentElement, data.name);
    fields.set(parentElement, field);
  }
  field.take(data, (lines) => setTriggerValue("typed", lines));
  return () => field.rest();
}

class Field {
  constructor(parent, name) {
    this.place = `planner-lines-${name}`;
    this.waiting = this.stored();
    this.refused = new Map();
    this.build(parent);
  }

  stored() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place)) ?? [];
    } catch {
      return [];
    }
  }

  store() {
    try {
      if (this.waiting.length) sessionStorage.setItem(this.place, JSON.stringify(this.waiting));
      else sessionStorage.removeItem(this.place);
    } catch {
      // A full or forbidden storage: the lines still wait in this page.
    }
  }

  build(parent) {
    const id = `${this.place}-text`;
    this.text = make("textarea", { id, rows: "2" });
    this.label = make("label", { for: id });
    this.about = make("select", { "aria-label": "About" });
    this.button = make("button", { type: "button", class: "keep" });
    this.hint = make("span", { class: "hint" });
    this.list = make("ul", { "aria-live": "polite" });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.add();
    });
    this.button.addEventListener("click", () => this.add());
    const row = make("div", { class: "row" });
    row.append(this.about, this.button, this.hint);
    const root = make("div", { class: "lines" });
    root.append(this.label, this.text, row, this.list);
    parent.append(root);
  }

  take(data, send) {
    this.data = data;
    this.sendNow = send;
    this.label.textContent = data.label;
    this.text.placeholder = data.placeholder;
    this.button.textContent = data.button;
    this.hint.textContent = data.hint;
    this.choices(data.about);
    const kept = new Set(data.kept);
    this.refused = new Map(data.refused.map((each) => [each.id, each]));
    this.waiting = this.waiting.filter((line) => !kept.has(line.id));
    this.store();
    this.draw();
    clearInterval(this.clock);
    this.clock = setInterval(() => this.send(), AGAIN_MS);
  }

  choices(about) {
    this.about.hidden = about.length < 2;
    const now = [...this.about.options].map((option) => option.value);
    if (now.length === about.length && now.every((value, at) => value === about[at].value)) return;
    this.about.replaceChildren(
      ...about.map((each) => {
        const option = make("option", { value: each.value });
        option.textContent = each.text;
        return option;
      }),
    );
  }

  add() {
    const text = this.text.value.trim();
    if (!text) return;
    const id = crypto.getRandomValues(new Uint8Array(16)).reduce((all, byte) => all + byte.toString(16).padStart(2, "0"), "");
    this.waiting.push({ id, text, item: this.data.item, about: this.about.value, looked: [] });
    this.text.value = "";
    this.store();
    this.draw();
    this.send();
    this.text.focus();
  }

  // What was refused waits for its writer, everything else for the server.
  send() {
    const lines = this.waiting.filter((line) => !this.refused.has(line.id));
    if (lines.length) this.sendNow(lines);
  }

  draw() {
    this.list.replaceChildren(...this.waiting.map((line) => this.waits(line)));
  }

  waits(line) {
    const refusal = this.refused.get(line.id);
    const item = make("li", { class: refusal ? "refused" : "waits" });
    const said = make("p");
    said.textContent = refusal ? `✕ Not kept: ${refusal.sentence}` : "… Not kept yet";
    const text = make("p", { class: "text" });
    text.textContent = line.text;
    item.append(said, text);
    if (!refusal) return item;
    item.append(this.press("Change it", () => this.change(line)));
    if (refusal.answer) {
      const words = make("p");
      words.textContent = `In question: ${refusal.words.join("; ")}`;
      item.append(words, this.press(refusal.answer, () => this.looked(line, refusal)));
    }
    return item;
  }

  press(words, does) {
    const button = make("button", { type: "button" });
    button.textContent = words;
    button.addEventListener("click", does);
    return button;
  }

  change(line) {
    this.waiting = this.waiting.filter((other) => other !== line);
    this.text.value = [line.text, this.text.value].filter(Boolean).join("\n");
    this.store();
    this.draw();
    this.text.focus();
  }

  looked(line, refusal) {
    line.looked = [...line.looked, ...refusal.words];
    this.refused.delete(line.id);
    this.store();
    this.draw();
    this.send();
  }

  rest() {
    clearInterval(this.clock);
  }
}

function make(tag, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
