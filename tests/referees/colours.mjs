// What is really behind the text and the lines of table and chart.

/** What WCAG asks of text of any size, and of lines that mean something. */
export const LEAST = { text: 4.5, line: 3 };

/** Opens what is folded, and gives the page the means to judge its colours. */
export async function withColours(page) {
  await page.evaluate(colours);
}

export function tell({ text, ratio, front, back }) {
  return `\`${text}\` has ${ratio.toFixed(2)}: ${front} on ${back}`;
}

/** Runs in the page, which then has `tbColours`. */
function colours() {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  document.querySelectorAll("details").forEach((details) => (details.open = true));
  globalThis.tbColours = { texts, lines, ground, over, rgba, contrast };

  /** The contrast of all text of a view. */
  function texts(view) {
    const found = [];
    const walk = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() !== "" && isShown(element)) {
        found.push(...(element instanceof SVGElement ? inDrawing(element) : inPage(element)));
      }
    }
    return found;
  }

  /** The contrast of outlines, of the period's lines, and of the marks of a state. */
  function lines(view) {
    const OUTLINES = ["current", "lts", "maintenance", "extended", "pre", "ended", "badge", "from", "change"];
    const outlines = view.querySelectorAll(OUTLINES.map((name) => `svg .tb-${name}`).join());
    const drawn = [...outlines].filter((shape) => isSeen(shape) && getComputedStyle(shape).stroke !== "none");
    const states = [...view.querySelectorAll("td.tb-status")].filter(isSeen);
    return [
      ...drawn.map((shape) => compared(shape.classList.value, getComputedStyle(shape).stroke, ground(shape))),
      ...states.map((cell) => {
        const mark = getComputedStyle(cell, "::before");
        return compared(`mark of ${cell.textContent}`, mark.borderTopColor, ground(cell));
      }),
    ];
  }

  function isShown(element) {
    const isRead = !element.closest("desc, title, style");
    const { width, height } = element.getBoundingClientRect();
    return isRead && element.checkVisibility() && width > 1 && height > 1;
  }

  /** A line may have no width. */
  function isSeen(shape) {
    const { width, height } = shape.getBoundingClientRect();
    return shape.checkVisibility() && Math.max(width, height) > 1;
  }

  function inPage(element) {
    return [compared(element.textContent, getComputedStyle(element).color, ground(element))];
  }

  /** A text lies over several shapes, and its worst place counts. */
  function inDrawing(text) {
    const style = getComputedStyle(text);
    if (style.stroke !== "none") {
      return [compared(text.textContent, style.fill, over(style.stroke, 1, ground(text)))];
    }
    const { x, y, width, height } = text.getBBox();
    const places = [0.02, 0.25, 0.5, 0.75, 0.98].map((part) => new DOMPoint(x + part * width, y + height / 2));
    return places.map((place) => compared(text.textContent, style.fill, behind(text, place)));
  }

  /** What is painted there before the text. */
  function behind(text, place) {
    const svg = text.ownerSVGElement;
    const shapes = [...svg.querySelectorAll("rect, path, polygon, circle")];
    const before = shapes.filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
    const onScreen = place.matrixTransform(text.getScreenCTM());
    return before.reduce((color, shape) => {
      const local = onScreen.matrixTransform(shape.getScreenCTM().inverse());
      const { fill, fillOpacity, opacity } = getComputedStyle(shape);
      const isThere = fill !== "none" && !fill.startsWith("url") && shape.isPointInFill(local);
      return isThere ? over(fill, fillOpacity * opacity, color) : color;
    }, ground(svg));
  }

  /** The page's own colours behind an element. */
  function ground(element) {
    const line = [];
    for (let at = element; at; at = at.parentElement) {
      line.unshift(at);
    }
    return line.reduce((color, at) => over(getComputedStyle(at).backgroundColor, 1, color), [255, 255, 255]);
  }

  function compared(text, color, back) {
    const front = over(color, 1, back);
    return { text: text.trim().slice(0, 40), ratio: contrast(front, back), front: `${color}`, back: `rgb(${back.map(Math.round)})` };
  }

  function over(color, share, [r, g, b]) {
    const [red, green, blue, alpha] = rgba(color);
    const part = (alpha / 255) * share;
    return [red * part + r * (1 - part), green * part + g * (1 - part), blue * part + b * (1 - part)];
  }

  /** In whatever form a browser writes a colour. */
  function rgba(color) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = "#f0f";
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    return pixel.getImageData(0, 0, 1, 1).data;
  }

  function contrast(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
