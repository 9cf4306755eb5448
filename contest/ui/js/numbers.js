// Numbers as people type, see and say them in Vietnamese.

/** 12345 -> "12.345". */
export function group(digits) {
  return String(digits).replace(/\B(?=(\d{3})+$)/g, ".");
}

const MAX_DIGITS = 12;

/**
 * Reads what was typed, as the server does. Whole numbers: 12345, 12.345, 12 345. With decimals: up
 * to three digits, comma or point. Returns {whole, fraction} as digit strings, or null where it is
 * no such number.
 */
export function parseNumber(text, decimals = 0) {
  const typed = text.replace(/[\u00a0\u202f\u2009]/g, " ").trim();
  if (decimals > 0) {
    const found = /^(\d{1,3})(?:[.,](\d+))?$/.exec(typed);
    if (!found || (found[2] || "").length > decimals) return null;
    return { whole: plain(found[1]), fraction: found[2] || "" };
  }
  if (typed.replace(/[. ]/g, "").length > MAX_DIGITS) return null;
  if (/^\d+$/.test(typed) || /^\d{1,3}(?:[. ]\d{3})+$/.test(typed)) {
    return { whole: plain(typed), fraction: "" };
  }
  return null;
}

const GROUPED = /^(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+)(?:,(\d+))?$/;
const PLAIN = /^(\d+)(?:[.,](\d+))?$/;
const MOST_TYPED = 15;

/**
 * Reads an answer as the server does first: 12.345 and 12 345 are whole, 7,5 and 7.5 have a
 * decimal; the unit may stand behind. Null for anything else, signs included.
 */
export function readTyped(text, unit = null) {
  let typed = text.normalize("NFC").replace(/[\u00a0\u202f\u2009]/g, " ").trim();
  const end = unit ? unit.normalize("NFC").toLocaleLowerCase("vi") : "";
  if (end && typed.toLocaleLowerCase("vi").endsWith(end)) typed = typed.slice(0, -end.length).trim();
  const found = GROUPED.exec(typed) || PLAIN.exec(typed);
  if (!found || typed.replace(/\D/g, "").length > MOST_TYPED) return null;
  return { whole: plain(found[1]), fraction: found[2] || "" };
}

function plain(typed) {
  return typed.replace(/[. ]/g, "").replace(/^0+(?=\d)/, "");
}

/** {whole: "12345", fraction: "5"} -> "12.345,5". */
export function formatNumber(number) {
  return group(number.whole) + (number.fraction ? `,${number.fraction}` : "");
}

/**
 * The number in words. The words themselves come from the texts (keys num.*), the rules are here:
 * 1, 4 and 5 have words of their own after a multiple of ten, 5 also after ten; a nought in the tens
 * is said, and inside a number one in the hundreds too. Null where it is longer than people say.
 */
export function numberWords(number, t) {
  const { whole, fraction } = number;
  if (whole.length > 15) return null;
  const digits = t("num.digits").split(" ");
  const words = wholeWords(whole, digits, t);
  if (!fraction) return words;
  return `${words} ${t("num.point")} ${[...fraction].map((digit) => digits[digit]).join(" ")}`;
}

function wholeWords(whole, digits, t) {
  if (/^0*$/.test(whole)) return digits[0];
  const scales = ["", ...t("num.scales").split(" ")];
  const groups = [];
  for (let end = whole.length; end > 0; end -= 3) {
    groups.unshift(whole.slice(Math.max(0, end - 3), end).padStart(3, "0"));
  }
  const said = [];
  groups.forEach((three, index) => {
    const power = groups.length - 1 - index;
    if (three !== "000") {
      said.push(threeWords(three, said.length > 0, digits, t));
      if (power % 3) said.push(scales[power % 3]);
    }
    // After the thousands of milliards the word for the milliard itself stands once.
    if (power === 3 && said.length > 0) said.push(scales[3]);
  });
  return said.join(" ");
}

function threeWords(three, inside, digits, t) {
  const [hundreds, tens, ones] = [...three].map(Number);
  const said = [];
  if (hundreds || inside) said.push(digits[hundreds], t("num.hundred"));
  if (tens === 0) {
    if (ones && said.length) said.push(t("num.odd"));
    if (ones) said.push(digits[ones]);
    return said.join(" ");
  }
  if (tens === 1) said.push(t("num.ten"));
  else said.push(digits[tens], t("num.tens"));
  if (ones === 1 && tens > 1) said.push(t("num.one"));
  else if (ones === 4 && tens > 1) said.push(t("num.four"));
  else if (ones === 5) said.push(t("num.five"));
  else if (ones) said.push(digits[ones]);
  return said.join(" ");
}
