//! Parts of the documentation: exit codes, examples, sections, deprecations and dates.

use std::collections::{BTreeSet, HashMap};

use super::{Inherited, Lower};
use crate::diagnostic::Code;
use crate::ir::{self, Name, exits};
use crate::source::{Span, Spanned};
use crate::spec::{self, Map, Text, TextOr};
use crate::text::{self, Inline, Inlines};

impl Lower<'_> {
    /// Returns a command's own and inherited exit codes, in the order of their numbers.
    pub(super) fn exit_codes(
        &mut self,
        codes: spec::Map<spec::ExitCode>,
        down: &mut Inherited,
    ) -> Vec<ir::ExitCode> {
        let mut own = BTreeSet::new();
        for (name, written) in codes.0 {
            let help = self.required_help(written.help, &name, "the exit code");
            let before = down.exit_codes.get(&*name);
            let before = before.map(|exit| exit.code);
            let code = match (written.code, before) {
                (Some(code), Some(first)) if code.value != first.value => {
                    self.problems
                        .error(
                            Code::ExitCodeTwoNumbers,
                            code.span,
                            format!("the exit code `{}` has two numbers", *name),
                        )
                        .label(format!("{} here", code.value))
                        .related(first.span, format!("{} here", first.value))
                        .help("use another name, or the same number");
                    code
                }
                (Some(code), _) => code,
                (None, Some(first)) => first,
                (None, None) => {
                    self.problems
                        .error(
                            Code::ExitCodeWithoutNumber,
                            name.span,
                            format!("the exit code `{}` has no number", *name),
                        )
                        .help("add one: `code: 3`");
                    // Otherwise the exit code would be reported as missing too.
                    let usual = match name.as_str() {
                        exits::SUCCESS => 0,
                        exits::FAILURE => 1,
                        _ => continue,
                    };
                    Spanned::new(usual, name.span)
                }
            };
            own.insert(name.value.clone());
            let exit = ir::ExitCode {
                name: name.clone(),
                code,
                help: help.value,
                text_span: help.span,
                own: false,
            };
            down.exit_codes.insert(name.value, exit);
        }
        let codes = down.exit_codes.values().cloned();
        let mut list: Vec<ir::ExitCode> = codes
            .map(|exit| ir::ExitCode {
                own: own.contains(&*exit.name),
                ..exit
            })
            .collect();
        // If two have the same number, the later one is reported.
        list.sort_by_key(|exit| (exit.code.value, exit.code.span));
        list
    }

    pub(super) fn examples(&mut self, examples: Vec<Spanned<spec::Example>>) -> Vec<ir::Example> {
        let mut list = Vec::new();
        for Spanned { mut value, span } in examples {
            let expected = self.expected(&mut value, span);
            match (value.about, value.run) {
                (Some(about), Some(run)) => list.push(ir::Example {
                    about: self.inlines(&about),
                    run: Name::new(self.line(run.clone()), run.span),
                    fails: value.fails,
                    expected,
                }),
                (Some(text), None) => {
                    self.problems
                        .error(
                            Code::IncompleteExample,
                            text.span,
                            "this example has no command line",
                        )
                        .help("add one: `run: …`");
                }
                (None, Some(run)) => {
                    self.problems
                        .warning(
                            Code::ExampleWithoutAbout,
                            run.span,
                            "this example has no `about`",
                        )
                        .help("describe in one line what it does: `about: …`");
                    list.push(ir::Example {
                        about: vec![Inline::Text("Example".to_owned())],
                        run: Name::new(self.line(run.clone()), run.span),
                        fails: value.fails,
                        expected,
                    });
                }
                (None, None) => {
                    self.problems
                        .error(Code::IncompleteExample, span, "this example is empty")
                        .help("add `about: …` and `run: …`");
                }
            }
        }
        list
    }

    /// Takes what an example must print, and its files.
    fn expected(&mut self, example: &mut spec::Example, span: Span) -> Option<ir::Expected> {
        let files = std::mem::take(&mut example.files).0;
        let files_after = std::mem::take(&mut example.files_after).0;
        let files_removed = std::mem::take(&mut example.files_removed).0;
        let mapped = files.first().or(files_after.first()).map(|(path, _)| path);
        let first = mapped.or(files_removed.first()).map(|path| path.span);
        let (output, picture) = (example.output.take(), example.picture.take());
        match first {
            _ if output.is_some() || picture.is_some() => Some(ir::Expected {
                output,
                files,
                files_after,
                files_removed,
                picture,
            }),
            Some(path) => {
                self.problems
                    .error(
                        Code::ExampleNotRun,
                        path,
                        "this example has files, but is never run",
                    )
                    .related(span, "it has no `output`")
                    .help("add what it prints: `output: …`; `output: \"\"` if it prints nothing");
                None
            }
            None => None,
        }
    }

    pub(super) fn sections(&mut self, sections: Map<TextOr<spec::Section>>) -> Vec<ir::Section> {
        let mut list = Vec::new();
        for (heading, written) in sections.0 {
            let section = match written {
                TextOr::Map(section) => section,
                TextOr::Plain(text) => spec::Section {
                    text: Some(text),
                    ..spec::Section::default()
                },
            };
            if section.text.is_none() {
                self.problems
                    .error(
                        Code::EmptyText,
                        heading.span,
                        format!("the section `{}` has no text", *heading),
                    )
                    .help("add it: `text: …`");
            }
            list.push(ir::Section {
                text: self.sections_of(section.text),
                after: section.after,
                heading: self.line(heading),
            });
        }
        list
    }

    pub(super) fn deprecated(&mut self, written: Spanned<spec::Deprecated>) -> ir::Deprecated {
        let Spanned { value, span } = written;
        if value.replacement.is_none() && value.reason.is_none() {
            self.problems
                .error(
                    Code::DeprecatedWithoutWayOut,
                    span,
                    "deprecated without saying what to use instead",
                )
                .help("add what to use instead, `replacement: …`, or an explanation, `reason: …`");
        }
        let reason = value.reason;
        ir::Deprecated {
            span,
            since: value.since.map(|since| self.line(since)),
            instead: value.replacement.as_ref().map(|name| name.value.clone()),
            replacement: value.replacement,
            reason: reason.map_or_else(Inlines::new, |reason| self.inlines(&reason)),
            removal: value.removal,
        }
    }

    /// Lowers the deprecation of a name, in place of which the option's current name is to be used.
    pub(super) fn renamed(
        &mut self,
        mut keys: Spanned<spec::Deprecated>,
        current: &str,
    ) -> ir::Deprecated {
        if keys.value.replacement.is_none() && keys.value.reason.is_none() {
            keys.value.replacement = Some(Name::new(current.to_owned(), keys.span));
        }
        self.deprecated(keys)
    }

    pub(super) fn site(
        &mut self,
        written: Option<spec::Html>,
        style: Vec<ir::StyleFile>,
    ) -> ir::Site {
        let is_usual = written.is_some();
        let written = written.unwrap_or_default();
        let source_url = written.source_url.filter(|url| {
            let rest = url.split_once("://").map_or("", |(_, rest)| rest);
            let is_path = !rest.starts_with('/') && !rest.contains(['?', '#']);
            let is_good = text::is_url(url) && url.starts_with("http") && is_path;
            if !is_good {
                self.problems
                    .error(
                        Code::NotAnAddress,
                        url.span,
                        format!("`{}` is not the URL of a directory", **url),
                    )
                    .help("use a full URL: `https://example.com/repository/blob/main/spec`");
            }
            is_good
        });
        ir::Site {
            is_usual,
            single_file: written.single_file,
            source_url: source_url.map(|url| url.value),
            places: HashMap::new(),
            style,
        }
    }

    pub(super) fn date(&mut self, date: Text) -> Option<String> {
        let parts: Vec<&str> = date.split('-').collect();
        let digits =
            |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if let [year, month, day] = parts[..] {
            let numbers = (year.parse(), month.parse(), day.parse());
            if let (true, (Ok(y), Ok(m), Ok(d))) = (
                digits(year, 4) && digits(month, 2) && digits(day, 2),
                numbers,
            ) {
                if (1..=days(y, m)).contains(&d) {
                    return Some(date.value);
                }
            }
        }
        self.problems
            .error(
                Code::NotADate,
                date.span,
                format!("`{}` is not a valid date", *date),
            )
            .help("write the year, month and day: `date: 2026-11-20`");
        None
    }
}

/// Returns the number of days in a month, or 0 if the month doesn't exist.
fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}
