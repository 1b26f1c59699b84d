// An uploaded file in the text: what it shows is typed right below it.

export const make = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};

let count = 0;

/** A field with its label. */
export function field(label, input) {
  input.id = `o-${++count}`;
  return make("div", { class: "field" }, make("label", { for: input.id }, label), input);
}

/** Views of files; `files` knows them by number, `words` are those of the interface. */
export const mediaView = (files, words) => (node, view, place) => {
  const file = files[node.attrs.media];
  const dom = make("figure", { class: "media-edit", contenteditable: "false" });
  if (file?.kind === "picture") dom.append(make("img", { src: file.src, alt: node.attrs.about, width: file.width, height: file.height }));
  else dom.append(make("p", {}, make("b", {}, file?.name ?? words.missing)));
  const change = (name) => (event) => view.dispatch(view.state.tr.setNodeMarkup(place(), null, { ...node.attrs, [name]: event.target.value }));
  const about = make("input", { maxlength: "500", value: node.attrs.about });
  about.addEventListener("input", change("about"));
  dom.append(field(file?.kind === "picture" ? words.alt : words.called, about));
  if (["audio", "video"].includes(file?.kind)) {
    const said = make("textarea", { rows: "4" });
    said.value = node.attrs.transcript;
    said.addEventListener("input", change("transcript"));
    dom.append(field(words.said, said));
  }
  const remove = make("button", { type: "button", class: "btn quiet" }, words.remove);
  remove.addEventListener("click", () => {
    view.dispatch(view.state.tr.delete(place(), place() + node.nodeSize));
    view.focus();
  });
  dom.append(remove);
  return {
    dom,
    update: (next) => next.type === node.type && next.attrs.media === node.attrs.media && ((node = next), true),
    stopEvent: (event) => event.target !== dom && dom.contains(event.target),
    ignoreMutation: () => true,
  };
};
