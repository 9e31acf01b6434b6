//! The commands that clapspec adds to programs. `built_in.yaml` defines them.

use super::Lower;
use super::args::is_true;
use super::files::Tree;
use crate::diagnostic::Code;
use crate::ir::Name;
use crate::source::{FileId, Span, Spanned};
use crate::spec;
use crate::yaml::{self, Others};

impl Lower<'_> {
    /// Adds the command `completions` to the program.
    pub(super) fn completions_command(&mut self, key: Option<Spanned<bool>>, root: &mut Tree) {
        // Without subcommands, `completions` would be an argument.
        let Some(key) = key.filter(|_| is_true(key) && !root.children.is_empty()) else {
            return;
        };
        let command = self.built_in("completions", "completions", key.span, root);
        let name = Name::new("completions".to_owned(), key.span);
        root.children.extend(command.map(|command| {
            let mut tree = Tree::new(name, command);
            tree.built_in = Some("run_completions");
            tree
        }));
    }

    /// Reports that this build of clapspec can't add a description to the program.
    #[cfg(not(feature = "describe"))]
    pub(super) fn refuse_describe(&mut self, key: Option<Spanned<bool>>) {
        if let Some(key) = key.filter(|_| is_true(key)) {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    key.span,
                    "`describe` needs the feature `describe` of the crate `clapspec`",
                )
                .help("add it to `features` in Cargo.toml, or run `cargo add --build clapspec --features describe`");
        }
    }

    /// Reads a command that clapspec adds to the program because of a key. Returns `None` if the program
    /// can't have it.
    pub(super) fn built_in(
        &mut self,
        name: &str,
        key: &str,
        span: Span,
        root: &mut Tree,
    ) -> Option<spec::Command> {
        if let Some(own) = root.children.iter().find(|child| *child.name == name) {
            self.problems
                .error(
                    Code::ReservedName,
                    own.name.span,
                    format!("`{name}` is the name of a built-in command"),
                )
                .related(span, "because of this key")
                .help("rename this command, or remove the key");
            return None;
        }
        if let Some((argument, _)) = root.command.arguments.0.first() {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    span,
                    format!("`{key}` can't be used in a program that takes arguments"),
                )
                .label(format!("this key adds the command `{name}`"))
                .related(argument.span, "this argument would be read as a command")
                .help("move the argument to a command of its own");
            return None;
        }
        if root.children.is_empty() {
            root.command.runnable = Some(Spanned::new(true, span));
        }
        let text = &self.sources.file(FileId::BUILT_IN).text;
        let node = yaml::parse(FileId::BUILT_IN, text, self.problems)?;
        let all: spec::Command = yaml::read(&node, Others::default(), self.problems);
        let mut commands = all.commands.0.into_iter();
        let (_, command) = commands.find(|(known, _)| known.as_str() == name)?;
        Some(command)
    }
}

#[cfg(test)]
mod tests {
    use clapspec_runtime::complete::Shell;

    /// The command `completions` accepts the shells for which the runtime has scripts.
    #[test]
    fn shells_are_those_of_the_runtime() {
        let names = Shell::ALL.map(Shell::name).join(", ");
        let text = include_str!("built_in.yaml");
        assert!(text.contains(&format!("choices: [{names}]")), "{names}");
    }
}
