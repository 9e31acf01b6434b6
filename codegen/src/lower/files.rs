//! Reads each file, and merges the commands of all files into one tree.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{self, Name};
use crate::parallel;
use crate::read::{Role, Spec};
use crate::source::{FileId, Span, Spanned};
use crate::spec;
use crate::yaml::{self, Others};

/// The contents of all files of a spec.
pub(crate) struct Files {
    pub(super) program: spec::Program,
    pub(super) root: Tree,
    /// The sets, in the order of their names.
    pub(super) sets: Vec<(Name, spec::Set)>,
    /// The names of the sets that other programs share, which don't have to be used.
    pub(super) shared: HashSet<String>,
    pub(super) topics: Vec<(Name, spec::Text)>,
    pub(super) style: Vec<ir::StyleFile>,
}

/// A command and its subcommands.
pub(super) struct Tree {
    pub(super) name: Name,
    pub(super) command: spec::Command,
    /// No file describes it. It exists only because it has subcommands.
    pub(super) implicit: bool,
    /// The function of the runtime that implements it, if it is not part of the spec.
    pub(super) built_in: Option<&'static str>,
    pub(super) children: Vec<Tree>,
}

impl Tree {
    pub(super) fn new(name: Name, mut command: spec::Command) -> Self {
        let children = std::mem::take(&mut command.commands.0);
        Self {
            name,
            command,
            implicit: false,
            built_in: None,
            children: children
                .into_iter()
                .map(|(name, command)| Self::new(name, command))
                .collect(),
        }
    }

    /// Inserts the command of a file at its path.
    fn insert(&mut self, path: &[String], file: Tree, problems: &mut Diagnostics) {
        let Some((first, rest)) = path.split_first() else {
            if !self.implicit {
                problems
                    .error(
                        Code::DescribedTwice,
                        file.name.span,
                        format!("`{}` is defined twice", *self.name),
                    )
                    .label("defined again in this file")
                    .related(self.name.span, "first defined here")
                    .help("remove one of the two");
                return;
            }
            self.command = file.command;
            self.implicit = false;
            self.name.span = file.name.span;
            for child in file.children {
                match self
                    .children
                    .iter()
                    .find(|known| *known.name == *child.name)
                {
                    Some(known) => {
                        let (first, again) = (known.name.span, child.name.span);
                        problems
                            .error(
                                Code::DescribedTwice,
                                again,
                                format!("`{}` is defined twice", *child.name),
                            )
                            .related(first, "also defined here")
                            .help("remove one of the two");
                    }
                    None => self.children.push(child),
                }
            }
            return;
        };
        let at = self.children.iter().position(|child| *child.name == *first);
        let at = at.unwrap_or_else(|| {
            self.children.push(Tree {
                name: Name::new(first.clone(), file.name.span),
                command: spec::Command::default(),
                implicit: true,
                built_in: None,
                children: Vec::new(),
            });
            self.children.len() - 1
        });
        self.children[at].insert(rest, file, problems);
    }
}

/// The number of files from which on they are read on several threads.
const MANY_FILES: usize = 50;

/// The contents of a file, as written.
enum Content {
    Program(Box<spec::Program>, Box<spec::Command>),
    Set(Box<spec::Set>),
    Command(Box<spec::Command>),
    Topic(spec::Text),
    Style(spec::Text),
}

/// Reads a file. Returns `None` if it is not YAML.
fn content(id: FileId, role: &Role, text: &str, problems: &mut Diagnostics) -> Option<Content> {
    if let Role::Topic(_) = role {
        return Some(Content::Topic(whole_text(id, text, problems)));
    }
    if let Role::Style(_) = role {
        let rest = text.trim_start_matches('\u{feff}');
        let span = Span::new(id, text.len() - rest.len()..text.len());
        return Some(Content::Style(Spanned::new(rest.to_owned(), span)));
    }
    let node = yaml::parse(id, text, problems)?;
    Some(match role {
        Role::Program => {
            // The mapping is read as two types, which share its keys.
            let of_command = Others {
                keys: yaml::fields::<spec::Command>(),
                report: false,
            };
            let of_program = Others {
                keys: yaml::fields::<spec::Program>(),
                report: true,
            };
            let head = yaml::read(&node, of_command, problems);
            let command = yaml::read(&node, of_program, problems);
            Content::Program(Box::new(head), Box::new(command))
        }
        Role::Set(_) | Role::SharedSet(_) => {
            Content::Set(Box::new(yaml::read(&node, Others::default(), problems)))
        }
        _ => Content::Command(Box::new(yaml::read(&node, Others::default(), problems))),
    })
}

/// Reads all files. Returns `None` if one of them is not YAML or if there is no program, because
/// too many other errors would follow.
pub(crate) fn read_files(spec: &Spec, problems: &mut Diagnostics) -> Option<Files> {
    let mut program = None;
    let mut sets: Vec<(Name, spec::Set)> = Vec::new();
    let mut shared = HashSet::new();
    let mut commands = Vec::new();
    let mut topics = Vec::new();
    let mut style = Vec::new();
    let mut whole = !problems.has_errors();
    let files: Vec<(FileId, &Role)> = spec.sources.ids().zip(&spec.roles).collect();
    let is_large = files.len() >= MANY_FILES;
    let contents = parallel::map(&files, is_large, |(id, role)| {
        let mut found = Diagnostics::default();
        let content = content(*id, role, &spec.sources.file(*id).text, &mut found);
        (content, found)
    });
    for ((id, role), (content, found)) in files.into_iter().zip(contents) {
        problems.append(found);
        match (content, role) {
            (None, _) => whole = false,
            (Some(Content::Program(head, command)), _) => program = Some((id, *head, *command)),
            (Some(Content::Topic(text)), Role::Topic(name)) => {
                topics.push((Name::new(name.clone(), beginning(id)), text));
            }
            (Some(Content::Style(text)), Role::Style(name)) => {
                let name = name.clone();
                style.push(ir::StyleFile { name, text });
            }
            (Some(Content::Set(set)), Role::Set(name) | Role::SharedSet(name)) => {
                let name = Name::new(name.clone(), beginning(id));
                if let Some((known, _)) = sets.iter().find(|(known, _)| **known == *name) {
                    described_twice("set", &name, known, problems);
                    continue;
                }
                if matches!(role, Role::SharedSet(_)) {
                    shared.insert(name.value.clone());
                }
                sets.push((name, *set));
            }
            (Some(Content::Command(command)), Role::Command(path)) => {
                commands.push((id, path, *command));
            }
            (Some(_), _) => {}
        }
    }
    let (id, mut head, command) = program?;
    if let Some(path) = head
        .sets_from
        .as_ref()
        .filter(|_| spec.shared_sets.is_none())
    {
        unread_sets(path, spec, problems);
    }
    let mut root = Tree::new(program_name(id, &mut head, problems), command);
    for (id, path, command) in commands {
        let name = path.last().cloned().unwrap_or_default();
        let file = Tree::new(Name::new(name, beginning(id)), command);
        root.insert(path, file, problems);
    }
    add("set", &mut sets, std::mem::take(&mut head.sets), problems);
    let described = std::mem::take(&mut head.topics);
    add("topic", &mut topics, described, problems);
    whole.then_some(Files {
        program: head,
        root,
        sets,
        shared,
        topics,
        style,
    })
}

/// Reports a key `sets-from` that was not found without the YAML parser.
fn unread_sets(path: &spec::Text, spec: &Spec, problems: &mut Diagnostics) {
    let text = &spec.sources.file(path.span.file).text;
    if crate::read::finds_sets_from(text) {
        return;
    }
    problems
        .error(
            Code::KeyDoesNotFit,
            path.span,
            "`sets-from` must be at the beginning of a line, with its value",
        )
        .help("write it as `sets-from: ../shared/sets`, without other YAML on the line");
}

fn program_name(id: FileId, head: &mut spec::Program, problems: &mut Diagnostics) -> Name {
    head.name.take().unwrap_or_else(|| {
        problems
            .error(
                Code::MissingName,
                beginning(id),
                "the program has no `name`",
            )
            .help("add the name that users type: `name: …`");
        Name::new("program".into(), beginning(id))
    })
}

/// Adds the sets or topics in the program's file to those in files of their own.
fn add<T>(
    what: &str,
    files: &mut Vec<(Name, T)>,
    described: spec::Map<T>,
    problems: &mut Diagnostics,
) {
    for (name, thing) in described.0 {
        match files.iter().find(|(known, _)| **known == *name) {
            Some((known, _)) => described_twice(what, &name, known, problems),
            None => files.push((name, thing)),
        }
    }
}

fn described_twice(what: &str, name: &Name, known: &Name, problems: &mut Diagnostics) {
    problems
        .error(
            Code::DescribedTwice,
            name.span,
            format!("the {what} `{}` is defined twice", **name),
        )
        .related(known.span, "also defined in this file")
        .help("remove one of the two");
}

/// Reads a file that is a single text.
fn whole_text(id: FileId, text: &str, problems: &mut Diagnostics) -> spec::Text {
    let span = Span::new(id, 0..text.len());
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    yaml::refuse_control_characters(&text, beginning(id), problems);
    Spanned::new(text, span)
}

/// Returns the span that stands for a whole file.
fn beginning(id: FileId) -> Span {
    Span::new(id, 0..0)
}
