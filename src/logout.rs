//! `authctl logout`: sign out of several systems at once.

use clapspec_runtime::{Done, Ended};

use crate::cli::{
    LogoutArgs, LogoutExit, LogoutOutput, LogoutOutputLeftEntry, LogoutOutputRemovedEntry,
    LogoutOutputSystem, LogoutOutputUnrevokedEntry, LogoutOutputUnrevokedEntryToken,
    LogoutQuestion, LogoutSystem,
};
use crate::error::{Error, plain};
use crate::report::Report;
use crate::session::{Found, Place, SignedOut, Token, Unrevoked};
use crate::{ably, btp, cargo};

/// All systems, in the order in which they are signed out of.
const ALL: [LogoutSystem; 3] = [LogoutSystem::Cargo, LogoutSystem::Ably, LogoutSystem::Btp];

/// Signs out of the systems that are named. What goes wrong in one does not keep the others.
pub fn logout(args: &LogoutArgs, question: LogoutQuestion) -> Ended<LogoutExit, LogoutOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let chosen = |system: &LogoutSystem| args.all || args.system.contains(system);
    let systems: Vec<LogoutSystem> = ALL.into_iter().filter(chosen).collect();
    let removable: Vec<String> = systems
        .iter()
        .filter_map(|&system| removable(system, &found(system, report)))
        .collect();
    if !removable.is_empty() {
        question.ask(removable.join(", "))?;
    }
    let mut output = LogoutOutput {
        removed: Vec::new(),
        left: Vec::new(),
        unrevoked: Vec::new(),
    };
    for system in systems {
        match sign_out(system, args, report) {
            Ok(signed_out) => add(&mut output, system, signed_out),
            Err(error) => output.left.push(LogoutOutputLeftEntry {
                system: named(system),
                account: None,
                message: error.to_string(),
            }),
        }
    }
    describe(&output, report);
    let exit = match output.left.is_empty() {
        true => LogoutExit::Success,
        false => LogoutExit::StillSignedIn,
    };
    Ok(Done::new(exit, output))
}

/// What there is of a system.
fn found(system: LogoutSystem, report: &Report) -> Found {
    match system {
        LogoutSystem::Cargo => cargo::sessions(report),
        LogoutSystem::Ably => ably::sessions(report),
        LogoutSystem::Btp => btp::sessions(report),
    }
}

/// Signs out of all accounts of a system.
fn sign_out(system: LogoutSystem, args: &LogoutArgs, report: &Report) -> Result<SignedOut, Error> {
    match system {
        LogoutSystem::Cargo => cargo::sign_out(report),
        LogoutSystem::Ably => ably::sign_out(&args.revocation.oauth_host, report),
        LogoutSystem::Btp => btp::sign_out(report),
    }
}

/// The accounts of a system that files hold, for the question; nothing when there are none.
fn removable(system: LogoutSystem, found: &Found) -> Option<String> {
    let in_files = found
        .sessions
        .iter()
        .filter(|session| matches!(session.place, Place::File(_)));
    let mut accounts: Vec<&str> = in_files.map(|session| session.account.as_str()).collect();
    accounts.dedup();
    (!accounts.is_empty()).then(|| format!("{} ({})", word(named(system)), accounts.join(", ")))
}

/// Adds what came of a system to the result.
fn add(output: &mut LogoutOutput, system: LogoutSystem, signed_out: SignedOut) {
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

/// Says what came of it.
fn describe(output: &LogoutOutput, report: &Report) {
    for removed in &output.removed {
        report.done(format_args!(
            "signed out of {} `{}` in {}",
            word(removed.system),
            plain(&removed.account),
            removed.file
        ));
    }
    for left in &output.left {
        report.still_signed_in(format_args!("{}: {}", word(left.system), left.message));
    }
    if output.removed.is_empty() && output.left.is_empty() {
        report.done("signed in nowhere; nothing changed");
    }
}

/// A system, as the result has it.
fn named(system: LogoutSystem) -> LogoutOutputSystem {
    match system {
        LogoutSystem::Cargo => LogoutOutputSystem::Cargo,
        LogoutSystem::Ably => LogoutOutputSystem::Ably,
        LogoutSystem::Btp => LogoutOutputSystem::Btp,
    }
}

/// The name of a system.
fn word(system: LogoutOutputSystem) -> &'static str {
    match system {
        LogoutOutputSystem::Cargo => "cargo",
        LogoutOutputSystem::Ably => "ably",
        LogoutOutputSystem::Btp => "btp",
    }
}
