//! Values that the spec itself gives.

use super::names::all_sets;
use crate::diagnostic::Diagnostics;
use crate::ir::{Kind, Program};

/// A default is a value that the command line would accept.
pub(super) fn defaults(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for arg in &set.args {
            let Some(value) = arg.value() else { continue };
            for default in &value.default {
                match &value.kind {
                    Kind::Choice(choices) => {
                        let names = || choices.iter().map(|(name, _)| name.as_str());
                        if !names().any(|name| name == **default) {
                            problems
                                .error(
                                    default.span,
                                    format!(
                                        "`{}` is not one of the choices of `{}`",
                                        **default,
                                        arg.written()
                                    ),
                                )
                                .label("not a choice")
                                .suggest_name(default, default.span, names());
                        }
                    }
                    Kind::Integer if default.parse::<i64>().is_err() => {
                        problems
                            .error(
                                default.span,
                                format!("`{}` is not a whole number", **default),
                            )
                            .help("write digits, with `-` before them if it is below zero");
                    }
                    Kind::Integer | Kind::String | Kind::Path => {}
                }
            }
        }
    }
}

/// A choice in which the delimiter stands would be taken for two.
pub(super) fn delimiters(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for value in set.args.iter().filter_map(|arg| arg.value()) {
            let (Some(delimiter), Kind::Choice(choices)) = (value.delimiter, &value.kind) else {
                continue;
            };
            for (name, _) in choices.iter().filter(|(name, _)| name.contains(delimiter)) {
                problems
                    .error(name.span, format!("`{}` can never be chosen", **name))
                    .label(format!("holds the delimiter `{delimiter}`"))
                    .help("rename the choice, or use another delimiter");
            }
        }
    }
}
