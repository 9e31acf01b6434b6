//! Arguments and options: their names, what they take, and the keys that depend on that.

use std::sync::Arc;

use super::takes::value_keys;
use super::{Lower, groups};
use crate::diagnostic::Code;
use crate::ir::{self, Arg, ArgSet, Condition, Form, Name, Takes};
use crate::source::Spanned;
use crate::spec::{
    self, BoolOr, Common, Effect, Hidden, Map, Maps, Opposite, Placement, Role, Scope, Text,
};

/// The properties of an argument or option that don't come from [`Common`].
struct Own {
    form: Form,
    takes: Takes,
    heading: Option<String>,
    setting: spec::Setting,
    role: Option<Spanned<Role>>,
    placement: Option<Spanned<Placement>>,
    effect: Option<Effect>,
    required: bool,
    /// What messages call it: `the option` or `the argument`.
    what: &'static str,
}

impl Lower<'_> {
    /// Lowers a shared set.
    pub(super) fn set(&mut self, name: Name, set: spec::Set) -> ArgSet {
        self.allow(set.allow);
        let optional = is_true(set.optional);
        let mut args = self.options(set.options);
        if optional {
            require_together(&mut args);
        }
        if args.is_empty() {
            self.problems
                .error(
                    Code::EmptySet,
                    name.span,
                    format!("the set `{}` has no options", *name),
                )
                .help("define them under `options:`");
        }
        let mut set = ArgSet {
            heading: set.heading.map(|heading| self.line(heading)),
            name: Some(name),
            owner: Vec::new(),
            optional,
            groups: self.groups(set.groups, &args),
            args,
        };
        groups::expand(&mut set, &[]);
        groups::settle(set)
    }

    /// Lowers the arguments, options and option groups that a command defines itself.
    pub(super) fn own_args(
        &mut self,
        arguments: Map<spec::Argument>,
        options: Map<spec::Opt>,
        groups: Map<spec::Group>,
        path: &[String],
        outer: &[Arc<ArgSet>],
    ) -> ArgSet {
        let mut args: Vec<Arg> = Vec::new();
        for (id, argument) in arguments.0 {
            let mut arg = self.argument(id, argument);
            // After another argument, a word that begins with a dash is a value of this one. In the
            // first position, it would rather be a misspelled option.
            if let (false, Form::Argument { trailing: true, .. }, Takes::Value(value)) =
                (args.is_empty(), &arg.form, &mut arg.takes)
            {
                value.hyphen_values = true;
            }
            args.push(arg);
        }
        args.extend(self.options(options));
        let mut set = ArgSet {
            name: None,
            owner: path.to_vec(),
            heading: None,
            optional: false,
            groups: self.groups(groups, &args),
            args,
        };
        groups::expand(&mut set, outer);
        groups::settle(set)
    }

    fn options(&mut self, options: Map<spec::Opt>) -> Vec<Arg> {
        let options = options.0.into_iter();
        options
            .map(|(id, option)| self.option(id, option))
            .collect()
    }

    /// Removes the dashes from a key, and reports them. Rules name options without dashes.
    fn without_dashes(&mut self, id: Name, what: &str) -> Name {
        let bare = id.trim_start_matches('-');
        if bare.is_empty() || bare == id.as_str() {
            return id;
        }
        self.problems
            .error(
                Code::NameWithDashes,
                id.span,
                format!("`{}` is not a valid name for {what}", *id),
            )
            .suggest("write the name without dashes", id.span, bare);
        Name::new(bare.to_owned(), id.span)
    }

    fn argument(&mut self, id: Name, mut argument: spec::Argument) -> Arg {
        let id = self.without_dashes(id, "an argument");
        let mut common = Common::from(&mut argument);
        let required = is_true(common.required);
        self.required_default(required, &common);
        let value = self.argument_value(&id, argument.value.take(), &argument, &mut common);
        let form = Form::Argument {
            last: is_true(argument.last),
            trailing: is_true(argument.trailing),
        };
        let own = Own {
            form,
            takes: Takes::Value(Box::new(value)),
            heading: common.heading.take().map(|heading| self.line(heading)),
            setting: spec::Setting::default(),
            role: None,
            placement: None,
            effect: None,
            required,
            what: "the argument",
        };
        self.arg(id, own, common)
    }

    fn option(&mut self, id: Name, mut option: spec::Opt) -> Arg {
        let id = self.without_dashes(id, "an option");
        let mut common = Common::from(&mut option);
        let required = common.required.filter(|required| required.value);
        self.required_default(required.is_some(), &common);
        // If `value` was forgotten, that is reported at the keys that need it.
        let switch = option.value.0.is_empty() && value_keys(&option, &common).is_none();
        if let (Some(key), true, None) = (required, switch, opposite(&option)) {
            self.problems
                .error(
                    Code::RequiredSwitch,
                    key.span,
                    "an option without a value can't be `required`",
                )
                .help(
                    "remove the key, because the option would always have to be given; to make users \
                     choose between it and its opposite, add `negatable: true`",
                );
        }
        let form = self.option_form(&id, &mut option);
        let mut takes = self.takes(&id, &form, &mut option, &mut common);
        self.secret(option.secret, &mut takes);
        let own = Own {
            takes,
            form,
            heading: common.heading.take().map(|heading| self.line(heading)),
            setting: self.setting(option.config.take().map(|key| *key)),
            role: option.role.take(),
            placement: option.placement.take(),
            effect: option.effect.take().map(|effect| effect.value),
            required: required.is_some(),
            what: "the option",
        };
        self.arg(id, own, common)
    }

    /// Whether the setting of an option is not allowed in a project's file.
    fn is_users_own(&mut self, own: &Own) -> bool {
        let secret =
            matches!(&own.takes, Takes::Value(value) if matches!(value.kind, ir::Kind::Secret));
        let yes = own.role.is_some_and(|role| role.value == Role::Yes);
        match own.setting.scope {
            Some(scope) if scope.value == Scope::Project && (secret || yes) => {
                let what = if secret {
                    "a secret"
                } else {
                    "the answer to a question"
                };
                self.problems
                    .error(
                        Code::KeyDoesNotFit,
                        scope.span,
                        format!("a project's file can't contain {what}"),
                    )
                    .label("the author of the file would decide for the user")
                    .help("use `scope: user`, or remove `scope`");
                true
            }
            scope => {
                let user = scope.is_some_and(|scope| scope.value == Scope::User);
                self.has_project_file && (user || secret || yes)
            }
        }
    }

    fn arg(&mut self, id: Name, own: Own, common: Common) -> Arg {
        self.allow(common.allow);
        let hidden = common.hidden.map_or(Hidden::No, |hidden| hidden.value);
        let (required_when, required_when_all) = self.conditions(common.required_when);
        let (conflicts_when, conflicts_when_all) = self.conditions(common.conflicts_when);
        let (requires_when, requires_when_all) = self.conditions(common.requires_when);
        // A value has taken out its own.
        let on_when = common.default_when.0.into_iter();
        let on_when = on_when
            .filter_map(|default| self.on_when(default))
            .collect();
        let env = self.variables(&id, &own.form, common.env.0);
        let users_own = own.setting.key.is_some() && self.is_users_own(&own);
        Arg {
            form: own.form,
            takes: own.takes,
            placement: own.placement,
            help: match hidden {
                Hidden::Yes if common.help.is_none() => Spanned::new(Vec::new(), id.span),
                _ => self.required_help(common.help, &id, own.what),
            },
            description: self.blocks(common.description),
            required: own.required,
            required_in_set: false,
            hidden: hidden == Hidden::Yes,
            hidden_short: hidden == Hidden::Short,
            deprecated: common
                .deprecated
                .map(|keys| Box::new(self.deprecated(*keys))),
            since: common.since.map(|since| self.line(since)),
            heading: own.heading,
            env,
            users_own,
            config: own.setting.key,
            deprecated_keys: own.setting.deprecated_keys.0,
            role: own.role,
            effect: own.effect,
            conflicts: common.conflicts.0,
            requires: common.requires.0,
            requires_any: Vec::new(),
            required_with: common.required_with.0,
            required_unless: common.required_unless.0,
            required_unless_all: common.required_unless_all.0,
            required_when,
            required_when_all,
            conflicts_when,
            conflicts_when_all,
            requires_when,
            requires_when_all,
            on_when,
            overrides: common.overrides.0,
            exclusive: is_true(common.exclusive),
            id,
        }
    }

    /// Returns the environment variables of an option. `true` is replaced by the option's name, after the
    /// prefix.
    fn variables(&self, id: &Name, form: &Form, names: Vec<Text>) -> Vec<Name> {
        let Some(prefix) = &self.env_prefix else {
            return names;
        };
        let long = match form {
            Form::Option {
                long: Some(long), ..
            } => long,
            _ => id,
        };
        let own = long.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let own = format!("{prefix}_{}", own.to_ascii_uppercase());
        let named = |name: Text| match name.as_str() {
            "true" => Name::new(own.clone(), name.span),
            _ => name,
        };
        names.into_iter().map(named).collect()
    }

    /// Returns the conditions of which one must hold, and those that must all hold.
    fn conditions(&mut self, conditions: Maps<Map<Text>>) -> (Vec<Condition>, Vec<Condition>) {
        let mut maps = conditions.0;
        if maps.len() == 1 && maps[0].value.0.len() > 1 {
            let all = maps.remove(0).value.0.into_iter();
            return (
                Vec::new(),
                all.map(|(arg, is)| Condition { arg, is }).collect(),
            );
        }
        let mut any = Vec::new();
        for map in maps {
            if map.value.0.len() != 1 {
                self.problems
                    .error(
                        Code::NotACondition,
                        map.span,
                        "each entry of this list must be one option with its value",
                    )
                    .help("write a list with one condition in each entry, or one mapping if all must hold");
            }
            let mut entries = map.value.0.into_iter();
            any.extend(entries.next().map(|(arg, is)| Condition { arg, is }));
        }
        (any, Vec::new())
    }

    fn required_default(&mut self, required: bool, common: &Common) {
        let conditional = common.default_when.0.first().map(|default| default.span);
        let default = common.default.0.first().map(|default| default.span);
        if let (true, Some(span)) = (required, default.or(conditional)) {
            self.problems
                .error(
                    Code::RequiredWithDefault,
                    span,
                    "`required` and a default can't be used together",
                )
                .help("remove `required` or `default`");
        }
    }
}

/// Makes the required options of an optional set required only if another option of the set is given.
fn require_together(args: &mut [Arg]) {
    let ids: Vec<Name> = args.iter().map(|arg| arg.id.clone()).collect();
    for arg in args.iter_mut().filter(|arg| arg.required) {
        arg.required = false;
        arg.required_in_set = true;
        let others = ids.iter().filter(|id| ***id != *arg.id);
        let others = others.map(|id| Name::new(id.value.clone(), arg.id.span));
        arg.required_with.extend(others);
    }
}

/// The key `negatable`, unless it is `false`.
pub(super) fn opposite(option: &spec::Opt) -> Option<&Spanned<BoolOr<Opposite>>> {
    let off =
        |key: &&Spanned<BoolOr<Opposite>>| !matches!(&key.value, BoolOr::Plain(on) if !on.value);
    option.negatable.as_deref().filter(off)
}

/// Whether a key is present and `true`.
pub(super) fn is_true(key: Option<Spanned<bool>>) -> bool {
    key.is_some_and(|key| key.value)
}
