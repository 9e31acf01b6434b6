//! Options and arguments.

use clapspec_runtime::model::{Exists, PathKind};

use super::{deprecation, effect, named, plain, text, texts};
use crate::description::{
    Arg, Bounds, Choice, Complete, Condition, DefaultWhen, Named, Opposite, Takes, Value,
};
use crate::ir::{self, ArgSet, COMPLETIONS, Form, KINDS, Kind, Role};
use crate::text::{blocks_to_plain, to_plain};

/// Describes an option or argument.
pub(super) fn arg(command: &ir::Command, set: &ArgSet, arg: &ir::Arg) -> Arg {
    let shown = arg.shown_names();
    let mut made = Arg {
        key: arg.id.value.clone(),
        help: to_plain(&arg.help),
        description: blocks_to_plain(&arg.description),
        required: arg.required,
        required_in_set: arg.required_in_set,
        set: text(&set.name),
        env: texts(&arg.env),
        setting: text(&arg.config),
        deprecated_settings: texts(&arg.deprecated_keys),
        only_user_setting: arg.users_own,
        placement: arg.placement.and_then(|placement| match placement.value {
            ir::Placement::Anywhere => None,
            ir::Placement::BeforeSubcommand => Some("before-subcommand".to_owned()),
            ir::Placement::WithoutSubcommand => Some("without-subcommand".to_owned()),
        }),
        hidden: arg.hidden,
        hidden_in_short_help: arg.hidden_short,
        deprecated: arg.deprecated.as_deref().map(deprecation),
        since: arg.since.clone(),
        heading: arg.heading.clone().or_else(|| set.heading.clone()),
        effect: arg.effect.map(effect),
        role: arg.role.map(|it| role(it.value).to_owned()),
        names: texts(&shown),
        ..Arg::default()
    };
    add_form(arg, &mut made);
    add_takes(arg, &mut made);
    add_rules(command, arg, &mut made);
    made
}

/// Adds how it is recognized on a command line.
fn add_form(arg: &ir::Arg, made: &mut Arg) {
    let Form::Option {
        sigil,
        hidden_aliases,
        deprecated_aliases,
        ..
    } = &arg.form
    else {
        return;
    };
    made.sigil = sigil.map(|sign| sign.value);
    made.hidden_names = hidden_aliases.iter().map(|name| dashed(name)).collect();
    let earlier = deprecated_aliases.iter();
    let earlier = earlier.map(|(name, deprecated)| Named {
        name: dashed(name),
        help: to_plain(&deprecated.reason),
    });
    made.deprecated_names = earlier.collect();
}

fn dashed(name: &str) -> String {
    let dashes = if name.chars().count() == 1 { "-" } else { "--" };
    format!("{dashes}{name}")
}

/// Adds what it takes, and its defaults.
fn add_takes(arg: &ir::Arg, made: &mut Arg) {
    match &arg.takes {
        ir::Takes::Switch => {}
        ir::Takes::Negatable { opposite, default } => {
            made.opposite = Some(Opposite {
                name: format!("--{}", *opposite.name),
                help: plain(opposite.help.as_ref()).unwrap_or_default(),
                hidden: opposite.hidden,
            });
            made.default.extend(default.map(|on| on.to_string()));
        }
        ir::Takes::Count(max) => (made.takes, made.max) = (Takes::Count, Some(*max)),
        ir::Takes::Value(it) => {
            made.takes = Takes::Value;
            made.value = Some(value(arg, it));
            made.default = texts(&it.default);
            let when = it.default_when.iter().map(|default| DefaultWhen {
                when: condition(&default.when),
                value: default.value.value.clone(),
            });
            made.default_when = when.collect();
        }
    }
    let on = arg.on_when.iter().map(|when| DefaultWhen {
        when: condition(when),
        value: "true".to_owned(),
    });
    made.default_when.extend(on);
}

fn add_rules(command: &ir::Command, arg: &ir::Arg, made: &mut Arg) {
    let conditions = |list: &[ir::Condition]| list.iter().map(condition).collect::<Vec<_>>();
    let excluded = command.excluded(arg).map(|other| other.id.value.clone());
    made.conflicts = excluded.collect();
    made.requires = command.requires(arg).map(|id| id.value.clone()).collect();
    made.requires.dedup();
    let any = arg.requires_any.iter();
    made.requires_any = any.map(|(_, members)| texts(members)).collect();
    made.required_unless = texts(&arg.required_unless);
    made.required_unless_all = texts(&arg.required_unless_all);
    made.required_when = conditions(&arg.required_when);
    made.required_when_all = conditions(&arg.required_when_all);
    made.conflicts_when = conditions(&arg.conflicts_when);
    made.conflicts_when_all = conditions(&arg.conflicts_when_all);
    made.requires_when = conditions(&arg.requires_when);
    made.requires_when_all = conditions(&arg.requires_when_all);
    made.overrides = texts(&arg.overrides);
    made.exclusive = arg.exclusive;
}

fn value(arg: &ir::Arg, value: &ir::Value) -> Value {
    let (last, trailing) = match arg.form {
        Form::Argument { last, trailing } => (last, trailing),
        Form::Option { .. } => (false, false),
    };
    let mut made = Value {
        r#type: type_name(&value.kind),
        names: value.names.clone(),
        repeated: value.repeated,
        times: value.times.map(bounds),
        values: value.bounds.map(bounds),
        delimiter: value.delimiter,
        bare: text(&value.bare),
        equals: value.equals,
        hyphen_values: value.hyphen_values,
        terminator: value.terminator.clone(),
        last,
        trailing,
        complete: value.complete.as_ref().map(complete),
        suggest: named(&value.suggestions),
        ..Value::default()
    };
    match &value.kind {
        Kind::Integer { min, max } => {
            made.min = Some(*min).filter(|min| *min != i64::MIN).map(Into::into);
            made.max = Some(*max).filter(|max| *max != i64::MAX).map(Into::into);
        }
        Kind::Float { min, max } => {
            // An infinite limit is no number.
            made.min = serde_json::Number::from_f64(*min);
            made.max = serde_json::Number::from_f64(*max);
        }
        Kind::Path(_, exists) => {
            made.exists = match exists {
                Exists::Either => None,
                Exists::Must => Some(true),
                Exists::MustNot => Some(false),
            };
        }
        Kind::Choice {
            choices,
            ignore_case,
        } => {
            made.choices = choices.iter().map(choice).collect();
            made.ignore_case = *ignore_case;
        }
        Kind::String
        | Kind::Secret
        | Kind::Boolean
        | Kind::Url
        | Kind::Duration
        | Kind::Size
        | Kind::KeyValue
        | Kind::Rust(_) => {}
    }
    made
}

/// The name of a type, as in a spec.
fn type_name(kind: &Kind) -> String {
    match kind {
        Kind::Secret => "secret".to_owned(),
        Kind::Choice { .. } => "choice".to_owned(),
        Kind::Rust(path) => path.clone(),
        Kind::Path(PathKind::Any, _) => "path".to_owned(),
        Kind::Path(PathKind::File, _) => "file".to_owned(),
        Kind::Path(PathKind::Directory, _) => "directory".to_owned(),
        kind => {
            let same = |named: &&ir::NamedKind| {
                let known = (named.kind)(Exists::Either);
                std::mem::discriminant(&known) == std::mem::discriminant(kind)
            };
            let known = KINDS.iter().find(same);
            known.map_or_else(String::new, |known| known.name.to_owned())
        }
    }
}

fn choice(choice: &ir::Choice) -> Choice {
    Choice {
        name: choice.name.value.clone(),
        help: to_plain(&choice.help),
        aliases: texts(&choice.aliases),
        hidden: choice.hidden,
    }
}

fn bounds(bounds: ir::Bounds) -> Bounds {
    Bounds {
        min: bounds.min,
        max: bounds.max,
    }
}

fn complete(complete: &ir::Complete) -> Complete {
    let kind = |kind: &str| Complete {
        kind: kind.to_owned(),
        ..Complete::default()
    };
    match complete {
        ir::Complete::Named(complete) => {
            let known = COMPLETIONS.iter().find(|known| known.complete == *complete);
            kind(known.map_or("", |known| known.name))
        }
        ir::Complete::Files(extensions) => Complete {
            extensions: texts(extensions),
            ..kind("files")
        },
        ir::Complete::Values(name) => Complete {
            values: Some(name.value.clone()),
            ..kind("values")
        },
    }
}

fn condition(condition: &ir::Condition) -> Condition {
    Condition {
        arg: condition.arg.value.clone(),
        is: condition.is.value.clone(),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Json => "json",
        Role::PrettyJson => "pretty-json",
        Role::Yes => "yes",
        Role::DryRun => "dry-run",
        Role::Color => "color",
    }
}
