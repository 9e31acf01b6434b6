//! The trait of the handlers, and the functions that call them.

use std::fmt::Write as _;

use super::{
    Writer, exported, has_subcommands, kind_of, literal, one_line, root_name, runs_alone, spelled,
    subcommand_field,
};
use crate::ir::Command;
use crate::ir::rust_names as names;
use crate::text::to_plain;

impl<'a> Writer<'a> {
    /// Writes the trait of the handlers, and the calls.
    pub(super) fn handlers(&mut self) {
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
                    "\n    /// Another subcommand of `{}`.\n    fn {}(&mut self, words: Vec<{}>) -> Self::Output;\n",
                    command.title(),
                    spelled(&names::external_method(command)),
                    self.word()
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
        let call = match has_subcommands(command) {
            true => self.choose(command),
            false => format!(
                "        handlers.{}(self)\n",
                spelled(&names::method(command))
            ),
        };
        let name = kind_of(command);
        let _ = write!(
            self.code,
            "\nimpl {name} {{\n    /// Calls the handler of the command.\n    \
             pub fn handle<H: Handlers>(self, handlers: &mut H) -> H::Output {{\n{call}    }}\n}}\n"
        );
        for below in exported(command) {
            self.handle(below);
        }
    }

    /// Returns the expression that calls the handler of the given subcommand.
    fn choose(&mut self, command: &'a Command) -> String {
        let kind = self.subcommands_name(command);
        let some = |variant: &str, binding: &str| {
            let pattern = format!("{kind}::{variant}({binding})");
            match runs_alone(command) {
                true => format!("Some({pattern})"),
                false => pattern,
            }
        };
        let mut arms: Vec<(String, String)> = exported(command)
            .map(|below| {
                (
                    some(&names::variant(below.name()), "args"),
                    "args.handle(handlers)".to_owned(),
                )
            })
            .collect();
        if command.external {
            let method = spelled(&names::external_method(command));
            arms.push((
                some("External", "words"),
                format!("handlers.{method}(words)"),
            ));
        }
        let none = match &command.default_command {
            Some(name) => {
                let fact = "without the name of the default command: its options and arguments, and those of the group";
                self.losses.add(fact, &command.title());
                let words = command.path.iter().chain([&name.value]);
                let words: Vec<String> = words.map(|word| literal(word)).collect();
                let root = root_name(&self.program.root);
                Some(format!(
                    "{root}::parse_from([{}]).handle(handlers)",
                    words.join(", ")
                ))
            }
            None if runs_alone(command) => Some(format!(
                "handlers.{}(self)",
                spelled(&names::method(command))
            )),
            None => None,
        };
        arms.extend(none.map(|call| ("None".to_owned(), call)));
        let arms = arms
            .iter()
            .map(|(pattern, call)| format!("            {pattern} => {call},\n"));
        format!(
            "        match self.{} {{\n{}        }}\n",
            subcommand_field(command),
            arms.collect::<String>()
        )
    }
}
