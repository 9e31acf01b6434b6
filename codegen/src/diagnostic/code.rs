//! The kinds of problems in a spec, each with a code that readers can look up.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::nearest;
use crate::source::printable;

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Nothing is generated from a spec with an error.
    Error,
    /// The spec works, but probably not as its author intended.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Defines the enum and its tables from a single list.
macro_rules! codes {
    ($($family:literal: $($variant:ident, $name:literal, $severity:ident, $title:literal;)*)*) => {
        /// A kind of problem. Messages with the same code may differ, but share one explanation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $title] $variant,)*)*
        }

        impl Code {
            /// All codes, ordered by family.
            pub const ALL: &[Self] = &[$($(Self::$variant,)*)*];

            /// The families of codes, such as files, YAML and names, each with its title and its codes.
            pub const FAMILIES: &[(&str, &[Self])] = &[$(($family, &[$(Self::$variant),*])),*];

            /// The name of the code, such as `unknown-key`.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)*)* }
            }

            /// What the code means, in one line.
            pub fn title(self) -> &'static str {
                match self { $($(Self::$variant => $title,)*)* }
            }

            /// Whether it is an error or a warning.
            pub fn severity(self) -> Severity {
                match self { $($(Self::$variant => Severity::$severity,)*)* }
            }

            /// The page of the code in the book, as Markdown. A code without a page doesn't compile.
            #[cfg(feature = "cli")]
            pub(crate) fn page(self) -> &'static str {
                match self {
                    $($(Self::$variant => include_str!(concat!(
                        "../../pages/", $name, ".md"
                    )),)*)*
                }
            }
        }
    };
}

codes! {
    "Files":
    Unreadable, "unreadable", Error, "A file or directory can't be read";
    NotUtf8, "not-utf-8", Error, "A file is not UTF-8 text";
    TooLarge, "too-large", Error, "A file, or the whole spec, is too large";
    TooMuch, "too-much", Error, "There are too many options, rules, values or definitions";
    OddLink, "odd-link", Error, "A symbolic link to a directory leads out of the spec or forms a loop";
    TooDeep, "too-deep", Error, "Directories, values or Markdown are nested too deeply";
    PathNotUnicode, "path-not-unicode", Error, "The name of a file or directory is not valid Unicode";
    MissingProgram, "missing-program", Error, "The directory has no `cli.yaml`";
    EndsInYml, "ends-in-yml", Error, "A file ends in `.yml` instead of `.yaml`";
    MisplacedFile, "misplaced-file", Error, "A file is in the wrong place";
    EmptyFile, "empty-file", Error, "A file is empty or has only comments";
    DescribedTwice, "described-twice", Error, "A command, set or topic is defined in two places";

    "YAML":
    NotYaml, "not-yaml", Error, "A file is not valid YAML";
    SecondDocument, "second-document", Error, "A file contains more than one YAML document";
    UnusedAnchor, "unused-anchor", Error, "An anchor (`&name`) is never used";
    AliasOfItself, "alias-of-itself", Error, "A YAML alias (`*name`) refers to a value that contains it";
    TagWithoutMeaning, "tag-without-meaning", Error, "A YAML tag (`!name`) has no meaning in a spec";
    KeyNotAWord, "key-not-a-word", Error, "A key is a list or a mapping";
    DuplicateKey, "duplicate-key", Error, "A mapping contains the same key twice";
    ControlCharacter, "control-character", Error, "A string contains a control character";

    "Keys and values":
    UnknownKey, "unknown-key", Error, "This key doesn't exist";
    WrongKind, "wrong-kind", Error, "A value has the wrong type for its key";
    UnknownValue, "unknown-value", Error, "A key doesn't accept this value";
    MissingName, "missing-name", Error, "The program has no `name`";
    MissingAbout, "missing-about", Error, "A command has no `about`";
    MissingHelp, "missing-help", Error, "An option, argument or exit code has no `help`";
    AliasOfProgram, "alias-of-program", Error, "The program itself can't have `aliases`";
    HiddenProgram, "hidden-program", Error, "The program itself can't be `hidden`";
    NotADate, "not-a-date", Error, "A date is not valid";

    "Texts":
    EmptyText, "empty-text", Error, "A string, section or topic is empty";
    TopicWithoutTitle, "topic-without-title", Error, "A topic has no title";
    TopicWithoutHelp, "topic-without-help", Error, "A program without the command `help` has topics";
    NotOneLine, "not-one-line", Error, "This text must be a single, nonempty line";
    NotOneParagraph, "not-one-paragraph", Error, "This text must be a single paragraph";
    HtmlInText, "html-in-text", Error, "A string contains HTML";
    UnsupportedMarkdown, "unsupported-markdown", Error, "A string contains unsupported Markdown";
    WrongTemplate, "wrong-template", Error, "A template of the site has an error";
    NotAnAddress, "not-an-address", Error, "A link is not an absolute URL";
    DanglingLink, "dangling-link", Error, "A link refers to something that doesn't exist";
    IncompleteExample, "incomplete-example", Error, "An example has no command line";
    ExampleNotRun, "example-not-run", Error, "An example has files, but is never run";
    ExampleFile, "example-file", Error, "A file of an example is outside of its directory";
    PictureName, "picture-name", Error, "A picture's name is used twice, or can't be the name of a file";
    ExampleNotShell, "example-not-shell", Error, "An example can't be parsed as a shell command line";
    ExampleOfOther, "example-of-other", Error, "An example doesn't run the program";
    ExampleDoesNotParse, "example-does-not-parse", Error, "The program's parser rejects an example";
    ExampleParses, "example-parses", Error, "An example with `fails: usage` is a valid command line";
    UnknownExitCode, "unknown-exit-code", Error, "An example names an exit code that doesn't exist";
    UnknownCommand, "unknown-command", Error, "This command doesn't exist";
    SeeAlsoHidden, "see-also-hidden", Error, "`see-also` refers to a hidden command";

    "Names":
    NotAName, "not-a-name", Error, "A name is not valid";
    NameWithDashes, "name-with-dashes", Error, "A name is written with leading dashes";
    NameTooLong, "name-too-long", Error, "The full name of a command is too long";
    NotAShortName, "not-a-short-name", Error, "A short name or a sign is not valid";
    SecondShortName, "second-short-name", Error, "A one-letter option has a second short name";
    DigitOption, "digit-option", Error, "A short option looks like a negative number";
    NotAVariable, "not-a-variable", Error, "The name of an environment variable is not valid";
    NotAFileName, "not-a-file-name", Error, "A path in `files` is not valid";
    NotAnExitCodeName, "not-an-exit-code-name", Error, "The name of an exit code is not valid";
    NotAValueName, "not-a-value-name", Error, "The placeholder for a value is not valid";
    ValueNameInBrackets, "value-name-in-brackets", Error, "The placeholder for a value is written in brackets";
    ReservedName, "reserved-name", Error, "A name is reserved";
    CommandTwice, "command-twice", Error, "Two commands or topics have the same name";
    OptionTwice, "option-twice", Error, "Two options or arguments have the same name";
    SameInRust, "same-in-rust", Error, "Two names become the same Rust identifier";

    "What options take":
    UnknownType, "unknown-type", Error, "This type doesn't exist";
    KeyNeedsSwitch, "key-needs-switch", Error, "`negatable` is only valid for a switch with a long name";
    KeyDoesNotFit, "key-does-not-fit", Error, "A key doesn't apply to this kind of value";
    NotALimit, "not-a-limit", Error, "A limit such as `min` or `max` is not a valid number";
    EmptyRange, "empty-range", Error, "The maximum is less than the minimum";
    NotARange, "not-a-range", Error, "This is not a valid number of values";
    KeyNeedsValue, "key-needs-value", Error, "This key is only valid for an option with a value";
    DefaultOfSwitch, "default-of-switch", Error, "An option without a value has a `default`";
    RepeatOfSwitch, "repeat-of-switch", Error, "An option without a value has `repeat`";
    RequiredSwitch, "required-switch", Error, "An option without a value is `required`";
    CountWithValue, "count-with-value", Error, "An option has both `count` and `value`";
    CountOfZero, "count-of-zero", Error, "`count` is zero";
    TypeAndChoices, "type-and-choices", Error, "A value has both `type` and `choices`";
    EmptyChoices, "empty-choices", Error, "A list of choices is empty";
    NotAChoice, "not-a-choice", Error, "The name of a choice is not valid";
    ChoiceTwice, "choice-twice", Error, "A choice is listed twice";
    ChoiceWithDelimiter, "choice-with-delimiter", Error, "A choice contains the delimiter";
    NotADelimiter, "not-a-delimiter", Error, "A delimiter is not a single punctuation character";
    DelimiterWithoutRepeat, "delimiter-without-repeat", Error, "An option that takes a single value has a `delimiter`";
    SeveralDefaults, "several-defaults", Error, "The number of defaults doesn't match the number of values";
    DefaultNotAChoice, "default-not-a-choice", Error, "A default or condition is not one of the choices";
    ValueNotAccepted, "value-not-accepted", Error, "A value in the spec would be rejected on the command line";
    DefaultWithDelimiter, "default-with-delimiter", Error, "A default contains the delimiter";
    RequiredWithDefault, "required-with-default", Error, "A required option or argument has a default";

    "Rules between options":
    DanglingReference, "dangling-reference", Error, "A rule refers to an option or argument that doesn't exist";
    OtherSpelling, "other-spelling", Error, "A rule refers to an option by a name that is not its key";
    ReferenceToItself, "reference-to-itself", Error, "A rule of an option refers to the option itself";
    RequiredWithAbove, "required-with-above", Error, "`required-with` refers to an option of a parent command";
    Contradiction, "contradiction", Error, "An option conflicts with an option that it requires";
    NeverGiven, "never-given", Error, "An option can never be used";
    RequiredAndExcluded, "required-and-excluded", Error, "A required option conflicts with another option";
    PointlessRequirement, "pointless-requirement", Error, "A requirement is redundant or misleading";
    HiddenRequired, "hidden-required", Error, "A required option or argument is hidden";
    RequiredAfterOptional, "required-after-optional", Error, "A required argument follows an optional one";
    ArgumentAfterRepeated, "argument-after-repeated", Error, "An argument follows one that takes all remaining values";
    NotACondition, "not-a-condition", Error, "A condition is not valid";
    NotAGroup, "not-a-group", Error, "An option group doesn't have exactly one rule";
    GroupOfOne, "group-of-one", Error, "An option group has only one member";
    RuleNamesOpposite, "rule-names-opposite", Error, "A rule refers to the negated form of an option";
    RuleNamesGroup, "rule-names-group", Error, "A rule refers to an option group";
    ReplacementGone, "replacement-gone", Error, "A `replacement` doesn't exist or is deprecated itself";
    PastRemoval, "past-removal", Error, "Something deprecated should have been removed by this release";
    DeprecatedWithoutWayOut, "deprecated-without-way-out", Error, "A deprecation has neither a `replacement` nor a `reason`";

    "`allow`":
    UnknownCode, "unknown-code", Error, "`allow` names a warning that doesn't exist";
    AllowOfError, "allow-of-error", Error, "`allow` names an error";
    AllowWithoutReason, "allow-without-reason", Error, "`allow` gives no reason";
    UnusedAllow, "unused-allow", Warning, "An `allow` suppresses no warning";

    "Sets, commands and exit codes":
    UnknownSet, "unknown-set", Error, "A command uses a set that doesn't exist";
    UnusedSet, "unused-set", Error, "A set is never used";
    EmptySet, "empty-set", Error, "A set has no options";
    SetUsedTwice, "set-used-twice", Error, "A command uses the same set twice";
    SetUsedAbove, "set-used-above", Error, "A command uses a set that a parent command already uses";
    KeyOfGroups, "key-of-groups", Error, "This key is only valid for command groups";
    RunnableWithDefault, "runnable-with-default", Error, "A command has both `runnable` and `default-command`";
    CommandUnderTwoHeadings, "command-under-two-headings", Error, "A command is listed under two headings";
    ArgumentOfGroup, "argument-of-group", Error, "A command group has positional arguments";
    RequiredOfGroup, "required-of-group", Error, "A command group has a required option";
    ExitCodeTwice, "exit-code-twice", Error, "Two exit codes have the same number";
    ExitCodeTwoNumbers, "exit-code-two-numbers", Error, "An exit code is defined with two numbers";
    ExitCodeWithoutNumber, "exit-code-without-number", Error, "An exit code has no number";

    "What scripts rely on":
    MissingExitCode, "missing-exit-code", Error, "The program doesn't define an exit code that it needs";
    SuccessNotZero, "success-not-zero", Error, "The exit code `success` is not 0";
    UnknownPlaceholder, "unknown-placeholder", Error, "A `{placeholder}` in a question is not valid";
    ConfirmWithoutYes, "confirm-without-yes", Error, "A command with `confirm` has no option with `role: yes`";
    NothingRuns, "nothing-runs", Error, "A command that only runs a subcommand has `confirm` or `output`";
    RoleDoesNotFit, "role-does-not-fit", Error, "An option can't have this role";
    OutputWithoutJson, "output-without-json", Error, "A command with `output` has no option that prints JSON";
    JsonWithoutOutput, "json-without-output", Warning, "A command has no `output`, but an option that prints JSON";
    RoleTwice, "role-twice", Error, "Two options of a command have the same role";

    "Output":
    SchemaWithoutType, "schema-without-type", Error, "A schema has no type";
    NotAPattern, "not-a-pattern", Error, "A pattern is not a valid regular expression";
    UnknownProperty, "unknown-property", Error, "`required` names a property that doesn't exist";
    OptionalAndNull, "optional-and-null", Error, "A property is both optional and nullable";
    AmbiguousAlternatives, "ambiguous-alternatives", Error, "The alternatives of `oneOf` can't be distinguished";
    UnknownDefinition, "unknown-definition", Error, "A `$ref` refers to a definition that doesn't exist";
    UnusedDefinition, "unused-definition", Error, "A definition is never used";
    SchemaOfItself, "schema-of-itself", Error, "A definition contains itself";

    "Settings in files":
    NotAConfigFile, "not-a-config-file", Error, "The path of a configuration file is not valid";
    NotASettingName, "not-a-setting-name", Error, "The name of a setting is not valid";
    SettingTwice, "setting-twice", Error, "The settings of two options are the same or overlap";
    SettingWithoutFiles, "setting-without-files", Error, "An option has a setting, but no file can contain it";

    "Style":
    FullStop, "full-stop", Warning, "A line of help ends with a period";
    LongHelp, "long-help", Warning, "A line of help is too long";
    RepeatedText, "repeated-text", Warning, "Two descriptions are the same";
    NotKebabCase, "not-kebab-case", Warning, "A name is not in kebab-case";
    SignRemoved, "sign-removed", Warning, "Markdown removes or replaces characters in a string";
    CommentInText, "comment-in-text", Warning, "A string is cut off by a YAML comment";
    ShellInPath, "shell-in-path", Warning, "A default path contains something that only a shell expands";
    VariableCalledTrue, "variable-called-true", Warning, "An environment variable is called `true` or `false`";
    ValuesLikeChoices, "values-like-choices", Warning, "The value names of an option look like choices";
    VariableTwice, "variable-twice", Warning, "Two options of a command use the same environment variable";
    UnusedExitCode, "unused-exit-code", Warning, "The `help` of an exit code is never shown";
    ExampleWithoutAbout, "example-without-about", Warning, "An example has no `about`";
    ExampleTwice, "example-twice", Warning, "Two examples have the same command line";
    ExampleDeprecated, "example-deprecated", Warning, "An example uses a deprecated option or command";
}

/// Names that codes had before. `allow:` and `clapspec explain` still accept them.
const FORMER_NAMES: &[(&str, Code)] = &[("alternatives-alike", Code::AmbiguousAlternatives)];

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Code {
    type Err = NoSuchCode;

    fn from_str(name: &str) -> Result<Self, NoSuchCode> {
        let find = |name: &str| Self::ALL.iter().find(|code| code.name() == name).copied();
        let former = || FORMER_NAMES.iter().find(|(former, _)| *former == name);
        let known = find(name).or_else(|| former().map(|(_, code)| *code));
        known.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|code| code.name()).collect();
            NoSuchCode {
                name: name.to_owned(),
                similar: nearest(name, &names).and_then(find),
            }
        })
    }
}

/// The error for a name that no code has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchCode {
    name: String,
    similar: Option<Code>,
}

impl NoSuchCode {
    /// The code with the most similar name, if one is similar enough.
    pub fn similar(&self) -> Option<Code> {
        self.similar
    }
}

impl fmt::Display for NoSuchCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown code `{}`", printable(&self.name))
    }
}

impl std::error::Error for NoSuchCode {}
