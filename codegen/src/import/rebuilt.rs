//! The program that is generated from a spec, read as the original one is.

use std::collections::HashMap;

use super::described::{Command, Kind};
use super::{Error, clap};
use crate::ir::{self, Program};
use crate::model;

/// Reads the program that is generated from a spec. clap doesn't know the kinds of values that clapspec's own
/// parsers accept, so these are taken from the spec.
pub(super) fn read(program: &Program) -> Result<Command, Error> {
    let mut command = clap::read(&model::program(program).clap())?;
    let mut kinds = HashMap::new();
    for command in program.root.walk() {
        for (_, args) in command.args_of() {
            for arg in args {
                let id = arg.id.to_string();
                kinds.insert((command.path.clone(), id), arg);
            }
        }
    }
    let path = vec![command.name.clone()];
    correct(&mut command, &path, &kinds);
    Ok(command)
}

/// The arguments of a program, by the path of their command and their ID.
type Args<'a> = HashMap<(Vec<String>, String), &'a ir::Arg>;

fn correct(command: &mut Command, path: &[String], args: &Args) {
    // A switch that can be turned off is one option, not two.
    let known: Vec<&ir::Arg> = command
        .args
        .iter()
        .filter_map(|arg| args.get(&(path.to_vec(), arg.id.clone())).copied())
        .collect();
    let opposites: Vec<(String, String)> = known
        .iter()
        .filter_map(|arg| Some((arg.id.to_string(), arg.opposite()?.name.to_string())))
        .collect();
    for (id, opposite) in &opposites {
        command.args.retain(|arg| arg.id != *opposite);
        for arg in command.args.iter_mut().filter(|arg| arg.id == *id) {
            arg.negatable = true;
            arg.rules.overrides.retain(|other| other != opposite);
        }
    }
    for arg in &mut command.args {
        let known = args.get(&(path.to_vec(), arg.id.clone()));
        if let Some(value) = known.and_then(|known| known.value()) {
            arg.kind = kind(&value.kind);
            // clapspec's own parsers are functions, too.
            arg.others.remove("value_parser");
            arg.others.remove("allow_negative_numbers");
        }
    }
    for below in &mut command.commands {
        let path = [path, std::slice::from_ref(&below.name)].concat();
        correct(below, &path, args);
    }
}

fn kind(kind: &ir::Kind) -> Kind {
    match kind {
        ir::Kind::Path(..) => Kind::Path,
        ir::Kind::Integer { min, max } => Kind::Integer(*min, *max),
        ir::Kind::Float { .. } => Kind::Float,
        ir::Kind::Boolean => Kind::Boolean,
        ir::Kind::Duration => Kind::Duration,
        ir::Kind::KeyValue => Kind::KeyValue,
        ir::Kind::Rust(path) => Kind::Rust(path.clone()),
        ir::Kind::String
        | ir::Kind::Secret
        | ir::Kind::Url
        | ir::Kind::Size
        | ir::Kind::Choice { .. } => Kind::Text,
    }
}
