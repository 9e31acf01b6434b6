//! Line breaks in a paragraph.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The first character of the escape code of a style, which ends with `m`.
const ESCAPE: char = '\x1b';

/// Returns the width of a string without styles on a terminal, in columns.
pub(super) fn columns(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.width(),
    }
}

/// Adds this number of spaces.
pub(super) fn indent(out: &mut String, columns: usize) {
    const SPACES: &str = "                                                            ";
    let mut left = columns;
    while left > 0 {
        let now = left.min(SPACES.len());
        out.push_str(&SPACES[..now]);
        left -= now;
    }
}

/// Writes one paragraph with line breaks. Lines after the first are indented by `hang` spaces.
///
/// Spaces at a line break are dropped. A word that is wider than a whole line is not broken.
pub(super) struct Paragraph<'a> {
    out: &'a mut String,
    /// The column after the last word.
    column: usize,
    hang: usize,
    width: usize,
    /// Whether the current line already contains a word.
    begun: bool,
}

impl<'a> Paragraph<'a> {
    /// Begins a paragraph at the column at which the last line of `out` ends.
    pub(super) fn at(out: &'a mut String, column: usize, hang: usize, width: usize) -> Self {
        Self {
            out,
            column,
            hang,
            width,
            begun: false,
        }
    }

    /// Begins a paragraph that is indented to a column.
    pub(super) fn indented(out: &'a mut String, column: usize, width: usize) -> Self {
        indent(out, column);
        Self::at(out, column, column, width)
    }

    /// Adds words, separated from the previous ones by a space.
    pub(super) fn words(&mut self, text: &str) {
        let text = text.trim_matches(' ');
        if text.is_ascii() && !text.contains(ESCAPE) {
            return self.lines(text);
        }
        let mut gap = usize::from(self.begun);
        for (at, word) in text.split(' ').enumerate() {
            gap += usize::from(at > 0);
            if !word.is_empty() {
                self.word(word, gap);
                gap = 0;
            }
        }
    }

    /// Adds a string in which each byte takes one column. This is the fast path for almost all texts: it
    /// looks only for line breaks instead of measuring each word.
    fn lines(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let gap = usize::from(self.begun);
            let room = self.width.saturating_sub(self.column + gap);
            let end = match fitting(rest, room) {
                None if self.begun => {
                    self.new_line();
                    continue;
                }
                // The word is wider than a whole line.
                None => rest.find(' ').unwrap_or(rest.len()),
                Some(end) => end,
            };
            let (line, after) = rest.split_at(end);
            let line = line.trim_end_matches(' ');
            indent(self.out, gap);
            self.out.push_str(line);
            self.column += gap + line.len();
            self.begun = true;
            rest = after.trim_start_matches(' ');
            if !rest.is_empty() {
                self.new_line();
            }
        }
    }

    /// Ends the last line.
    pub(super) fn end(self) {
        self.out.push('\n');
    }

    /// Adds a word, which may be broken between two wide characters.
    fn word(&mut self, word: &str, mut gap: usize) {
        if word.is_ascii() {
            return self.piece(word, gap);
        }
        let mut start = 0;
        let mut before_is_wide = false;
        for (at, c) in word.char_indices() {
            let is_wide = c.width() == Some(2);
            if is_wide && before_is_wide && !is_modifier(c) {
                self.piece(&word[start..at], gap);
                start = at;
                gap = 0;
            }
            // A combining mark belongs to the character before it, so a break may follow it too.
            before_is_wide = is_wide || (before_is_wide && c.width() == Some(0) && !is_joiner(c));
        }
        self.piece(&word[start..], gap);
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        indent(self.out, self.hang);
        self.column = self.hang;
        self.begun = false;
    }

    /// Adds an unbreakable text, on the next line if it doesn't fit.
    fn piece(&mut self, text: &str, gap: usize) {
        let columns = visible(text);
        if self.begun && self.column + gap + columns > self.width {
            self.new_line();
        } else if self.begun {
            indent(self.out, gap);
            self.column += gap;
        }
        self.begun = true;
        self.out.push_str(text);
        self.column += columns;
    }
}

/// Returns the position at which to end a line with this much room, or `None` if no word fits.
fn fitting(text: &str, room: usize) -> Option<usize> {
    // The space after the last word may be outside the line.
    match text.as_bytes().get(..=room) {
        Some(bytes) => bytes.iter().rposition(|byte| *byte == b' '),
        None => Some(text.len()),
    }
}

/// Returns the width of a string that may contain escape codes of styles, in columns.
fn visible(text: &str) -> usize {
    let Some((before, styled)) = text.split_once(ESCAPE) else {
        return columns(text);
    };
    let rest = styled.split(ESCAPE);
    let rest = rest.map(|code| code.split_once('m').map_or(0, |(_, text)| columns(text)));
    columns(before) + rest.sum::<usize>()
}

/// Returns whether a character changes the color of the emoji before it.
fn is_modifier(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Returns whether a character joins its neighbors: the zero width joiner, the word joiner and its older
/// form.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthChar;

    use super::{Paragraph, columns};

    const WIDTHS: [usize; 7] = [1, 20, 40, 79, 80, 100, 500];

    fn wrapped(text: &str, hang: usize, width: usize) -> String {
        let mut out = String::new();
        Paragraph::at(&mut out, 0, hang, width).words(text);
        out
    }

    #[test]
    fn words_are_wrapped() {
        assert_eq!(wrapped("", 0, 5), "");
        assert_eq!(wrapped("foo", 0, 1), "foo");
        assert_eq!(wrapped("foo bar baz", 0, 1), "foo\nbar\nbaz");
        assert_eq!(wrapped("foo bar baz", 0, 7), "foo bar\nbaz");
        assert_eq!(wrapped("foo bar baz", 0, 6), "foo\nbar\nbaz");
        assert_eq!(wrapped("foo bar baz", 2, 7), "foo bar\n  baz");
        assert_eq!(wrapped("foo  bar   baz  ", 0, 8), "foo  bar\nbaz");
        assert_eq!(wrapped("a unbreakable b", 0, 4), "a\nunbreakable\nb");
        assert_eq!(wrapped("a\u{a0}b c", 0, 3), "a\u{a0}b\nc");
    }

    #[test]
    fn texts_follow_each_other() {
        let mut out = String::new();
        let mut paragraph = Paragraph::indented(&mut out, 2, 10);
        paragraph.words("One.");
        paragraph.words("Two three.");
        paragraph.end();
        assert_eq!(out, "  One. Two\n  three.\n");
    }

    /// The fast path for ASCII breaks lines at the same positions as the general path.
    #[test]
    fn the_fast_path_breaks_lines_at_the_same_positions() {
        let text = "To be,  or not to be,   that is the unbelievably-long-question.  a b c  ";
        for width in 0..90 {
            let mut out = String::new();
            let styled = format!("\x1b[0m{text}");
            Paragraph::at(&mut out, 3, 2, width).words(&styled);
            let mut quick = String::new();
            Paragraph::at(&mut quick, 3, 2, width).words(text);
            assert_eq!(quick, out.replace("\x1b[0m", ""), "at {width}");
        }
    }

    #[test]
    fn styles_take_no_columns() {
        let text = "\x1b[1m\x1b[4mfoo\x1b[0m b\x1b[1mar\x1b[0m baz";
        assert_eq!(
            wrapped(text, 0, 7),
            "\x1b[1m\x1b[4mfoo\x1b[0m b\x1b[1mar\x1b[0m\nbaz"
        );
    }

    #[test]
    fn wide_characters_may_be_separated() {
        assert_eq!(wrapped("漢字漢字", 0, 5), "漢字\n漢字");
        assert_eq!(wrapped("漢字漢字", 1, 5), "漢字\n 漢字");
        assert_eq!(wrapped("漢abc字字", 0, 7), "漢abc字\n字");
        // A combining mark stays with its character, and an emoji sequence is not broken.
        assert_eq!(
            wrapped("か\u{3099}か\u{3099}", 0, 2),
            "か\u{3099}\nか\u{3099}"
        );
        assert_eq!(wrapped("👍🏽👍🏽", 0, 2), "👍🏽\n👍🏽");
        assert_eq!(
            wrapped("👩\u{200d}🔬👩\u{200d}🔬", 0, 2),
            "👩\u{200d}🔬\n👩\u{200d}🔬"
        );
        assert_eq!(wrapped("漢\u{2060}字", 0, 2), "漢\u{2060}字");
    }

    #[test]
    fn combining_and_invisible_characters_take_no_columns() {
        assert_eq!(
            wrapped("e\u{301}e\u{301} e\u{301}", 0, 4),
            "e\u{301}e\u{301} e\u{301}"
        );
        assert_eq!(wrapped("a\u{200b}b cd", 0, 5), "a\u{200b}b cd");
    }

    /// No line is too wide, even in texts that mix all kinds of characters.
    #[test]
    fn no_line_is_too_wide() {
        let text = "Plain words 漢字かな交じり文を書く、 e\u{301}tude rødgrød 👩\u{200d}🔬👍🏽😂😭🥺 \
                    zero\u{200b}width और हिन्दी, ﷽ `--option=漢字` 한국어도 있다 😂😂😂😂😂😂😂😂😂😂😂";
        for width in WIDTHS {
            for hang in [0, 2] {
                let out = wrapped(text, hang, width);
                let words: String = out.split_whitespace().collect();
                assert_eq!(words, text.split_whitespace().collect::<String>());
                for line in out.lines() {
                    let content = line.trim_start();
                    assert_eq!(line, line.trim_end());
                    let wide = |c: char| c.width() == Some(2);
                    let chars: Vec<char> = content.chars().collect();
                    let breaks = content.contains(' ')
                        || chars
                            .windows(2)
                            .any(|two| wide(two[0]) && wide(two[1]) && two[1] != '🏽');
                    assert!(columns(line) <= width || !breaks, "{line:?} at {width}");
                }
            }
        }
    }
}
