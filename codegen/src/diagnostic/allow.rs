//! Warnings that a spec suppresses with `allow`.

use std::cmp::Reverse;

use super::{Code, Diagnostics, Severity, nearest};
use crate::source::{Span, Spanned};

/// A kind of warning that is allowed in an element.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    within: Span,
    code: Spanned<Code>,
    used: bool,
}

impl Diagnostics {
    /// Allows a warning in an element: a command, set, option or argument.
    pub(crate) fn allow(&mut self, within: Span, code: &Spanned<String>, reason: &Spanned<String>) {
        if reason.trim().is_empty() {
            self.error(
                Code::AllowWithoutReason,
                reason.span,
                format!("`{}` is allowed without a reason", **code),
            )
            .help("explain in a sentence why it is allowed");
        }
        match code.parse::<Code>() {
            Ok(known) if known.severity() == Severity::Warning => self.allowed.push(Allowed {
                within,
                code: Spanned::new(known, code.span),
                used: false,
            }),
            Ok(known) => {
                self.error(
                    Code::AllowOfError,
                    code.span,
                    format!("`{known}` is an error, but only warnings can be allowed"),
                )
                .help("fix the error, and remove this entry");
            }
            Err(_) => self.unknown_allowed(within, code),
        }
    }

    /// Reports an unknown warning. It counts as the one that it resembles, to avoid follow-up errors.
    fn unknown_allowed(&mut self, within: Span, code: &Spanned<String>) {
        let warnings = Code::ALL
            .iter()
            .filter(|code| code.severity() == Severity::Warning);
        let names: Vec<&str> = warnings.map(|code| code.name()).collect();
        self.error(
            Code::UnknownCode,
            code.span,
            format!("unknown warning `{}`", **code),
        )
        .suggest_name(code, code.span, names.iter().copied());
        if let Some(Ok(near)) = nearest(code, &names).map(str::parse) {
            self.allowed.push(Allowed {
                within,
                code: Spanned::new(near, code.span),
                used: false,
            });
        }
    }

    /// Removes allowed warnings, and warns of each `allow` that has no effect.
    pub(super) fn drop_allowed(&mut self) {
        // An outer element comes before its inner ones.
        self.allowed.sort_by_key(|allowed| {
            (
                *allowed.code,
                allowed.within.file,
                allowed.within.start,
                Reverse(allowed.within.end),
            )
        });
        let regions = Regions::new(&self.allowed);
        // An `allow` of `unused-allow` itself is checked last.
        for last in [false, true] {
            let allowed = &mut self.allowed;
            self.list.retain(|diagnostic| {
                let place = diagnostic
                    .span()
                    .filter(|_| diagnostic.severity() == Severity::Warning);
                let found =
                    place.and_then(|span| regions.innermost(allowed, diagnostic.code, span));
                found.map(|at| allowed[at].used = true).is_none()
            });
            // With errors, parts of the spec are left out that may need the `allow`.
            if self.has_errors() {
                return;
            }
            let unused = self.allowed.iter().filter(|allowed| !allowed.used);
            let unused: Vec<Spanned<Code>> = unused.map(|allowed| allowed.code).collect();
            for code in unused {
                if (*code == Code::UnusedAllow) == last {
                    let message = format!("`{}` is allowed, but doesn't occur here", *code);
                    self.warning(Code::UnusedAllow, code.span, message)
                        .help("remove this entry");
                }
            }
        }
    }
}

/// For each of the sorted elements, the innermost one around it that allows the same code.
struct Regions {
    outer: Vec<Option<usize>>,
}

impl Regions {
    fn new(allowed: &[Allowed]) -> Self {
        let mut outer: Vec<Option<usize>> = Vec::with_capacity(allowed.len());
        for (at, inner) in allowed.iter().enumerate() {
            let mut around = at.checked_sub(1);
            while let Some(candidate) = around {
                if allowed[candidate].covers(*inner.code, inner.within) {
                    break;
                }
                around = outer[candidate];
            }
            outer.push(around);
        }
        Self { outer }
    }

    /// Returns the innermost element around a span that allows the code.
    fn innermost(&self, allowed: &[Allowed], code: Code, place: Span) -> Option<usize> {
        let before = |allowed: &Allowed| {
            let start = allowed.within;
            (*allowed.code, start.file, start.start) <= (code, place.file, place.start)
        };
        let mut found = allowed.partition_point(before).checked_sub(1);
        while let Some(at) = found {
            if allowed[at].covers(code, place) {
                break;
            }
            found = self.outer[at];
        }
        found
    }
}

impl Allowed {
    fn covers(&self, code: Code, place: Span) -> bool {
        *self.code == code
            && self.within.file == place.file
            && self.within.start <= place.start
            && place.end <= self.within.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::source::{FileId, Sources};

    fn span(range: std::ops::Range<usize>) -> Span {
        Span::new(FileId(0), range)
    }

    /// Returns the ranges of the warnings that remain.
    fn left(allowed: &[(usize, usize)], warnings: &[usize]) -> Vec<(u32, u32)> {
        let mut sources = Sources::default();
        sources.add("spec.yaml".as_ref(), " ".repeat(100));
        let mut problems = Diagnostics::default();
        let text = |text: &str, at| Spanned::new(text.to_owned(), span(at..at + 1));
        for (start, end) in allowed {
            let code = text("unused-allow", *start);
            problems.allow(span(*start..*end), &code, &text("Because", 0));
        }
        for at in warnings {
            problems.warning(Code::UnusedAllow, span(*at..*at + 2), "made for this test");
        }
        let list = problems.finish(&sources);
        let spans = list.iter().filter_map(Diagnostic::span);
        spans.map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn only_warnings_inside_are_removed() {
        assert_eq!(left(&[(10, 20)], &[5, 12, 30]), [(5, 7), (30, 32)]);
        assert_eq!(left(&[(0, 100)], &[5, 12, 30]), []);
    }

    /// The inner one is used, so the outer one is not.
    #[test]
    fn the_innermost_counts() {
        assert_eq!(left(&[(0, 50), (10, 20)], &[12]), [(0, 1)]);
        assert_eq!(left(&[(0, 50), (10, 20), (30, 40)], &[25, 12, 33]), []);
    }

    #[test]
    fn an_unused_allow_is_a_warning() {
        assert_eq!(left(&[(10, 20)], &[]), [(10, 11)]);
    }
}
