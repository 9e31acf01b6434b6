//! Arguments and options: what each takes, and the keys that go with that.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Arg, ArgSet, Form, Kind, Name, Takes, Value};
use crate::source::{Span, Spanned};
use crate::spec::{self, Choices, Map, OneOrMany, Text};

/// The keys that arguments and options have in common for their values.
struct ValueKeys {
    kind: Option<Spanned<spec::Kind>>,
    choices: Option<Spanned<Choices>>,
    default: OneOrMany<Text>,
    repeated: bool,
    delimiter: Option<Text>,
}

impl Lower<'_> {
    /// A shared set.
    pub(super) fn set(&mut self, name: Name, set: spec::Set) -> ArgSet {
        self.allow(set.allow);
        let args = self.options(set.options);
        if args.is_empty() {
            self.problems
                .error(
                    Code::EmptySet,
                    name.span,
                    format!("the set `{}` has no options", *name),
                )
                .help("list them below `options:`");
        }
        ArgSet {
            heading: set.heading.map(|heading| self.line(heading)),
            name: Some(name),
            owner: Vec::new(),
            args: settle(args),
        }
    }

    /// What a command defines for itself.
    pub(super) fn own_args(
        &mut self,
        arguments: Map<spec::Argument>,
        options: Map<spec::Opt>,
        path: &[String],
    ) -> ArgSet {
        let mut args: Vec<Arg> = Vec::new();
        for (id, argument) in arguments.0 {
            args.push(self.argument(id, argument));
        }
        args.extend(self.options(options));
        ArgSet {
            name: None,
            owner: path.to_vec(),
            heading: None,
            args: settle(args),
        }
    }

    fn options(&mut self, options: Map<spec::Opt>) -> Vec<Arg> {
        let options = options.0.into_iter();
        options
            .map(|(id, option)| self.option(id, option))
            .collect()
    }

    fn argument(&mut self, id: Name, argument: spec::Argument) -> Arg {
        self.allow(argument.allow);
        let keys = ValueKeys {
            kind: argument.kind,
            choices: argument.choices,
            default: argument.default,
            repeated: argument.repeat,
            delimiter: None,
        };
        if let (true, Some(default)) = (argument.required, keys.default.0.first()) {
            self.required_default(default.span);
        }
        let name = match argument.value {
            Some(name) => self.value_name(name),
            None => id.to_uppercase(),
        };
        Arg {
            form: Form::Argument,
            takes: Takes::Value(self.value(name, keys)),
            help: self.required_help(argument.help, &id, "the argument"),
            description: self.blocks(argument.description),
            required: argument.required,
            hidden: argument.hidden,
            heading: None,
            env: None,
            conflicts: Vec::new(),
            requires: Vec::new(),
            required_with: Vec::new(),
            id,
        }
    }

    fn option(&mut self, id: Name, mut option: spec::Opt) -> Arg {
        self.allow(std::mem::take(&mut option.allow));
        let required = option.required.is_some_and(|required| required.value);
        if let (true, Some(default)) = (required, option.default.0.first()) {
            self.required_default(default.span);
        }
        if let (true, None, Some(key)) = (required, &option.value, &option.required) {
            self.problems
                .error(
                    Code::RequiredSwitch,
                    key.span,
                    "an option without a value has no use for `required`",
                )
                .help("it would always be given; remove the key");
        }
        let form = self.option_form(&id, &mut option);
        let env = option.env.take();
        let takes = self.takes(&id, &mut option);
        Arg {
            form,
            takes,
            help: self.required_help(option.help, &id, "the option"),
            description: self.blocks(option.description),
            required,
            hidden: option.hidden,
            heading: option.heading.map(|heading| self.line(heading)),
            env,
            conflicts: option.conflicts.0,
            requires: option.requires.0,
            required_with: option.required_with.0,
            id,
        }
    }

    fn option_form(&mut self, id: &Name, option: &mut spec::Opt) -> Form {
        let mut letters = id.chars();
        let letter = match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(Spanned::new(letter, id.span)),
            _ => None,
        };
        let short = option.short.take().and_then(|text| {
            let mut letters = text.trim_start_matches('-').chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) if !text.starts_with('-') => {
                    Some(Spanned::new(letter, text.span))
                }
                (Some(letter), None) => {
                    self.problems
                        .error(
                            Code::NameWithDashes,
                            text.span,
                            "a short name is written without its dash",
                        )
                        .suggest("write the letter alone", text.span, letter);
                    None
                }
                _ => {
                    self.problems
                        .error(Code::NotAShortName, text.span, "a short name is one letter")
                        .help("a longer one goes into `aliases:`");
                    None
                }
            }
        });
        let long = match (option.long.take(), letter) {
            (Some(long), _) => Some(long),
            (None, Some(_)) => None,
            (None, None) => Some(id.clone()),
        };
        if let (Some(short), Some(letter)) = (&short, &letter) {
            self.problems
                .error(
                    Code::SecondShortName,
                    short.span,
                    format!("`-{}` has a second short name", letter.value),
                )
                .help("an option of one letter is that letter; use a longer name and `short`");
        }
        Form::Option {
            short: letter.or(short),
            long,
            aliases: std::mem::take(&mut option.aliases.0),
        }
    }

    /// Whether an option is a switch, counts, or has a value; refuses keys of the other kinds.
    fn takes(&mut self, id: &Name, option: &mut spec::Opt) -> Takes {
        let repeat = option.repeat.filter(|repeat| repeat.value);
        if let Some(name) = option.value.take() {
            if let Some(count) = option.count {
                self.problems
                    .error(
                        Code::CountWithValue,
                        count.span,
                        "an option that takes a value does not count",
                    )
                    .help("use `repeat: true` to take it several times, or remove `value`");
            }
            let keys = ValueKeys {
                kind: option.kind.take(),
                choices: option.choices.take(),
                default: std::mem::take(&mut option.default),
                repeated: repeat.is_some(),
                delimiter: option.delimiter.take(),
            };
            let name = self.value_name(name);
            return Takes::Value(self.value(name, keys));
        }
        self.refuse_value_keys(id, option);
        match option.count {
            Some(count) if count.value == 0 => {
                self.problems
                    .error(Code::CountOfZero, count.span, "a count of 0 never counts")
                    .help("say how often it may usefully be given: `count: 2`");
                Takes::Count(1)
            }
            Some(count) => Takes::Count(count.value),
            None => Takes::Switch,
        }
    }

    /// Refuses keys that only mean something for an option with a value.
    fn refuse_value_keys(&mut self, id: &Name, option: &spec::Opt) {
        let what = if option.count.is_some() {
            "an option that counts"
        } else {
            "a switch"
        };
        let name = id.to_uppercase().replace('-', "_");
        let name_it = format!("if it takes a value, name the value: `value: {name}`");
        let keys = [
            option.kind.map(|kind| ("type", kind.span)),
            option
                .choices
                .as_ref()
                .map(|choices| ("choices", choices.span)),
            option
                .delimiter
                .as_ref()
                .map(|text| ("delimiter", text.span)),
        ];
        let repeat = option.repeat.filter(|repeat| repeat.value);
        // One mistake, however many keys follow from it.
        if let Some((key, span)) = keys.into_iter().flatten().next() {
            self.problems
                .error(
                    Code::KeyNeedsValue,
                    span,
                    format!("{what} takes no value, so it has no `{key}`"),
                )
                .help(name_it);
        } else if let Some(default) = option.default.0.first() {
            let diagnostic = self.problems.error(
                Code::DefaultOfSwitch,
                default.span,
                format!("{what} has no `default`"),
            );
            if matches!(default.as_str(), "true" | "false") {
                diagnostic.help("it is off unless it is given; remove the key");
            } else {
                diagnostic.help(name_it);
            }
        } else if let Some(repeat) = repeat {
            self.problems
                .error(
                    Code::RepeatOfSwitch,
                    repeat.span,
                    format!("{what} has no `repeat`"),
                )
                .help("to count how often it is given, write `count: 2` (two at most)");
        }
    }

    /// What stands for a value in help, where clap puts brackets around it.
    fn value_name(&mut self, name: Text) -> String {
        let bare = name
            .trim_start_matches(['<', '['])
            .trim_end_matches(['>', ']', '.']);
        if name.starts_with('-') {
            self.problems
                .error(
                    Code::NotAValueName,
                    name.span,
                    format!("`{}` can't stand for a value", *name),
                )
                .help("it is the name of the value, such as `FILE`; the option's name is its key");
        } else if bare != name.as_str() && !bare.is_empty() {
            self.problems
                .error(
                    Code::ValueNameInBrackets,
                    name.span,
                    "the name of a value is written without brackets",
                )
                .suggest("they are added where they belong", name.span, bare);
        }
        self.line(name)
    }

    fn value(&mut self, name: String, keys: ValueKeys) -> Value {
        let kind = match (keys.kind, keys.choices) {
            (kind, Some(choices)) => {
                if let Some(kind) = kind {
                    self.problems
                        .error(
                            Code::TypeAndChoices,
                            kind.span,
                            "`type` and `choices` exclude each other",
                        )
                        .help("choices are their own type; remove `type`");
                }
                if choices.value.0.is_empty() {
                    self.problems
                        .error(Code::EmptyChoices, choices.span, "there is no choice")
                        .help("list the values that are accepted, or remove `choices`");
                }
                Kind::Choice(self.choices(choices.value.0))
            }
            (None, None) => Kind::String,
            (Some(kind), None) => match kind.value {
                spec::Kind::String => Kind::String,
                spec::Kind::Path => Kind::Path,
                spec::Kind::Integer => Kind::Integer,
            },
        };
        if let (false, Some(second)) = (keys.repeated, keys.default.0.get(1)) {
            self.problems
                .error(
                    Code::SeveralDefaults,
                    second.span,
                    "there is more than one default, but only one value",
                )
                .help("keep one, or say that it may be given several times: `repeat: true`");
        }
        let delimiter = keys
            .delimiter
            .and_then(|text| self.delimiter(&text, keys.repeated));
        Value {
            name,
            kind,
            repeated: keys.repeated,
            delimiter,
            default: keys.default.0,
        }
    }

    fn delimiter(&mut self, text: &Text, repeated: bool) -> Option<char> {
        if !repeated {
            self.problems
                .error(
                    Code::DelimiterWithoutRepeat,
                    text.span,
                    "a delimiter needs an option that takes several values",
                )
                .help("add `repeat: true`, or remove `delimiter`");
        }
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(c), None) if c.is_ascii_punctuation() && c != '-' => Some(c),
            _ => {
                self.problems
                    .error(
                        Code::NotADelimiter,
                        text.span,
                        "a delimiter is one punctuation character",
                    )
                    .help("most programs use a comma: `delimiter: ','`");
                None
            }
        }
    }

    fn choices(&mut self, choices: Vec<(Text, Option<Text>)>) -> Vec<(Name, crate::text::Inlines)> {
        let mut list: Vec<(Name, crate::text::Inlines)> = Vec::new();
        for (name, help) in choices {
            if let Some((known, _)) = list.iter().find(|(known, _)| **known == *name) {
                let first = known.span;
                self.problems
                    .error(
                        Code::ChoiceTwice,
                        name.span,
                        format!("the choice `{}` is listed twice", *name),
                    )
                    .related(first, "first here")
                    .help("remove one");
                continue;
            }
            let help = help.map_or_else(Vec::new, |help| self.inlines(&help));
            list.push((name, help));
        }
        list
    }

    fn required_default(&mut self, span: Span) {
        self.problems
            .error(
                Code::RequiredWithDefault,
                span,
                "what must be given has no use for a default",
            )
            .help("remove `required` or `default`");
    }
}

/// Turns `required-with` around where both options are in one set: `a` required with `b` means
/// that `b` requires `a`.
fn settle(mut args: Vec<Arg>) -> Vec<Arg> {
    let mut pairs = Vec::new();
    for arg in &args {
        for with in &arg.required_with {
            pairs.push((
                with.value.clone(),
                Name::new(arg.id.value.clone(), with.span),
            ));
        }
    }
    for (from, to) in pairs {
        if let Some(arg) = args.iter_mut().find(|arg| *arg.id == from) {
            if arg.requires.iter().all(|known| **known != *to) {
                arg.requires.push(to);
            }
        }
    }
    args
}
