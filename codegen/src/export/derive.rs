//! Rust code with clap's derive macros. The structs and enums have the names of those that clapspec generates, so
//! that handlers need few changes.

mod arg;
mod values;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use super::Export;
use super::losses::{Has, Losses};
use crate::backend::{rust_literal as literal, rust_name as spelled};
use crate::description::Description;
use crate::ir::rust_names as names;
use crate::ir::{Arg, ArgSet, Command, Program, Version};
use crate::text::{blocks_to_plain, to_plain};

/// What clap's derive code has.
const HAS: Has = Has {
    program: &[
        "format",
        "name",
        "command",
        "version",
        "version-of-crate",
        "args-override-self",
    ],
    command: &[
        "name",
        "about",
        "description",
        "runs",
        "aliases",
        "hidden-aliases",
        "hidden",
        "arguments",
        "options",
        "inherited",
        "groups",
        "commands",
        "default-command",
        "external-commands",
        "examples",
    ],
    arg: &[
        "key",
        "help",
        "takes",
        "names",
        "hidden-names",
        "opposite",
        "value",
        "max",
        "description",
        "required",
        "set",
        "default",
        "default-when",
        "env",
        "hidden",
        "hidden-in-short-help",
        "heading",
        "conflicts",
        "requires",
        "requires-any",
        "required-unless",
        "required-unless-all",
        "required-when",
        "required-when-all",
        "overrides",
        "exclusive",
        "placement",
    ],
    value: &[
        "type",
        "names",
        "min",
        "max",
        "choices",
        "ignore-case",
        "repeated",
        "values",
        "delimiter",
        "bare",
        "equals",
        "hyphen-values",
        "exists",
        "terminator",
        "last",
        "trailing",
        "complete",
    ],
    choice: &["name", "help", "aliases", "hidden"],
};

/// Exports a program.
pub(super) fn export(program: &Program, description: &Description) -> Export {
    let mut writer = Writer {
        program,
        losses: Losses::of(description, &HAS),
        helpers: BTreeSet::new(),
        code: String::new(),
    };
    writer.root();
    for command in exported(&program.root) {
        writer.commands(command);
    }
    for set in &program.sets {
        writer.set(set);
    }
    writer.handlers();
    let mut text = head(program, &writer.code);
    text += &writer.code;
    text += &values::helpers(&writer.helpers);
    Export {
        text,
        losses: writer.losses.list(),
    }
}

/// The head of the file.
fn head(program: &Program, code: &str) -> String {
    let mut traits = vec!["Parser"];
    for (name, sign) in [
        ("Args", "(Args,"),
        ("Subcommand", "(Subcommand,"),
        ("ValueEnum", "ValueEnum,"),
    ] {
        if code.contains(sign) {
            traits.push(name);
        }
    }
    traits.sort_unstable();
    let features = match code.contains("env = ") {
        true => "the features `derive` and `env`",
        false => "the feature `derive`",
    };
    let mut standard = String::new();
    for (name, path) in [("OsString", "ffi"), ("PathBuf", "path")] {
        if code.contains(&format!("<{name}>")) || code.contains(&format!(": {name},")) {
            let _ = writeln!(standard, "use std::{path}::{name};");
        }
    }
    if !standard.is_empty() {
        standard.push('\n');
    }
    let names = match &traits[..] {
        [one] => (*one).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    };
    format!(
        "//! The command line of `{}`, exported from a spec. It needs only clap 4, with {features}.\n\n\
         {standard}use clap::{names};\n",
        program.root.name()
    )
}

struct Writer<'a> {
    program: &'a Program,
    losses: Losses,
    /// The functions that parse values for which clap has no parser.
    helpers: BTreeSet<&'static str>,
    code: String,
}

impl<'a> Writer<'a> {
    /// Writes the struct of the program.
    fn root(&mut self) {
        let root = &self.program.root;
        let mut attributes = vec![format!("name = {}", literal(root.name()))];
        match &self.program.version {
            Version::None => {}
            Version::Cargo => attributes.push("version".to_owned()),
            Version::Text(version) => attributes.push(format!("version = {}", literal(version))),
        }
        if self.program.override_self {
            attributes.push("args_override_self = true".to_owned());
        }
        if self.program.next_line_help {
            attributes.push("next_line_help = true".to_owned());
        }
        self.structure(root, "Parser", &root_name(root), attributes);
    }

    /// Writes the struct of a command, and those of its subcommands.
    fn commands(&mut self, command: &'a Command) {
        let name = struct_name(command);
        self.structure(command, "Args", &name, Vec::new());
        for below in exported(command) {
            self.commands(below);
        }
    }

    /// Writes the struct of a command, the enum of its subcommands, and the enums of its choices.
    fn structure(
        &mut self,
        command: &'a Command,
        derive: &str,
        name: &str,
        mut attributes: Vec<String>,
    ) {
        let title = command.title();
        let is_root = command.path.len() == 1;
        // The texts of a subcommand are those of its variant.
        let doc = match is_root {
            true => to_plain(&command.about),
            false => format!("The arguments of `{title}`."),
        };
        if is_root {
            attributes.extend(described(command));
        }
        attributes.extend(self.groups(&title, command.own.as_ref(), Some(command)));
        let is_group = command.is_group();
        if is_group && !command.runnable && command.default_command.is_none() {
            attributes.push("subcommand_required = true".to_owned());
            attributes.push("arg_required_else_help = true".to_owned());
        }
        if is_group && command.runnable {
            attributes.push("subcommand_negates_reqs = true".to_owned());
        }
        let mut fields = String::new();
        for (set, args) in command.args_of().filter(|(set, _)| set.name.is_none()) {
            let is_own = Arc::ptr_eq(set, &command.own);
            for arg in args {
                // The others are only in the struct of the parent.
                if is_own || arg.is_accepted_after_name() {
                    fields += &self.field(
                        arg::Place {
                            command: Some(command),
                            set,
                            is_global: is_group && arg.is_accepted_after_name(),
                        },
                        arg,
                    );
                }
            }
        }
        for set in command.all_sets().filter(|set| set.name.is_some()) {
            let set_name = set.name.as_ref().map_or("", |name| name.as_str());
            let is_known = command.defined_sets().any(|own| Arc::ptr_eq(own, set));
            if is_known || set.args.iter().all(Arg::is_accepted_after_name) {
                let field = spelled(&names::field(set_name));
                let kind = names::set_struct(set_name);
                let _ = write!(
                    fields,
                    "    /// The options of the set `{set_name}`.\n    #[command(flatten)]\n    pub {field}: {kind},\n"
                );
            }
        }
        attributes.extend(arg::rules_between_sets(command));
        if is_group && command.args().any(Arg::is_accepted_after_name) {
            let fact = "the same option before and after the name of a subcommand, and rules between both sides";
            self.losses.add(fact, &title);
        }
        if is_group {
            let (kind, optional) = (
                subcommands_name(command),
                command.runnable || command.default_command.is_some(),
            );
            let kind = if optional {
                format!("Option<{kind}>")
            } else {
                kind
            };
            let _ = write!(
                fields,
                "    /// The subcommand.\n    #[command(subcommand)]\n    pub command: {kind},\n"
            );
        }
        self.item(&doc, derive, &attributes, name, &fields);
        if is_group || command.external {
            self.subcommands(command);
        }
        self.enums(&command.own);
    }

    /// Writes a struct.
    fn item(&mut self, doc: &str, derive: &str, attributes: &[String], name: &str, fields: &str) {
        let code = &mut self.code;
        let _ = writeln!(
            code,
            "\n/// {}\n#[derive({derive}, Clone, Debug)]",
            one_line(doc)
        );
        *code += &attribute("command", attributes, "");
        let body = if fields.is_empty() {
            "{}\n".to_owned()
        } else {
            format!("{{\n{fields}}}\n")
        };
        let _ = write!(code, "pub struct {name} {body}");
    }

    /// Writes the enum of the subcommands of a command group.
    fn subcommands(&mut self, command: &'a Command) {
        let mut variants = String::new();
        for below in exported(command) {
            let variant = names::variant(below.name());
            let mut attributes = Vec::new();
            if !is_kebab_case(below.name(), &variant) {
                attributes.push(format!("name = {}", literal(below.name())));
            }
            attributes.extend(list("visible_aliases", &below.aliases));
            attributes.extend(list("aliases", &below.hidden_aliases));
            if below.hidden {
                attributes.push("hide = true".to_owned());
            }
            attributes.extend(described(below));
            let _ = writeln!(variants, "    /// {}", one_line(&to_plain(&below.about)));
            variants += &attribute("command", &attributes, "    ");
            let _ = writeln!(variants, "    {variant}({}),", struct_name(below));
        }
        if command.external {
            self.losses
                .add("the options before an unknown subcommand", &command.title());
            variants += "    /// A subcommand that is not defined here, with its arguments.\n    #[command(external_subcommand)]\n    External(Vec<OsString>),\n";
        }
        let name = subcommands_name(command);
        let _ = write!(
            self.code,
            "\n/// The subcommands of `{}`.\n#[derive(Subcommand, Clone, Debug)]\npub enum {name} {{\n{variants}}}\n",
            command.title()
        );
    }

    /// Writes the struct of a set.
    fn set(&mut self, set: &'a Arc<ArgSet>) {
        let Some(set_name) = &set.name else { return };
        let place = format!("the set {}", **set_name);
        if set.optional {
            self.losses.add("an optional set is always there", &place);
        }
        let is_global = self.program.root.walk().iter().any(|command| {
            command.is_group() && command.defined_sets().any(|own| Arc::ptr_eq(own, set))
        });
        let attributes = self.groups(&place, set, None);
        let mut fields = String::new();
        for arg in &set.args {
            fields += &self.field(
                arg::Place {
                    command: None,
                    set,
                    is_global: is_global && arg.is_accepted_after_name(),
                },
                arg,
            );
        }
        let doc = format!("The options of the set `{}`.", **set_name);
        self.item(
            &doc,
            "Args",
            &attributes,
            &names::set_struct(set_name),
            &fields,
        );
        self.enums(set);
    }

    /// The option groups of a set that need a rule of their own.
    fn groups(&mut self, place: &str, set: &ArgSet, command: Option<&Command>) -> Vec<String> {
        let mut attributes = Vec::new();
        for arg in set.args.iter().filter(|arg| arg.required) {
            if let Some(opposite) = arg.opposite() {
                let members =
                    [id(&arg.id), names::field(&opposite.name)].map(|name| literal(&name));
                attributes.push(format!(
                    "group(clap::ArgGroup::new({}).args([{}]).required(true).multiple(true))",
                    literal(&format!("either {}", *arg.id)),
                    members.join(", ")
                ));
            }
        }
        for group in &set.groups {
            if group.is_type {
                self.losses.add(
                    "the type of an option group: its members are fields",
                    &format!("{place} {}", *group.name),
                );
            }
            let is_known = |id: &str| {
                set.args.iter().any(|arg| *arg.id == *id)
                    || command.is_some_and(|it| it.args().any(|arg| *arg.id == *id))
            };
            if !group.is_required() {
                continue;
            }
            if !group.members.iter().all(|member| is_known(member)) {
                self.losses.add(
                    "a required option group with members of other sets",
                    &format!("{place} {}", *group.name),
                );
                continue;
            }
            let members: Vec<String> = group
                .members
                .iter()
                .map(|member| literal(&id(member)))
                .collect();
            attributes.push(format!(
                "group(clap::ArgGroup::new({}).args([{}]).required(true).multiple(true))",
                literal(&format!("group {}", *group.name)),
                members.join(", ")
            ));
        }
        attributes
    }

    /// Writes the trait of the handlers, and the calls.
    fn handlers(&mut self) {
        let root = &self.program.root;
        let commands: Vec<&Command> = root
            .walk()
            .into_iter()
            .filter(|command| command.has_struct())
            .collect();
        let mut methods = String::new();
        for command in commands {
            let about = one_line(&to_plain(&command.about));
            if command.runs() {
                let _ = write!(
                    methods,
                    "\n    /// `{}`: {about}\n    fn {}(&mut self, args: {}) -> Self::Output;\n",
                    command.title(),
                    spelled(&names::method(command)),
                    kind_of(command)
                );
            }
            if command.external {
                let _ = write!(
                    methods,
                    "\n    /// Another subcommand of `{}`.\n    fn {}(&mut self, words: Vec<OsString>) -> Self::Output;\n",
                    command.title(),
                    spelled(&names::external_method(command))
                );
            }
        }
        let _ = write!(
            self.code,
            "\n/// What the program does: a method for each command.\npub trait Handlers {{\n    /// What the handlers return.\n    type Output;\n{methods}}}\n"
        );
        self.handle(root);
    }

    /// Writes the function that calls the handler of a command or of one of its subcommands.
    fn handle(&mut self, command: &'a Command) {
        let below = command
            .commands
            .iter()
            .filter(|below| below.built_in.is_none());
        let below: Vec<&Command> = below.collect();
        let mut body = String::new();
        if command.is_group() || command.external {
            let optional = command.runnable || command.default_command.is_some();
            let some = |pattern: String| {
                if optional {
                    format!("Some({pattern})")
                } else {
                    pattern
                }
            };
            let enumeration = subcommands_name(command);
            body += "        match self.command {\n";
            for it in &below {
                let pattern = some(format!(
                    "{enumeration}::{}(args)",
                    names::variant(it.name())
                ));
                let _ = writeln!(body, "            {pattern} => args.handle(handlers),");
            }
            if command.external {
                let pattern = some(format!("{enumeration}::External(words)"));
                let _ = writeln!(
                    body,
                    "            {pattern} => handlers.{}(words),",
                    spelled(&names::external_method(command))
                );
            }
            match &command.default_command {
                Some(name) => {
                    let words: Vec<String> = command
                        .path
                        .iter()
                        .chain([&name.value])
                        .map(|word| literal(word))
                        .collect();
                    let root = root_name(&self.program.root);
                    let _ = writeln!(
                        body,
                        "            None => {root}::parse_from([{}]).handle(handlers),",
                        words.join(", ")
                    );
                    self.losses.add(
                        "options of the default command without its name",
                        &command.title(),
                    );
                }
                None if command.runnable => {
                    let _ = writeln!(
                        body,
                        "            None => handlers.{}(self),",
                        spelled(&names::method(command))
                    );
                }
                None => {}
            }
            body += "        }\n";
        } else {
            let _ = writeln!(
                body,
                "        handlers.{}(self)",
                spelled(&names::method(command))
            );
        }
        let name = kind_of(command);
        let _ = write!(
            self.code,
            "\nimpl {name} {{\n    /// Calls the handler of the command.\n    pub fn handle<H: Handlers>(self, handlers: &mut H) -> H::Output {{\n{body}    }}\n}}\n"
        );
        for it in below {
            self.handle(it);
        }
    }
}

/// The subcommands that are exported. Those that clapspec implements can't be.
fn exported(command: &Command) -> impl Iterator<Item = &Command> {
    let commands = command.commands.iter();
    commands.filter(|command| command.built_in.is_none())
}

/// The name of the struct of the program. Without subcommands, it is that of a handler's arguments.
fn root_name(root: &Command) -> String {
    match root.is_group() {
        true => "Cli".to_owned(),
        false => names::args_struct(root),
    }
}

fn kind_of(command: &Command) -> String {
    match command.path.len() {
        1 => root_name(command),
        _ => struct_name(command),
    }
}

/// The name of the struct of a command.
fn struct_name(command: &Command) -> String {
    names::args_struct(command)
}

/// The name of the enum of a command group's subcommands.
fn subcommands_name(command: &Command) -> String {
    names::subcommands_enum(command)
}

/// The texts of a command, where they differ from its doc comment.
fn described(command: &Command) -> Vec<String> {
    let about = to_plain(&command.about);
    let mut attributes = Vec::new();
    // A doc comment loses a period at its end, and its line breaks.
    if about.ends_with('.') || about != one_line(&about) {
        attributes.push(format!("about = {}", literal(&about)));
    }
    let description = blocks_to_plain(&command.description);
    if !description.is_empty() {
        attributes.push(format!(
            "long_about = {}",
            literal(&format!("{about}\n\n{description}"))
        ));
    }
    let examples = command.examples.iter();
    let examples: Vec<String> = examples
        .map(|it| {
            format!(
                "  {}\n    {}",
                to_plain(&it.about),
                it.run.replace('\n', "\n    ")
            )
        })
        .collect();
    if !examples.is_empty() {
        attributes.push(format!(
            "after_long_help = {}",
            literal(&format!("Examples:\n{}", examples.join("\n")))
        ));
    }
    attributes
}

/// An attribute in one line, or with a line for each of its parts.
fn attribute(name: &str, parts: &[String], indent: &str) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let line = format!("{indent}#[{name}({})]\n", parts.join(", "));
    match line.chars().count() > 101 {
        true => format!(
            "{indent}#[{name}(\n{}{indent})]\n",
            parts
                .iter()
                .map(|part| format!("{indent}    {part},\n"))
                .collect::<String>()
        ),
        false => line,
    }
}

/// Whether clap derives this name from a variant.
fn is_kebab_case(name: &str, variant: &str) -> bool {
    let words = names::pascal_words(variant);
    let is_plain = variant.chars().all(|c| c.is_ascii_alphabetic());
    is_plain && words.join("-").to_lowercase() == name
}

/// A list of names as a part of an attribute.
fn list<'n>(key: &str, names: impl IntoIterator<Item = &'n crate::ir::Name>) -> Option<String> {
    let names: Vec<String> = names.into_iter().map(|name| literal(name)).collect();
    (!names.is_empty()).then(|| format!("{key} = [{}]", names.join(", ")))
}

/// The name that clap's rules have for an argument: that of its field.
fn id(key: &str) -> String {
    names::field(key)
}

/// Text for a doc comment.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
