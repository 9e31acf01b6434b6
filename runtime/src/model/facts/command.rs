//! The facts about a command, one sentence each.

use super::{listed, written};
use crate::model::{Called, Deprecated, Effect};

/// Returns the facts about the command itself, one sentence each.
pub fn command_facts(called: &Called) -> Vec<String> {
    let command = called.command();
    let mut facts = Vec::new();
    facts.extend(command.deprecated.as_ref().map(Deprecated::sentence));
    facts.extend(command.effect.map(|effect| effect.sentence().to_owned()));
    if command.idempotent {
        facts.push("Running it again has no further effect.".to_owned());
    }
    facts.extend(command.network.map(|network| match network {
        true => "This command uses the network.".to_owned(),
        false => "This command doesn't use the network.".to_owned(),
    }));
    let also: Vec<String> = command
        .also
        .iter()
        .map(|title| (*title).to_owned())
        .collect();
    if !also.is_empty() {
        facts.push(format!("May also be called as {}.", listed(&also, "or")));
    }
    facts.extend(
        command
            .since
            .map(|release| format!("New in release {release}.")),
    );
    if let Some(name) = command.default_command {
        let title = command.title();
        facts.push(format!("Without a subcommand, `{title} {name}` is run."));
    }
    if command.external {
        facts.push(
            "Subcommands that are not listed here are passed to the program, which looks them up itself."
                .to_owned(),
        );
    }
    let needed = written(called, command.needs.iter().copied());
    if !needed.is_empty() {
        facts.push(format!("Requires {}.", listed(&needed, "and")));
    }
    facts
}

impl Effect {
    /// Returns the effect as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Read => "This command changes nothing.",
            Self::Write => "This command makes changes.",
            Self::Destructive => "This command can't be undone.",
        }
    }

    /// Returns the effect of an option, for `-h` and as a sentence.
    pub(super) fn of_option(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("changes nothing", "With it, the command changes nothing."),
            Self::Write => ("makes changes", "With it, the command makes changes."),
            Self::Destructive => ("can't be undone", "With it, the command can't be undone."),
        }
    }
}

impl Deprecated {
    /// Returns the deprecation as a sentence.
    pub fn sentence(&self) -> String {
        let removal = self
            .removal
            .map(|release| format!(". Scheduled for removal in release {release}"));
        format!("Deprecated{}{}.", self.way_out, removal.unwrap_or_default())
    }
}
