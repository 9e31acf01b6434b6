//! Exit codes and questions, and the functions that call each handler.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::calls::{Argument, Call, Statement, literal};
use super::items::{self, Item, doc_line};
use super::{doc_code, doc_text, spelled, types};
use crate::ir::rust_names as names;
use crate::ir::{Command, Piece, Program, Question, Role, exits};

/// Returns the return type of `run` and `dispatch`.
pub(super) fn result(program: &Program) -> TokenStream {
    match program.has_contract() {
        true => quote!(std::process::ExitCode),
        false => quote!(H::Output),
    }
}

/// Returns the return type of a handler for a command without a result.
pub(super) fn ended(program: &Program, command: &Command) -> String {
    match program.has_contract() {
        true => format!("Ended<{}>", names::exit_enum(&command.exits)),
        false => "Self::Output".to_owned(),
    }
}

/// Returns the return type of a command's handler, which includes the result if the command has one.
pub(super) fn handled(program: &Program, command: &Command) -> String {
    match (&command.output, program.has_contract()) {
        (Some(_), true) => {
            let exit = names::exit_enum(&command.exits);
            format!("Ended<{exit}, {}>", names::output(command))
        }
        _ => ended(program, command),
    }
}

/// Returns a block that calls a handler and converts its return value to an exit code. `call` uses the
/// variable `args`.
pub(super) fn end(args: TokenStream, call: TokenStream) -> TokenStream {
    quote!({
        let console = values.console(&PROGRAM);
        let args = #args;
        let ended = #call;
        console.end(ended)
    })
}

/// Returns the exit codes that the runtime uses for all commands.
pub(super) fn facts(program: &Program) -> TokenStream {
    let code = |name| program.exit_code(name).map(|code| (name, code));
    let Some(failure) = code(exits::FAILURE) else {
        return quote!(None);
    };
    let written = |(name, code): (&str, u8)| {
        let number = Literal::u8_unsuffixed(code);
        quote!((#name, #number))
    };
    let usage = written(code(exits::USAGE).unwrap_or(failure));
    let failure = written(failure);
    quote! {
        Some(clapspec_runtime::generated::Contract {
            usage: #usage,
            failure: #failure,
        })
    }
}

/// Returns the method that prepares the call of a command's handler, calls it, and ends the command.
pub(super) fn handle(program: &Program, command: &Command) -> Option<String> {
    if !command.runs() || !program.has_contract() {
        return None;
    }
    let mut arguments = vec![Argument::word("Self::take(values)")];
    let mut question = String::new();
    if command.question.is_some() {
        arguments.push(Argument::word("question"));
        question = format!(
            "        let question = match console.question() {{\n            \
             Ok(question) => {}(question),\n            \
             Err(exit) => return exit,\n        }};\n",
            names::question_struct(command)
        );
    }
    let call = Call::new(spelled(&names::method(command)), arguments);
    let call = Statement::on("let ended = handlers", call).print(8);
    let end = match command.output {
        Some(_) => "end_with_output",
        None => "end",
    };
    Some(format!(
        "    fn handle<H: Handlers>(handlers: &mut H, values: &mut Values) -> std::process::ExitCode {{\n        \
         let console = values.console(&PROGRAM);\n\
         {question}{call}        console.{end}(ended)\n    }}\n"
    ))
}

/// Returns the enum of a command's own exit codes, and the type of its question.
pub(super) fn items(program: &Program, command: &Command) -> Vec<Item> {
    let mut items = Vec::new();
    if command.exits == command.path && program.has_contract() {
        items.push(exit_codes(command));
        items.extend(widen(program, command));
    }
    if let Some(question) = &command.question {
        items.push(ask(command, question));
    }
    items
}

fn exit_codes(command: &Command) -> Item {
    let all = &command.exit_codes;
    let name = names::exit_enum(&command.path);
    let names: Vec<String> = all.iter().map(|exit| names::variant(&exit.name)).collect();
    let (mut variants, mut arms) = (String::new(), String::new());
    for (exit, variant) in all.iter().zip(&names) {
        let variant = spelled(variant);
        let (code, help) = (exit.code.value, doc_text(&exit.help));
        variants += &format!("    /// {code}: {help}\n    {variant} = {code},\n");
        arms += &items::arm(12, &format!("Self::{variant}"), &literal(&exit.name));
    }
    let declined = all.iter().any(|exit| *exit.name == exits::DECLINED);
    let declined = match declined {
        true => exits::DECLINED,
        false => exits::SUCCESS,
    };
    let [failure, declined] = [exits::FAILURE, declined].map(|name| spelled(&names::variant(name)));
    let doc = doc_line(&format!(
        "The exit codes of {}.",
        doc_code(&command.title())
    ));
    let lints = types::lints(&name, &names);
    Item::Text(format!(
        "{doc}{lints}#[allow(dead_code)]\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u8)]\n\
         pub enum {name} {{\n{variants}}}\n\n\
         impl Exit for {name} {{\n    \
         const FAILURE: Self = Self::{failure};\n    \
         const DECLINED: Self = Self::{declined};\n\n    \
         fn code(self) -> u8 {{\n        self as u8\n    }}\n\n    \
         fn name(self) -> &'static str {{\n        match self {{\n{arms}        }}\n    }}\n}}\n"
    ))
}

/// Returns the conversion from the exit codes of the parent command to those of this command.
fn widen(program: &Program, command: &Command) -> Option<Item> {
    let parent = &command.path[..command.path.len() - 1];
    let commands = program.root.walk();
    let parent = commands.iter().find(|command| command.path == parent)?;
    let from = names::exit_enum(&parent.exits);
    let name = names::exit_enum(&command.path);
    let arms = parent.exit_codes.iter().map(|exit| {
        let variant = spelled(&names::variant(&exit.name));
        items::arm(
            12,
            &format!("{from}::{variant}"),
            &format!("Self::{variant}"),
        )
    });
    let arms: String = arms.collect();
    Some(Item::Text(format!(
        "impl From<{from}> for {name} {{\n    fn from(exit: {from}) -> Self {{\n        \
         match exit {{\n{arms}        }}\n    }}\n}}\n"
    )))
}

/// Returns the type of a question, which can be asked only once.
fn ask(command: &Command, question: &Question) -> Item {
    let name = names::question_struct(command);
    let exit = names::exit_enum(&command.exits);
    let values = question.values();
    let values: Vec<String> = values
        .iter()
        .map(|value| spelled(&names::field(value)))
        .collect();
    let free = |local: &&&str| !values.iter().any(|value| value == **local);
    let local = ["question", "asked", "words"];
    // No field has two underscores in a row.
    let local = local.iter().find(free).copied().unwrap_or("ask__");
    let statements = question.pieces.iter().map(|piece| {
        let call = match piece {
            Piece::Text(text) => Call::new("text", vec![Argument::text(text)]),
            Piece::Value(value) => {
                let value = spelled(&names::field(value));
                Call::new("value", vec![Argument::word(format!("&{value}"))])
            }
        };
        Statement::on(local, call).print(8)
    });
    let statements: String = statements.collect();
    let (answer, last) = match command.with_role(Role::DryRun) {
        Some(_) => ("clapspec_runtime::Answer", format!("{local}.ask()")),
        None => ("()", format!("{local}.ask().map(drop)")),
    };
    // clippy allows at most seven parameters, including `self`.
    let many = match values.len() > 6 {
        true => "    #[allow(clippy::too_many_arguments)]\n",
        false => "",
    };
    let parameters = values
        .iter()
        .map(|value| format!("{value}: impl std::fmt::Display"));
    let parameters: Vec<String> = std::iter::once("self".to_owned())
        .chain(parameters)
        .collect();
    let result = format!("Result<{answer}, Failure<{exit}>>");
    let head = items::signature("    pub fn ask", &parameters, &result, " {");
    let (title, text) = (doc_code(&command.title()), doc_code(&question.written()));
    Item::Text(format!(
        "/// The question that {title} asks before it runs.\n#[derive(Debug)]\n\
         pub struct {name}(pub clapspec_runtime::Question);\n\nimpl {name} {{\n    \
         /// Asks {text}\n    ///\n    \
         /// If the user declines, this returns an error, and the handler should return it. The user\n    \
         /// isn't asked if the command line already has the answer.\n\
         {many}{head}        let Self(mut {local}) = self;\n{statements}        {last}\n    }}\n}}\n"
    ))
}
