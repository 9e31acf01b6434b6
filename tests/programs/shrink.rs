//! `shrink`, written by hand with clap.

use std::ffi::OsString;

use clap::builder::{
    PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser,
};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::cli;
use crate::values::{duration, existing_file, new_path, pair, size, url};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Shrink(cli::ShrinkArgs),
}

#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn shrink(&mut self, args: cli::ShrinkArgs) -> clapspec_runtime::Ended<cli::ShrinkExit> {
        self.0 = Some(Called::Shrink(args));
        Ok(cli::ShrinkExit::Success.into())
    }
}

/// The command line, with an equals sign in `-j8`: clap would read the letters after `-j` as options.
pub fn command_line(mut words: Vec<OsString>) -> Vec<OsString> {
    let options = words.iter_mut().take_while(|word| *word != "--");
    for word in options {
        let attached = word.to_str().and_then(|word| word.strip_prefix("-j"));
        if let Some(value) = attached.filter(|value| !value.is_empty() && !value.starts_with('=')) {
            *word = format!("-j={value}").into();
        }
    }
    words
}

/// The handwritten definition of the command line.
pub fn command() -> Command {
    // `-h` sets the height here.
    let help = Arg::new("help").long("help").action(ArgAction::Help);
    Command::new("shrink")
        .version("3.2.0")
        .about("Make pictures smaller")
        .next_line_help(true)
        .disable_help_flag(true)
        .arg(help)
        .arg(
            repeat(Arg::new("picture").value_name("PICTURE").num_args(1..))
                .required(true)
                .value_parser(ValueParser::path_buf()),
        )
        .next_help_heading("Files")
        .args(files())
        .next_help_heading("Texts")
        .args(texts())
        .next_help_heading("Size")
        .args(sizes())
        .next_help_heading("Format")
        .args(formats())
        .next_help_heading("Look")
        .args(looks())
        .next_help_heading("Limits")
        .args(limits())
        .next_help_heading(None)
        .args([
            switch("verbose")
                .short('v')
                .action(ArgAction::Count)
                .conflicts_with("quiet"),
            switch("quiet")
                .visible_alias("silent")
                .visible_short_alias('Q')
                .alias("mute"),
        ])
}

fn files() -> [Arg; 8] {
    // clap doesn't report a missing option that conflicts with a given one, so `--suffix` also conflicts
    // with `--in-place`.
    [
        path("output", "DIR")
            .short('o')
            .required_unless_present("in-place"),
        switch("in-place").short('i').conflicts_with("output"),
        option("suffix", "TEXT")
            .allow_hyphen_values(true)
            .requires("output")
            .conflicts_with("in-place"),
        option("profile", "FILE").value_parser(PathBufValueParser::new().try_map(existing_file)),
        option("report", "FILE").value_parser(PathBufValueParser::new().try_map(new_path)),
        path("trace", "FILE").hide(true),
        switch("keep-date")
            .visible_alias("preserve-date")
            .overrides_with("no-keep-date"),
        switch("no-keep-date").overrides_with("keep-date"),
    ]
}

fn texts() -> [Arg; 4] {
    [
        repeat(option("tag", "NAME=TEXT"))
            .short('t')
            .value_parser(pair),
        option("caption", "TEXT").allow_hyphen_values(true),
        option("watermark", "URL").value_parser(url),
        option("strip", "NAME")
            .num_args(1..)
            .value_terminator("end"),
    ]
}

fn sizes() -> [Arg; 8] {
    let filters = [
        (
            PossibleValue::new("nearest").aliases(["none", "point"]),
            cli::ShrinkFilter::Nearest,
        ),
        (PossibleValue::new("linear"), cli::ShrinkFilter::Linear),
        (PossibleValue::new("lanczos"), cli::ShrinkFilter::Lanczos),
    ];
    [
        number("resize", 1..=65535)
            .num_args(2)
            .value_names(["WIDTH", "HEIGHT"])
            .conflicts_with_all(["scale", "width", "height"]),
        number("width", 1..=i64::MAX)
            .value_name("PIXELS")
            .short('w'),
        number("height", 1..=i64::MAX)
            .value_name("PIXELS")
            .short('h'),
        float("scale", 0.01, 1.0)
            .value_name("FACTOR")
            .conflicts_with_all(["width", "height"]),
        number("crop", 0..=i64::MAX)
            .num_args(4)
            .value_names(["WIDTH", "HEIGHT", "X", "Y"]),
        number("border", 0..=i64::MAX)
            .num_args(2)
            .value_names(["SIDE", "TOP"])
            .default_values(["0", "0"]),
        repeat(number("clear", i64::MIN..=i64::MAX))
            .num_args(2)
            .value_names(["X", "Y"]),
        option("filter", "NAME")
            .ignore_case(true)
            .value_parser(one_of(filters))
            .default_value("linear"),
    ]
}

fn formats() -> [Arg; 7] {
    let formats = [
        (PossibleValue::new("keep"), cli::ShrinkFormat::Keep),
        (PossibleValue::new("png"), cli::ShrinkFormat::Png),
        (
            PossibleValue::new("jpeg").aliases(["jpg", "jpe"]),
            cli::ShrinkFormat::Jpeg,
        ),
        (PossibleValue::new("webp"), cli::ShrinkFormat::Webp),
        (PossibleValue::new("raw").hide(true), cli::ShrinkFormat::Raw),
    ];
    // clap treats a name and its aliases as different values.
    let jpeg = ["jpeg", "jpg", "jpe"].map(|name| ("format", name));
    [
        option("format", "FORMAT")
            .short('f')
            .ignore_case(true)
            .value_parser(one_of(formats))
            .default_value("keep"),
        option("background", "COLOR").required_if_eq_any(jpeg),
        switch("lossless"),
        // The default depends on the format; see `called`.
        number("quality", 0..=100)
            .value_name("PERCENT")
            .short('q')
            .env("SHRINK_QUALITY"),
        bare(
            option("interlace", "BOOL").value_parser(value_parser!(bool)),
            "true",
        )
        .default_value("false"),
        option("dither", "BOOL").value_parser(value_parser!(bool)),
        repeat(option("palette", "COLOR")).num_args(1..=4),
    ]
}

fn looks() -> [Arg; 4] {
    [
        float("gamma", 0.1, 10.0)
            .value_name("NUMBER")
            .default_value("1.0"),
        float("sharpen", -10.0, 10.0).value_name("NUMBER"),
        repeat(float("tint", 0.0, 1.0))
            .num_args(3)
            .value_names(["RED", "GREEN", "BLUE"]),
        option("delay", "TIME").value_parser(duration),
    ]
}

fn limits() -> [Arg; 4] {
    [
        option("max-size", "SIZE").value_parser(size),
        option("memory", "SIZE")
            .value_parser(size)
            .default_value("256M"),
        option("timeout", "TIME")
            .value_parser(duration)
            .default_value("1m30s"),
        bare(number("jobs", 1..=256).value_name("NUMBER").short('j'), "8").default_value("1"),
    ]
}

fn switch(id: &'static str) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue)
}

fn option(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value)
}

fn repeat(arg: Arg) -> Arg {
    arg.action(ArgAction::Append)
}

fn path(id: &'static str, value: &'static str) -> Arg {
    option(id, value).value_parser(ValueParser::path_buf())
}

fn number(id: &'static str, range: std::ops::RangeInclusive<i64>) -> Arg {
    let parser = value_parser!(i64).range(range);
    Arg::new(id)
        .long(id)
        .value_parser(parser)
        .allow_negative_numbers(true)
}

fn float(id: &'static str, min: f64, max: f64) -> Arg {
    let parser = move |word: &str| match word.parse::<f64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        Ok(number) => Err(format!("{number} is not between {min} and {max}")),
        Err(error) => Err(error.to_string()),
    };
    Arg::new(id)
        .long(id)
        .value_parser(parser)
        .allow_negative_numbers(true)
}

/// An option with an optional value, as in `--option[=value]`.
fn bare(arg: Arg, value: &'static str) -> Arg {
    arg.num_args(0..=1)
        .require_equals(true)
        .default_missing_value(value)
}

/// Parses names, in lower or upper case, into their values.
fn one_of<T, const N: usize>(choices: [(PossibleValue, T); N]) -> ValueParser
where
    T: Copy + Send + Sync + 'static,
{
    let words = PossibleValuesParser::new(choices.clone().map(|(word, _)| word));
    let meant = move |given: &str| {
        choices
            .iter()
            .find(|(word, _)| word.matches(given, true))
            .map(|found| found.1)
    };
    words
        .map(move |given| meant(&given).expect("clap accepts only known names"))
        .into()
}

/// The expected call, from clap's matches to the generated structs.
pub fn called(m: &ArgMatches) -> Called {
    let format = must(m, "format");
    let lossless = m.get_flag("lossless");
    let quality = match one(m, "quality") {
        Some(given) => given,
        None if lossless => 100,
        None if format == cli::ShrinkFormat::Webp => 75,
        None => 80,
    };
    Called::Shrink(cli::ShrinkArgs {
        picture: many(m, "picture"),
        output: one(m, "output"),
        in_place: m.get_flag("in-place"),
        suffix: one(m, "suffix"),
        profile: one(m, "profile"),
        report: one(m, "report"),
        trace: one(m, "trace"),
        keep_date: !m.get_flag("no-keep-date"),
        tag: many(m, "tag"),
        caption: one(m, "caption"),
        watermark: one(m, "watermark"),
        strip: many(m, "strip"),
        resize: together(m, "resize").pop(),
        width: one(m, "width"),
        height: one(m, "height"),
        scale: one(m, "scale"),
        crop: together(m, "crop").pop(),
        border: together(m, "border").pop().expect("it has a default"),
        clear: together(m, "clear"),
        filter: must(m, "filter"),
        format,
        background: one(m, "background"),
        lossless,
        quality,
        interlace: must(m, "interlace"),
        dither: one(m, "dither"),
        palette: many(m, "palette"),
        gamma: must(m, "gamma"),
        sharpen: one(m, "sharpen"),
        tint: together(m, "tint"),
        delay: one(m, "delay"),
        max_size: one(m, "max-size"),
        memory: must(m, "memory"),
        timeout: must(m, "timeout"),
        jobs: must(m, "jobs"),
        verbose: m.get_count("verbose").min(3),
        quiet: m.get_flag("quiet"),
    })
}

fn one<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Option<T> {
    m.get_one(id).cloned()
}

fn must<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> T {
    one(m, id).expect("it has a default")
}

fn many<T: Clone + Send + Sync + 'static>(m: &ArgMatches, id: &str) -> Vec<T> {
    m.get_many(id).into_iter().flatten().cloned().collect()
}

/// The values of an option that takes `N` values, for each time that it is given.
fn together<T, const N: usize>(m: &ArgMatches, id: &str) -> Vec<[T; N]>
where
    T: Copy + Send + Sync + 'static,
{
    let values: Vec<T> = many(m, id);
    values
        .chunks(N)
        .map(|group| group.try_into().expect("clap accepts only `N` values"))
        .collect()
}
