//! The same program as a spec and with clap's derive. Its commands are in groups of 20. Each command has
//! an argument and eight options of various kinds, which all have a paragraph of help.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clapspec::Part;

/// The number of commands in a group.
const GROUP: usize = 20;

/// Returns the arguments that call one of the commands.
pub fn leaf(count: usize) -> Vec<String> {
    let at = count * 7 / 10;
    let words = [
        format!("group{}", at / GROUP),
        format!("cmd{at}"),
        "--flag".into(),
        "x".into(),
    ];
    words.to_vec()
}

fn more(at: usize, what: &str) -> String {
    format!(
        "A paragraph about {what} of command {at}, which is as long as such paragraphs usually are, \
         so that the cost of texts shows. It has a second sentence too."
    )
}

/// Writes the spec, with a file for each command.
pub fn write_spec(directory: &Path, count: usize) {
    let _ = fs::remove_dir_all(directory);
    write(
        &directory.join("cli.yaml"),
        "name: bench\nversion: cargo\nabout: A program of many commands\ndate: 2026-01-31\n",
    );
    for at in 0..count {
        let group = at / GROUP;
        if at % GROUP == 0 {
            write(
                &directory.join(format!("commands/group{group}.yaml")),
                &format!("about: Group {group}\n"),
            );
        }
        let mut text = format!(
            "about: Do thing {at}\ndescription: {}\n",
            more(at, "the work")
        );
        let mut entry = |name: &str, keys: &str| {
            write!(
                text,
                "  {name}:\n    help: The {name} of thing {at}\n    description: {}\n{keys}",
                more(at, name)
            )
            .expect("a string grows");
        };
        add_entries(&mut entry);
        let (arguments, options) = text.split_at(text.find("  flag:\n").expect("an option"));
        let (head, arguments) =
            arguments.split_at(arguments.find("  input:\n").expect("an argument"));
        let text = format!("{head}arguments:\n{arguments}options:\n{options}");
        write(
            &directory.join(format!("commands/group{group}/cmd{at}.yaml")),
            &text,
        );
    }
}

fn add_entries(entry: &mut impl FnMut(&str, &str)) {
    entry("input", "");
    entry("flag", "    short: f\n");
    entry("quiet", "    conflicts: verbose\n");
    entry("verbose", "    short: v\n    count: 3\n");
    entry("output", "    short: o\n    value: FILE\n");
    entry("name", "    value: NAME\n    repeat: true\n");
    entry("port", "    value: PORT\n    type: integer\n");
    entry(
        "mode",
        "    value: MODE\n    choices: { fast: Quick, safe: Careful, none: Nothing }\n    default: fast\n",
    );
    entry("force", "");
}

/// Writes a program that does nothing.
pub fn write_empty(directory: &Path) {
    write(&directory.join("Cargo.toml"), &manifest(""));
    write(&directory.join("src/main.rs"), "fn main() {}\n");
}

/// How generated code is included in a program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ours {
    /// The generated code is a source file of the program.
    Committed,
    /// A build script generates the code and man pages.
    Built,
}

/// Writes a program that uses generated code.
pub fn write_ours(directory: &Path, spec: &Path, root: &Path, how: Ours) {
    let (runtime, codegen) = (root.join("runtime"), root.join("codegen"));
    let main = fs::read_to_string(spec.join("cli.yaml")).expect("the spec");
    let completes = main.contains("completions: true");
    let features = if completes { "\"completions\"" } else { "" };
    let mut dependencies =
        format!("clapspec-runtime = {{ path = {runtime:?}, features = [{features}] }}\n");
    if how == Ours::Built {
        dependencies += &format!("\n[build-dependencies]\nclapspec = {{ path = {codegen:?} }}\n");
        let script = format!(
            "use clapspec::Part;\n\nfn main() {{\n    \
             clapspec::Builder::new({spec:?}).parts(&[Part::Rust, Part::Man]).build();\n}}\n"
        );
        write(&directory.join("build.rs"), &script);
    }
    write(&directory.join("Cargo.toml"), &manifest(&dependencies));
    let outputs = clapspec::generate(spec, &[Part::Rust]).expect("the spec is valid");
    let code = outputs[0].text();
    let module = match how {
        Ours::Committed => "mod cli;",
        Ours::Built => "mod cli {\n    include!(concat!(env!(\"OUT_DIR\"), \"/cli.rs\"));\n}",
    };
    let mut main = module.to_owned();
    main.push_str("\n\nstruct Bench;\n\nimpl cli::Handlers for Bench {\n    type Output = ();\n");
    for line in code
        .lines()
        .filter(|line| line.ends_with("-> Self::Output;"))
    {
        let head = line
            .trim()
            .trim_end_matches("-> Self::Output;")
            .replace("args: ", "args: cli::");
        writeln!(
            main,
            "    {head} {{\n        std::hint::black_box(&args);\n    }}"
        )
        .expect("a string grows");
    }
    main.push_str("}\n\nfn main() {\n    cli::run(&mut Bench);\n}\n");
    write(&directory.join("src/main.rs"), &main);
    if how == Ours::Committed {
        write(&directory.join("src/cli.rs"), code);
    }
}

/// Adds a build script that generates man pages and completions to a program with clap's derive.
pub fn add_derive_build(directory: &Path) {
    let main = fs::read_to_string(directory.join("src/main.rs")).expect("the program");
    let (types, rest) = main.split_once("\nfn main()").expect("its main function");
    let types = types.replacen("#![allow(dead_code)]\n", "", 1);
    write(&directory.join("src/cli.rs"), &types);
    let main = format!("include!(\"cli.rs\");\n\nfn main(){rest}");
    write(&directory.join("src/main.rs"), &main);
    write(
        &directory.join("build.rs"),
        "#[allow(dead_code)]\nmod cli {\n    include!(\"src/cli.rs\");\n    \
         pub fn command() -> clap::Command {\n        <Cli as clap::CommandFactory>::command()\n    }\n}\n\
         use clap_complete::Shell;\n\n\
         fn main() {\n    println!(\"cargo::rerun-if-changed=src/cli.rs\");\n    \
         let out = std::path::PathBuf::from(std::env::var_os(\"OUT_DIR\").unwrap());\n    \
         clap_mangen::generate_to(cli::command(), &out).unwrap();\n    \
         for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {\n        \
         clap_complete::generate_to(shell, &mut cli::command(), \"bench\", &out).unwrap();\n    }\n}\n",
    );
    let path = directory.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).expect("the manifest");
    let clap = manifest
        .lines()
        .find(|line| line.starts_with("clap = "))
        .expect("clap");
    let build = format!(
        "\n[build-dependencies]\n{clap}\nclap_mangen = \"0.3\"\nclap_complete = \"4.6\"\n\n[profile.release]"
    );
    write(&path, &manifest.replace("\n[profile.release]", &build));
}

/// Writes the same program as an author would with clap's derive.
pub fn write_derive(directory: &Path, count: usize) {
    let clap = "clap = { version = \"4.6\", default-features = false, features = [\"std\", \"help\", \"usage\", \
                \"error-context\", \"suggestions\", \"color\", \"env\", \"wrap_help\", \"derive\"] }\n";
    write(&directory.join("Cargo.toml"), &manifest(clap));
    let groups = count.div_ceil(GROUP);
    let mut main = String::from(
        "#![allow(dead_code)]\nuse clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};\n\n\
         /// A program of many commands\n#[derive(Parser)]\n#[command(version)]\nstruct Cli {\n    #[command(subcommand)]\n    command: Groups,\n}\n\n\
         #[derive(Subcommand)]\nenum Groups {\n",
    );
    for group in 0..groups {
        writeln!(main, "    /// Group {group}\n    #[command(name = \"group{group}\", subcommand)]\n    Group{group}(Group{group}),").expect("a string grows");
    }
    main.push_str("}\n");
    for group in 0..groups {
        let commands = group * GROUP..count.min((group + 1) * GROUP);
        writeln!(main, "\n#[derive(Subcommand)]\nenum Group{group} {{").expect("a string grows");
        for at in commands.clone() {
            writeln!(
                main,
                "    #[command(name = \"cmd{at}\")]\n    Cmd{at}(Cmd{at}),"
            )
            .expect("a string grows");
        }
        main.push_str("}\n");
        for at in commands {
            main.push_str(&derive_command(at));
        }
    }
    main.push_str("\nfn main() {\n    let cli = Cli::parse();\n    match &cli.command {\n");
    for group in 0..groups {
        writeln!(
            main,
            "        Groups::Group{group}(group) => match group {{"
        )
        .expect("a string grows");
        for at in group * GROUP..count.min((group + 1) * GROUP) {
            writeln!(
                main,
                "            Group{group}::Cmd{at}(args) => {{ std::hint::black_box(args); }}"
            )
            .expect("a string grows");
        }
        main.push_str("        },\n");
    }
    main.push_str("    }\n}\n");
    write(&directory.join("src/main.rs"), &main);
}

fn derive_command(at: usize) -> String {
    let mut text = format!(
        "\n/// Do thing {at}\n///\n/// {}\n#[derive(Args)]\nstruct Cmd{at} {{\n",
        more(at, "the work")
    );
    for (name, attribute, kind) in [
        ("input", "", "Option<String>"),
        ("flag", "short, long", "bool"),
        ("quiet", "long, conflicts_with = \"verbose\"", "bool"),
        ("verbose", "short, long, action = ArgAction::Count", "u8"),
        (
            "output",
            "short, long, value_name = \"FILE\"",
            "Option<String>",
        ),
        ("name", "long, value_name = \"NAME\"", "Vec<String>"),
        ("port", "long, value_name = \"PORT\"", "Option<i64>"),
        (
            "mode",
            "long, value_name = \"MODE\", value_enum, default_value = \"fast\"",
            "MODE",
        ),
        ("force", "long", "bool"),
    ] {
        let kind = kind.replace("MODE", &format!("Mode{at}"));
        let attribute = if attribute.is_empty() {
            String::new()
        } else {
            format!("    #[arg({attribute})]\n")
        };
        write!(text, "    /// The {name} of thing {at}\n    ///\n    /// {}\n{attribute}    {name}: {kind},\n", more(at, name)).expect("a string grows");
    }
    text + &format!(
        "}}\n\n#[derive(Clone, Copy, ValueEnum)]\nenum Mode{at} {{\n    /// Quick\n    Fast,\n    /// Careful\n    Safe,\n    /// Nothing\n    None,\n}}\n"
    )
}

fn manifest(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"bench\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n"
    )
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a directory")).expect("made");
    fs::write(path, text).expect("written");
}

/// Writes the same program with clap's builder, and with clap_complete's dynamic engine. Its commands are
/// built in a loop, so that it compiles quickly.
pub fn write_clap(directory: &Path, count: usize) {
    let dependencies = "clap = \"4.6\"\nclap_complete = { version = \"4.6\", features = [\"unstable-dynamic\"] }\n";
    write(&directory.join("Cargo.toml"), &manifest(dependencies));
    let more = more(0, "it").replace('"', "");
    let main = format!(
        "use clap::{{Arg, ArgAction, Command}};\n\n\
         const MORE: &str = \"{more}\";\n\n\
         fn option(name: &'static str) -> Arg {{\n    \
         Arg::new(name).long(name).help(format!(\"The {{name}} of it\")).long_help(MORE)\n}}\n\n\
         fn switch(name: &'static str) -> Arg {{\n    option(name).action(ArgAction::SetTrue)\n}}\n\n\
         fn command(at: usize) -> Command {{\n    \
         Command::new(format!(\"cmd{{at}}\")).about(format!(\"Do thing {{at}}\")).long_about(MORE)\n        \
         .arg(Arg::new(\"input\").help(\"The input\").long_help(MORE))\n        \
         .arg(switch(\"flag\").short('f'))\n        \
         .arg(switch(\"quiet\").conflicts_with(\"verbose\"))\n        \
         .arg(option(\"verbose\").short('v').action(ArgAction::Count))\n        \
         .arg(option(\"output\").short('o').value_name(\"FILE\"))\n        \
         .arg(option(\"name\").value_name(\"NAME\").action(ArgAction::Append))\n        \
         .arg(option(\"port\").value_name(\"PORT\").value_parser(clap::value_parser!(i64)))\n        \
         .arg(option(\"mode\").value_name(\"MODE\").value_parser([\"fast\", \"safe\", \"none\"]).default_value(\"fast\"))\n        \
         .arg(switch(\"force\"))\n}}\n\n\
         fn cli() -> Command {{\n    let groups = (0..{count}usize).step_by({GROUP}).map(|first| {{\n        \
         let group = Command::new(format!(\"group{{}}\", first / {GROUP}));\n        \
         group.subcommands((first..{count}.min(first + {GROUP})).map(command))\n    }});\n    \
         Command::new(\"bench\").version(\"0.1.0\").subcommands(groups)\n}}\n\n\
         fn main() {{\n    clap_complete::CompleteEnv::with_factory(cli).complete();\n    \
         std::hint::black_box(cli().get_matches());\n}}\n"
    );
    // Names that are made at run time need a feature of clap.
    let path = directory.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).expect("the manifest");
    write(
        &path,
        &manifest.replace(
            "clap = \"4.6\"",
            "clap = { version = \"4.6\", features = [\"string\"] }",
        ),
    );
    write(&directory.join("src/main.rs"), &main);
}

/// Writes the same program as a spec of usage.
pub fn write_kdl(path: &Path, count: usize) {
    let mut text = String::from("name \"bench\"\nbin \"bench\"\n");
    for first in (0..count).step_by(GROUP) {
        writeln!(text, "cmd \"group{}\" help=\"Group\" {{", first / GROUP).expect("a string grows");
        for at in first..count.min(first + GROUP) {
            let more = more(at, "it");
            writeln!(
                text,
                "  cmd \"cmd{at}\" help=\"Do thing {at}\" {{\n    long_help \"{more}\"\n    \
                 flag \"-f --flag\" help=\"The flag\"\n    flag \"--quiet\" help=\"The quiet\"\n    \
                 flag \"-v --verbose\" help=\"The verbose\" count=#true\n    \
                 flag \"-o --output <FILE>\" help=\"The output\"\n    \
                 flag \"--name <NAME>\" help=\"The name\" var=#true\n    \
                 flag \"--port <PORT>\" help=\"The port\"\n    \
                 flag \"--mode <MODE>\" help=\"The mode\" {{\n      arg \"<MODE>\" {{\n        \
                 choices \"fast\" \"safe\" \"none\"\n      }}\n    }}\n    \
                 flag \"--force\" help=\"The force\"\n    arg \"[input]\" help=\"The input\"\n  }}"
            )
            .expect("a string grows");
        }
        text.push_str("}\n");
    }
    write(path, &text);
}
