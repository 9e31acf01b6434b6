//! Compares texts with `...`, which matches any text in a line, or any lines if it is a line of its own.

const ANY: &str = "...";

/// The largest number of pairs of lines that are compared. Longer texts lose their `...`.
const MAX_PAIRS: usize = 4_000_000;

/// Whether text is as expected. White space at the end of a line and empty lines at the end don't count.
pub(super) fn matches(expected: &str, actual: &str) -> bool {
    let (expected, actual) = (lines(expected), lines(actual));
    let (mut e, mut a) = (0, 0);
    // After the last line of `...`: the next expected line, and the next actual line if `...` matches one
    // line more.
    let mut again: Option<(usize, usize)> = None;
    while a < actual.len() {
        match expected.get(e) {
            Some(line) if is_any(line) => {
                e += 1;
                again = Some((e, a + 1));
            }
            Some(line) if line_matches(line, actual[a]) => {
                e += 1;
                a += 1;
            }
            _ => {
                let Some((after, next)) = again else {
                    return false;
                };
                (e, a) = (after, next);
                again = Some((after, next + 1));
            }
        }
    }
    expected[e..].iter().all(|line| is_any(line))
}

/// Returns the actual text, in which expected lines with `...` stand for the lines that they match.
pub(super) fn with_wildcards(expected: &str, actual: &str) -> String {
    let (expected, actual) = (lines(expected), lines(actual));
    let has_any = expected.iter().any(|line| line.contains(ANY));
    let pairs = match has_any && expected.len() * actual.len() <= MAX_PAIRS {
        true => pairs(&expected, &actual),
        false => Vec::new(),
    };
    let mut text = String::new();
    let mut add = |lines: &[&str]| {
        for line in lines {
            text.push_str(line);
            text.push('\n');
        }
    };
    let (mut e, mut a) = (0, 0);
    let end = (expected.len(), actual.len());
    for (next_e, next_a) in pairs.into_iter().chain([end]) {
        let between = &expected[e..next_e];
        // If nothing else is expected here, `...` stands for all lines.
        match between.first() {
            Some(any) if has_any && between.iter().all(|line| is_any(line)) => add(&[any]),
            _ => add(&actual[a..next_a]),
        }
        if next_e < expected.len() {
            add(&[expected[next_e]]);
        }
        (e, a) = (next_e + 1, next_a + 1);
    }
    text
}

/// Returns the longest sequence of expected lines that match actual lines in the same order, as pairs of their
/// numbers.
fn pairs(expected: &[&str], actual: &[&str]) -> Vec<(usize, usize)> {
    let is_pair = |e: usize, a: usize| !is_any(expected[e]) && line_matches(expected[e], actual[a]);
    let width = actual.len() + 1;
    // The length of the sequence from each pair of lines to the end.
    let mut lengths = vec![0_u32; (expected.len() + 1) * width];
    for e in (0..expected.len()).rev() {
        for a in (0..actual.len()).rev() {
            let without = lengths[(e + 1) * width + a].max(lengths[e * width + a + 1]);
            lengths[e * width + a] = match is_pair(e, a) {
                true => without.max(lengths[(e + 1) * width + a + 1] + 1),
                false => without,
            };
        }
    }
    let (mut e, mut a) = (0, 0);
    let mut found = Vec::new();
    while e < expected.len() && a < actual.len() {
        let length = lengths[e * width + a];
        if is_pair(e, a) && length == lengths[(e + 1) * width + a + 1] + 1 {
            found.push((e, a));
            (e, a) = (e + 1, a + 1);
        } else if length == lengths[e * width + a + 1] {
            a += 1;
        } else {
            e += 1;
        }
    }
    found
}

/// Returns the lines without white space at their ends, and without empty lines at the end.
pub(super) fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

pub(super) fn is_any(line: &str) -> bool {
    line.trim_start() == ANY
}

pub(super) fn line_matches(expected: &str, actual: &str) -> bool {
    let Some((first, rest)) = expected.split_once(ANY) else {
        return expected == actual;
    };
    let Some(mut left) = actual.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once(ANY).unwrap_or(("", rest));
    for piece in middle.split(ANY) {
        let Some(at) = left.find(piece) else {
            return false;
        };
        left = &left[at + piece.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{matches, with_wildcards};

    proptest! {
        /// An example that is updated is as expected afterwards.
        #[test]
        fn what_is_written_matches(
            expected in "((a|b|\\.\\.\\.|a \\.\\.\\.|\\.\\.\\.b| )\n){0,8}",
            actual in "((a|b|ab|a b| )\n){0,8}",
        ) {
            let text = with_wildcards(&expected, &actual);
            prop_assert!(matches(&text, &actual), "{text:?}");
        }
    }

    #[test]
    fn dots_match_any_text_and_any_lines() {
        for (expected, actual) in [
            ("", ""),
            ("a", "a\n"),
            ("a  \nb\n\n", "a\nb \n"),
            ("...", ""),
            ("...", "a\nb"),
            ("a\n...\nd", "a\nb\nc\nd"),
            ("a\n...\nb", "a\nb"),
            ("...\nb\nc", "b\nb\nc"),
            ("...\na\n...\nc", "x\na\nb\na\nc"),
            ("a ... c", "a b c"),
            ("a...c...e", "a b c d c e"),
            ("a...", "a"),
            ("...a", "cda"),
            ("wait...", "wait..."),
            ("  ...", "a"),
        ] {
            assert!(matches(expected, actual), "{expected:?} {actual:?}");
        }
        for (expected, actual) in [
            ("", "a"),
            ("a", ""),
            ("a", " a"),
            ("a\n...", "b"),
            ("a\n...\nd", "a\nb\nc"),
            ("...\nb\nc", "b\nc\nb"),
            ("a ... c", "a c"),
            ("a...ab", "ab"),
            ("a...b...c", "acb"),
        ] {
            assert!(!matches(expected, actual), "{expected:?} {actual:?}");
        }
    }

    #[test]
    fn lines_with_dots_are_kept() {
        for (expected, actual, new) in [
            (
                "took ... s\n...\nold",
                "new\ntook 3 s\n",
                "new\ntook ... s\n",
            ),
            ("a\n...\nb\nold", "a\n1\n2\nb\nnew", "a\n...\nb\nnew\n"),
            ("a\n...\nb\nold", "a\nb\nnew", "a\n...\nb\nnew\n"),
            ("...\nb\nold", "1\nb\nnew", "...\nb\nnew\n"),
            ("old\nb\n...", "new\nb\n1\n2", "new\nb\n...\n"),
            // Which lines `...` stood for isn't known.
            ("a\n...\nold\nb", "a\n1\n2\nb", "a\n1\n2\nb\n"),
            ("old", "new", "new\n"),
            ("", "new", "new\n"),
            ("...", "", "...\n"),
            ("x ... y\nx ... y", "x 1 y\nz", "x ... y\nz\n"),
        ] {
            assert_eq!(
                with_wildcards(expected, actual),
                new,
                "{expected:?} {actual:?}"
            );
        }
        // What is kept matches what was printed.
        let text = with_wildcards("a\n...\nb ... c\n...\nold", "x\na\n1\nb 2 c\n3\n4");
        assert!(matches(&text, "x\na\n1\nb 2 c\n3\n4"), "{text}");
    }

    /// The time is at most quadratic, however many `...` there are.
    #[test]
    fn many_dots_take_no_exponential_time() {
        let expected = "...\na\n".repeat(300) + "b";
        let actual = "a\n".repeat(3000);
        assert!(!matches(&expected, &actual));
        assert!(!matches(&("...a".repeat(300) + "b"), &"a".repeat(3000)));
    }
}
