//! Settings as facts for the runtime, and the command that shows and changes them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement};
use super::print::Bodies;
use super::{contract, define};
use crate::backend::steps::{self, Fact};
use crate::ir::{Command, ConfigFiles, Program, Setting, Takes, exits};
use crate::text;

/// The function that passes on to the runtime what `config` was called with.
pub(super) const DISPATCH: &str = "dispatch_config";

/// The settings and their files.
pub(super) fn facts(program: &Program, bodies: &mut Bodies) -> Vec<TokenStream> {
    let Some(files) = &program.config_files else {
        return Vec::new();
    };
    let mut statements = files_of(files);
    statements.extend(program.settings().iter().map(setting));
    let statements = bodies.add(statements);
    let failure = program.exit_code(exits::FAILURE).unwrap_or(1);
    let (name, number) = (exits::FAILURE, Literal::u8_unsuffixed(failure));
    let mut items = vec![quote! {
        /// The settings that are kept in files, and where these lie.
        static CONFIG: std::sync::LazyLock<Config> = std::sync::LazyLock::new(|| {
            let mut define = Config::new((#name, #number));
            #statements
            define
        });
    }];
    let commands = program.root.commands.iter();
    items.extend(commands.filter(|command| command.built_in).map(dispatch));
    items
}

fn dispatch(command: &Command) -> TokenStream {
    let function = super::ident(DISPATCH);
    let roles = contract::roles(command);
    quote! {
        fn #function(values: &mut Values) -> std::process::ExitCode {
            let roles = #roles;
            clapspec_runtime::config::run(&CONFIG, &CONTRACT, &roles, values)
        }
    }
}

fn files_of(files: &ConfigFiles) -> Vec<Statement> {
    let named = [
        ("project", &files.project),
        ("user", &files.user),
        ("system", &files.system),
    ];
    let named = named
        .into_iter()
        .filter_map(|(name, file)| Some((name, file.as_ref()?)));
    let call = |(name, file): (&str, &crate::ir::Name)| text_call(name, file);
    named
        .map(|named| Statement::define(vec![call(named)]))
        .collect()
}

/// What the runtime is told of one setting: as clap is told of its option.
fn setting(setting: &Setting<'_>) -> Statement {
    let arg = setting.arg;
    let help = text::to_plain(&arg.help);
    let texts = [setting.key.as_str(), arg.id.as_str(), &arg.written(), &help];
    let texts = texts.into_iter().map(Argument::text).collect();
    let mut calls = vec![Call::new("setting", texts)];
    match &arg.takes {
        Takes::Switch => calls.push(Call::new("switch", Vec::new())),
        Takes::Negatable { default, .. } => {
            calls.push(Call::new("switch", Vec::new()));
            calls.extend(default.map(|on| text_call("default", &on.to_string())));
        }
        Takes::Count(max) => {
            let max = Argument::word(max.to_string());
            calls.push(Call::new("count", vec![max]));
        }
        Takes::Value(_) => {}
    }
    let facts = steps::argument(arg).facts;
    calls.extend(facts.into_iter().filter_map(fact));
    if arg.users_own {
        calls.push(Call::new("users_own", Vec::new()));
    }
    let commands = setting.commands.iter();
    calls.extend(commands.map(|command| text_call("taken_by", command)));
    let rivals = setting.rivals.iter();
    calls.extend(rivals.map(|rival| text_call("rival", rival)));
    Statement::define(calls)
}

/// The same call as for clap, where the runtime needs to know.
fn fact(fact: Fact) -> Option<Call> {
    match fact {
        // What a choice means is said where the option is defined.
        Fact::Choice(name, _) => Some(define::fact(&Fact::Choice(name, String::new()))),
        Fact::ChoiceAlias(_)
        | Fact::HiddenChoice
        | Fact::IgnoreCase
        | Fact::Negatable(_)
        | Fact::Repeat
        | Fact::Parser(_)
        | Fact::Default(_)
        | Fact::Env(_) => Some(define::fact(&fact)),
        _ => None,
    }
}

fn text_call(name: &str, text: &str) -> Call {
    Call::new(name, vec![Argument::text(text)])
}
