//! Options and arguments.

use serde::{Deserialize, Serialize};

use super::{Deprecation, Named, is_usual};

described! {
    /// An option or a positional argument.
    Arg {
        /// Its key, by which rules refer to it.
        key: String,
        /// What it is for, in one line.
        help: String,
        /// What it takes.
        takes: Takes,
        ;
        /// The names of an option, with dashes, short names first.
        names: Vec<String>,
        /// Other names that are never shown.
        hidden_names: Vec<String>,
        /// Earlier names, which are never shown. A warning says what to use instead.
        deprecated_names: Vec<Named>,
        /// The option that turns a switch off.
        opposite: Option<Opposite>,
        /// The sign before its value, if it is the first argument of the program instead of having names.
        sigil: Option<char>,
        /// The value.
        value: Option<Value>,
        /// The highest count.
        max: Option<u8>,
        /// More about it, as plain text.
        description: String,
        /// It has to be given.
        required: bool,
        /// It is required if another option of its set is given.
        required_in_set: bool,
        /// The set of options that it is defined in.
        set: Option<String>,
        /// Its default value or values.
        default: Vec<String>,
        /// Defaults that depend on other options.
        default_when: Vec<DefaultWhen>,
        /// The environment variables that set it. All but the first are deprecated.
        env: Vec<String>,
        /// Its name in configuration files.
        setting: Option<String>,
        /// Its earlier names in configuration files.
        deprecated_settings: Vec<String>,
        /// A project's configuration file can't set it.
        only_user_setting: bool,
        /// Where an option of a command group may be given: `before-subcommand`, `without-subcommand`, or anywhere.
        placement: Option<String>,
        /// It is not shown.
        hidden: bool,
        /// Only `--help` shows it, and `-h` doesn't.
        hidden_in_short_help: bool,
        /// It is deprecated.
        deprecated: Option<Deprecation>,
        /// The release that added it.
        since: Option<String>,
        /// The heading in help.
        heading: Option<String>,
        /// What the command does to data if the option is given.
        effect: Option<String>,
        /// What the option does in every program: `json`, `pretty-json`, `yes`, `dry-run` or `color`.
        role: Option<String>,
        /// What can't be used together with it, including rules of option groups.
        conflicts: Vec<String>,
        /// What has to be given with it, including rules of option groups.
        requires: Vec<String>,
        /// Lists of which at least one member has to be given with it.
        requires_any: Vec<Vec<String>>,
        /// It is required unless one of these is given.
        required_unless: Vec<String>,
        /// It is required unless all of these are given.
        required_unless_all: Vec<String>,
        /// It is required when one of these conditions is met.
        required_when: Vec<Condition>,
        /// It is required when all of these conditions are met.
        required_when_all: Vec<Condition>,
        /// It can't be used when one of these conditions is met.
        conflicts_when: Vec<Condition>,
        /// It can't be used when all of these conditions are met.
        conflicts_when_all: Vec<Condition>,
        /// It can only be used when one of these conditions is met.
        requires_when: Vec<Condition>,
        /// It can only be used when all of these conditions are met.
        requires_when_all: Vec<Condition>,
        /// Whichever of it and these is given last is used.
        overrides: Vec<String>,
        /// It can't be used together with anything else.
        exclusive: bool,
    }
}

/// What an option or argument takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Takes {
    /// No value: it is a switch.
    #[default]
    Switch,
    /// No value: what counts is how often it is given.
    Count,
    /// A value.
    Value,
}

described! {
    /// The option that turns a switch off.
    Opposite {
        /// Its name, with dashes.
        name: String,
        ;
        /// What it is for.
        help: String,
        /// It is not shown.
        hidden: bool,
    }
}

described! {
    /// The value of an option or argument.
    Value {
        /// The type, as in a spec: `string`, `path`, `file`, `directory`, `secret`, `integer`, `float`, `boolean`,
        /// `url`, `duration`, `size`, `key-value`, `choice`, or the path of a Rust type.
        r#type: String,
        /// The placeholders that help shows. An option with several takes as many values each time.
        names: Vec<String>,
        ;
        /// The smallest number.
        min: Option<serde_json::Number>,
        /// The largest number.
        max: Option<serde_json::Number>,
        /// Whether the path has to exist, or must not exist.
        exists: Option<bool>,
        /// The accepted values, if the type is `choice`.
        choices: Vec<Choice>,
        /// Upper and lower case are the same in choices.
        ignore_case: bool,
        /// An option may be repeated, and an argument takes several values.
        repeated: bool,
        /// How many values an option may have in total.
        times: Option<Bounds>,
        /// How many values an argument takes, or an option each time.
        values: Option<Bounds>,
        /// The character that separates several values in one string.
        delimiter: Option<char>,
        /// The value of an option that is given without one.
        bare: Option<String>,
        /// The value has to follow an equals sign.
        equals: bool,
        /// The value may begin with a dash.
        hyphen_values: bool,
        /// The string that ends the list of values.
        terminator: Option<String>,
        /// The argument is only accepted after `--`.
        last: bool,
        /// The argument takes the whole rest of the command line, including options.
        trailing: bool,
        /// What a shell completes, if it doesn't follow from the type.
        complete: Option<Complete>,
        /// Known values where others are accepted, too.
        suggest: Vec<Named>,
    }
}

described! {
    /// An accepted value.
    Choice {
        /// The value.
        name: String,
        ;
        /// What it means.
        help: String,
        /// Other names, which are not shown.
        aliases: Vec<String>,
        /// It is not shown.
        hidden: bool,
    }
}

described! {
    /// How many values there may be.
    Bounds {
        /// The smallest number.
        min: usize,
        ;
        /// The largest number.
        max: Option<usize>,
    }
}

described! {
    /// What a shell completes.
    Complete {
        /// The kind, as in a spec, or `values` for values that the program offers, or `files`.
        kind: String,
        ;
        /// The extensions of the files.
        extensions: Vec<String>,
        /// The name of the values that the program offers.
        values: Option<String>,
    }
}

described! {
    /// A condition: an option or argument has this value.
    Condition {
        /// Its key.
        arg: String,
        /// The value. For a switch, `true` means that it is given.
        is: String,
        ;
    }
}

described! {
    /// A default that depends on another option.
    DefaultWhen {
        /// The condition.
        when: Condition,
        /// The value.
        value: String,
        ;
    }
}

impl Arg {
    /// How users write it: `--name`, `-n` or `<name>`.
    pub fn written(&self) -> String {
        let long = self.names.iter().find(|name| name.starts_with("--"));
        match (long.or(self.names.first()), self.sigil) {
            (Some(name), _) => name.clone(),
            (None, Some(sign)) => format!("{sign}<{}>", self.key),
            (None, None) => format!("<{}>", self.key),
        }
    }
}
