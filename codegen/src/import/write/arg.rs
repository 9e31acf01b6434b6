//! Writes an option or an argument.

use serde_yaml::{Mapping, Value};

use super::super::described::{Arg, Command, Kind, Scope, Takes};
use super::super::text;
use super::{MISSING, Written, kind, put, put_list, put_text, reasons, scalar, todo};

/// An argument of a command, which is written as a mapping.
pub(super) struct Writer<'a> {
    pub(super) command: &'a Command,
    pub(super) scope: &'a Scope,
    pub(super) arg: &'a Arg,
}

impl Writer<'_> {
    pub(super) fn write(&self, place: &str, written: &mut Written) -> Mapping {
        let arg = self.arg;
        let mut map = Mapping::new();
        if let (Some(short), Some(_)) = (arg.short, &arg.long) {
            put(&mut map, "short", scalar(&short.to_string()));
        }
        if let Some(long) = arg.long.as_ref().filter(|long| **long != arg.key) {
            put_text(&mut map, "long", long);
        }
        put_list(&mut map, "aliases", &arg.aliases.shown);
        put_list(&mut map, "hidden-aliases", &arg.aliases.hidden);
        match arg.takes {
            Takes::Switch if arg.negatable => put(&mut map, "negatable", true),
            Takes::Switch => {}
            Takes::Count => put(&mut map, "count", u8::MAX),
            Takes::Value => self.value(place, &mut map, written),
        }
        self.defaults_when(place, &mut map, written);
        if let Some(env) = &arg.env {
            put_text(&mut map, "env", env);
        }
        self.flags(&mut map);
        let of_group = !self.command.commands.is_empty() && !arg.is_positional();
        if arg.required && of_group && !self.command.without_subcommand {
            let reason = "an option of a command group can't be required; subcommands can have it in `requires`";
            written.lost(place, "required", reason);
        }
        self.rules(place, &mut map, written);
        self.others(place, written);
        put_text(
            &mut map,
            "heading",
            arg.heading.as_deref().unwrap_or_default(),
        );
        let (help, description) = text::split(&arg.help, &arg.long_help);
        if text::is_split(&arg.help) {
            written.lost(place, "help", text::SPLIT);
            written.lost(place, "long_help", text::SPLIT);
        }
        if help.is_empty() && !arg.hidden {
            written.lost(place, "help", MISSING);
            put(&mut map, "help", todo(place));
        }
        put_text(&mut map, "help", &help);
        put_text(&mut map, "description", &description);
        map
    }

    /// Reports what a spec has no counterpart for.
    fn others(&self, place: &str, written: &mut Written) {
        for fact in self.arg.others.keys() {
            let reason = match (*fact, self.arg.others[fact].as_str()) {
                ("value_parser", "OsString") => {
                    "the field is a `PathBuf`, which can be converted to an `OsString`"
                }
                ("value_parser", _) if self.arg.kind == Kind::Float => {
                    "a `float` is finite; `type: std::primitive::f64` accepts these, too"
                }
                ("value_parser", _) if self.arg.takes == Takes::Value => {
                    "a function of the program checks the values: add a `type` that implements `FromStr`, or check them in the handler"
                }
                ("action", "SetFalse") => {
                    "the field is `true` if the option is given: negate it in the handler"
                }
                (fact, _) => reasons::of(fact),
            };
            written.lost(place, fact, reason);
        }
    }

    /// Whether a rule may depend on the value of this argument. On how often an option is given, none can.
    fn has_value(&self, id: &str) -> bool {
        let mut args = self.command.args.iter();
        args.all(|arg| arg.id != id || arg.takes != Takes::Count)
    }

    fn defaults_when(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let mut list: Vec<Value> = Vec::new();
        for (condition, values) in &self.arg.defaults_when {
            let keys = self.scope.keys(&condition.id);
            let is_switch = self
                .command
                .args
                .iter()
                .any(|it| it.id == condition.id && it.takes == Takes::Switch);
            let value = match &condition.value {
                Some(value) => Some(value.clone()),
                None if is_switch => Some("true".to_owned()),
                None => None,
            };
            let is_possible = self.arg.takes != Takes::Count && self.has_value(&condition.id);
            let value = value.filter(|_| is_possible);
            let (Some(value), [key], [default]) = (value, keys.as_slice(), values.as_slice())
            else {
                written.lost(
                    place,
                    "default_value_if",
                    "a conditional default depends on the value of one option, and has one value",
                );
                continue;
            };
            let mut when = Mapping::new();
            put_text(&mut when, key, &value);
            let mut entry = Mapping::new();
            put(&mut entry, "when", when);
            put(&mut entry, "value", scalar(default));
            list.push(entry.into());
        }
        put_values(map, "default-when", list);
    }

    /// Writes the keys that are on or off.
    fn flags(&self, map: &mut Mapping) {
        let arg = self.arg;
        let groups = self.command.groups.iter();
        let is_alone = groups
            .filter(|group| group.required)
            .any(|group| self.scope.keys(&group.id) == [arg.key.clone()]);
        let is_group = !self.command.commands.is_empty() && !arg.is_positional();
        let flags = [
            ("required", self.is_required() || is_alone),
            ("last", arg.last),
            ("trailing", arg.trailing),
            // The rest of a command line may have dashes anyway.
            ("hyphen-values", arg.hyphen_values && !arg.trailing),
            ("exclusive", arg.exclusive),
            ("hidden", arg.hidden),
        ];
        for (key, _) in flags.iter().filter(|(_, is_set)| *is_set) {
            put(map, key, true);
        }
        if arg.hidden_short && !arg.hidden {
            put(map, "hidden", "short");
        }
        if is_group && !arg.global {
            let placement = match self.command.without_subcommand {
                true => "without-subcommand",
                false => "before-subcommand",
            };
            put(map, "placement", placement);
        }
    }

    /// Whether it is required in any case.
    fn is_required(&self) -> bool {
        let of_group = !self.command.commands.is_empty()
            && !self.arg.is_positional()
            && !self.command.without_subcommand;
        self.arg.required && !of_group && self.command.conflicts_of(self.arg, self.scope).is_empty()
    }

    fn rules(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let rules = &self.arg.rules;
        let own = self.arg.key.clone();
        let groups = self.command.groups.iter();
        let groups: Vec<_> = groups
            .filter(|group| self.scope.keys(&group.id).contains(&own))
            .collect();
        let all = |ids: &[String]| -> Vec<String> {
            let keys = ids.iter().flat_map(|id| self.scope.keys(id));
            unique(keys)
        };
        let mut requires = rules.requires.clone();
        let mut conflicts = all(&rules.conflicts);
        for group in groups {
            requires.extend(group.requires.iter().cloned());
            conflicts.extend(all(&group.conflicts));
            if group.is_exclusive(&self.command.args) {
                let members = self.scope.keys(&group.id);
                conflicts.retain(|key| !members.contains(key));
            }
        }
        let requires = unique(
            requires
                .iter()
                .filter_map(|id| self.one_of(id, place, written)),
        );
        put_list(map, "requires", &requires);
        let conflicts: Vec<String> = unique(conflicts)
            .into_iter()
            .filter(|key| *key != own)
            .collect();
        put_list(map, "conflicts", &conflicts);
        put_list(map, "overrides", &all(&rules.overrides));
        if self.arg.required {
            // clap doesn't require what conflicts with something that is given.
            if !self.is_required() {
                let excluding = self.command.conflicts_of(self.arg, self.scope);
                put_list(map, "required-unless", &excluding);
            }
            return;
        }
        put_list(map, "required-unless", &all(&rules.required_unless));
        put_list(map, "required-unless-all", &all(&rules.required_unless_all));
        self.required_when(place, map, written);
    }

    /// Writes the values of other options that make it required. With clap, these options may say so, too.
    fn required_when(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let rules = self.arg.rules.required_if.iter();
        let own = rules
            .flat_map(|(id, value)| self.scope.keys(id).into_iter().map(move |key| (key, value)));
        let others = self.command.args.iter().flat_map(|other| {
            let rules = other.rules.requires_if.iter();
            let rules = rules.filter(|(_, id)| self.scope.keys(id) == [self.arg.key.clone()]);
            rules.map(|(value, _)| (other.key.clone(), value))
        });
        let mut list: Vec<Value> = Vec::new();
        for (key, value) in own.chain(others) {
            let mut args = self.command.args.iter();
            if args.any(|arg| arg.key == key && arg.takes == Takes::Count) {
                let reason = "a rule can't depend on how often an option is given";
                written.lost(place, "required_if_eq", reason);
                continue;
            }
            let mut entry = Mapping::new();
            put(&mut entry, &key, scalar(value));
            list.push(entry.into());
        }
        put_values(map, "required-when", list);
    }

    /// The key for a rule that one member of a group satisfies.
    fn one_of(&self, id: &str, place: &str, written: &mut Written) -> Option<String> {
        let keys = self.scope.keys(id);
        if let [key] = keys.as_slice() {
            return Some(key.clone());
        }
        let groups = self.command.groups.iter();
        let group = groups
            .filter(|group| kind(group, &self.command.args).is_some())
            .find(|group| group.id == id);
        if group.is_none() {
            written.lost(
                place,
                "requires",
                format!(
                    "one of {} is enough, which a spec can only say of a group that limits them",
                    keys.join(", ")
                ),
            );
        }
        group.map(|group| group.key.clone())
    }
}

/// Writes one mapping as it is, and several as a list.
fn put_values(map: &mut Mapping, key: &str, mut list: Vec<Value>) {
    match list.len() {
        0 => {}
        1 => put(map, key, list.remove(0)),
        _ => put(map, key, list),
    }
}

fn unique(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut unique = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}
