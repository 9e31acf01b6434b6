//! Random command lines for a program, from clap's definition of it: of pieces that are numbers, so that a
//! line for which two definitions differ shrinks to its simplest form.

use std::ffi::OsString;

use clapspec_runtime::clap::{Arg, Command};
use proptest::prelude::*;
use proptest::sample::Index;

/// Values to try: of all types, valid and invalid. The first ones are the simplest.
const WORDS: &[&str] = &[
    "x",
    "1",
    "0",
    "-1",
    "7",
    "80",
    "99999999999999999999",
    "0.5",
    "1.5",
    "-0.5",
    "nan",
    "10K",
    "1.5MB",
    "4kB",
    "1.5s",
    "1h30m",
    "500ms",
    "true",
    "false",
    "never",
    "auto",
    "https://example.org/x",
    "127.0.0.1",
    "a,b",
    "a=b",
    "key=",
    "=",
    ".",
    "/dev/null",
    "/nowhere/at/all",
    "",
    "-",
    "--",
    "-x",
    "-vv",
    "--help",
    "-h",
    "--version",
    "help",
    ";",
    "end",
    "é",
    "\u{fffd}",
    "a b",
    "@file",
];

/// Arguments that may also be for another program. They are left out if a command runs one.
const OWN: [&str; 4] = ["--", "--help", "-h", "--version"];

/// Values of variables for options that take none.
const SWITCHED: &[&str] = &["true", "1", "2", "false", "0", "no", "off", "", "x"];

/// A command, and the arguments that it takes.
pub struct Leaf {
    /// The parts of its full name, each with its aliases. The name of the program is first.
    names: Vec<Vec<String>>,
    pub args: Vec<Given>,
}

/// An argument, and how it can be given.
pub struct Given {
    arg: Arg,
    /// The names of an option, with their dashes.
    names: Vec<String>,
    /// Values that its parser accepts.
    values: Vec<String>,
    /// The index of the first part of the command's name after which it is accepted.
    level: usize,
    /// Whether it is accepted only after that part, before the next one.
    only_there: bool,
}

/// The arguments after each part of a command's name.
#[derive(Clone)]
struct Words {
    /// Those that may also be after a later part.
    loose: Vec<Vec<String>>,
    /// Those that may not.
    fixed: Vec<Vec<String>>,
}

/// One piece of a command line, as numbers that shrink to the simplest piece.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    what: Index,
    which: Index,
    name: Index,
    value: Index,
    place: Index,
}

impl Piece {
    /// Any piece.
    pub fn any() -> impl Strategy<Value = Self> {
        let numbers = any::<[Index; 5]>();
        numbers.prop_map(|[what, which, name, value, place]| Self {
            what,
            which,
            name,
            value,
            place,
        })
    }
}

/// The number of kinds of pieces.
const KINDS: usize = 24;
/// The number of kinds that are well-formed. They come first.
const TIDY: usize = 18;

/// A command line, for each of the two definitions. clap treats options before and after a command's
/// name as two command lines, and clapspec as one. So in the line for clap, all options come after the
/// name.
#[derive(Debug)]
pub struct Line {
    pub spec: Vec<OsString>,
    pub hand: Vec<OsString>,
}

impl Line {
    /// Reads one command line for both, or one for each, separated by `=>`.
    pub fn read(words: &[OsString]) -> Self {
        let words: Vec<OsString> = words
            .iter()
            .map(|word| bytes(&word.to_string_lossy()))
            .collect();
        let mut both = words.split(|word| word == "=>");
        let spec = both.next().unwrap_or_default().to_vec();
        let hand = both.next().map_or(spec.clone(), <[OsString]>::to_vec);
        Self { spec, hand }
    }
}

/// Adds a command and all its subcommands. The last level is the command.
pub fn leaves(levels: &[&Command], all: &mut Vec<Leaf>) {
    let own = levels[levels.len() - 1];
    let asked = |arg: &&Arg| !matches!(arg.get_id().as_str(), "help" | "version");
    let args = own.get_arguments().filter(asked);
    let names = levels.iter().map(|command| {
        let names = std::iter::once(command.get_name()).chain(command.get_all_aliases());
        names.map(str::to_owned).collect()
    });
    let mut args: Vec<Given> = args.map(|arg| given(arg, levels)).collect();
    // Options of command groups that subcommands don't have.
    for (level, above) in levels[..levels.len() - 1].iter().enumerate() {
        let own = above.get_arguments().filter(asked);
        let own = own.filter(|arg| !arg.is_global_set() && !arg.is_positional());
        args.extend(own.map(|arg| Given {
            level,
            only_there: true,
            ..given(arg, levels)
        }));
    }
    let names = names.collect();
    all.push(Leaf { names, args });
    for below in own.get_subcommands().filter(|c| c.get_name() != "help") {
        leaves(&[levels, &[below]].concat(), all);
    }
}

/// The ways to give an argument of the last of these commands.
fn given(arg: &Arg, levels: &[&Command]) -> Given {
    let takes = |command: &&Command| {
        let mut args = command.get_arguments();
        args.any(|known| known.get_id() == arg.get_id() && known.is_global_set())
    };
    let short = arg.get_short_and_visible_aliases().unwrap_or_default();
    let shorts = short.into_iter().map(|letter| format!("-{letter}"));
    let long = arg.get_long_and_visible_aliases().unwrap_or_default();
    let hidden = arg.get_aliases().unwrap_or_default();
    let longs = long.into_iter().chain(hidden);
    Given {
        arg: arg.clone(),
        names: shorts
            .chain(longs.map(|name| format!("--{name}")))
            .collect(),
        values: match arg.is_trailing_var_arg_set() {
            true => vec!["x".into(), "a b".into(), "1".into()],
            false => accepted(arg),
        },
        level: levels.iter().position(takes).unwrap_or(levels.len() - 1),
        only_there: false,
    }
}

/// The values that the parser of an argument accepts, and that clap doesn't treat as an option.
fn accepted(arg: &Arg) -> Vec<String> {
    let value = Arg::new("value").value_parser(arg.get_value_parser().clone());
    let parser = Command::new("parser").arg(value.ignore_case(arg.is_ignore_case_set()));
    let dashed = |word: &str| match word.parse::<f64>() {
        Ok(_) => arg.is_allow_negative_numbers_set() || arg.is_allow_hyphen_values_set(),
        Err(_) => word == "-" || arg.is_allow_hyphen_values_set(),
    };
    let accepts = |word: &String| {
        let parsed = parser.clone().try_get_matches_from(["parser", "--", word]);
        parsed.is_ok() && (!word.starts_with('-') || dashed(word))
    };
    let choices = arg.get_possible_values();
    let names = choices
        .iter()
        .flat_map(|choice| choice.get_name_and_aliases());
    let known = names.flat_map(|name| [name.to_owned(), name.to_uppercase()]);
    let words = WORDS.iter().map(|word| (*word).to_owned());
    known.chain(words).filter(accepts).collect()
}

impl Leaf {
    /// Returns a value for a variable of an argument, if it has one. In a few cases, it isn't valid.
    pub fn variable(&self, piece: Piece) -> Option<(String, String)> {
        let with_variable = self.args.iter().filter(|it| it.arg.get_env().is_some());
        let all: Vec<&Given> = with_variable.collect();
        let given = (!all.is_empty()).then(|| *piece.which.get(&all))?;
        let name = given.arg.get_env()?.to_str()?.to_owned();
        let takes_value = given.arg.get_action().takes_values();
        let value = match piece.what.index(8) {
            7 => (*piece.value.get(WORDS)).to_owned(),
            _ if !takes_value => (*piece.value.get(SWITCHED)).to_owned(),
            _ if given.values.is_empty() => return None,
            _ => piece.value.get(&given.values).clone(),
        };
        Some((name, value))
    }

    /// Creates a command line from pieces. In most cases, it adds the required arguments that `missing`
    /// returns.
    pub fn line(
        &self,
        [alias, near]: [Index; 2],
        extra: Piece,
        pieces: &[Piece],
        missing: impl Fn(&Line) -> Vec<String>,
    ) -> Line {
        let name = |names: &Vec<String>| match alias.index(4) {
            3 => alias.get(names).clone(),
            _ => names[0].clone(),
        };
        let names: Vec<String> = self.names.iter().map(name).collect();
        // Related options are defined next to each other, so every second line uses only neighbors.
        let all = self.args.len();
        let near = near.index((2 * all).max(1));
        let args = match near.checked_sub(all) {
            Some(begin) => &self.args[begin..all.min(begin + 6)],
            None => &self.args,
        };
        // If there are two errors, their order decides which one is reported.
        let tidy = pieces.iter().all(|piece| piece.what.index(KINDS) < TIDY);
        // The arguments after each part of the name.
        let none = vec![Vec::new(); names.len()];
        let mut given = Words {
            loose: none.clone(),
            fixed: none,
        };
        for piece in pieces {
            push(args, arguments_last(&self.args), *piece, tidy, &mut given);
        }
        // After the name of another program, `--` is an argument like others.
        let drop_dashes = |given: &mut Words| {
            if arguments_last(&self.args) {
                given
                    .loose
                    .iter_mut()
                    .for_each(|words| words.retain(|word| !OWN.contains(&word.as_str())));
            }
        };
        drop_dashes(&mut given);
        for _ in 0..extra.what.index(8).min(3) {
            for missed in missing(&line(&names, &given)) {
                self.add(&missed, extra, given.loose.last_mut().expect("a name"));
            }
        }
        drop_dashes(&mut given);
        line(&names, &given)
    }

    /// Adds an argument that clap reports as missing: that argument, or one of its group.
    fn add(&self, missed: &str, extra: Piece, words: &mut Vec<String>) {
        // clap shows `<FILE>` if the argument is required, and `[FILE]` otherwise.
        let bare = |text: &str| text.replace(['<', '>', '[', ']'], "");
        let is_meant = |given: &&Given| bare(missed).contains(&bare(&given.arg.to_string()));
        let meant = self.args.iter().filter(is_meant);
        let meant: Vec<&Given> = meant.filter(|given| !given.only_there).collect();
        if !meant.is_empty() {
            // It is added either before or after the others.
            let at = extra.place.index(2) * words.len();
            let given = extra.which.get(&meant);
            let at = if arguments_last(&self.args) && given.names.is_empty() {
                words.len()
            } else {
                at
            };
            words.splice(at..at, given.words(extra, 9));
        }
    }
}

/// Adds the arguments of one piece, in most cases after the command's name.
fn push(args: &[Given], last: bool, piece: Piece, tidy: bool, words: &mut Words) {
    let all = &mut words.loose;
    let own = all.len() - 1;
    let what = piece.what.index(KINDS);
    // The first argument that is not an option begins the command line of the other program.
    let what = if last { what % TIDY } else { what };
    if args.is_empty() || what == KINDS - 1 {
        return all[own].push((*piece.value.get(WORDS)).to_owned());
    }
    let given = piece.which.get(args);
    if given.only_there {
        // An incomplete option would take the next part of the name as its value.
        if tidy {
            words.fixed[given.level].extend(given.words(piece, what));
        }
        return;
    }
    let levels = own + 1 - given.level;
    let place = piece.place.index(3 * levels);
    // Before the command's name, only complete options keep their meaning.
    let front = tidy && !given.names.is_empty() && place >= 2 * levels;
    let level = if front {
        given.level + 3 * levels - 1 - place
    } else {
        own
    };
    let words = given.words(piece, what);
    match last && !given.names.is_empty() {
        true => all[level].splice(0..0, words).for_each(drop),
        false => all[level].extend(words),
    }
}

/// Whether the positional arguments must come last: for clapspec, arguments after the name of another
/// program belong to that program, and clap restarts counting the values of an argument after an option.
fn arguments_last(args: &[Given]) -> bool {
    args.iter().any(|given| {
        let most = given
            .arg
            .get_num_args()
            .map_or(1, |range| range.max_values());
        let limited = given.names.is_empty() && (2..usize::MAX).contains(&most);
        limited || given.arg.is_trailing_var_arg_set()
    })
}

/// A command line from the parts of a command's name, and the arguments after each part.
fn line(names: &[String], given: &Words) -> Line {
    let own = names.iter().zip(&given.fixed);
    let mixed = own.clone().zip(&given.loose);
    let mixed =
        mixed.flat_map(|((name, fixed), loose)| std::iter::once(name).chain(fixed).chain(loose));
    let hand = own.flat_map(|(name, fixed)| std::iter::once(name).chain(fixed));
    let hand = hand.chain(given.loose.iter().flatten());
    Line {
        spec: mixed.map(|word| bytes(word)).collect(),
        hand: hand.map(|word| bytes(word)).collect(),
    }
}

/// An argument in which each replacement character becomes a byte that is not valid Unicode.
#[cfg(unix)]
fn bytes(word: &str) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = word.as_bytes().to_vec();
    while let Some(at) = bytes
        .windows(3)
        .position(|three| three == "\u{fffd}".as_bytes())
    {
        bytes.splice(at..at + 3, [0xff]);
    }
    OsString::from_vec(bytes)
}

#[cfg(not(unix))]
fn bytes(word: &str) -> OsString {
    word.into()
}

impl Given {
    /// Tokens that give the argument. They are well-formed if `what` is less than `TIDY`.
    fn words(&self, piece: Piece, what: usize) -> Vec<String> {
        let (mut least, mut most) = match self.arg.get_num_args() {
            Some(range) => (range.min_values(), range.max_values()),
            None if self.arg.get_action().takes_values() => (1, 1),
            None => (0, 0),
        };
        if self.arg.is_require_equals_set() {
            most = 0;
        }
        least = least.min(most);
        let count = least + piece.name.index(most.min(least + 3) - least + 1);
        let value = |at: usize| match self.values.len() {
            0 => "x".to_owned(),
            all => self.values[(piece.value.index(all) + at) % all].clone(),
        };
        let word = *piece.value.get(WORDS);
        let values = (0..count).map(value);
        if self.names.is_empty() {
            return values.collect();
        }
        let name = piece.name.get(&self.names).clone();
        let equals = if name.starts_with("--") { "=" } else { "" };
        let takes = self.arg.get_action().takes_values();
        match what {
            0..6 if takes && (equals == "=" || !value(0).is_empty()) => {
                vec![format!("{name}{equals}{}", value(0))]
            }
            TIDY => vec![format!("{name}{equals}{word}")],
            19 => vec![name, word.to_owned()],
            // Only the name, even if a value is required.
            20 => vec![name],
            21 => vec![format!("{name}="), value(0)],
            // Several short options in one token.
            22 => vec![name + "v"],
            _ => std::iter::once(name).chain(values).collect(),
        }
    }
}

/// How many pieces of a line may be errors: those that are not well-formed, and repeated arguments.
pub fn odd(pieces: &[Piece], args: &[Given]) -> usize {
    let untidy = pieces.iter().map(|piece| match piece.what.index(KINDS) {
        0..TIDY => 0,
        // This kind is an empty value, and a token that is no option's value.
        21 => 2,
        _ => 1,
    });
    let mut which: Vec<usize> = pieces
        .iter()
        .map(|piece| piece.which.index(args.len().max(1)))
        .collect();
    which.sort_unstable();
    let again = which.windows(2).filter(|pair| pair[0] == pair[1]);
    untidy.sum::<usize>() + again.count()
}
