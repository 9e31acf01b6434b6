//! Arguments and options: what each takes, and the keys that go with that.

use super::Lower;
use crate::ir::{Arg, ArgSet, Form, Kind, Name, Takes, Value};
use crate::source::{Span, Spanned};
use crate::spec::{self, Choices, Map, OneOrMany, Text};

/// The keys that arguments and options have in common for their values.
struct ValueKeys {
    kind: Option<Spanned<spec::Kind>>,
    choices: Choices,
    default: OneOrMany<Text>,
    repeated: bool,
    delimiter: Option<Text>,
}

impl Lower<'_> {
    /// A shared set.
    pub(super) fn set(&mut self, name: Name, set: spec::Set) -> ArgSet {
        let args = self.options(set.options);
        if args.is_empty() {
            self.problems
                .error(name.span, format!("the set `{}` has no options", *name))
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
        options.map(|(id, option)| self.option(id, option)).collect()
    }

    fn argument(&mut self, id: Name, argument: spec::Argument) -> Arg {
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
            Some(name) => self.line(name),
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
        let required = option.required.is_some_and(|required| required.value);
        if let (true, Some(default)) = (required, option.default.0.first()) {
            self.required_default(default.span);
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
                        .error(text.span, "a short name is written without its dash")
                        .suggest("write the letter alone", text.span, letter);
                    None
                }
                _ => {
                    self.problems
                        .error(text.span, "a short name is one letter")
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
        Form::Option {
            short: short.or(letter.filter(|_| long.is_none())),
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
                    .error(count.span, "an option that takes a value does not count")
                    .help("use `repeat: true` to take it several times, or remove `value`");
            }
            let keys = ValueKeys {
                kind: option.kind.take(),
                choices: std::mem::take(&mut option.choices),
                default: std::mem::take(&mut option.default),
                repeated: repeat.is_some(),
                delimiter: option.delimiter.take(),
            };
            let name = self.line(name);
            return Takes::Value(self.value(name, keys));
        }
        let what = if option.count.is_some() { "an option that counts" } else { "a switch" };
        let value_key = option.kind.map(|kind| ("type", kind.span));
        let value_key = value_key.or_else(|| {
            let first = option.choices.0.first();
            first.map(|(name, _)| ("choices", name.span))
        });
        if let Some((key, span)) = value_key {
            let name = id.to_uppercase().replace('-', "_");
            self.problems
                .error(span, format!("{what} takes no value, so it has no `{key}`"))
                .help(format!("if it takes a value, name the value: `value: {name}`"));
        }
        if let Some(delimiter) = &option.delimiter {
            self.problems
                .error(delimiter.span, format!("{what} takes no value, so it has no `delimiter`"))
                .help("remove the key");
        }
        if let Some(default) = option.default.0.first() {
            self.problems
                .error(default.span, format!("{what} has no `default`"))
                .help("it is off unless it is given; remove the key");
        }
        if let Some(repeat) = repeat {
            self.problems
                .error(repeat.span, format!("{what} has no `repeat`"))
                .help("to count how often it is given, write `count: 2` (two at most)");
        }
        match option.count {
            Some(count) if count.value == 0 => {
                self.problems
                    .error(count.span, "a count of 0 never counts")
                    .help("say how often it may usefully be given: `count: 2`");
                Takes::Count(1)
            }
            Some(count) => Takes::Count(count.value),
            None => Takes::Switch,
        }
    }

    fn value(&mut self, name: String, keys: ValueKeys) -> Value {
        let kind = match (keys.kind, keys.choices.0) {
            (kind, choices) if !choices.is_empty() => {
                if let Some(kind) = kind {
                    self.problems
                        .error(kind.span, "`type` and `choices` exclude each other")
                        .help("choices are their own type; remove `type`");
                }
                Kind::Choice(self.choices(choices))
            }
            (None, _) => Kind::String,
            (Some(kind), _) => match kind.value {
                spec::Kind::String => Kind::String,
                spec::Kind::Path => Kind::Path,
                spec::Kind::Integer => Kind::Integer,
            },
        };
        if let (false, Some(second)) = (keys.repeated, keys.default.0.get(1)) {
            self.problems
                .error(second.span, "there is more than one default, but only one value")
                .help("keep one, or say that it may be given several times: `repeat: true`");
        }
        let delimiter = keys.delimiter.and_then(|text| self.delimiter(&text, keys.repeated));
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
                .error(text.span, "a delimiter needs an option that takes several values")
                .help("add `repeat: true`, or remove `delimiter`");
        }
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(c), None) if c.is_ascii_punctuation() && c != '-' => Some(c),
            _ => {
                self.problems
                    .error(text.span, "a delimiter is one punctuation character")
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
                    .error(name.span, format!("the choice `{}` is listed twice", *name))
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
            .error(span, "what must be given has no use for a default")
            .help("remove `required` or `default`");
    }
}

/// Turns `required-with` around where both options are in one set: `a` required with `b` means
/// that `b` requires `a`.
fn settle(mut args: Vec<Arg>) -> Vec<Arg> {
    let mut pairs = Vec::new();
    for arg in &args {
        for with in &arg.required_with {
            pairs.push((with.value.clone(), Name::new(arg.id.value.clone(), with.span)));
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
