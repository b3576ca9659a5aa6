// What a person who reads by ear, by keyboard or with weak eyes needs of a page, as lists of faults.

(() => {
  const visible = (element) => element.checkVisibility({ visibilityProperty: true })
    && element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const show = (element) => {
    const text = element.outerHTML.replace(/\s+/g, " ");
    return text.length > 110 ? text.slice(0, 110) + "…" : text;
  };
  const named = (element) => {
    const by = element.getAttribute("aria-labelledby");
    const texts = [
      element.getAttribute("aria-label"), element.innerText, element.getAttribute("alt"),
      ...[...(element.labels ?? [])].map((label) => label.textContent),
      ...[...element.querySelectorAll("img")].map((image) => image.alt),
      ...(by ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
    ];
    return texts.some((text) => text?.trim());
  };

  function structure() {
    const faults = [];
    if (!document.documentElement.lang) faults.push("the page has no language");
    if (!document.title) faults.push("the page has no title");
    if (all("main").length !== 1) faults.push(`${all("main").length} main landmarks`);
    const levels = all("h1,h2,h3,h4,h5,h6").map((one) => Number(one.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) faults.push(`headings: ${levels}`);
    const content = [...document.querySelectorAll("main h1,main h2,main h3,main h4")].filter(visible)
      .map((one) => Number(one.tagName[1]));
    content.forEach((level, index) => {
      if (level > (content[index - 1] ?? 0) + 1) faults.push(`a heading is skipped: ${content}`);
    });
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    for (const id of new Set(ids)) {
      if (ids.filter((one) => one === id).length > 1) faults.push(`id ${id} twice`);
    }
    return faults;
  }

  function names() {
    const faults = [];
    for (const one of all("input,select,textarea,button,a[href],summary,[role=region]")) {
      if (!named(one)) faults.push(`no name: ${show(one)}`);
    }
    for (const one of all("img")) if (!one.hasAttribute("alt")) faults.push(`no alt: ${show(one)}`);
    for (const one of document.querySelectorAll("label[for]")) {
      if (!document.getElementById(one.htmlFor)) faults.push(`a label of nothing: ${show(one)}`);
    }
    for (const name of ["aria-controls", "aria-labelledby", "aria-describedby"]) {
      for (const one of document.querySelectorAll(`[${name}]`)) {
        const ids = one.getAttribute(name).split(" ");
        if (one.closest("dialog:not([open])")) continue;
        if (!ids.every((id) => document.getElementById(id))) faults.push(`${name} of nothing: ${show(one)}`);
      }
    }
    return faults;
  }

  const color = (text) => {
    const parts = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    const scale = text.startsWith("color(") ? 255 : 1;
    return { rgb: parts.slice(0, 3).map((one) => one * scale), alpha: parts[3] ?? 1 };
  };
  const over = (top, below) => top.rgb.map((one, i) => one * top.alpha + below[i] * (1 - top.alpha));
  const background = (element) => {
    const own = color(getComputedStyle(element).backgroundColor);
    if (own.alpha === 1) return own.rgb;
    const below = element.parentElement ? background(element.parentElement) : [255, 255, 255];
    return over(own, below);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  function contrast() {
    const faults = [];
    let count = 0;
    const check = (element, style, what) => {
      const below = background(element);
      const found = ratio(over(color(style.color), below), below);
      count += 1;
      if (found < 4.5) faults.push(`${found.toFixed(2)} ${what}: ${show(element)}`);
    };
    for (const element of all("body *")) {
      const hasText = [...element.childNodes].some((node) =>
        node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (hasText) check(element, getComputedStyle(element), "text");
      if (element.matches("input,textarea")) {
        check(element, getComputedStyle(element), "value");
        check(element, getComputedStyle(element, "::placeholder"), "placeholder");
      }
      if (element.matches("input:not([type=radio]),select,textarea")) {
        const edge = color(getComputedStyle(element).borderTopColor).rgb;
        const found = ratio(edge, background(element.parentElement));
        if (found < 3) faults.push(`${found.toFixed(2)} edge: ${show(element)}`);
      }
    }
    if (count < 10) faults.push(`only ${count} texts were looked at`);
    return faults;
  }

  /** What the Tab key should reach, in the order of the document. */
  function tabbable() {
    return all("a[href],button,input,select,textarea,summary,[tabindex='0']")
      .filter((one) => !one.disabled && one.tabIndex >= 0)
      .filter((one) => one.type !== "radio" || one.checked);
  }

  /** The element that has the focus: its place in the order, and whether one sees it. */
  function focused() {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      index: tabbable().indexOf(element), text: show(element),
      ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  }

  window.audit = { structure, names, contrast, focused, tabbable: () => tabbable().length };
})();
