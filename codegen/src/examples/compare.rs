//! Compares texts with `...`, which matches any text in a line, or any lines if it is a line of its own.

const ANY: &str = "...";

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

/// Returns the actual text, in which each line that matches an expected line with `...` is that line.
pub(super) fn with_wildcards(expected: &str, actual: &str) -> String {
    let patterns: Vec<&str> = lines(expected)
        .into_iter()
        .filter(|line| line.contains(ANY) && !is_any(line))
        .collect();
    let mut text = String::new();
    for line in lines(actual) {
        let pattern = patterns.iter().find(|pattern| line_matches(pattern, line));
        text.push_str(pattern.unwrap_or(&line));
        text.push('\n');
    }
    text
}

/// Returns the lines without white space at their ends, and without empty lines at the end.
pub(super) fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

pub(super) fn is_any(line: &str) -> bool {
    line.trim_start() == ANY
}

fn line_matches(expected: &str, actual: &str) -> bool {
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
    use super::{matches, with_wildcards};

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
        assert_eq!(
            with_wildcards("took ... s\n...\nold", "new\ntook 3 s\n"),
            "new\ntook ... s\n"
        );
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
