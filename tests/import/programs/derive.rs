//! A program as it is usually written with derive: subcommands, shared options, groups, values of all kinds.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

pub fn command() -> clap::Command {
    Cli::command()
}

/// Keep short notes in files.
///
/// Each note is a line. Notes are never changed: `notes edit` writes
/// a new one.
///
/// Files are read in this order:
///
/// - the file of `--file`,
/// - `~/.notes`
#[derive(Parser)]
#[command(name = "notes", version = "2.1.0", author = "Ann Example")]
struct Cli {
    #[command(flatten)]
    output: Output,
    /// File of the notes
    #[arg(
        short,
        long,
        env = "NOTES_FILE",
        default_value = "~/.notes",
        global = true
    )]
    file: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Output {
    /// Print more; twice for everything
    #[arg(short, long, action = ArgAction::Count, global = true, conflicts_with = "quiet")]
    verbose: u8,
    /// Print errors only
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to use color
    #[arg(long, value_name = "WHEN", default_value_t, value_enum, num_args = 0..=1, default_missing_value = "always", require_equals = true, help_heading = "Display")]
    color: When,
}

#[derive(Clone, Default, ValueEnum)]
enum When {
    /// If the output is a terminal
    #[default]
    Auto,
    Always,
    #[value(alias = "no", hide = true)]
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Add a note
    #[command(visible_alias = "new", alias = "write")]
    Add(Add),
    /// Find notes
    Find {
        /// Text to find
        #[arg(required = true)]
        pattern: Vec<String>,
        /// Notes of these days only
        #[arg(long, value_delimiter = ',', value_name = "DAY")]
        days: Vec<u32>,
        /// Largest number of notes
        #[arg(short = 'n', long, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: Option<u16>,
        /// Ignore case [default: only if the pattern has no capitals]
        #[arg(short, long, overrides_with = "case_sensitive")]
        ignore_case: bool,
        /// Match *exactly* what is written
        #[arg(short = 's', long, overrides_with = "ignore_case")]
        case_sensitive: bool,
    },
    /// Share notes with another machine
    #[command(subcommand, arg_required_else_help = true)]
    Remote(Remote),
    /// Run another program on the file
    Run {
        /// The program and its arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_hint = ValueHint::CommandWithArguments)]
        words: Vec<String>,
    },
    #[command(hide = true)]
    Debug,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Source {
    /// The note
    text: Option<String>,
    /// Read the note from a file
    #[arg(long, value_hint = ValueHint::FilePath)]
    from: Option<PathBuf>,
    /// Write the note in $EDITOR
    #[arg(short, long)]
    edit: bool,
}

#[derive(Args)]
struct Add {
    #[command(flatten)]
    source: Source,
    /// How much it matters
    #[arg(
        long,
        default_value_if("edit", "true", "2"),
        default_value = "1",
        allow_negative_numbers = true
    )]
    weight: i8,
    /// Tags, such as `todo`
    #[arg(short, long = "tag", requires_if("todo", "due"))]
    tags: Vec<String>,
    /// Day on which it is due
    #[arg(long, required_unless_present_all = ["tags", "weight"])]
    due: Option<String>,
}

#[derive(Subcommand)]
enum Remote {
    /// Send notes
    Push {
        /// Address of the machine
        #[arg(long)]
        address: Option<IpAddr>,
        /// Port of the machine
        #[arg(long, default_value_t = 7070, requires = "address")]
        port: u16,
        /// How long to wait, in seconds
        #[arg(long)]
        wait: Option<Option<f64>>,
    },
    /// List machines
    List,
}
