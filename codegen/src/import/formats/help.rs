//! The help that programs print. It is written for people, so what a line means is sometimes a guess: see
//! [`Confidence`](super::super::Confidence).

mod args;
mod calls;
mod entries;
mod lines;
mod names;
mod notes;
mod page;
mod section;
mod usage;

use std::path::{Path, PathBuf};

use super::super::confidence::HelpLine;
use super::super::described::{Arg, Command};
use super::super::{Error, Loss};
use super::{Read, TOO_DEEP, pass_on};
use lines::Marks;
use page::Page;

/// The most lines that the help of a command may have. ffmpeg prints about 15,000.
const MAX_LINES: usize = 20_000;

/// The most bytes that a line may have.
const MAX_LINE: usize = 10_000;

/// Reads the help of a program: a file for each command, whose name is the command.
pub(super) fn read(files: &[(PathBuf, String)]) -> Result<Read, Error> {
    let mut read = Read::default();
    let mut inherited: Vec<(Vec<String>, Arg)> = Vec::new();
    let mut files: Vec<(Vec<String>, &Path, &str)> = files
        .iter()
        .map(|(path, text)| (names_of(path), path.as_path(), text.as_str()))
        .collect();
    // A command group comes before its commands, which it lists in order.
    files.sort_by(|one, other| (one.0.len(), &one.0).cmp(&(other.0.len(), &other.0)));
    let is_same = |pair: &&[(Vec<String>, &Path, &str)]| pair[0].0 == pair[1].0;
    if let Some([_, (names, path, _)]) = files.windows(2).find(is_same) {
        let why = format!("another file is named after `{}`, too", names.join(" "));
        return Err(Error::in_file(path, why));
    }
    for (names, path, text) in &files {
        let [name, names @ ..] = names.as_slice() else {
            return Err(Error::in_file(path, "its name is not that of a program"));
        };
        if read.program.name.is_empty() {
            read.program.name.clone_from(name);
        }
        if read.program.name != *name {
            let why = format!(
                "it is the help of `{name}`, but another file is about `{}`",
                read.program.name
            );
            return Err(Error::in_file(path, why));
        }
        limit(path, text)?;
        let below: Vec<&str> = names.iter().map(String::as_str).collect();
        let all = [&[name.as_str()], &below[..]].concat();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let (page, lines) = page_of(&file, text, &all);
        if lines.is_empty() {
            return Err(Error::in_file(path, "it is empty"));
        }
        read.lines.extend(lines);
        let found = read.program.at(&below);
        let found = found.ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
        let args = page.inherited.iter().cloned();
        inherited.extend(args.map(|arg| (names.to_vec(), arg)));
        command(found, page, &all.join(" "), path, &mut read.losses)?;
    }
    for (path, arg) in inherited {
        pass_on(&mut read.program, &path, arg);
    }
    let name = read.program.name.clone();
    share(&mut read.program, &name, &mut read.losses);
    need_commands(&mut read.program);
    Ok(read)
}

/// Requires a subcommand in each command group that has no help of its own.
fn need_commands(command: &mut Command) {
    let is_known = !command.about.is_empty() || !command.args.is_empty();
    command.needs_command |= !is_known && !command.commands.is_empty();
    command.commands.iter_mut().for_each(need_commands);
}

/// Lets subcommands inherit the options that a command group and the help of each of its commands show.
fn share(command: &mut Command, place: &str, losses: &mut Vec<Loss>) {
    // Subcommands without help of their own have no options here.
    let read = |below: &&Command| !below.args.is_empty() || !below.commands.is_empty();
    let is_same = |one: &Arg, other: &Arg| {
        let facts = |arg: &Arg| (arg.names(), arg.help.clone(), arg.placeholders.clone());
        !one.is_positional() && facts(one) == facts(other)
    };
    let commands = command.commands.iter().filter(read);
    let enough = commands.clone().count() > 1;
    for arg in command.args.iter_mut().filter(|arg| enough && !arg.global) {
        let has = |below: &Command| below.args.iter().any(|other| is_same(arg, other));
        arg.global = commands.clone().all(has);
        if arg.global {
            let reason = "the help of each subcommand shows it, so subcommands inherit it";
            let place = format!("{place} {}", arg.shown());
            losses.push(Loss::new(&place, "global", reason.to_owned()));
        }
    }
    let global = command.args.iter().filter(|arg| arg.global).cloned();
    let global: Vec<Arg> = global.collect();
    for below in &mut command.commands {
        remove(below, &|arg: &Arg| {
            global.iter().any(|other| is_same(other, arg))
        });
        let place = format!("{place} {}", below.name);
        share(below, &place, losses);
    }
}

/// Removes arguments of a command and its subcommands.
fn remove(command: &mut Command, is_removed: &dyn Fn(&Arg) -> bool) {
    command.args.retain(|arg| !is_removed(arg));
    for below in &mut command.commands {
        remove(below, is_removed);
    }
}

/// Reports help that is too long to be read in a short time.
fn limit(path: &Path, text: &str) -> Result<(), Error> {
    for (number, line) in text.lines().enumerate() {
        if number == MAX_LINES {
            let why = format!("it has more than {MAX_LINES} lines");
            return Err(Error::in_file(path, why));
        }
        if line.len() > MAX_LINE {
            let why = format!("line {} has more than {MAX_LINE} bytes", number + 1);
            return Err(Error::in_file(path, why));
        }
    }
    Ok(())
}

/// The names of a command, which the name of its file has: `tool remote add.txt`.
fn names_of(path: &Path) -> Vec<String> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.split_whitespace().map(str::to_owned).collect()
}

/// Reads the help of one command.
fn page_of(file: &str, text: &str, path: &[&str]) -> (Page, Vec<HelpLine>) {
    let lines = lines::lines(text);
    let mut marks = Marks::new(file, &lines);
    let page = page::read(&lines, path, &mut marks);
    (page, marks.finish())
}

/// Adds what the help of a command says.
fn command(
    command: &mut Command,
    page: Page,
    place: &str,
    path: &Path,
    losses: &mut Vec<Loss>,
) -> Result<(), Error> {
    if command.about.is_empty() {
        command.about.clone_from(&page.about);
    }
    command.long_about = match page.long_about {
        // The list of commands has another description.
        long if long.is_empty() && command.about != page.about => page.about,
        long => long,
    };
    if let Some(version) = page.version {
        match place.contains(' ') {
            true => losses.push(Loss::new(
                place,
                "version",
                "only the program has a version".to_owned(),
            )),
            false => command.version = Some(version),
        }
    }
    let own = &command.name;
    for name in page.aliases {
        if name != *own && !command.aliases.shown.contains(&name) {
            command.aliases.shown.push(name);
        }
    }
    command.args = page.args;
    command.groups = page.groups;
    for listed in page.commands {
        let names: Vec<&str> = listed.names.iter().map(String::as_str).collect();
        let below = command.at(&names);
        let below = below.ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
        if below.about.is_empty() {
            below.about = listed.about;
            below.aliases.shown = listed.aliases;
        }
    }
    command.needs_command = match page.needs_command {
        Some(needs) => needs,
        None => !command.args.iter().any(Arg::is_positional),
    };
    command.needs_command &= !command.commands.is_empty();
    Ok(())
}
