// "@" or the number of an act offers what may be cited; the server pins it to the law of the day.
import { make } from "./media.js";

const PLACE = /^((?:điểm\s+\p{L}{1,2}\s+)?(?:khoản\s+\d+\p{L}?\s+)?điều\s+\d+\p{L}?)\s+(.*)$/iu;
const NUMBER = /(?:^|[\s(])(\d{1,4}\/\d{4}(?:\/[\p{L}\d-]*)?)$/u;

/** What stands before the cursor and asks for a citation: its text and length; null = nothing. */
function asked(state) {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 120), $from.parentOffset, undefined, "\ufffc");
  const at = before.lastIndexOf("@");
  if (at >= 0 && (at === 0 || /\s|\(/.test(before[at - 1]))) return { text: before.slice(at + 1), length: before.length - at };
  const number = before.match(NUMBER);
  return number && { text: number[1], length: number[1].length };
}

/** A list of acts below the cursor, chosen with arrows and Enter. */
export class Cite {
  constructor(view, words, address) {
    Object.assign(this, { view, words, address, found: [], chosen: 0, done: "" });
    this.list = make("ul", { class: "offers", role: "listbox", id: "goi-y-dan", "aria-label": words.cite });
    this.list.hidden = true;
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const place = [...this.list.children].indexOf(event.target.closest("li"));
      if (place >= 0) this.take(place);
    });
    view.dom.parentNode.append(this.list);
    view.dom.setAttribute("aria-controls", this.list.id);
  }

  update(view) {
    const now = asked(view.state);
    if (!now || now.text.trim().length < 2) return this.close();
    if (now.text === this.done) return;
    this.done = now.text;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(now), 150);
  }

  async ask(now) {
    const [, place = "", rest = now.text] = now.text.trimStart().match(PLACE) ?? [];
    const address = new URL(this.address, location.href);
    address.searchParams.set("q", rest.trim());
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || this.done !== now.text) return;
    const start = place && place[0].toUpperCase() + place.slice(1).toLowerCase() + " ";
    this.found = (await answer.json()).map((act) => ({ text: start + act.text, status: act.status }));
    this.chosen = 0;
    this.show();
  }

  show() {
    this.list.hidden = this.found.length === 0;
    this.list.replaceChildren(
      ...this.found.map((one, place) =>
        make("li", { role: "option", id: `dan-${place}`, "aria-selected": String(place === this.chosen) }, one.text, " ", make("small", {}, one.status)),
      ),
    );
    if (this.list.hidden) return this.view.dom.removeAttribute("aria-activedescendant");
    const box = this.view.dom.parentNode.getBoundingClientRect();
    this.list.style.insetBlockStart = `${this.view.coordsAtPos(this.view.state.selection.from).bottom - box.top + 4}px`;
    this.view.dom.setAttribute("aria-activedescendant", `dan-${this.chosen}`);
  }

  close() {
    this.found = [];
    this.done = "";
    clearTimeout(this.waiting);
    this.show();
  }

  take(place) {
    const now = asked(this.view.state);
    const { from } = this.view.state.selection;
    if (now) this.view.dispatch(this.view.state.tr.insertText(`${this.found[place].text} `, from - now.length, from));
    this.close();
    this.done = asked(this.view.state)?.text ?? "";
  }

  key(event) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.show();
    } else if (event.key === "Enter") this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }
}
