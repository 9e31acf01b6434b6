//! `authctl logout`: sign out of several systems at once.

use clapspec_runtime::{Done, Ended};

use crate::cli::{
    LogoutArgs, LogoutExit, LogoutOutput, LogoutOutputLeftEntry, LogoutOutputRemovedEntry,
    LogoutOutputSystem, LogoutOutputUnrevokedEntry, LogoutOutputUnrevokedEntryToken,
    LogoutQuestion, LogoutSystem,
};
use crate::error::{Error, plain};
use crate::report::Report;
use crate::session::{Found, Place, SignedOut, System, Token, Unrevoked};
use crate::{ably, btp, cargo};

/// Signs out of the systems that are named. What goes wrong in one does not keep the others.
pub fn logout(args: &LogoutArgs, question: LogoutQuestion) -> Ended<LogoutExit, LogoutOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let systems = System::ALL
        .into_iter()
        .filter(|&system| args.all || args.system.contains(&argument(system)))
        .map(|system| (system, removable(&system.found(report))));
    let systems: Vec<(System, Vec<String>)> = systems.collect();
    let names: Vec<&str> = systems.iter().map(|(system, _)| system.name()).collect();
    let known = systems.iter().filter(|(_, accounts)| !accounts.is_empty());
    let known = known.map(|(system, accounts)| {
        let accounts: Vec<String> = accounts.iter().map(|account| plain(account)).collect();
        format!("{} ({})", system.name(), accounts.join(", "))
    });
    let known: Vec<String> = known.collect();
    if !known.is_empty() {
        question.ask(known.join(", "))?;
    }
    let mut output = LogoutOutput {
        removed: Vec::new(),
        left: Vec::new(),
        unrevoked: Vec::new(),
    };
    for (system, accounts) in systems {
        let signed_out =
            sign_out(system, &accounts, args, report).unwrap_or_else(|error| SignedOut {
                left: vec![(None, error.to_string())],
                ..SignedOut::default()
            });
        describe(system, &signed_out, report);
        add(&mut output, system, signed_out);
    }
    if output.removed.is_empty() && output.left.is_empty() {
        report.done(match args.all {
            true => "signed in nowhere; nothing changed".to_owned(),
            false => format!("not signed in to {}; nothing changed", names.join(" and ")),
        });
    }
    let exit = match output.left.is_empty() {
        true => LogoutExit::Success,
        false => LogoutExit::StillSignedIn,
    };
    Ok(Done::new(exit, output))
}

/// Signs out of these accounts of a system, to which the user agreed. What was signed in since is left.
fn sign_out(
    system: System,
    accounts: &[String],
    args: &LogoutArgs,
    report: &Report,
) -> Result<SignedOut, Error> {
    match system {
        System::Cargo => cargo::sign_out(accounts, report),
        System::Ably => ably::sign_out(accounts, &args.revocation.oauth_host, report),
        System::Btp => btp::sign_out(accounts, report),
    }
}

/// The accounts that files hold.
fn removable(found: &Found) -> Vec<String> {
    let in_files = found
        .sessions
        .iter()
        .filter(|session| matches!(session.place, Place::File(_)));
    let mut accounts: Vec<String> = in_files.map(|session| session.account.clone()).collect();
    accounts.dedup();
    accounts
}

/// Adds what came of a system to the result.
fn add(output: &mut LogoutOutput, system: System, signed_out: SignedOut) {
    let removed = signed_out.removed.into_iter();
    output
        .removed
        .extend(removed.map(|(account, file)| LogoutOutputRemovedEntry {
            system: named(system),
            account,
            file: file.display().to_string(),
        }));
    let left = signed_out.left.into_iter();
    output
        .left
        .extend(left.map(|(account, message)| LogoutOutputLeftEntry {
            system: named(system),
            account,
            message,
        }));
    let unrevoked = signed_out.unrevoked.into_iter();
    output.unrevoked.extend(unrevoked.map(entry));
}

/// A token that is not revoked, as the result has it.
fn entry(unrevoked: Unrevoked) -> LogoutOutputUnrevokedEntry {
    LogoutOutputUnrevokedEntry {
        account: unrevoked.account,
        token: match unrevoked.token {
            Token::Access => LogoutOutputUnrevokedEntryToken::Access,
            Token::Refresh => LogoutOutputUnrevokedEntryToken::Refresh,
        },
        reason: unrevoked.reason,
    }
}

/// Says what came of a system.
fn describe(system: System, signed_out: &SignedOut, report: &Report) {
    let name = system.name();
    for (account, file) in &signed_out.removed {
        report.done(format_args!(
            "signed out of {name} `{}` in {}",
            plain(account),
            file.display()
        ));
    }
    let refused = signed_out.unrevoked.iter().filter(|token| token.was_asked);
    for Unrevoked {
        account,
        token,
        reason,
        ..
    } in refused
    {
        report.problem(format_args!(
            "{name}: the {} of `{}` could not be revoked ({reason}); it may be valid until it expires",
            token.name(),
            plain(account)
        ));
    }
    for (_, message) in &signed_out.left {
        report.problem(format_args!("{name}: {message}"));
    }
    if let Some(note) = &signed_out.note {
        report.note(format_args!("{name}: {note}"));
    }
}

/// A system, as the result has it.
fn named(system: System) -> LogoutOutputSystem {
    match system {
        System::Cargo => LogoutOutputSystem::Cargo,
        System::Ably => LogoutOutputSystem::Ably,
        System::Btp => LogoutOutputSystem::Btp,
    }
}

/// A system, as the command line names it.
fn argument(system: System) -> LogoutSystem {
    match system {
        System::Cargo => LogoutSystem::Cargo,
        System::Ably => LogoutSystem::Ably,
        System::Btp => LogoutSystem::Btp,
    }
}
