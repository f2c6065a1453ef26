// The text of charts as a browser lays it out: none may overlap another, leave
// the bar that it is in, or leave the picture.

// Less than this many pixels is rounding.
const SLACK = 0.6;

/** Runs in the page: the places of all texts and of what texts stand in. */
export function measureDrawings() {
  const HOLDERS =
    ".tb-current, .tb-lts, .tb-maintenance, .tb-extended, .tb-pre, .tb-ended, .tb-pill, .tb-badge";

  document.querySelectorAll("details").forEach((details) => (details.open = true));
  const root = document.documentElement;
  const shown = [...document.querySelectorAll("svg.tb-drawing")].filter((svg) => svg.checkVisibility());
  return {
    overflow: root.scrollWidth - root.clientWidth,
    drawings: shown.map((svg) => ({
      picture: edges(svg.getBoundingClientRect()),
      texts: [...svg.querySelectorAll("text")].map(textBox),
      holders: [...svg.querySelectorAll(HOLDERS)].map((holder) => ({
        kind: holder.classList[0],
        ...boxOf(holder, holder.getBBox()),
      })),
    })),
  };

  /** From side to side as laid out, from the baseline as high as letters are. */
  function textBox(text) {
    const { x, width } = text.getBBox();
    const size = Number.parseFloat(getComputedStyle(text).fontSize);
    const baseline = text.y.baseVal[0].value;
    const box = { x, width, y: baseline - 0.74 * size, height: 0.95 * size };
    return { text: text.textContent, ...boxOf(text, box) };
  }

  /** A box of the drawing on the screen. */
  function boxOf(element, { x, y, width, height }) {
    const toScreen = element.getScreenCTM();
    const from = new DOMPoint(x, y).matrixTransform(toScreen);
    const to = new DOMPoint(x + width, y + height).matrixTransform(toScreen);
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  function edges({ left, top, right, bottom }) {
    return { left, top, right, bottom };
  }
}

export function faultsOfDrawing({ picture, texts, holders }) {
  const faults = texts.length === 0 ? ["it holds no text"] : [];
  texts.forEach((text, n) => {
    if (text.right <= text.left) {
      faults.push(`${name(text)} has no width`);
    }
    if (!within(text, picture)) {
      faults.push(`${name(text)} leaves the picture`);
    }
    for (const other of texts.slice(n + 1).filter((other) => overlap(text, other))) {
      faults.push(`${name(text)} overlaps ${name(other)}`);
    }
    const touched = holders.filter((holder) => overlap(text, holder));
    if (touched.length > 0 && !isHeld(text, touched)) {
      faults.push(`${name(text)} leaves its ${[...new Set(touched.map(({ kind }) => kind))].join(", ")}`);
    }
  });
  return faults;
}

function overlap(a, b) {
  return (
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK
  );
}

function within(inner, outer) {
  return (
    inner.left >= outer.left - SLACK &&
    inner.right <= outer.right + SLACK &&
    inner.top >= outer.top - SLACK &&
    inner.bottom <= outer.bottom + SLACK
  );
}

/** A bar that fades out consists of pieces of one kind, side by side. */
function isHeld(text, pieces) {
  const whole = {
    left: Math.min(...pieces.map(({ left }) => left)),
    right: Math.max(...pieces.map(({ right }) => right)),
    top: Math.max(...pieces.map(({ top }) => top)),
    bottom: Math.min(...pieces.map(({ bottom }) => bottom)),
  };
  return pieces.every(({ kind }) => kind === pieces[0].kind) && within(text, whole);
}

function name({ text, left, top, right, bottom }) {
  const place = [left, top, right, bottom].map((edge) => edge.toFixed(1)).join(" ");
  return `\`${text}\` (${place})`;
}
