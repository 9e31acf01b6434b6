//! From the spec as written to the program as it is: files put together, sets applied, texts
//! parsed, options told apart by what they take.
//!
//! An error here is one that leaves no sensible fact behind, such as a default for a switch. It is
//! recorded and the fact dropped, so that [`check`](mod@crate::check) still sees everything else.

mod args;
mod config;
mod contract;
mod documents;
mod files;
mod groups;
mod kinds;
mod output;
mod rules;
mod takes;
mod topics;
mod values;

pub(crate) use files::{Files, read_files};

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostics, nearest};
use crate::ir::{self, ArgSet, Name, SeeAlso, Version};
use crate::source::{Sources, Spanned};
use crate::spec::{Allow, Text};
use crate::text::{self, Blocks, Inlines};
use args::is_true;
use files::Tree;

struct Lower<'a> {
    sources: &'a Sources,
    problems: &'a mut Diagnostics,
    /// All sets, and whether a command uses them.
    sets: BTreeMap<String, (Rc<ArgSet>, bool)>,
    /// How much all commands take so far, with what is handed down to them.
    taken: usize,
    /// Settings may be in files of projects.
    has_project_file: bool,
}

/// What a command hands down to those below it.
#[derive(Clone, Default)]
struct Inherited {
    path: Vec<String>,
    built_in: bool,
    sets: Vec<Rc<ArgSet>>,
    exit_codes: BTreeMap<String, ir::ExitCode>,
    /// The command that says with which of them to end.
    exits: Vec<String>,
    environment: Vec<(Name, Inlines)>,
    files: Vec<(Name, Inlines)>,
}

/// Makes the program of what the files say.
pub(crate) fn lower(
    files: Files,
    sources: &Sources,
    provenance: ir::Provenance,
    problems: &mut Diagnostics,
) -> ir::Program {
    let mut lower = Lower {
        sources,
        problems,
        sets: BTreeMap::new(),
        taken: 0,
        has_project_file: files
            .program
            .config_files
            .as_ref()
            .is_some_and(|files| files.value.project.is_some()),
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
    let authors = files.program.authors.0.into_iter();
    let authors = authors.map(|author| lower.line(author)).collect();
    lower.refuse_program_keys(&files.root);
    let topics = lower.topics(files.topics);
    let mut tree = files.root;
    let config_files = lower.config_files(files.program.config_files, &mut tree);
    let root = lower.command(tree, &config::inherited(config_files.as_ref()));
    let (used, unused): (Vec<_>, Vec<_>) = lower.sets.into_values().partition(|(_, used)| *used);
    let sets = |list: Vec<(Rc<ArgSet>, bool)>| list.into_iter().map(|(set, _)| set).collect();
    ir::Program {
        provenance,
        root,
        version,
        date,
        authors,
        override_self: files.program.args_override_self,
        next_line_help: files.program.next_line_help,
        config_files,
        topics,
        sets: sets(used),
        unused_sets: sets(unused),
    }
}

impl Lower<'_> {
    /// Refuses keys of commands that mean nothing for the program itself.
    fn refuse_program_keys(&mut self, root: &Tree) {
        let command = &root.command;
        let mut aliases = command.aliases.0.iter().chain(&command.hidden_aliases.0);
        if let Some(alias) = aliases.next() {
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
            built_in,
            children,
        } = tree;
        let built_in = built_in || above.built_in;
        let mut path = above.path.clone();
        path.push(name.value.clone());
        let about = self.about(command.about, &name, implicit, &path);
        self.allow(command.allow);
        let sets = self.used_sets(command.uses.0, &above.sets);
        let own = self.own_args(command.arguments, command.options, command.groups, &path);
        let mut down = Inherited {
            path,
            built_in,
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
        if !command.exit_codes.0.is_empty() {
            down.exits.clone_from(&down.path);
        }
        let exit_codes = self.exit_codes(command.exit_codes, &mut down);
        let mut lowered = ir::Command {
            path: down.path.clone(),
            span: name.span,
            built_in,
            about,
            description: self.blocks(command.description),
            aliases: command.aliases.0,
            hidden_aliases: command.hidden_aliases.0,
            hidden: is_true(command.hidden),
            deprecated: command.deprecated.map(|keys| self.deprecated(keys)),
            since: command.since.map(|since| self.line(since)),
            effect: command.effect.map(|effect| effect.value),
            question: command.confirm.map(|text| self.question(text)),
            own: Rc::new(own),
            sets,
            inherited: above.sets.clone(),
            extra_requires: Vec::new(),
            extra_conflicts: Vec::new(),
            implied_conflicts: Vec::new(),
            rules: ir::rules::Rules::default(),
            needs: command.requires.0,
            output: command.output.map(|output| self.output(output)),
            exit_codes,
            exits: down.exits.clone(),
            environment: down.environment.clone(),
            files: down.files.clone(),
            examples: self.examples(command.examples),
            notes: self.blocks(command.notes),
            bugs: self.blocks(command.bugs),
            history: self.blocks(command.history),
            sections: self.sections(command.sections),
            see_also: command.see_also.0.into_iter().map(see_also).collect(),
            commands: Vec::new(),
            headings: command
                .headings
                .0
                .into_iter()
                .map(|(heading, commands)| (heading, commands.0))
                .collect(),
            runnable: is_true(command.runnable),
            default_command: command.default_command,
            external: is_true(command.external),
        };
        self.settle(&mut lowered);
        down.sets = lowered.all_sets().cloned().collect();
        if self.takes_too_much(&lowered) {
            return lowered;
        }
        lowered.commands = children
            .into_iter()
            .map(|child| self.command(child, &down))
            .collect();
        lowered
    }

    fn allow(&mut self, allow: Allow) {
        let Some(allowed) = allow.0 else { return };
        for (code, reason) in &allowed.0 {
            self.problems.allow(allowed.span, code, reason);
        }
    }

    /// The line that says what a command does. One that is there only because others lie below it
    /// says so.
    fn about(
        &mut self,
        about: Option<Text>,
        name: &Name,
        implicit: bool,
        path: &[String],
    ) -> Spanned<Inlines> {
        if let Some(about) = about {
            return Spanned::new(self.inlines(&about), about.span);
        }
        if implicit {
            let text = text::Inline::Text("The commands of ".into());
            let code = text::Inline::Code(name.value.clone());
            return Spanned::new(vec![text, code], name.span);
        }
        self.problems
            .error(
                Code::MissingAbout,
                name.span,
                format!("`{}` has no `about`", path.join(" ")),
            )
            .help("say in one line what it does: `about: …`");
        Spanned::new(Inlines::new(), name.span)
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
                let written = name.split(',').map(str::trim);
                if near.is_none() && !written.clone().any(|name| self.sets.contains_key(name)) {
                    // Any of them.
                    self.sets.values_mut().for_each(|(_, used)| *used = true);
                }
                for meant in near.iter().map(String::as_str).chain(written) {
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

    fn inlines(&mut self, text: &Text) -> Inlines {
        text::comment::check(text, self.sources, self.problems);
        text::inlines(text, self.sources, self.problems)
    }

    fn blocks(&mut self, text: Option<Text>) -> Blocks {
        text.map_or_else(Blocks::new, |text| {
            text::comment::check(&text, self.sources, self.problems);
            text::blocks(&text, self.sources, self.problems)
        })
    }

    /// A text that must be one line and is not Markdown.
    fn line(&mut self, text: Text) -> String {
        text::comment::check(&text, self.sources, self.problems);
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

    fn required_help(&mut self, help: Option<Text>, name: &Name, what: &str) -> Spanned<Inlines> {
        match help {
            Some(help) => Spanned::new(self.inlines(&help), help.span),
            None => {
                self.problems
                    .error(
                        Code::MissingHelp,
                        name.span,
                        format!("{what} `{}` has no `help`", **name),
                    )
                    .help("say in one line what it is for: `help: …`");
                Spanned::new(Inlines::new(), name.span)
            }
        }
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
