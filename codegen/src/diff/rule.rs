//! The rules by which changes are judged. This is the only list of them.

/// What a change means to users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Something that worked fails, or means something else.
    Breaking,
    /// Everything that worked still does.
    Compatible,
    /// Only descriptions changed.
    Documentation,
}

impl Class {
    /// All classes, the worst first.
    pub const ALL: &[Self] = &[Self::Breaking, Self::Compatible, Self::Documentation];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Documentation => "documentation",
        }
    }
}

macro_rules! rules {
    ($($rule:ident, $name:literal, $class:ident, $reason:literal;)*) => {
        /// A rule by which a change is judged.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(
                #[doc = $reason]
                $rule,
            )*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)*
                }
            }

            /// What such a change means to users.
            pub fn class(self) -> Class {
                match self {
                    $(Self::$rule => Class::$class,)*
                }
            }

            /// Why it is judged in this way.
            pub fn reason(self) -> &'static str {
                match self {
                    $(Self::$rule => $reason,)*
                }
            }
        }
    };
}

rules! {
    ProgramRenamed, "program-renamed", Breaking, "Scripts call the program by its name.";
    DescriptionRemoved, "description-removed", Breaking, "Tools that ask for it with `--clapspec-describe` fail.";
    VersionRemoved, "version-removed", Breaking, "Scripts that ask for the version with `--version` fail.";
    DescriptionAdded, "description-added", Compatible, "No earlier program answered tools that ask for it.";
    VersionAdded, "version-added", Compatible, "The program has an option `--version`.";
    CommandRemoved, "command-removed", Breaking, "Command lines that call it are rejected.";
    CommandAdded, "command-added", Compatible, "No earlier command line calls it.";
    NameRemoved, "name-removed", Breaking, "Command lines with this name are rejected.";
    NameTaken, "name-taken", Breaking, "On earlier command lines, it was an argument or another program's command.";
    NameReused, "name-reused", Breaking, "Command lines with this name mean something else.";
    NameAdded, "name-added", Compatible, "No earlier command line has this name.";
    TopicRemoved, "topic-removed", Breaking, "The command `help` rejects its name.";
    TopicAdded, "topic-added", Compatible, "There was no such topic before.";
    NeedsSubcommand, "needs-subcommand", Breaking, "A command line without a subcommand is rejected.";
    Runs, "runs", Compatible, "A command line without a subcommand was rejected before.";
    DefaultCommandChanged, "default-command-changed", Breaking, "A command line without a subcommand means something else.";
    DefaultCommandAdded, "default-command-added", Compatible, "A command line without a subcommand was rejected before.";
    ExternalCommandsRemoved, "external-commands-removed", Breaking, "Commands that aren't part of the program are rejected.";
    ExternalCommandsAdded, "external-commands-added", Compatible, "Unknown commands were rejected before.";
    EffectStronger, "effect-stronger", Breaking, "Scripts and agents call commands by what they promise not to change.";
    EffectWeaker, "effect-weaker", Compatible, "The command promises more than before.";
    PromiseRemoved, "promise-removed", Breaking, "Scripts and agents rely on what a command promises.";
    PromiseAdded, "promise-added", Compatible, "The command promises more than before.";
    QuestionAdded, "question-added", Breaking, "Without a terminal, the command fails unless the question is confirmed by an option.";
    QuestionRemoved, "question-removed", Compatible, "The option that confirms the question is still accepted, unless it was removed.";
    OptionRemoved, "option-removed", Breaking, "Command lines with this option are rejected.";
    OptionAdded, "option-added", Compatible, "No earlier command line has this option.";
    ArgumentRemoved, "argument-removed", Breaking, "Command lines with this argument are rejected.";
    ArgumentAdded, "argument-added", Compatible, "It may be omitted.";
    ArgumentMoved, "argument-moved", Breaking, "Arguments are recognized by their position.";
    Required, "required", Breaking, "Command lines without it are rejected.";
    NotRequired, "not-required", Compatible, "It may be omitted.";
    TakesChanged, "takes-changed", Breaking, "Command lines with this option are rejected, or mean something else.";
    MayBeRepeated, "may-be-repeated", Compatible, "It could be given only once before.";
    TypeNarrower, "type-narrower", Breaking, "Some values are no longer accepted.";
    TypeWider, "type-wider", Compatible, "All earlier values are still accepted.";
    ChoiceRemoved, "choice-removed", Breaking, "Command lines with this value are rejected.";
    ChoiceAdded, "choice-added", Compatible, "No earlier command line has this value.";
    FewerValues, "fewer-values", Breaking, "Command lines with another number of values are rejected.";
    MoreValues, "more-values", Compatible, "The earlier numbers of values are still accepted.";
    SyntaxChanged, "syntax-changed", Breaking, "The same command line has other values.";
    SyntaxAdded, "syntax-added", Compatible, "No earlier command line is written in this way.";
    DefaultChanged, "default-changed", Breaking, "The same command line means something else.";
    VariableRemoved, "variable-removed", Breaking, "A variable that users have set has no effect.";
    VariableAdded, "variable-added", Compatible, "It is not expected to be set yet.";
    SettingRemoved, "setting-removed", Breaking, "A setting in the files of users has no effect.";
    SettingAdded, "setting-added", Compatible, "No file of a user has this setting yet.";
    PlacementNarrower, "placement-narrower", Breaking, "Command lines with the option in another place are rejected.";
    PlacementWider, "placement-wider", Compatible, "The option is accepted in more places.";
    RuleAdded, "rule-added", Breaking, "Command lines that violate the rule were accepted before.";
    RuleRemoved, "rule-removed", Compatible, "Command lines that violated the rule were rejected before.";
    OverridesChanged, "overrides-changed", Breaking, "The same command line means something else.";
    RoleChanged, "role-changed", Breaking, "The option no longer does what it does in every program.";
    ExitCodeRemoved, "exit-code-removed", Breaking, "Scripts that expect it, by its number or by its name in JSON, don't find it.";
    ExitCodeChanged, "exit-code-changed", Breaking, "Scripts compare exit codes by their number.";
    ExitCodeAdded, "exit-code-added", Compatible, "Scripts treat an unknown exit code as a failure.";
    FileMoved, "file-moved", Breaking, "Scripts look for the file in its earlier place.";
    FileAdded, "file-added", Compatible, "No script knows the file yet.";
    OutputRemoved, "output-removed", Breaking, "Scripts that read the result fail.";
    OutputAdded, "output-added", Compatible, "No script reads the result yet.";
    OutputWider, "output-wider", Breaking, "Readers of the result can meet something that its schema excluded.";
    OutputNarrower, "output-narrower", Compatible, "Each new result is valid by the earlier schema.";
    ExampleFails, "example-fails", Breaking, "A documented command line is rejected.";
    Deprecated, "deprecated", Compatible, "It still works, with a warning.";
    NotDeprecated, "not-deprecated", Compatible, "It works without a warning.";
    Documentation, "documentation", Documentation, "Only people read it.";
}
