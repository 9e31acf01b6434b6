//! `curl`, written by hand with clap.

use std::any::Any;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use super::cli::{self, CurlArgs, CurlCertType, CurlTlsMax};
use crate::values::{existing_file, pair, size};

/// A call of a handler, with its arguments.
#[derive(Debug, PartialEq)]
pub enum Called {
    Curl(CurlArgs),
}

/// Handlers that record the call.
#[derive(Default)]
pub struct Recorder(pub Option<Called>);

impl cli::Handlers for Recorder {
    fn curl(&mut self, args: CurlArgs) -> clapspec_runtime::Ended<cli::CurlExit> {
        self.0 = Some(Called::Curl(args));
        Ok(cli::CurlExit::Success.into())
    }
}

/// Switches, each with the `--no-…` switch that negates it.
const NEGATIONS: [(&str, &str); 10] = [
    ("clobber", "no-clobber"),
    ("compressed", "no-compressed"),
    ("location", "no-location"),
    ("insecure", "no-insecure"),
    ("keepalive", "no-keepalive"),
    ("parallel", "no-parallel"),
    ("silent", "no-silent"),
    ("show-error", "no-show-error"),
    ("progress-bar", "no-progress-bar"),
    ("fail", "no-fail"),
];

/// The handwritten definition of the command line.
pub fn command() -> Command {
    Command::new("curl")
        .version("8.18.0")
        .about("Move data from and to servers")
        .args_override_self(true)
        .arg(
            Arg::new("address")
                .value_name("URL")
                .help("What to get")
                .action(ArgAction::Append)
                .num_args(1..)
                .value_hint(ValueHint::Url)
                .required_unless_present_any(["url", "config", "manual"]),
        )
        .args(transfer_options())
        .args(request_options())
        .next_help_heading("Authentication")
        .args(authentication())
        .next_help_heading("TLS options")
        .args(tls_options())
        .next_help_heading("Connection options")
        .args(connection_options())
        .next_help_heading("Messages")
        .args(messages())
        .next_help_heading("Negations")
        .args(NEGATIONS.map(|(id, no)| flag(no, "Take the switch back").overrides_with(id)))
}

fn transfer_options() -> impl IntoIterator<Item = Arg> {
    [
        list("url", "URL", "What to get").value_hint(ValueHint::Url),
        file("config", "Read options from a file")
            .short('K')
            .action(ArgAction::Append),
        flag("disable", "Read no `.curlrc`").short('q'),
        file("output", "Write to this file")
            .short('o')
            .action(ArgAction::Append),
        flag("remote-name", "Write to a file named as the remote one").short('O'),
        option("output-dir", "DIR", "Directory for files that are written")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath),
        flag("create-dirs", "Make directories that are missing"),
        flag("clobber", "Write over files that are there"),
        option(
            "continue-at",
            "OFFSET",
            "Go on from this byte, or from where it ended with `-`",
        )
        .short('C'),
        option("range", "RANGE", "Get these bytes only").short('r'),
        flag("location", "Follow redirects").short('L'),
        option("max-redirs", "N", "Redirects to follow, or -1 for all")
            .value_parser(value_parser!(i64).range(-1..))
            .allow_negative_numbers(true)
            .default_value("50"),
        option("proto", "PROTOCOLS", "Protocols that are allowed").allow_hyphen_values(true),
        option(
            "proto-default",
            "PROTOCOL",
            "Protocol of addresses that name none",
        )
        .default_value("http"),
    ]
}

fn request_options() -> impl IntoIterator<Item = Arg> {
    let other_bodies = ["form", "upload-file"];
    [
        option("request", "METHOD", "Method of the request").short('X'),
        flag("get", "Put what `--data` has into the address").short('G'),
        flag("head", "Get headers only")
            .short('I')
            .conflicts_with_all(["data", "data-raw", "form", "upload-file"]),
        list("data", "DATA", "Send this")
            .short('d')
            .visible_alias("data-ascii")
            .allow_hyphen_values(true)
            .conflicts_with_all(other_bodies),
        list("data-raw", "DATA", "Send just this")
            .allow_hyphen_values(true)
            .conflicts_with_all(other_bodies),
        list("data-urlencode", "DATA", "Encode this and send it").conflicts_with_all(other_bodies),
        list("json", "DATA", "Send this as JSON")
            .conflicts_with_all(["data", "data-raw", "data-urlencode", "head"])
            .conflicts_with_all(["form", "form-string", "upload-file"]),
        list("form", "NAME=CONTENT", "Send this field")
            .short('F')
            .value_parser(pair)
            .conflicts_with("upload-file"),
        list("form-string", "NAME=TEXT", "Send this field as it is").value_parser(pair),
        file("upload-file", "Send this file")
            .short('T')
            .action(ArgAction::Append),
        list("header", "LINE", "Send this header")
            .short('H')
            .allow_hyphen_values(true),
        option("user-agent", "NAME", "Name of the program that asks").short('A'),
        list("cookie", "DATA|FILE", "Send these cookies").short('b'),
        file("cookie-jar", "Write cookies to this file").short('c'),
        flag("compressed", "Ask for compressed data"),
    ]
}

fn authentication() -> impl IntoIterator<Item = Arg> {
    [
        option("user", "USER:PASSWORD", "Sign in so").short('u'),
        option("oauth2-bearer", "TOKEN", "With this token").conflicts_with("user"),
        flag("netrc", "With what `~/.netrc` has")
            .short('n')
            .conflicts_with("netrc-file"),
        file("netrc-file", "With what this file has")
            .value_parser(PathBufValueParser::new().try_map(existing_file)),
    ]
}

fn tls_options() -> impl IntoIterator<Item = Arg> {
    [
        flag("insecure", "Talk to servers whose certificate is bad").short('k'),
        file("cacert", "Certificates to trust")
            .value_parser(PathBufValueParser::new().try_map(existing_file)),
        file("cert", "Certificate of the client")
            .short('E')
            .requires("key"),
        file("key", "Private key of the client").requires("cert"),
        option("cert-type", "TYPE", "What `--cert` is")
            .value_parser(words(&[
                ("PEM", CurlCertType::Pem),
                ("DER", CurlCertType::Der),
                ("ENG", CurlCertType::Eng),
                ("PROV", CurlCertType::Prov),
                ("P12", CurlCertType::P12),
            ]))
            .ignore_case(true)
            .default_value("PEM"),
        option("tls-max", "VERSION", "Newest TLS to use").value_parser(words(&[
            ("default", CurlTlsMax::Default),
            ("1.0", CurlTlsMax::_1_0),
            ("1.1", CurlTlsMax::_1_1),
            ("1.2", CurlTlsMax::_1_2),
            ("1.3", CurlTlsMax::_1_3),
        ])),
    ]
}

fn connection_options() -> impl IntoIterator<Item = Arg> {
    [
        option("proxy", "URL", "Proxy to go through").short('x'),
        option("proxy-user", "USER:PASSWORD", "Sign in to the proxy so")
            .short('U')
            .requires("proxy"),
        list("noproxy", "HOST", "Hosts without it")
            .value_delimiter(',')
            .value_hint(ValueHint::Hostname),
        list("resolve", "HOST:PORT:ADDRESS", "Address of a host"),
        option("dns-ipv4-addr", "ADDRESS", "Ask from here").value_parser(value_parser!(Ipv4Addr)),
        seconds("connect-timeout", "Longest time to connect"),
        seconds("max-time", "Longest time for all").short('m'),
        flag("keepalive", "Find out about lost connections"),
        option("limit-rate", "SPEED", "Bytes in a second at most").value_parser(size),
        option("max-filesize", "BYTES", "Largest file to get").value_parser(size),
        option("retry", "N", "Try so often again")
            .value_parser(value_parser!(i64).range(0..))
            .allow_negative_numbers(true),
        seconds("retry-delay", "Wait between").requires("retry"),
        flag("parallel", "Do all at once").short('Z'),
        option("parallel-max", "N", "As many at once with `--parallel`")
            .value_parser(value_parser!(i64).range(1..=300))
            .allow_negative_numbers(true)
            .default_value("50")
            .hide_short_help(true),
    ]
}

fn messages() -> impl IntoIterator<Item = Arg> {
    [
        flag("verbose", "Say what goes on")
            .short('v')
            .action(ArgAction::Count),
        flag("silent", "Say nothing").short('s'),
        flag("show-error", "Say what went wrong in any case").short('S'),
        flag("progress-bar", "Show progress as a bar"),
        flag("no-buffer", "Print data as they come").short('N'),
        flag("fail", "Fail if the server does")
            .short('f')
            .overrides_with("fail-with-body"),
        flag("fail-with-body", "Fail but write what came"),
        flag("include", "Print headers too")
            .short('i')
            .visible_alias("show-headers"),
        option("write-out", "FORMAT", "Print this at the end").short('w'),
        flag("manual", "Print the manual")
            .short('M')
            .exclusive(true),
    ]
}

fn flag(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).help(help).action(ArgAction::SetTrue)
}

fn option(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value).help(help)
}

fn list(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    option(id, value, help).action(ArgAction::Append)
}

fn file(id: &'static str, help: &'static str) -> Arg {
    option(id, "FILE", help)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
}

fn seconds(id: &'static str, help: &'static str) -> Arg {
    let parse = |word: &str| match word.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        Ok(_) => Err("it is below zero or endless"),
        Err(_) => Err("expected a number"),
    };
    option(id, "SECONDS", help)
        .value_parser(parse)
        .allow_negative_numbers(true)
}

/// Parses one of these names into its value.
fn words<T>(words: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).try_map(|given| {
        let found = words
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(&given));
        found.map(|(_, meaning)| *meaning).ok_or("no such word")
    })
}

/// The expected call, from clap's matches.
pub fn called(matches: &ArgMatches) -> Called {
    let given = |id| matches.get_flag(id);
    let on_or_off = |id| {
        let (_, negation) = NEGATIONS.into_iter().find(|(switch, _)| *switch == id)?;
        (given(id) || given(negation)).then(|| given(id))
    };
    let text = |id| one::<String>(matches, id);
    let texts = |id| many::<String>(matches, id);
    Called::Curl(CurlArgs {
        address: texts("address"),
        url: texts("url"),
        config: many(matches, "config"),
        disable: given("disable"),
        output: many(matches, "output"),
        remote_name: given("remote-name"),
        output_dir: one(matches, "output-dir"),
        create_dirs: given("create-dirs"),
        clobber: on_or_off("clobber"),
        continue_at: text("continue-at"),
        range: text("range"),
        request: text("request"),
        get: given("get"),
        head: given("head"),
        data: texts("data"),
        data_raw: texts("data-raw"),
        data_urlencode: texts("data-urlencode"),
        json: texts("json"),
        form: many(matches, "form"),
        form_string: many(matches, "form-string"),
        upload_file: many(matches, "upload-file"),
        header: texts("header"),
        user_agent: text("user-agent"),
        cookie: texts("cookie"),
        cookie_jar: one(matches, "cookie-jar"),
        compressed: on_or_off("compressed"),
        location: on_or_off("location"),
        max_redirs: one(matches, "max-redirs").expect("it has a default"),
        proto: text("proto"),
        proto_default: text("proto-default").expect("it has a default"),
        user: text("user"),
        oauth2_bearer: text("oauth2-bearer"),
        netrc: given("netrc"),
        netrc_file: one(matches, "netrc-file"),
        insecure: on_or_off("insecure"),
        cacert: one(matches, "cacert"),
        cert: one(matches, "cert"),
        key: one(matches, "key"),
        cert_type: one(matches, "cert-type").expect("it has a default"),
        tls_max: one(matches, "tls-max"),
        proxy: text("proxy"),
        proxy_user: text("proxy-user"),
        noproxy: texts("noproxy"),
        resolve: texts("resolve"),
        dns_ipv4_addr: one(matches, "dns-ipv4-addr"),
        connect_timeout: one(matches, "connect-timeout"),
        max_time: one(matches, "max-time"),
        keepalive: !given("no-keepalive"),
        limit_rate: one(matches, "limit-rate"),
        max_filesize: one(matches, "max-filesize"),
        retry: one(matches, "retry"),
        retry_delay: one(matches, "retry-delay"),
        parallel: on_or_off("parallel"),
        parallel_max: one(matches, "parallel-max").expect("it has a default"),
        verbose: matches.get_count("verbose").min(4),
        silent: on_or_off("silent"),
        show_error: on_or_off("show-error"),
        progress_bar: on_or_off("progress-bar"),
        no_buffer: given("no-buffer"),
        fail: on_or_off("fail"),
        fail_with_body: given("fail-with-body"),
        include: given("include"),
        write_out: text("write-out"),
        manual: given("manual"),
    })
}

fn one<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Option<T> {
    matches.get_one(id).cloned()
}

fn many<T: Any + Clone + Send + Sync>(matches: &ArgMatches, id: &str) -> Vec<T> {
    matches.get_many(id).unwrap_or_default().cloned().collect()
}
