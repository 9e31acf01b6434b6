//! The value of an argument, and its conversion to the runtime's model.

use clapspec_runtime::model;

use super::{Complete, Condition, Kind, Name};
use crate::text::Inlines;
use crate::text::kept::{keep, plain};

/// The value of an argument.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// The placeholders that help shows; several if each occurrence takes several values.
    pub(crate) names: Vec<String>,
    pub(crate) kind: Kind,
    /// Whether an option may be repeated, or an argument takes several values.
    pub(crate) repeated: bool,
    /// How many values an option may have in total, if it is given.
    pub(crate) times: Option<Bounds>,
    /// How many values an argument takes in total, or an option in each occurrence.
    pub(crate) bounds: Option<Bounds>,
    /// The character that separates several values in one string.
    pub(crate) delimiter: Option<char>,
    pub(crate) default: Vec<Name>,
    pub(crate) default_when: Vec<DefaultWhen>,
    /// The value if the option is given without one.
    pub(crate) bare: Option<Name>,
    /// Whether the value must follow an equals sign.
    pub(crate) equals: bool,
    pub(crate) hyphen_values: bool,
    /// The string that ends the list of values.
    pub(crate) terminator: Option<String>,
    /// What a shell completes, if it doesn't follow from the kind.
    pub(crate) complete: Option<Complete>,
    /// Known values where others are accepted too, with their descriptions.
    pub(crate) suggestions: Vec<(Name, Inlines)>,
}

/// How many values there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
}

/// A default that depends on another option.
#[derive(Clone, Debug)]
pub(crate) struct DefaultWhen {
    pub(crate) when: Condition,
    pub(crate) value: Name,
}

/// One of the accepted values.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) name: Name,
    /// The name of its variant in Rust, if the spec gives it.
    pub(crate) rust: Option<Name>,
    pub(crate) help: Inlines,
    pub(crate) aliases: Vec<Name>,
    pub(crate) hidden: bool,
}

impl Value {
    /// Whether it is a list of variable length.
    pub(crate) fn is_list(&self) -> bool {
        self.repeated || self.bounds.is_some()
    }

    /// The number of values in each occurrence, if it is fixed and more than one.
    pub(crate) fn array(&self) -> Option<usize> {
        (self.names.len() > 1).then_some(self.names.len())
    }

    /// The choice with this name or alias.
    pub(crate) fn meaning(&self, word: &str) -> Option<&Choice> {
        let Kind::Choice {
            choices,
            ignore_case,
        } = &self.kind
        else {
            return None;
        };
        let same = |name: &Name| match ignore_case {
            true => name.to_lowercase() == word.to_lowercase(),
            false => **name == *word,
        };
        choices
            .iter()
            .find(|choice| same(&choice.name) || choice.aliases.iter().any(same))
    }

    pub(crate) fn choices(&self) -> Option<&[Choice]> {
        match &self.kind {
            Kind::Choice { choices, .. } => Some(choices),
            _ => None,
        }
    }
}

/// The conversion to the runtime's model.
impl Value {
    pub(super) fn add_to(&self, made: &mut model::Arg) {
        let values = |words: &[Name]| words.iter().map(|word| self.resolved(word)).collect();
        made.names = self.names.iter().map(|name| keep(name)).collect();
        made.kind = self.kind.model();
        made.repeat = self.repeated && !(self.bounds.is_some() && made.positional);
        made.times = self.times.map(|bounds| (bounds.min, bounds.max));
        made.bounds = self.bounds.map(|bounds| (bounds.min, bounds.max));
        made.delimiter = self.delimiter;
        made.bare = self.bare.as_ref().map(|word| self.resolved(word));
        made.equals = self.equals;
        made.hyphen_values = self.hyphen_values;
        made.terminator = self.terminator.as_deref().map(keep);
        made.complete = self.complete.as_ref().map(Complete::model);
        let suggestions = self.suggestions.iter();
        let suggestions = suggestions.map(|(name, help)| (keep(name), plain(help)));
        made.suggestions = suggestions.collect();
        made.defaults = values(&self.default);
        let when = self.default_when.iter();
        let when = when.map(|default| (default.when.model(), self.resolved(&default.value)));
        made.defaults_when = when.collect();
        let choices = self.choices().unwrap_or_default().iter();
        made.choices = choices.map(Choice::model).collect();
    }

    /// Returns the name of the choice if the value is a choice or its alias, and other values unchanged.
    fn resolved(&self, word: &str) -> &'static str {
        keep(self.meaning(word).map_or(word, |choice| &choice.name))
    }
}

impl Choice {
    fn model(&self) -> model::Choice {
        model::Choice {
            name: keep(&self.name),
            help: plain(&self.help),
            aliases: self.aliases.iter().map(|name| keep(name)).collect(),
            hidden: self.hidden,
        }
    }
}
