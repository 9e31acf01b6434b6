//! The answer to the request of a shell.

use std::ffi::OsString;
use std::io::Write;

use super::ask::{self, Typed};
use super::offers::{Candidate, Offers};
use super::shell::Request;
use super::values::{self, At};
use super::{Shell, engine};
use crate::line::Setup;
use crate::model::{Complete, Program};

/// The first argument of a program that a shell asks. No program has such an option, so programs without
/// completions reject it.
const MARK: &str = "--clapspec-complete";

/// The protocol between scripts and programs. Programs also answer the scripts of earlier versions.
const PROTOCOL: &str = "1";

/// Answers the request of a shell, if the command line is one. Returns whether it is, so that the program
/// must end. `known` returns the values that only the program knows, by their name in the spec.
pub fn complete(
    setup: &Setup,
    program: &Program,
    known: impl FnOnce(&str, &Typed<'_>) -> Vec<Candidate>,
) -> bool {
    let Some(words) = setup.request(MARK) else {
        return false;
    };
    // Without an answer, scripts offer nothing.
    if let Some(request) = read(&words) {
        answer(setup, program, &request, known);
    }
    true
}

/// Returns the tokens that are offered at the cursor, for tests.
pub fn tokens(program: &Program, words: &[OsString], token: &str) -> Vec<String> {
    let (offers, _) = engine::offers(program, words, token, false);
    offers.list.into_iter().map(|offer| offer.token).collect()
}

/// Reads a request: the protocol, the shell, and what the shell sends.
fn read(words: &[OsString]) -> Option<Request> {
    let [protocol, shell, rest @ ..] = words else {
        return None;
    };
    let shell = Shell::from_name(shell.to_str()?)?;
    (protocol == PROTOCOL).then(|| Request::read(shell, rest))?
}

fn answer(
    setup: &Setup,
    program: &Program,
    request: &Request,
    known: impl FnOnce(&str, &Typed<'_>) -> Vec<Candidate>,
) {
    let token = &request.token;
    if request.is_redirection {
        let offers = Offers {
            shell: Some((Complete::Path, 0)),
            ..Offers::default()
        };
        return print(&request.answer(offers));
    }
    let matches = request.shell.matches();
    let (mut offers, mut line) = engine::offers(program, &request.words, token, matches);
    let Some(ask) = offers.ask.take() else {
        return print(&request.answer(offers));
    };
    let at = At::new(&ask.arg, token, ask.start, ask.rest);
    setup.add_layers(program, &mut line);
    let typed = Typed::new(&line, at.value());
    let without = request.answer(offers.clone());
    let (mut output, candidates) = ask::within_limit(without, || known(ask.name, &typed));
    values::add_known(&mut offers, at, &candidates);
    // The shell closes the pipe if the user goes on typing.
    let _ = output.write_all(request.answer(offers).as_bytes());
}

fn print(answer: &str) {
    let _ = std::io::stdout().write_all(answer.as_bytes());
}
