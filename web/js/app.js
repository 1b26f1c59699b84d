// Phổ Luật: what a script adds to pages that are whole without it.
// No inline code, no innerHTML (trusted types): nodes are made one by one.
"use strict";
(() => {
  const words = document.getElementById("words")?.dataset ?? {};
  const law = document.querySelector(".law");
  // What can be heard: an act, or a post.
  const readable = law ?? document.querySelector("article.post");
  const said = document.getElementById("say");
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // What only helps waits until the page stands: a code has hundreds of articles.
  const whenIdle = (work) => (window.requestIdleCallback ?? setTimeout)(work);

  /** Makes an element with attributes and children (strings become text). */
  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  /** Says a sentence to everyone, screen readers too, for some seconds. */
  let silence;
  const say = (sentence) => {
    if (!said) return;
    said.textContent = sentence;
    clearTimeout(silence);
    silence = setTimeout(() => (said.textContent = ""), 5000);
  };

  const copy = (text) =>
    navigator.clipboard.writeText(text).then(
      () => say(`${words.copied}: ${text}`),
      () => say(text),
    );

  // ----- citations -----

  const levels = () =>
    law.lang === "en"
      ? { art: "Article", clause: "clause", point: "point" }
      : { art: "Điều", clause: "khoản", point: "điểm" };

  /** The printed number of a provision: "7" of "Điều 7.", "đ" of "đ)". */
  const numberOf = (node, level) => {
    const line = (level === "art" ? node.querySelector("a") : node)?.textContent ?? "";
    const found = level === "art" ? line.match(/([^\s.:]+)[.:]?\s*$/) : line.match(/^\s*([^\s.)]+)/);
    return found?.[1] ?? "";
  };

  /** "điểm đ khoản 2 Điều 7 Bộ luật Dân sự số 91/2015/QH13" for an id of this page. */
  const cite = (id) => {
    const steps = id.split("__");
    const out = [];
    for (let end = steps.length; end > 0; end--) {
      const level = steps[end - 1].split("_")[0];
      const node = document.getElementById(steps.slice(0, end).join("__"));
      const number = node ? numberOf(node, level) : steps[end - 1].slice(level.length + 1).replace("dd", "đ");
      if (levels()[level]) out.push(`${levels()[level]} ${number}`);
      if (level === "art") break;
    }
    const whole = document.getElementById(id)?.closest("[data-cite]")?.dataset.cite ?? "";
    return `${out.join(" ")} ${whole}`.trim();
  };

  // ----- tools of an article and of a clause -----

  const copySign = document.querySelector('[data-do="copy"] svg');

  const addCopyButton = (section) => {
    const heading = section.querySelector("h2,h3,h4,h5,h6");
    if (!heading || heading.querySelector(".ct")) return;
    const label = `${words.copy}: ${heading.querySelector("a")?.textContent ?? ""}`;
    const attributes = { type: "button", class: "ct", "data-cite-id": section.id, "aria-label": label, title: words.copy };
    heading.append(make("button", attributes, copySign?.cloneNode(true) ?? "⧉"));
  };

  let dock;
  const closeDock = () => {
    dock?.remove();
    dock = undefined;
    $$(".on", law).forEach((node) => node.classList.remove("on"));
  };

  const openDock = (paragraph) => {
    closeDock();
    paragraph.classList.add("on");
    const own = law.dataset.page && make("a", { href: `${law.dataset.page}/${pathOf(paragraph.id)}` }, words.open);
    dock = make(
      "div",
      { class: "dock", role: "group", "aria-label": words.copy },
      make("span", {}, cite(paragraph.id)),
      make("button", { type: "button", class: "btn", "data-cite-id": paragraph.id }, words.copy),
      ...(own ? [own] : []),
      make("button", { type: "button", class: "btn quiet", "data-do": "close" }, words.close),
    );
    document.body.append(dock);
  };

  const names = { att: "kem-theo", app: "phu-luc", part: "phan", chp: "chuong", sec: "muc", subsec: "tieu-muc", art: "dieu", clause: "khoan", point: "diem" };
  const pathOf = (id) =>
    id
      .split("__")
      .map((step) => step.replace(/^([a-z]+)_/, (_, name) => `${names[name] ?? name}-`))
      .join("/");

  // ----- a defined word explained in place -----

  let tip;
  const closeTip = () => {
    tip?.remove();
    tip = undefined;
  };

  /** A window below a link with a title, paragraphs, the way on and a button to close; Escape closes it too, and so does
   * a Tab that leaves it. */
  const showTip = (link, [title, ...paragraphs], way) => {
    closeTip();
    tip = make("div", { class: "tip", role: "dialog", "aria-label": title, tabindex: "-1", lang: law?.lang ?? "vi" });
    tip.append(...[make("strong", {}, title), ...paragraphs].map((text) => make("p", {}, text)));
    tip.append(make("p", {}, make("a", { href: link.getAttribute("href") }, way)));
    tip.append(make("button", { type: "button", class: "btn quiet", "data-do": "close" }, words.close));
    tip.from = link;
    tip.addEventListener("keydown", (event) => {
      const leaving = event.shiftKey ? !document.activeElement.matches(".tip button") : document.activeElement.matches(".tip button");
      if (event.key !== "Tab" || !leaving) return;
      event.preventDefault();
      actions.close();
    });
    document.body.append(tip);
    const box = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 16;
    tip.style.insetBlockStart = `${box.bottom + scrollY + 6}px`;
    tip.style.insetInlineStart = `${Math.max(8, Math.min(box.left, room))}px`;
    tip.focus();
  };

  /** Explains a word or shows a cited provision in place; what is on another page is asked for. */
  const openTip = async (link) => {
    const way = link.matches(".ref") ? words.cited : words.source;
    const target = link.hash && link.pathname === location.pathname && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) return showTip(link, [cite(target.id), target.textContent.trim().slice(0, 1500)], way);
    try {
      const answer = await fetch(`${link.href.split("#")[0]}?doan=1`);
      if (!answer.ok) throw answer;
      const [title, ...lines] = (await answer.text()).split("\n");
      showTip(link, [title, ...lines], way);
    } catch {
      location.href = link.href;
    }
  };

  // ----- reading aloud, only where a voice for the language is installed -----

  const voice = () => speechSynthesis.getVoices().find((v) => v.lang.toLowerCase().startsWith(readable?.lang || "vi"));
  const paragraphs = () => {
    // The list items of an act are paragraphs inside; those of a post are not. A translation needs another voice.
    const spoken = $$(law ? "p, h2, h3, h4, h5, h6" : "p, h2, h3, li, th, td", readable);
    const all = spoken.filter((node) => !node.lang || node.lang === readable.lang);
    const first = all.findIndex((node) => node.getBoundingClientRect().bottom > 60);
    return all.slice(Math.max(0, first));
  };

  const read = (nodes, button) => {
    const node = nodes.shift();
    if (!node || button.getAttribute("aria-pressed") !== "true") return stopReading(button);
    const part = new SpeechSynthesisUtterance(node.textContent);
    part.voice = voice();
    part.lang = part.voice?.lang ?? "vi-VN";
    part.onend = () => {
      node.classList.remove("on");
      read(nodes, button);
    };
    node.classList.add("on");
    speechSynthesis.speak(part);
  };

  const stopReading = (button) => {
    button.setAttribute("aria-pressed", "false");
    speechSynthesis.cancel();
    $$(".on", readable).forEach((node) => node.classList.remove("on"));
  };

  const toggleReading = (button) => {
    if (button.getAttribute("aria-pressed") === "true") return stopReading(button);
    button.setAttribute("aria-pressed", "true");
    read(paragraphs(), button);
  };

  const showListen = () => {
    if (voice()) $$('[data-do="listen"]').forEach((button) => (button.hidden = false));
  };

  // ----- one listener for all -----

  const actions = {
    print: () => print(),
    listen: toggleReading,
    copy: (button) => copy(button.dataset.text),
    close: () => {
      const back = tip?.from;
      closeDock();
      closeTip();
      back?.focus();
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do],[data-cite-id]");
    if (button?.dataset.citeId) return void copy(cite(button.dataset.citeId));
    if (button) return void actions[button.dataset.do]?.(button);
    const term = event.target.closest("a.t,a.ref");
    // A click with a key held asks for the page itself.
    if (term && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      return void openTip(term);
    }
    if (!event.target.closest(".tip")) closeTip();
    const paragraph = event.target.closest(".law p[id]");
    if (paragraph && !event.target.closest("a") && getSelection().isCollapsed) openDock(paragraph);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && actions.close());

  // ----- the contents follow the reader -----

  const follow = (toc) => {
    const box = toc.querySelector("details");
    const narrow = matchMedia("(max-width: 60em)");
    // On wide screens the style shows the contents open; the state must say so too.
    if (box && !narrow.matches && !document.documentElement.dataset.size) box.open = true;
    const links = new Map($$("a", toc).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const seen = new Set();
    let current;
    // Chapters hold articles: of all that cross the reading line, the last one is where the reader is.
    const show = () => {
      const link = [...links].findLast(([id]) => seen.has(id))?.[1];
      if (!link || link === current) return;
      current?.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      current = link;
      if (toc.scrollHeight > toc.clientHeight + 8) toc.scrollTop = link.offsetTop - toc.clientHeight / 3;
    };
    const watch = new IntersectionObserver(
      (entries) => {
        entries.forEach((entry) => seen[entry.isIntersecting ? "add" : "delete"](entry.target.id));
        show();
      },
      { rootMargin: "-3% 0px -85% 0px" },
    );
    // A closed list needs no following: on a phone nothing is watched until it is opened.
    const start = () => {
      links.forEach((_, id) => {
        const node = document.getElementById(id);
        if (node) watch.observe(node);
      });
    };
    if (!box || box.open) whenIdle(start);
    else box.addEventListener("toggle", start, { once: true });
    toc.addEventListener("click", (event) => {
      if (event.target.closest("a") && narrow.matches) box.open = false;
    });
  };

  // ----- suggestions while typing -----

  /** What is perhaps meant, under the field that searches the law: a combobox whose choices are pages. */
  const suggest = (form) => {
    const field = form.querySelector("input[name=q]");
    const home = form.getAttribute("action");
    if (!field || !home.endsWith("/tim")) return;
    const list = make("ul", { id: `${field.id}-list`, role: "listbox", class: "offers", lang: "vi", "aria-label": words.offers, hidden: "" });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id })) {
      field.setAttribute(name, value);
    }
    form.append(list);
    let asked = "";
    let waiting;
    let chosen = -1;
    const choose = (at) => {
      chosen = at;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      const option = list.children[at];
      option?.scrollIntoView({ block: "nearest" });
      if (option) field.setAttribute("aria-activedescendant", option.id);
      else field.removeAttribute("aria-activedescendant");
    };
    const show = (open) => {
      list.hidden = !open;
      field.setAttribute("aria-expanded", String(open));
      choose(-1);
    };
    const offer = (one, place) => {
      const address = "post" in one ? `bai/${one.post}` : `van-ban/${one.slug}`;
      const attributes = { id: `${list.id}-${place}`, role: "option", "aria-selected": "false", "data-href": home.replace(/tim$/, address) };
      return make("li", attributes, one.text, " ", make("small", {}, one.status));
    };
    const ask = async () => {
      const text = field.value.trim();
      if (text === asked) return;
      asked = text;
      const address = new URL(`${home}/goi-y`, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address).catch(() => null);
      const found = answer?.ok ? await answer.json() : [];
      if (asked !== text) return;
      list.replaceChildren(...found.map(offer));
      show(found.length > 0 && document.activeElement === field);
    };
    const open = (option) => option && location.assign(option.dataset.href);
    const keys = {
      ArrowDown: () => choose(chosen + 1 < list.children.length ? chosen + 1 : -1),
      ArrowUp: () => choose(chosen < 0 ? list.children.length - 1 : chosen - 1),
      Escape: () => show(false),
      Enter: () => open(list.children[chosen]),
    };
    show(false);
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || !(event.key in keys)) return;
      if (list.hidden) {
        if (event.key !== "ArrowDown" || list.children.length === 0) return;
        show(true);
      }
      // Without a choice Enter searches for the words as typed.
      if (event.key === "Enter" && chosen < 0) return;
      event.preventDefault();
      keys[event.key]();
    });
    field.addEventListener("blur", () => show(false));
    // The field keeps the focus while a choice is pressed.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => open(event.target.closest("li")));
  };

  // ----- start -----

  $$("form.find").forEach(suggest);

  // What is pasted from Word or Google Docs comes into the editor clean; the server reads it.
  $$("textarea[data-paste]").forEach((field) =>
    field.addEventListener("paste", async (event) => {
      const html = event.clipboardData?.getData("text/html");
      if (!html) return;
      event.preventDefault();
      const plain = event.clipboardData.getData("text/plain");
      const clean = await fetch(field.dataset.paste, { method: "POST", body: new URLSearchParams({ html }) })
        .then((answer) => (answer.ok ? answer.text() : plain))
        .catch(() => plain);
      field.setRangeText(clean, field.selectionStart, field.selectionEnd, "end");
    }),
  );

  // What is typed on the desk is kept every few seconds for its officer, until it is saved.
  $$("form[data-keep]").forEach((form) => {
    const line = form.querySelector(".kept");
    let waiting;
    let sending = false;
    const keep = async () => {
      if (sending) return void (waiting = setTimeout(keep, 1000));
      sending = true;
      const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const answer = await fetch(form.dataset.keep, { method: "POST", body: fields }).catch(() => null);
      sending = false;
      line.textContent = answer?.ok ? `${form.dataset.kept} ${(await answer.json()).at}` : form.dataset.lost;
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 3000);
    });
    form.addEventListener("submit", () => clearTimeout(waiting));
  });

  // Who saves data gets the smallest picture: those not seen yet have not been asked for.
  if (navigator.connection?.saveData) {
    $$("img[srcset]").forEach((image) => {
      const [smallest] = image.srcset.split(" ");
      image.removeAttribute("srcset");
      image.src = smallest;
    });
  }

  $$("[data-do][hidden]").forEach((button) => {
    if (button.dataset.do !== "listen") button.hidden = false;
  });
  if ("speechSynthesis" in window && readable) {
    showListen();
    speechSynthesis.addEventListener?.("voiceschanged", showListen);
  }
  if (law && words.copy) {
    const near = new IntersectionObserver(
      (entries) => entries.forEach((entry) => entry.isIntersecting && addCopyButton(entry.target)),
      { rootMargin: "40% 0px" },
    );
    whenIdle(() => $$("section[id^='art_'],section[id*='__art_']", law).forEach((section) => near.observe(section)));
  }
  const toc = document.querySelector(".toc");
  if (toc) follow(toc);
})();
