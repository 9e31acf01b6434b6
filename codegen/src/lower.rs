//! Lowers the spec as written to the program: it merges files, applies sets, parses texts, and
//! determines what each option takes.
//!
//! The errors found here are about keys that have no meaning in the program, such as the default of a
//! switch. Such a key is reported and dropped, so that [`check`](mod@crate::check) can check the rest.

mod args;
mod built_in;
mod completions;
mod config;
mod contract;
mod documents;
mod files;
mod groups;
mod inherit;
mod kinds;
mod links;
mod names;
mod output;
mod rules;
mod takes;
mod topics;
mod values;

pub(crate) use files::{Files, read_files};

use std::collections::BTreeMap;
use std::sync::Arc;

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
    sets: BTreeMap<String, (Arc<ArgSet>, bool)>,
    /// The size of all commands so far, including what they inherit.
    taken: usize,
    /// The prefix of environment variables.
    env_prefix: Option<String>,
    /// Whether settings may be in a project's file.
    has_project_file: bool,
    /// Whether shells complete the program's command lines.
    has_completions: bool,
}

/// What the subcommands of a command inherit.
#[derive(Clone, Default)]
struct Inherited {
    path: Vec<String>,
    built_in: Option<&'static str>,
    sets: Vec<Arc<ArgSet>>,
    exit_codes: BTreeMap<String, ir::ExitCode>,
    /// The path of the command that defines the exit codes.
    exits: Vec<String>,
    environment: Vec<(Name, Inlines)>,
    files: Vec<(Name, Inlines)>,
}

/// Builds the program from the files of a spec.
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
        env_prefix: None,
        has_project_file: files
            .program
            .config_files
            .as_ref()
            .is_some_and(|files| files.value.project.is_some()),
        has_completions: is_true(files.program.completions),
    };
    lower.env_prefix = files.program.env_prefix.map(|prefix| lower.prefix(prefix));
    for (name, set) in files.sets {
        let set = lower.set(name.clone(), set);
        lower.sets.insert(name.value, (Arc::new(set), false));
    }
    let version = match files.program.version {
        None => Version::None,
        Some(text) if *text == "cargo" => Version::Cargo,
        Some(text) => Version::Text(lower.line(text)),
    };
    let date = files.program.date.and_then(|date| lower.date(date));
    let authors = files.program.authors.0.into_iter();
    let authors = authors.map(|author| lower.line(author)).collect();
    let site = lower.site(files.program.html, files.style);
    lower.refuse_program_keys(&files.root);
    let topics = lower.topics(files.topics);
    let mut tree = files.root;
    let config_files = lower.config_files(files.program.config_files, &mut tree);
    lower.completions_command(files.program.completions, &mut tree);
    let mut root = lower.command(tree, &config::inherited(config_files.as_ref()));
    lower.link(&mut root);
    let completions = lower.has_completions;
    #[cfg(not(feature = "describe"))]
    lower.refuse_describe(files.program.describe);
    let shared = files.shared;
    let is_own = |set: &ArgSet| {
        set.name
            .as_ref()
            .is_none_or(|name| !shared.contains(name.as_str()))
    };
    let (used, unused): (Vec<_>, Vec<_>) = lower.sets.into_values().partition(|(_, used)| *used);
    let unused = unused.into_iter().filter(|(set, _)| is_own(set)).collect();
    let sets = |list: Vec<(Arc<ArgSet>, bool)>| list.into_iter().map(|(set, _)| set).collect();
    ir::Program {
        provenance,
        root,
        version,
        date,
        authors,
        override_self: files.program.args_override_self,
        next_line_help: files.program.next_line_help,
        man_of_all: files
            .program
            .man
            .single_page
            .filter(|all| all.value)
            .map(|all| all.span),
        markdown: files.program.markdown,
        site,
        completions,
        #[cfg(feature = "describe")]
        describes_itself: args::is_true(files.program.describe),
        config_files,
        topics,
        sets: sets(used),
        unused_sets: sets(unused),
    }
}

impl Lower<'_> {
    /// Reports keys of commands that the program itself can't have.
    fn refuse_program_keys(&mut self, root: &Tree) {
        let command = &root.command;
        let mut aliases = command.aliases.0.iter().chain(&command.hidden_aliases.0);
        if let Some(alias) = aliases.next() {
            self.problems
                .error(
                    Code::AliasOfProgram,
                    alias.span,
                    "a program can't have `aliases`",
                )
                .help("remove the key; to give the program another name, link its executable");
        }
        if let Some(hidden) = root.command.hidden.filter(|hidden| hidden.value) {
            self.problems
                .error(
                    Code::HiddenProgram,
                    hidden.span,
                    "a program can't be `hidden`",
                )
                .help("hide its subcommands or options instead");
        }
    }

    /// Checks the prefix of environment variables, and removes a `_` at its end.
    fn prefix(&mut self, prefix: Text) -> String {
        let bare = prefix.trim_end_matches('_');
        let letters = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if !bare.starts_with(|c: char| c.is_ascii_uppercase()) || !bare.chars().all(letters) {
            let usual = bare.to_uppercase();
            let usual = usual.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            self.problems
                .error(
                    Code::NotAVariable,
                    prefix.span,
                    format!(
                        "`{}` is not a valid beginning for environment variables",
                        *prefix
                    ),
                )
                .help("use capital letters, digits and `_`, and begin with a letter: `MY_TOOL`");
            // A valid prefix, so that variables cause no further errors.
            return format!("X{}", usual.trim_matches('_'));
        }
        bare.to_owned()
    }

    fn command(&mut self, tree: Tree, above: &Inherited) -> ir::Command {
        let Tree {
            name,
            command,
            implicit,
            built_in,
            children,
        } = tree;
        let built_in = built_in.or(above.built_in);
        let mut path = above.path.clone();
        path.push(name.value.clone());
        let about = self.about(command.about, &name, implicit, &path);
        self.allow(command.allow);
        let (inherited, described) = self.inherited(command.inherit, &above.sets, &path);
        let sets = self.used_sets(command.uses.0, &inherited);
        let outer: Vec<_> = sets.iter().chain(&inherited).cloned().collect();
        let (arguments, options) = (command.arguments, command.options);
        let own = self.own_args(arguments, options, command.groups, &path, &outer);
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
            extra: command.extra.0,
            description: self.sections_of(command.description),
            aliases: command.aliases.0,
            hidden_aliases: command.hidden_aliases.0,
            hidden: is_true(command.hidden),
            deprecated: command
                .deprecated
                .map(|keys| Box::new(self.deprecated(*keys))),
            since: command.since.map(|since| self.line(since)),
            effect: command.effect.map(|effect| effect.value),
            idempotent: is_true(command.idempotent),
            network: command.network.map(|network| network.value),
            also: command.also.0,
            links: Vec::new(),
            question: command.confirm.map(|text| self.question(text)),
            own: Arc::new(own),
            sets,
            inherited,
            described,
            extra_requires: Vec::new(),
            extra_conflicts: Vec::new(),
            implied_conflicts: Vec::new(),
            rules: ir::rules::Rules::default(),
            needs: command.requires.0,
            output: command.output.map(|output| self.output(*output)),
            exit_codes,
            exits: down.exits.clone(),
            environment: down.environment.clone(),
            files: down.files.clone(),
            examples: self.examples(command.examples),
            notes: self.sections_of(command.notes),
            bugs: self.sections_of(command.bugs),
            history: self.sections_of(command.history),
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

    /// Returns the line that describes a command. A command group without a file of its own gets a
    /// standard text.
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
            .help("describe in one line what it does: `about: …`");
        Spanned::new(Inlines::new(), name.span)
    }

    fn used_sets(&mut self, uses: Vec<Text>, inherited: &[Arc<ArgSet>]) -> Vec<Arc<ArgSet>> {
        let mut sets: Vec<Arc<ArgSet>> = Vec::new();
        for name in uses {
            let Some((set, used)) = self.sets.get_mut(&*name) else {
                let known: Vec<&str> = self.sets.keys().map(String::as_str).collect();
                self.problems
                    .error(
                        Code::UnknownSet,
                        name.span,
                        format!("unknown set `{}`", *name),
                    )
                    .suggest_name(&name, name.span, known.iter().copied())
                    .help(
                        "define sets as files in `sets/`, or under `sets:` in the program's file",
                    );
                // The set that was meant must not be reported as unused.
                let near = nearest(&name, &known).map(str::to_owned);
                let written = name.split(',').map(str::trim);
                if near.is_none() && !written.clone().any(|name| self.sets.contains_key(name)) {
                    // It may have been any of them.
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
            if sets.iter().any(|known| Arc::ptr_eq(known, set)) {
                self.problems
                    .error(
                        Code::SetUsedTwice,
                        name.span,
                        format!("the set `{}` is used twice", *name),
                    )
                    .help("remove this one");
            } else if inherited.iter().any(|known| known.is_the_set(&name)) {
                self.problems
                    .error(
                        Code::SetUsedAbove,
                        name.span,
                        format!("the set `{}` is already used by a parent command", *name),
                    )
                    .help("remove it: subcommands inherit the sets of their parents");
            } else {
                sets.push(Arc::clone(set));
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

    /// Parses text about a command, which may be divided by headings.
    fn sections_of(&mut self, text: Option<Text>) -> Blocks {
        text.map_or_else(Blocks::new, |text| {
            text::comment::check(&text, self.sources, self.problems);
            text::sections(&text, self.sources, self.problems)
        })
    }

    /// Checks a string that must be a single line and is not Markdown.
    fn line(&mut self, text: Text) -> String {
        text::comment::check(&text, self.sources, self.problems);
        let line = text.trim();
        if line.is_empty() || line.contains('\n') {
            self.problems
                .error(
                    Code::NotOneLine,
                    text.span,
                    "expected a single line that is not empty",
                )
                .help("move a longer text to `description:`");
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
                    .help("describe in one line what it is for: `help: …`");
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

/// Whether a string is a section of the manual: a digit, and perhaps letters (`1`, `3p`).
fn is_section(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}
