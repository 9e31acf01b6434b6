//! From the spec as written to the program as it is: files put together, sets applied, texts
//! parsed, options told apart by what they take.
//!
//! A mistake here is one that leaves no sensible fact behind, such as a default for a switch. It is
//! recorded and the fact dropped, so that [`check`](mod@crate::check) still sees everything else.

mod args;
mod files;
mod rules;

pub(crate) use files::{Files, read_files};

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostics, nearest};
use crate::ir::{self, ArgSet, Name, SeeAlso, Version};
use crate::source::{Sources, Span, Spanned};
use crate::spec::{self, Text};
use crate::text::{self, Blocks, Inlines};
use files::Tree;

struct Lower<'a> {
    sources: &'a Sources,
    problems: &'a mut Diagnostics,
    /// All sets, and whether a command uses them.
    sets: BTreeMap<String, (Rc<ArgSet>, bool)>,
}

/// What a command hands down to those below it.
#[derive(Clone, Default)]
struct Inherited {
    path: Vec<String>,
    sets: Vec<Rc<ArgSet>>,
    exit_codes: BTreeMap<String, (u8, Span, Inlines)>,
    environment: Vec<(Name, Inlines)>,
    files: Vec<(Name, Inlines)>,
}

/// Makes the program of what the files say.
pub(crate) fn lower(files: Files, sources: &Sources, problems: &mut Diagnostics) -> ir::Program {
    let mut lower = Lower {
        sources,
        problems,
        sets: BTreeMap::new(),
    };
    for (name, set) in files.sets {
        let set = lower.set(name.clone(), set);
        lower.sets.insert(name.value, (Rc::new(set), false));
    }
    let version = match files.program.version {
        None => Version::None,
        Some(text) if *text == "cargo" => Version::Cargo,
        Some(text) => Version::Text(lower.line(text)),
    };
    let date = files.program.date.and_then(|date| lower.date(date));
    lower.refuse_program_keys(&files.root);
    let root = lower.command(files.root, &Inherited::default());
    let (used, unused): (Vec<_>, Vec<_>) = lower.sets.into_values().partition(|(_, used)| *used);
    let sets = |list: Vec<(Rc<ArgSet>, bool)>| list.into_iter().map(|(set, _)| set).collect();
    ir::Program {
        root,
        version,
        date,
        sets: sets(used),
        unused_sets: sets(unused),
    }
}

impl Lower<'_> {
    /// Refuses keys of commands that mean nothing for the program itself.
    fn refuse_program_keys(&mut self, root: &Tree) {
        if let Some(alias) = root.command.aliases.0.first() {
            self.problems
                .error(
                    Code::AliasOfProgram,
                    alias.span,
                    "a program has no `aliases`",
                )
                .help("its file may be linked by another name; the spec can't do that");
        }
        if let Some(hidden) = root.command.hidden.filter(|hidden| hidden.value) {
            self.problems
                .error(
                    Code::HiddenProgram,
                    hidden.span,
                    "a program is not `hidden`",
                )
                .help("hide commands or options of it");
        }
    }

    fn command(&mut self, tree: Tree, above: &Inherited) -> ir::Command {
        let Tree {
            name,
            command,
            implicit,
            children,
        } = tree;
        let mut path = above.path.clone();
        path.push(name.value.clone());
        let about = match command.about {
            Some(about) => self.inlines(&about),
            None if implicit => vec![
                text::Inline::Text("The commands of ".into()),
                text::Inline::Code(name.value.clone()),
            ],
            None => {
                self.problems
                    .error(
                        Code::MissingAbout,
                        name.span,
                        format!("`{}` has no `about`", path.join(" ")),
                    )
                    .help("say in one line what it does: `about: …`");
                Inlines::new()
            }
        };
        self.allow(command.allow);
        let sets = self.used_sets(command.uses.0, &above.sets);
        let own = self.own_args(command.arguments, command.options, &path);
        let mut down = Inherited {
            path,
            ..above.clone()
        };
        for (name, help) in command.environment.0 {
            down.environment.retain(|(known, _)| **known != *name);
            down.environment.push((name, self.inlines(&help)));
        }
        for (name, help) in command.files.0 {
            down.files.retain(|(known, _)| **known != *name);
            down.files.push((name, self.inlines(&help)));
        }
        let exit_codes = self.exit_codes(command.exit_codes, &mut down);
        let mut lowered = ir::Command {
            path: down.path.clone(),
            span: name.span,
            about,
            description: self.blocks(command.description),
            aliases: command.aliases.0,
            hidden: command.hidden.is_some_and(|hidden| hidden.value),
            own: Rc::new(own),
            sets,
            inherited: above.sets.clone(),
            extra_requires: Vec::new(),
            implied_conflicts: Vec::new(),
            exit_codes,
            environment: down.environment.clone(),
            files: down.files.clone(),
            examples: self.examples(command.examples),
            see_also: command.see_also.0.into_iter().map(see_also).collect(),
            commands: Vec::new(),
        };
        lowered.extra_requires = rules::extra_requires(&lowered);
        lowered.implied_conflicts = rules::implied_conflicts(&lowered);
        down.sets = lowered.all_sets().cloned().collect();
        lowered.commands = children
            .into_iter()
            .map(|child| self.command(child, &down))
            .collect();
        lowered
    }

    fn allow(&mut self, allow: spec::Allow) {
        let Some(Spanned { value, span }) = allow.0 else {
            return;
        };
        for (code, reason) in value.0 {
            self.problems.allow(span, &code, &reason);
        }
    }

    fn used_sets(&mut self, uses: Vec<Text>, inherited: &[Rc<ArgSet>]) -> Vec<Rc<ArgSet>> {
        let mut sets: Vec<Rc<ArgSet>> = Vec::new();
        for name in uses {
            let Some((set, used)) = self.sets.get_mut(&*name) else {
                let known: Vec<&str> = self.sets.keys().map(String::as_str).collect();
                self.problems
                    .error(
                        Code::UnknownSet,
                        name.span,
                        format!("there is no set `{}`", *name),
                    )
                    .suggest_name(&name, name.span, known.iter().copied())
                    .help("a set is a file in `sets/`, or an entry below `sets:` of the program");
                // That what was meant is not used would follow from this.
                let near = nearest(&name, &known).map(str::to_owned);
                for meant in near
                    .iter()
                    .map(String::as_str)
                    .chain(name.split(',').map(str::trim))
                {
                    if let Some((_, used)) = self.sets.get_mut(meant) {
                        *used = true;
                    }
                }
                continue;
            };
            *used = true;
            if sets.iter().any(|known| Rc::ptr_eq(known, set)) {
                self.problems
                    .error(
                        Code::SetUsedTwice,
                        name.span,
                        format!("the set `{}` is used twice", *name),
                    )
                    .help("remove this one");
            } else if inherited.iter().any(|known| Rc::ptr_eq(known, set)) {
                self.problems
                    .error(
                        Code::SetUsedAbove,
                        name.span,
                        format!("the set `{}` is used by a command above", *name),
                    )
                    .help("remove it: what a command above takes, this one takes too");
            } else {
                sets.push(Rc::clone(set));
            }
        }
        sets
    }

    /// A command's exit codes with those from above, in the order of their numbers.
    fn exit_codes(
        &mut self,
        codes: spec::Map<spec::ExitCode>,
        down: &mut Inherited,
    ) -> Vec<ir::ExitCode> {
        for (name, written) in codes.0 {
            let help = self.required_help(written.help, &name, "the exit code");
            let before = down.exit_codes.get(&*name);
            let (code, span) = match (written.code, before) {
                (Some(code), Some((first, place, _))) if code.value != *first => {
                    self.problems
                        .error(
                            Code::ExitCodeTwoNumbers,
                            code.span,
                            format!("`{}` has two numbers", *name),
                        )
                        .label(format!("here it is {}", code.value))
                        .related(*place, format!("here it is {first}"))
                        .help("give this one another name, or the same number");
                    (code.value, code.span)
                }
                (Some(code), _) => (code.value, code.span),
                (None, Some((first, place, _))) => (*first, *place),
                (None, None) => {
                    self.problems
                        .error(
                            Code::ExitCodeWithoutNumber,
                            name.span,
                            format!("the exit code `{}` has no number", *name),
                        )
                        .help("say which: `code: 3`");
                    continue;
                }
            };
            down.exit_codes
                .insert(name.value.clone(), (code, span, help));
        }
        let mut list: Vec<ir::ExitCode> = down
            .exit_codes
            .iter()
            .map(|(name, (code, span, help))| ir::ExitCode {
                name: Name::new(name.clone(), *span),
                code: Spanned::new(*code, *span),
                help: help.clone(),
            })
            .collect();
        list.sort_by_key(|exit| exit.code.value);
        list
    }

    fn examples(&mut self, examples: Vec<Spanned<spec::Example>>) -> Vec<ir::Example> {
        let mut list = Vec::new();
        for Spanned { value, span } in examples {
            match (value.about, value.run) {
                (Some(about), Some(run)) => list.push(ir::Example {
                    about: self.inlines(&about),
                    run: Name::new(self.line(run.clone()), run.span),
                }),
                (Some(text), None) => {
                    self.problems
                        .error(
                            Code::IncompleteExample,
                            text.span,
                            "this example has no command line",
                        )
                        .help("add it: `run: …`");
                }
                (None, Some(run)) => {
                    self.problems
                        .error(
                            Code::IncompleteExample,
                            run.span,
                            "this example does not say what it does",
                        )
                        .help("add it: `about: …`");
                }
                (None, None) => {
                    self.problems
                        .error(Code::IncompleteExample, span, "this example is empty")
                        .help("write `about: …` and `run: …`");
                }
            }
        }
        list
    }

    fn inlines(&mut self, text: &Text) -> Inlines {
        text::inlines(text, self.sources, self.problems)
    }

    fn blocks(&mut self, text: Option<Text>) -> Blocks {
        text.map_or_else(Blocks::new, |text| {
            text::blocks(&text, self.sources, self.problems)
        })
    }

    /// A text that must be one line and is not Markdown.
    fn line(&mut self, text: Text) -> String {
        let line = text.trim();
        if line.is_empty() || line.contains('\n') {
            self.problems
                .error(
                    Code::NotOneLine,
                    text.span,
                    "this must be one line that is not empty",
                )
                .help("longer texts belong into `description:`");
        }
        line.replace('\n', " ")
    }

    fn required_help(&mut self, help: Option<Text>, name: &Name, what: &str) -> Inlines {
        match help {
            Some(help) => self.inlines(&help),
            None => {
                self.problems
                    .error(
                        Code::MissingHelp,
                        name.span,
                        format!("{what} `{}` has no `help`", **name),
                    )
                    .help("say in one line what it is for: `help: …`");
                Inlines::new()
            }
        }
    }

    fn date(&mut self, date: Text) -> Option<String> {
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
                format!("`{}` is not a date", *date),
            )
            .help("write year, month and day: `date: 2026-11-20`");
        None
    }
}

/// The days of a month; none of a month that there is not.
fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

fn see_also(text: Text) -> SeeAlso {
    if text::is_url(&text) {
        return SeeAlso::Url(text.value);
    }
    let page = text.strip_suffix(')').and_then(|rest| rest.split_once('('));
    match page {
        Some((name, section)) if !name.is_empty() && is_section(section) => {
            SeeAlso::Page(name.to_owned(), section.to_owned())
        }
        _ => SeeAlso::Command(text),
    }
}

/// A section of the manual: a digit, then perhaps letters (`1`, `3p`).
fn is_section(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}
