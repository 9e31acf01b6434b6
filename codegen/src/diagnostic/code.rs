//! The kinds of errors, each with a name that readers can look up.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::nearest;
use crate::source::printable;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Nothing is made of a spec that has one.
    Error,
    /// The spec works, but probably not as it was meant.
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

/// Makes the enum and its tables from one list.
macro_rules! codes {
    ($($family:literal: $($variant:ident, $name:literal, $severity:ident, $title:literal;)*)*) => {
        /// A kind of error. Messages of one kind may differ; what there is to know about them is
        /// the same.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $title] $variant,)*)*
        }

        impl Code {
            /// All codes, family after family.
            pub const ALL: &[Self] = &[$($(Self::$variant,)*)*];

            /// The families, each with its name: files, YAML, keys, texts, names, options and so on.
            pub const FAMILIES: &[(&str, &[Self])] = &[$(($family, &[$(Self::$variant),*])),*];

            /// Its name, such as `unknown-key`.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)*)* }
            }

            /// What it means, in one line.
            pub fn title(self) -> &'static str {
                match self { $($(Self::$variant => $title,)*)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $($(Self::$variant => Severity::$severity,)*)* }
            }

            /// Its page in the book, as Markdown. A code without one does not compile.
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
    TooLarge, "too-large", Error, "A file is larger than any spec";
    TooMuch, "too-much", Error, "There is more of something than any program needs";
    OddLink, "odd-link", Error, "A link to a directory leads out of the spec, or back into it";
    TooDeep, "too-deep", Error, "Directories, values or texts are nested too deep";
    PathNotUnicode, "path-not-unicode", Error, "The name of a file or directory is not Unicode";
    MissingProgram, "missing-program", Error, "The directory has no `cli.yaml`";
    EndsInYml, "ends-in-yml", Error, "A file ends in `.yml` and would not be read";
    MisplacedFile, "misplaced-file", Error, "A file stands where nothing of a spec belongs";
    EmptyFile, "empty-file", Error, "A file describes nothing";
    DescribedTwice, "described-twice", Error, "A command or set is described in two places";

    "YAML":
    NotYaml, "not-yaml", Error, "A file is not YAML";
    SecondDocument, "second-document", Error, "A file holds more than one document";
    UnusedAnchor, "unused-anchor", Error, "An anchor (`&name`) that no alias names";
    AliasOfItself, "alias-of-itself", Error, "An alias (`*name`) stands inside what it stands for";
    TagWithoutMeaning, "tag-without-meaning", Error, "A tag (`!name`), which specs do not have";
    KeyNotAWord, "key-not-a-word", Error, "A key is a list or a mapping";
    DuplicateKey, "duplicate-key", Error, "A mapping has a key twice";
    ControlCharacter, "control-character", Error, "A text holds a character that is not shown but obeyed";

    "Keys and values":
    UnknownKey, "unknown-key", Error, "A key that is none";
    WrongKind, "wrong-kind", Error, "A value of another kind than its key takes";
    UnknownValue, "unknown-value", Error, "A word that is none of those that its key takes";
    MissingName, "missing-name", Error, "The program has no `name`";
    MissingAbout, "missing-about", Error, "A command does not say what it does";
    MissingHelp, "missing-help", Error, "An option, argument or exit code does not say what it is";
    AliasOfProgram, "alias-of-program", Error, "A program has no `aliases`";
    HiddenProgram, "hidden-program", Error, "A program can't be `hidden`";
    NotADate, "not-a-date", Error, "A date that is no day of the calendar";

    "Texts":
    EmptyText, "empty-text", Error, "A text is empty";
    TopicWithoutTitle, "topic-without-title", Error, "A topic does not begin with its title";
    TopicWithoutHelp, "topic-without-help", Error, "A program without commands has topics";
    NotOneLine, "not-one-line", Error, "A text that must be one line is empty or has several";
    NotOneParagraph, "not-one-paragraph", Error, "A text that must be one paragraph is something else";
    HtmlInText, "html-in-text", Error, "A text holds HTML";
    UnsupportedMarkdown, "unsupported-markdown", Error, "A text holds Markdown that not every document can show";
    NotAnAddress, "not-an-address", Error, "A link leads to something that is no address";
    DanglingLink, "dangling-link", Error, "A link names nothing that exists";
    IncompleteExample, "incomplete-example", Error, "An example lacks its command line";
    ExampleNotShell, "example-not-shell", Error, "An example is no command line that a shell can read";
    ExampleOfOther, "example-of-other", Error, "An example does not call the program";
    ExampleDoesNotParse, "example-does-not-parse", Error, "An example is not a command line that the program takes";
    ExampleParses, "example-parses", Error, "An example that is to be refused is not";
    UnknownExitCode, "unknown-exit-code", Error, "A name of an exit code names none";
    UnknownCommand, "unknown-command", Error, "A name of a command names none";
    SeeAlsoHidden, "see-also-hidden", Error, "`see-also` names a hidden command";

    "Names":
    NotAName, "not-a-name", Error, "A name holds what no name may hold";
    NameWithDashes, "name-with-dashes", Error, "A name is written with the dashes of the command line";
    NameTooLong, "name-too-long", Error, "The words that call a command are too long together";
    NotAShortName, "not-a-short-name", Error, "A short name is not one letter or digit";
    SecondShortName, "second-short-name", Error, "An option of one letter has another short name";
    DigitOption, "digit-option", Error, "A short name would be taken for a negative number";
    NotAVariable, "not-a-variable", Error, "A name that no environment variable can have";
    NotAFileName, "not-a-file-name", Error, "A name that no file can have";
    NotAnExitCodeName, "not-an-exit-code-name", Error, "A name that no exit code can have";
    NotAValueName, "not-a-value-name", Error, "A word that can't stand for a value";
    ValueNameInBrackets, "value-name-in-brackets", Error, "The name of a value is written with its brackets";
    ReservedName, "reserved-name", Error, "A name that every program has already";
    CommandTwice, "command-twice", Error, "Two commands have one name";
    OptionTwice, "option-twice", Error, "Two options or arguments have one name";
    SameInRust, "same-in-rust", Error, "Two names are the same in Rust";

    "What options take":
    UnknownType, "unknown-type", Error, "A type that is none";
    KeyNeedsSwitch, "key-needs-switch", Error, "A key for switches, at another option";
    KeyDoesNotFit, "key-does-not-fit", Error, "A key that means nothing for a value of this kind";
    NotALimit, "not-a-limit", Error, "`min` or `max` is not a number";
    EmptyRange, "empty-range", Error, "The largest value is below the smallest";
    NotARange, "not-a-range", Error, "A number of values that is none";
    KeyNeedsValue, "key-needs-value", Error, "A key for values, where none is taken";
    DefaultOfSwitch, "default-of-switch", Error, "A default, where no value is taken";
    RepeatOfSwitch, "repeat-of-switch", Error, "`repeat`, where no value is taken";
    RequiredSwitch, "required-switch", Error, "`required`, where no value is taken";
    CountWithValue, "count-with-value", Error, "An option counts and takes a value";
    CountOfZero, "count-of-zero", Error, "A count that never counts";
    TypeAndChoices, "type-and-choices", Error, "A value has a type and choices";
    EmptyChoices, "empty-choices", Error, "A value has no choices to choose from";
    NotAChoice, "not-a-choice", Error, "A choice that can't be typed";
    ChoiceTwice, "choice-twice", Error, "A choice is listed twice";
    ChoiceWithDelimiter, "choice-with-delimiter", Error, "A choice holds the delimiter";
    NotADelimiter, "not-a-delimiter", Error, "A delimiter is not one punctuation character";
    DelimiterWithoutRepeat, "delimiter-without-repeat", Error, "A delimiter, where one value is taken";
    SeveralDefaults, "several-defaults", Error, "Several defaults, where one value is taken";
    DefaultNotAChoice, "default-not-a-choice", Error, "A default is none of the choices";
    ValueNotAccepted, "value-not-accepted", Error, "A value in the spec would be refused on the command line";
    DefaultWithDelimiter, "default-with-delimiter", Error, "A default holds the delimiter";
    RequiredWithDefault, "required-with-default", Error, "What must be given has a default";

    "Rules between options":
    DanglingReference, "dangling-reference", Error, "A rule names no option or argument";
    OtherSpelling, "other-spelling", Error, "A rule names an option otherwise than the spec does";
    ReferenceToItself, "reference-to-itself", Error, "A rule of an option names the option itself";
    RequiredWithAbove, "required-with-above", Error, "`required-with` names an option of a command above";
    Contradiction, "contradiction", Error, "An option requires what it conflicts with";
    NeverGiven, "never-given", Error, "An option that no command line can have";
    RequiredAndExcluded, "required-and-excluded", Error, "What must be given can't be given with another";
    PointlessRequirement, "pointless-requirement", Error, "A requirement that says something else than it seems to";
    HiddenRequired, "hidden-required", Error, "What must be given is hidden";
    RequiredAfterOptional, "required-after-optional", Error, "A required argument stands behind one that is not";
    ArgumentAfterRepeated, "argument-after-repeated", Error, "An argument stands behind one that takes all";
    NotACondition, "not-a-condition", Error, "A condition is not one option and its value";
    NotAGroup, "not-a-group", Error, "A group says nothing of its members, or two things";
    GroupOfOne, "group-of-one", Error, "A group has one member";
    RuleNamesOpposite, "rule-names-opposite", Error, "A rule names the opposite of an option";
    RuleNamesGroup, "rule-names-group", Error, "A rule names a group of options";
    ReplacementGone, "replacement-gone", Error, "What is to be used in place of something deprecated is not there";
    PastRemoval, "past-removal", Error, "Something is there in a release that was not to have it";
    DeprecatedWithoutWayOut, "deprecated-without-way-out", Error, "Something goes away, and nothing says what to do";

    "`allow`":
    UnknownCode, "unknown-code", Error, "`allow` names no warning";
    AllowOfError, "allow-of-error", Error, "`allow` names an error";
    AllowWithoutReason, "allow-without-reason", Error, "`allow` does not say why";
    UnusedAllow, "unused-allow", Warning, "`allow` of a warning that there would not be";

    "Sets, commands and exit codes":
    UnknownSet, "unknown-set", Error, "A command uses a set that does not exist";
    UnusedSet, "unused-set", Error, "No command uses a set";
    EmptySet, "empty-set", Error, "A set has no options";
    SetUsedTwice, "set-used-twice", Error, "A command uses a set twice";
    SetUsedAbove, "set-used-above", Error, "A command uses a set that a command above uses";
    KeyOfGroups, "key-of-groups", Error, "A key for commands that have commands";
    RunnableWithDefault, "runnable-with-default", Error, "A command runs by itself and has a default command";
    CommandUnderTwoHeadings, "command-under-two-headings", Error, "A command stands under two headings";
    ArgumentOfGroup, "argument-of-group", Error, "A command that has commands takes arguments";
    RequiredOfGroup, "required-of-group", Error, "A command that has commands requires an option";
    ExitCodeTwice, "exit-code-twice", Error, "An exit code has two names";
    ExitCodeTwoNumbers, "exit-code-two-numbers", Error, "A name of an exit code has two numbers";
    ExitCodeWithoutNumber, "exit-code-without-number", Error, "An exit code has no number";

    "What scripts rely on":
    MissingExitCode, "missing-exit-code", Error, "The program lacks an exit code that it needs";
    SuccessNotZero, "success-not-zero", Error, "`success` is another number than 0";
    UnknownPlaceholder, "unknown-placeholder", Error, "A `{placeholder}` in a question names nothing";
    ConfirmWithoutYes, "confirm-without-yes", Error, "No option answers a question";
    NothingRuns, "nothing-runs", Error, "A key for commands that run, where there is nothing to run";
    RoleDoesNotFit, "role-does-not-fit", Error, "An option can't have its role";
    OutputWithoutJson, "output-without-json", Error, "No option prints a result";
    JsonWithoutOutput, "json-without-output", Warning, "An option prints a result, and there is none";
    RoleTwice, "role-twice", Error, "Two options of a command have one role";

    "Output":
    SchemaWithoutType, "schema-without-type", Error, "A schema does not say what it is";
    NotAPattern, "not-a-pattern", Error, "A pattern is no regular expression";
    UnknownProperty, "unknown-property", Error, "`required` names no property";
    OptionalAndNull, "optional-and-null", Error, "A member may be missing and may be null";
    AlternativesAlike, "alternatives-alike", Error, "Alternatives can't be told apart";
    UnknownDefinition, "unknown-definition", Error, "A `$ref` names no definition";
    UnusedDefinition, "unused-definition", Error, "No `$ref` names a definition";
    SchemaOfItself, "schema-of-itself", Error, "A value would contain itself";

    "Settings in files":
    NotAConfigFile, "not-a-config-file", Error, "A path that no configuration file can have";
    NotASettingName, "not-a-setting-name", Error, "A name that no setting can have";
    SettingTwice, "setting-twice", Error, "Two options have one setting, or one inside the other's";
    SettingWithoutFiles, "setting-without-files", Error, "An option has a setting, and there are no files for it";

    "Style":
    FullStop, "full-stop", Warning, "A line of help ends in a full stop";
    LongHelp, "long-help", Warning, "A line of help is longer than a line";
    RepeatedText, "repeated-text", Warning, "Two texts say the same";
    NotKebabCase, "not-kebab-case", Warning, "A name is written unlike most others";
    SignRemoved, "sign-removed", Warning, "Markdown removes a sign from a text";
    CommentInText, "comment-in-text", Warning, "A text ends where a comment begins";
    ShellInPath, "shell-in-path", Warning, "A path that only a shell would understand";
    VariableCalledTrue, "variable-called-true", Warning, "A variable has the name of a truth value";
    ValuesLikeChoices, "values-like-choices", Warning, "An option takes several values, probably instead of choices";
    VariableTwice, "variable-twice", Warning, "A variable sets two options of one command";
    UnusedExitCode, "unused-exit-code", Warning, "No command shows the text of an exit code";
    ExampleWithoutAbout, "example-without-about", Warning, "An example does not say what it does";
    ExampleTwice, "example-twice", Warning, "An example is there twice";
    ExampleDeprecated, "example-deprecated", Warning, "An example uses what goes away";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Code {
    type Err = NoSuchCode;

    fn from_str(name: &str) -> Result<Self, NoSuchCode> {
        let find = |name: &str| Self::ALL.iter().find(|code| code.name() == name).copied();
        find(name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|code| code.name()).collect();
            NoSuchCode {
                name: name.to_owned(),
                similar: nearest(name, &names).and_then(find),
            }
        })
    }
}

/// No code has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchCode {
    name: String,
    similar: Option<Code>,
}

impl NoSuchCode {
    /// The code that was probably meant, if its name is similar.
    pub fn similar(&self) -> Option<Code> {
        self.similar
    }
}

impl fmt::Display for NoSuchCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no code `{}`", printable(&self.name))
    }
}

impl std::error::Error for NoSuchCode {}
