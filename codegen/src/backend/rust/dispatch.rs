//! The code that calls the program's handlers for a parsed command line.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::items::{self, Item, doc_line};
use super::{completions, contract, doc_code, doc_text, ident, spelled};
use crate::ir::rust_names as names;
use crate::ir::{Command, Program};

/// Returns the trait `Handlers`, and the functions that call its methods.
pub(super) fn items(program: &Program) -> Vec<Item> {
    let mut items = vec![handlers(program), run(program).into()];
    items.extend(completions::items(program).into_iter().map(Item::from));
    let groups = program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group() && command.built_in.is_none());
    items.extend(groups.map(|command| group(program, command).into()));
    items
}

fn handlers(program: &Program) -> Item {
    let mut members = Vec::new();
    if !program.has_contract() {
        let doc = "/// The type that all handlers return, such as [`std::process::ExitCode`].";
        members.push(format!("    {doc}\n    type Output;\n"));
    }
    let commands = program.root.walk();
    let running = commands
        .iter()
        .filter(|command| command.runs() && command.built_in.is_none());
    members.extend(running.map(|command| {
        let (title, about) = (doc_code(&command.title()), doc_text(&command.about));
        let name = names::method(command);
        let head = doc_line(&format!("{title}: {about}")) + unconventional(&name);
        let mut parameters = parameters(command);
        if command.question.is_some() {
            parameters.push(format!("question: {}", names::question_struct(command)));
        }
        let ended = contract::handled(program, command);
        let start = format!("    fn {}", spelled(&name));
        items::indented(&head, 4) + &items::signature(&start, &parameters, &ended, ";")
    }));
    let external = commands.iter().filter(|command| command.external);
    members.extend(external.map(|command| {
        let title = doc_code(&command.title());
        let head = doc_line(&format!(
            "Runs a subcommand of {title} that its spec does not define."
        ));
        let mut parameters = parameters(command);
        parameters.push("command: clapspec_runtime::External".to_owned());
        let start = format!("    fn {}", spelled(&names::external_method(command)));
        let ended = contract::ended(program, command);
        items::indented(&head, 4) + &items::signature(&start, &parameters, &ended, ";")
    }));
    Item::Text(format!(
        "/// The program's handlers: one method for each command.\npub trait Handlers {{\n{}}}\n",
        members.join("\n")
    ))
}

/// Returns the first parameters of a handler.
fn parameters(command: &Command) -> Vec<String> {
    let args = format!("args: {}", names::args_struct(command));
    vec!["&mut self".to_owned(), args]
}

/// Suppresses clippy's lints about methods with conventional names, which a handler can't follow.
fn unconventional(method: &str) -> &'static str {
    if method == "new" {
        return "#[allow(clippy::new_ret_no_self, clippy::wrong_self_convention)]\n";
    }
    let prefixes = ["as_", "from_", "into_", "is_", "to_"];
    match prefixes.iter().any(|prefix| method.starts_with(prefix)) {
        true => "#[allow(clippy::wrong_self_convention)]\n",
        false => "",
    }
}

fn run(program: &Program) -> TokenStream {
    let call = call(program, &program.root);
    let result = contract::result(program);
    let handlers = completions::bounds(program);
    let answer = completions::answer(program);
    #[cfg(feature = "describe")]
    let description = super::description::answer(program);
    // `lower` refuses specs that need it.
    #[cfg(not(feature = "describe"))]
    let description: Option<TokenStream> = None;
    let body = match program.has_contract() {
        true => quote! {
            #answer
            #description
            match setup.start(&PROGRAM) {
                Ok(values) => dispatch(handlers, values),
                Err(exit) => exit,
            }
        },
        false => quote! {
            #answer
            #description
            dispatch(handlers, setup.start_or_exit(&PROGRAM))
        },
    };
    let doc = match program.has_contract() {
        true => quote! {
            /// Parses the command line of the process, calls the handler, and returns the exit code of
            /// the process. A usage error, `--help` and `--version` also return an exit code.
        },
        false => quote! {
            /// Parses the command line of the process and calls the handler. Exits the process after a
            /// usage error, `--help` or `--version`.
        },
    };
    quote! {
        #doc
        #[allow(dead_code)]
        pub fn run<H: #handlers>(handlers: &mut H) -> #result {
            run_with(handlers, &Setup::new())
        }

        /// Like [`run`], with settings that the program chooses at run time: the text of `--version`,
        /// colors, computed defaults, or the command line itself.
        pub fn run_with<H: #handlers>(handlers: &mut H, setup: &Setup) -> #result {
            #body
        }

        /// Calls the handler for a command line that is already parsed, for example by [`Setup::parse`].
        pub fn dispatch<H: Handlers>(handlers: &mut H, mut values: Values) -> #result {
            let values = &mut values;
            #call
        }
    }
}

/// Returns the function that dispatches to the subcommands of a command group.
fn group(program: &Program, group: &Command) -> TokenStream {
    let name = function(group);
    let arms = group.commands.iter().map(|subcommand| {
        let name = subcommand.name();
        let call = call(program, subcommand);
        quote!(#name => #call,)
    });
    let external = group.external.then(|| {
        let args = ident(&names::args_struct(group));
        let method = ident(&names::external_method(group));
        let call = |args| quote!(handlers.#method(#args, values.external()));
        let call = match program.has_contract() {
            true => contract::end(quote!(#args::take(values)), call(quote!(args))),
            false => call(quote!(#args::take(values))),
        };
        quote!("" if values.is_external() => #call,)
    });
    let own = group.runnable.then(|| {
        let own = own(program, group);
        quote!("" => #own,)
    });
    let result = contract::result(program);
    quote! {
        fn #name<H: Handlers>(handlers: &mut H, values: &mut Values) -> #result {
            match values.subcommand() {
                #(#arms)*
                #external
                #own
                name => clapspec_runtime::generated::unknown_command(name),
            }
        }
    }
}

fn call(program: &Program, command: &Command) -> TokenStream {
    if let Some(function) = command.built_in {
        // The runtime implements it.
        let function = ident(function);
        let call = quote!(clapspec_runtime::generated::#function(&PROGRAM, values));
        match program.has_contract() {
            true => quote!(#call.into()),
            false => quote!({
                let exit = #call;
                std::process::exit(exit.into())
            }),
        }
    } else if command.is_group() {
        let function = function(command);
        quote!(#function(handlers, values))
    } else {
        own(program, command)
    }
}

/// Returns the call of a command's own handler.
fn own(program: &Program, command: &Command) -> TokenStream {
    let args = ident(&names::args_struct(command));
    if program.has_contract() {
        return quote!(#args::handle(handlers, values));
    }
    let method = ident(&names::method(command));
    quote!(handlers.#method(#args::take(values)))
}

fn function(group: &Command) -> Ident {
    ident(&names::prefixed("dispatch", &names::method(group)))
}
