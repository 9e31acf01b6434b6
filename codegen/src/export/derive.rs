//! Rust code with clap's derive macros. The structs and enums have the names of those that clapspec generates, so
//! that handlers need few changes.

mod arg;
mod handlers;
mod rules;
mod sets;
mod values;
mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use self::words::{
    attribute, id, is_kebab_case, kind_of, list, one_line, root_name, set_field, struct_name,
    subcommand_field,
};
use super::Export;
use super::losses::{ANY, Has, Losses};
use crate::backend::{rust_literal as literal, rust_name as spelled};
use crate::description::Description;
use crate::ir::rust_names as names;
use crate::ir::{Arg, Command, Program, Version};
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
        "required-unless",
        "required-unless-all",
        "required-when",
        "required-when-all",
        "overrides",
        "exclusive",
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
    types: &[ANY],
};

/// Exports a program.
pub(super) fn export(program: &Program, description: &Description) -> Export {
    let mut writer = Writer {
        program,
        enums: enums(program),
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
    let code = writer.code + &values::helpers(&writer.helpers, writer.enums.contains("PathBuf"));
    let text = head(program, &writer.enums, &code) + &code;
    Export {
        text,
        losses: writer.losses.list(),
    }
}

/// The head of the file.
fn head(program: &Program, enums: &BTreeSet<String>, code: &str) -> String {
    let mut traits = vec!["Parser"];
    for (name, sign) in [
        ("Args", "(Args,"),
        ("Subcommand", "(Subcommand,"),
        ("ValueEnum", "ValueEnum,"),
    ] {
        if code.contains(sign) && !enums.contains(name) {
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
        let mut uses = ["<@>", ": @,", ": @)"].into_iter();
        if !enums.contains(name) && uses.any(|it| code.contains(&it.replace('@', name))) {
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
    /// The names of the enums of choices, which may be those of types that are usually imported.
    enums: BTreeSet<String>,
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

    /// The name of the enum of a command group's subcommands, which a choice may have.
    fn subcommands_name(&self, command: &Command) -> String {
        let name = names::subcommands_enum(command);
        match self.enums.contains(&name) {
            true => format!("{name}OfGroup"),
            false => name,
        }
    }

    /// The type of the words of a subcommand that isn't defined. clap's derive macro needs its short name.
    fn word(&self) -> &'static str {
        match self.enums.contains("OsString") {
            true => "String",
            false => "OsString",
        }
    }

    fn has_version(&self) -> bool {
        !matches!(self.program.version, Version::None)
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
        if !runs_alone(command) {
            attributes.push("subcommand_required = true".to_owned());
            attributes.push("arg_required_else_help = true".to_owned());
        }
        if is_group && command.runnable {
            if command.args().any(|arg| !arg.is_option()) {
                let fact =
                    "arguments of a command group together with a subcommand are not rejected";
                self.losses.add(fact, &title);
            }
            attributes.push("subcommand_negates_reqs = true".to_owned());
        }
        attributes.extend(without_letters(command, is_root && self.has_version()));
        attributes.extend(rules::between_sets(command));
        if is_group && command.args().any(Arg::is_accepted_after_name) {
            let fact = "the same option before and after the name of a subcommand, and rules between both sides";
            self.losses.add(fact, &title);
        }
        let fields = self.fields(command);
        self.item(&doc, derive, &attributes, name, &fields);
        if has_subcommands(command) {
            self.subcommands(command);
        }
        self.enums(&command.own);
    }

    /// Returns the fields of a command's struct: its own arguments, its sets, and its subcommands.
    fn fields(&mut self, command: &'a Command) -> String {
        let mut fields = String::new();
        let is_group = command.is_group();
        for (set, args) in command.args_of().filter(|(set, _)| set.name.is_none()) {
            let is_own = Arc::ptr_eq(set, &command.own);
            // The others are only in the struct of the parent.
            for arg in args
                .into_iter()
                .filter(|arg| is_own || arg.is_accepted_after_name())
            {
                let place = arg::Place {
                    command: Some(command),
                    set,
                    is_global: is_group && arg.is_accepted_after_name(),
                };
                fields += &self.field(place, arg);
            }
        }
        for set in command.all_sets() {
            let Some(set_name) = &set.name else { continue };
            let is_known = command.defined_sets().any(|own| Arc::ptr_eq(own, set));
            if is_known || set.args.iter().all(Arg::is_accepted_after_name) {
                let (field, kind) = (set_field(command, set_name), names::set_struct(set_name));
                let doc = format!("    /// The options of the set `{}`.\n", **set_name);
                let _ = write!(
                    fields,
                    "{doc}    #[command(flatten)]\n    pub {field}: {kind},\n"
                );
            }
        }
        if has_subcommands(command) {
            let kind = self.subcommands_name(command);
            let kind = match runs_alone(command) {
                true => format!("Option<{kind}>"),
                false => kind,
            };
            let attributes = "    /// The subcommand.\n    #[command(subcommand)]\n";
            let field = subcommand_field(command);
            let _ = writeln!(fields, "{attributes}    pub {field}: {kind},");
        }
        fields
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
            let doc = "    /// A subcommand that is not defined here, with its arguments.\n";
            let word = self.word();
            let _ = writeln!(
                variants,
                "{doc}    #[command(external_subcommand)]\n    External(Vec<{word}>),"
            );
        }
        let name = self.subcommands_name(command);
        let _ = write!(
            self.code,
            "\n/// The subcommands of `{}`.\n#[derive(Subcommand, Clone, Debug)]\npub enum {name} {{\n{variants}}}\n",
            command.title()
        );
    }
}

/// The subcommands that are exported. Those that clapspec implements can't be.
fn exported(command: &Command) -> impl Iterator<Item = &Command> {
    let commands = command.commands.iter();
    commands.filter(|command| command.built_in.is_none())
}

/// Attributes of a command that uses `-h` or `-V` for an option of its own: `--help` and `--version` without them.
fn without_letters(command: &Command, has_version: bool) -> Vec<String> {
    let is_used = |letter: &str| {
        let mut names = command.accepted().flat_map(Arg::all_names);
        names.any(|name| *name == *letter)
    };
    let flag = |name: &str, action: &str, global: &str| {
        format!(
            "disable_{name}_flag = true, arg(clap::Arg::new({}).long({}).help({}).action(clap::ArgAction::{action}){global})",
            literal(name),
            literal(name),
            literal(&format!("Print {name}"))
        )
    };
    let global = if command.is_group() {
        ".global(true)"
    } else {
        ""
    };
    let help = is_used("-h").then(|| flag("help", "Help", global));
    let version = (has_version && is_used("-V")).then(|| flag("version", "Version", ""));
    help.into_iter().chain(version).collect()
}

/// The names of the enums of all choices.
fn enums(program: &Program) -> BTreeSet<String> {
    let commands = program.root.walk();
    let sets = commands
        .iter()
        .map(|command| &command.own)
        .chain(&program.sets);
    let named = sets.flat_map(|set| {
        let args = set.args.iter().filter(|arg| arg.choices().is_some());
        args.map(move |arg| names::choice_enum(set, arg))
    });
    named.collect()
}

/// Whether a subcommand may follow, which may be one that the spec doesn't define.
fn has_subcommands(command: &Command) -> bool {
    command.is_group() || command.external
}

/// Whether a command may be called without a subcommand.
fn runs_alone(command: &Command) -> bool {
    !command.is_group() || command.runnable || command.default_command.is_some()
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
