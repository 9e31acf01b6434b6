//! Rust: one file with a struct for each command and each shared set, an enum for each list of
//! choices, a function that builds the model of each command, and the trait that the program fills in.
//!
//! Nothing is decided in the generated code: it states facts, in calls of the runtime.

mod calls;
mod contract;
mod define;
mod dispatch;
mod output;
mod print;
mod types;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Arg, Kind, Program};
use crate::output::Output;
use crate::text::Inline;

const HEADER: &str =
    "// Made by clapspec from the program's spec. To change it, change the spec.\n";

/// `cli.rs`
pub(super) fn generate(program: &Program) -> Vec<Output> {
    let mut bodies = print::Bodies::default();
    let mut items = vec![imports(program)];
    items.extend(dispatch::items(program));
    items.extend(define::items(program, &mut bodies));
    for command in program.root.walk() {
        items.extend(types::command(program, command, &mut bodies));
        items.extend(contract::items(program, command, &mut bodies));
        items.extend(output::items(command, &mut bodies));
    }
    for set in &program.sets {
        items.extend(types::set(set, &mut bodies));
    }
    let body = print::items(items, &bodies);
    vec![Output::new("cli.rs", format!("{HEADER}\n{body}"))]
}

fn imports(program: &Program) -> TokenStream {
    let own = program
        .root
        .walk()
        .into_iter()
        .flat_map(|command| &command.own.args);
    let shared = program.sets.iter().flat_map(|set| &set.args);
    let args: Vec<&Arg> = own.chain(shared).collect();
    let mut models = vec![quote!(Command)];
    let mut names = Vec::new();
    let is_path = |arg: &&Arg| {
        arg.value()
            .is_some_and(|value| matches!(value.kind, Kind::Path(..)))
    };
    if args.iter().any(is_path) {
        models.extend([quote!(Exists), quote!(PathKind)]);
    }
    models.push(quote!(Program));
    if args.iter().any(|arg| arg.role.is_some()) {
        models.push(quote!(Role));
    }
    if args.iter().any(|arg| arg.choices().is_some()) {
        names.push(quote!(Choice));
    }
    if args.iter().any(|arg| arg.config.is_some()) {
        names.push(quote!(Configured));
    }
    // Every name here has one part, and types that come from a spec have two: so none is in the way of
    // another. What has two parts, such as `ExitCode`, is named by its path.
    if program.has_contract() {
        names.extend([quote!(Ended), quote!(Exit)]);
        let commands = program.root.walk();
        if commands.iter().any(|command| command.question.is_some()) {
            names.push(quote!(Failure));
        }
    }
    names.extend([quote!(Setup), quote!(Values)]);
    let mut outputs = program.root.walk().into_iter();
    let output = outputs.any(|command| command.output.is_some()).then(|| {
        quote! {
            use clapspec_runtime::output::Object;
            use clapspec_runtime::serde::{Serialize, Serializer};
        }
    });
    quote! {
        use clapspec_runtime::model::{#(#models),*};
        #output
        use clapspec_runtime::{#(#names),*};
    }
}

/// A name as Rust can have it: keywords become raw identifiers.
fn ident(name: &str) -> Ident {
    // The words that can't be raw identifiers.
    if matches!(name, "self" | "super" | "crate" | "_") {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    // A keyword since edition 2024, of which syn does not know.
    if name == "gen" {
        return Ident::new_raw(name, Span::call_site());
    }
    syn::parse_str(name).unwrap_or_else(|_| Ident::new_raw(name, Span::call_site()))
}

/// Documentation: a line for each, taken literally.
fn doc<'a>(lines: impl IntoIterator<Item = &'a str>) -> TokenStream {
    let lines = lines.into_iter().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// A text in documentation: rustdoc reads Markdown, and a text of the spec must not become any.
/// Code stays code; what else has a meaning is escaped. It does not begin a line: there, a number or
/// a dash would have one too.
fn doc_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Code(code) => out.push_str(&doc_code(code)),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => {
                out.push_str(&doc_text(inner));
            }
            Inline::Break => out.push(' '),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() && !",.;:-'()/?\"%=".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\t' { ' ' } else { c });
    }
    // A bare address would be made a link, with a warning.
    out.replace("://", ":\\/\\/")
}

/// Code in documentation, fenced by more backquotes than it holds.
fn doc_code(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let code = code.replace('\t', " ");
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}
