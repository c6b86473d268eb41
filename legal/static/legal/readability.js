/* The readability index LIX, counted as cms/core/readability.py and cms/core/sentences.py count it; change both.
   The abbreviations and months come from there: rules = {leading, trailing, months}, each an expression of alternatives. */
"use strict";

const readability = (() => {
  const INVISIBLE = /[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
  const BLANKS = /[ \t\n\r\f\v\x1c-\x1f\x85\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]+/g;
  const TERMINAL = /[.!?…]+["”“«»'’)\]]*(?=\s|$)/gu;
  const LAST_WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}_./]*[\p{L}\p{N}])?$/u;
  const NEXT_WORD = /^\s*["”“„»'’(\[–-]*\s*([\p{L}\p{N}]+|.)?/u;
  const WORD_REACH = 24;
  const LONG_WORD_LETTERS = 7;
  const LEVELS = ["very_easy", "easy", "medium", "difficult", "very_difficult"];
  const LEVEL_LIMITS = [25, 35, 45, 55];

  const matchesWhole = (alternatives, text) => new RegExp(`^(?:${alternatives})$`, "u").test(text);

  const isEnd = (text, start, mark, rules) => {
    const word = NEXT_WORD.exec(text.slice(start + mark.length))[1];
    if (!word) return true;
    const first = String.fromCodePoint(word.codePointAt(0));
    if (/\p{Lowercase}/u.test(first)) return false;
    if (!mark.startsWith(".")) return true;
    const before = LAST_WORD.exec(text.slice(Math.max(0, start - WORD_REACH), start));
    const abbreviation = before ? before[0].toLowerCase() : "";
    if (matchesWhole(rules.leading, abbreviation)) return false;
    const isNumber = /^\p{Nd}+$/u.test(abbreviation);
    if (/\p{Nd}/u.test(first)) return !(isNumber || matchesWhole(rules.trailing, abbreviation));
    return !(isNumber && matchesWhole(rules.months, word.toLowerCase()));
  };

  const findSentenceEnds = (text, rules) =>
    [...text.matchAll(TERMINAL)].filter((mark) => isEnd(text, mark.index, mark[0], rules)).map((mark) => mark.index + mark[0].length);

  /** Measure a list of paragraphs: {lix, level, words, sentences, long_words}, or null when no sentence has an end. */
  const measure = (blocks, rules) => {
    let words = 0;
    let sentences = 0;
    let longWords = 0;
    let isMeasurable = false;
    for (const block of blocks) {
      const text = block.normalize("NFC").replace(INVISIBLE, "").replace(BLANKS, " ").replace(/^ +| +$/g, "");
      let start = 0;
      const ends = findSentenceEnds(text, rules);
      for (const end of [...ends, text.length]) {
        const found = text.slice(start, end).split(" ").filter((word) => /[\p{L}\p{N}]/u.test(word));
        words += found.length;
        longWords += found.filter((word) => (word.match(/\p{L}/gu) || []).length >= LONG_WORD_LETTERS).length;
        sentences += found.length ? 1 : 0;
        isMeasurable ||= found.length > 0 && ends.length > 0;
        start = end;
      }
    }
    if (!isMeasurable) return null;
    const lix = Math.floor(words / sentences + (100 * longWords) / words + 0.5);
    const level = LEVELS[LEVEL_LIMITS.filter((limit) => lix >= limit).length];
    return { lix, level, words, sentences, long_words: longWords };
  };

  return { measure };
})();
