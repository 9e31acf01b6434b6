//! Names that differ in the spec but become the same Rust identifier.

use std::collections::HashMap;

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::output::{Output, Shape, types};
use crate::ir::{Arg, ArgSet, Group, Name, Program, rust_names};
use crate::source::Span;

/// Checks that no two types or methods have the same name in Rust.
pub(super) fn types_once(program: &Program, problems: &mut Diagnostics) {
    let mut seen = Names::default();
    let commands = program.root.walk();
    let with_struct = || commands.iter().filter(|command| command.has_struct());
    for command in with_struct() {
        let what = format!("the command `{}`", command.title());
        seen.add(
            rust_names::args_struct(command),
            what,
            command.span,
            problems,
        );
    }
    for set in all_sets(program) {
        if let Some(name) = &set.name {
            let what = format!("the set `{}`", **name);
            seen.add(rust_names::set_struct(name), what, name.span, problems);
        }
        for group in set.groups.iter() {
            let in_type = set
                .types()
                .any(|outer| group.members.iter().all(|id| outer.has(id)));
            if in_type {
                let what = format!("the option group `{}`", *group.name);
                let name = rust_names::group_type(&set, group);
                seen.add(name, what, group.name.span, problems);
            }
        }
        for arg in &set.args {
            if arg.choices().is_some() {
                let what = format!("the choices of `{}`", arg.written());
                seen.add(
                    rust_names::choice_enum(&set, arg),
                    what,
                    arg.id.span,
                    problems,
                );
            }
        }
    }
    for command in &commands {
        for kind in command
            .output
            .iter()
            .flat_map(|output| types::types(command, output))
        {
            seen.add(kind.name, kind.what, kind.span, problems);
        }
    }
    // Commands that can be run have a method each, command groups a function each.
    let mut methods = Names::default();
    for command in with_struct() {
        let what = format!("the command `{}`", command.title());
        // If two structs have the same name, that is reported already.
        let first = seen.is_first(&rust_names::args_struct(command), &what);
        if command.runs() && first {
            methods.add(rust_names::method(command), what, command.span, problems);
        }
        if command.external {
            let what = format!("the external subcommands of `{}`", command.title());
            let name = rust_names::external_method(command);
            methods.add(name, what, command.span, problems);
        }
    }
    let mut functions = Names::default();
    for command in commands.iter().filter(|command| command.is_group()) {
        let what = format!("the command `{}`", command.title());
        functions.add(rust_names::method(command), what, command.span, problems);
    }
}

/// Checks that no two fields of a struct and no two variants of an enum have the same name.
pub(super) fn members_once(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for arg in &set.args {
            if let Some(choices) = arg.choices() {
                let mut seen = Names::default();
                for choice in choices {
                    let name = &choice.name;
                    let what = format!("the choice `{}`", **name);
                    let rust = rust_names::choice_variant(choice);
                    seen.add(rust, what, name.span, problems);
                }
            }
        }
    }
    for command in program.root.walk() {
        let mut seen = Names::default();
        for (set, args) in command.args_of() {
            if let Some(name) = &set.name {
                let what = format!("the set `{}`", **name);
                seen.add(rust_names::field(name), what, name.span, problems);
                let all: Vec<&Arg> = set.args.iter().collect();
                fields(set, &all, &mut Names::default(), problems);
                continue;
            }
            fields(set, &args, &mut seen, problems);
        }
    }
}

/// Adds the fields of arguments and options. Those in a group with a type are variants instead.
fn fields(set: &ArgSet, args: &[&Arg], seen: &mut Names, problems: &mut Diagnostics) {
    let own = |arg: &&&Arg| set.type_of(&arg.id, args).is_none();
    for arg in args.iter().filter(own) {
        let name = rust_names::field(&arg.id);
        seen.add(name, format!("`{}`", *arg.id), arg.id.span, problems);
    }
    let is_type = |group: &&Group| {
        let mut groups = args.iter().filter_map(|arg| set.type_of(&arg.id, args));
        groups.any(|typed| typed.name == group.name)
    };
    for group in set.types().filter(is_type) {
        let what = format!("the option group `{}`", *group.name);
        let name = rust_names::field(&group.name);
        seen.add(name, what, group.name.span, problems);
    }
}

/// Checks that no two members of an option group become the same variant.
pub(super) fn group_members_once(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for group in set.types().flat_map(|outer| {
            let inner = |group: &&Group| group.members.iter().all(|id| outer.has(id));
            set.groups.iter().filter(inner).collect::<Vec<_>>()
        }) {
            let mut seen = Names::default();
            for part in &group.parts {
                let name = match group.kind.excludes() {
                    true => rust_names::member(part),
                    false => rust_names::field(part),
                };
                seen.add(name, format!("`{}`", **part), part.span, problems);
            }
        }
    }
}

/// Checks that no two members of an object in a result, and no two of its strings, have the same name.
pub(super) fn output_members_once(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    let outputs = commands
        .iter()
        .filter_map(|command| command.output.as_ref());
    for schema in outputs.flat_map(Output::schemas) {
        let mut seen = Names::default();
        let mut add = |what: &str, name: &Name, rust: String| {
            seen.add(
                rust,
                format!("the {what} `{}`", **name),
                name.span,
                problems,
            );
        };
        match &schema.shape {
            Shape::Words(words) => {
                for word in words {
                    add("string", word, rust_names::output_variant(word));
                }
            }
            Shape::OneOf(one_of) => {
                for alternative in &one_of.alternatives {
                    add("string", &alternative.word, types::variant(alternative));
                }
            }
            Shape::Object(object) => {
                for property in &object.properties {
                    add(
                        "member",
                        &property.name,
                        rust_names::output_field(&property.name),
                    );
                }
            }
            _ => {}
        }
    }
}

/// The Rust names used so far, and what uses each.
#[derive(Default)]
struct Names(HashMap<String, (String, Span)>);

impl Names {
    /// Whether nothing else has this name.
    fn is_first(&self, rust: &str, what: &str) -> bool {
        self.0.get(rust).is_none_or(|(owner, _)| owner == what)
    }

    /// Adds a name, and reports it if something else has it.
    fn add(&mut self, rust: String, what: String, span: Span, problems: &mut Diagnostics) {
        let taken = self
            .0
            .entry(rust.clone())
            .or_insert_with(|| (what.clone(), span));
        let (other, first) = (&taken.0, taken.1);
        // If the names are the same in the spec too, another rule reports that.
        if *other != what {
            problems
                .error(
                    Code::SameInRust,
                    span,
                    format!("{what} and {other} are both `{rust}` in Rust"),
                )
                .related(first, "the other name")
                .help(if what.starts_with('`') {
                    "rename one of them; `short` and `long` can still set what users type"
                } else if what.starts_with("the choice `") {
                    "give one of them another name in Rust: `rust: NAME`"
                } else {
                    "rename one of them"
                });
        }
    }
}
