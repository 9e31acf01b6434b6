//! The reasons why a command line is read to its end, but no handler is called.

use std::ffi::OsString;

/// The reason why the scanner stopped before a handler could be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// `-h`: the short help.
    ShortHelp,
    /// `--help`, or the command `help`.
    LongHelp,
    /// `help` with the name of a topic.
    Topic(&'static str),
    Version,
    /// An unknown option, as it is written, without its value. Of combined short options, the unknown
    /// one.
    UnknownOption(String),
    /// An unknown subcommand.
    UnknownCommand(OsString),
    /// A subcommand after this option, which is accepted only without a subcommand.
    BesideSubcommand(String),
    /// An option that can't be used with these values of other options.
    NotWith(String, Vec<String>),
    /// An option that can only be used with these values of other options.
    OnlyWith(Vec<String>),
    /// An option with fewer values in total than it needs, and how many it has.
    TooFew(String, usize, usize),
    /// An option with more values in total than it takes, and how many it has.
    TooMany(String, usize, usize),
    /// No subcommand is given, and nothing else either.
    Nothing,
    /// No subcommand is given.
    NoCommand,
    /// A value for an option that takes none, such as `--help`, or more values than an option takes.
    ExtraValue(String, String),
}

impl End {
    /// Returns whether help or the version was requested.
    pub(super) fn is_request(&self) -> bool {
        matches!(
            self,
            Self::ShortHelp | Self::LongHelp | Self::Topic(_) | Self::Version
        )
    }
}
