//! `authctl logout`: signs out of several systems at once.

use clapspec_runtime::{Done, Ended};

use crate::cli::{
    LogoutArgs, LogoutExit, LogoutOutput, LogoutOutputProblem, LogoutOutputProblemSystem,
    LogoutOutputUnrevokedEntry, LogoutOutputUnrevokedEntryToken, LogoutQuestion, LogoutSystem,
    LogoutWhat,
};
use crate::error::plain;
use crate::report::Report;
use crate::session::{Session, SignedOut, System, Token, Unrevoked, Verdict, entry};
use crate::{ably, btp, cargo};

/// Signs out of the chosen systems. A problem with one system doesn't affect the others.
pub fn logout(args: &LogoutArgs, question: LogoutQuestion) -> Ended<LogoutExit, LogoutOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let chosen: Vec<(System, Vec<Session>)> = System::ALL
        .into_iter()
        .filter(|&system| is_meant(args, system))
        .map(|system| (system, system.look(report).removable()))
        .collect();
    let named: Vec<String> = chosen
        .iter()
        .filter_map(|(system, sessions)| named(*system, sessions))
        .collect();
    if !named.is_empty() {
        question.ask(named.join(", "))?;
    }
    let mut output = LogoutOutput {
        removed: Vec::new(),
        left: Vec::new(),
        problems: Vec::new(),
        unrevoked: Vec::new(),
    };
    let mut verdict = Verdict::Clean;
    for (system, sessions) in &chosen {
        verdict = verdict.max(sign_out(*system, sessions, args, &mut output, report));
    }
    if output.removed.is_empty() && output.left.is_empty() && output.problems.is_empty() {
        let systems: Vec<&str> = chosen.iter().map(|(system, _)| system.name()).collect();
        report.done(match args.what {
            LogoutWhat::All => "signed in nowhere; nothing changed".to_owned(),
            LogoutWhat::System(_) => {
                format!("not signed in to {}; nothing changed", systems.join(" or "))
            }
        });
    }
    let exit = match verdict {
        Verdict::Clean => LogoutExit::Success,
        Verdict::SignedIn => LogoutExit::StillSignedIn,
        Verdict::Incomplete => LogoutExit::Incomplete,
        Verdict::Possible => LogoutExit::Possible,
        Verdict::LeftOver => LogoutExit::LeftOver,
    };
    Ok(Done::new(exit, output))
}

/// Whether the command line names a system, or all systems.
fn is_meant(args: &LogoutArgs, system: System) -> bool {
    match &args.what {
        LogoutWhat::All => true,
        LogoutWhat::System(systems) => systems.contains(&argument(system)),
    }
}

/// A system and its accounts, for the question; `None` if there is nothing to remove.
fn named(system: System, sessions: &[Session]) -> Option<String> {
    let mut accounts: Vec<String> = sessions.iter().map(|each| plain(&each.account)).collect();
    accounts.dedup();
    let more = accounts.len().saturating_sub(NAMED);
    accounts.truncate(NAMED);
    if more > 0 {
        accounts.push(format!("{more} more"));
    }
    (!accounts.is_empty()).then(|| format!("{} ({})", system.name(), accounts.join(", ")))
}

/// The most accounts of a system that the question names.
const NAMED: usize = 20;

/// Removes the chosen sessions of a system, then looks again and reports what is left.
fn sign_out(
    system: System,
    chosen: &[Session],
    args: &LogoutArgs,
    output: &mut LogoutOutput,
    report: &Report,
) -> Verdict {
    let host = &args.revocation.oauth_host;
    let signed_out = match system {
        System::Cargo => Ok(cargo::sign_out(chosen, report)),
        System::Ably => ably::sign_out(chosen, host, report),
        System::Btp => btp::sign_out(chosen, report),
    };
    let mut signed_out = signed_out.unwrap_or_else(|error| SignedOut {
        problems: vec![error.to_string()],
        ..SignedOut::default()
    });
    let after = system.look(report);
    for problem in after.problems {
        let problem = problem.to_string();
        if !signed_out.problems.contains(&problem) {
            signed_out.problems.push(problem);
        }
    }
    describe(system, &signed_out, report);
    for session in &after.sessions {
        let left = match session.is_removable() && signed_out.problems.is_empty() {
            true => format!(
                "`{}` was signed in since this command started; run it again",
                plain(&session.account)
            ),
            false => session.left(),
        };
        report.problem(format_args!("{}: {left}", system.name()));
    }
    let verdict = Verdict::of(&after.sessions, !signed_out.problems.is_empty());
    add(output, system, signed_out, &after.sessions);
    verdict
}

/// Adds the outcome for a system to the result.
fn add(output: &mut LogoutOutput, system: System, signed_out: SignedOut, left: &[Session]) {
    let entries = |sessions: &[Session]| -> Vec<_> {
        sessions
            .iter()
            .map(|session| entry::logout(system, session))
            .collect()
    };
    output.removed.extend(entries(&signed_out.removed));
    output.left.extend(entries(left));
    let problem = |message| LogoutOutputProblem {
        system: match system {
            System::Cargo => LogoutOutputProblemSystem::Cargo,
            System::Ably => LogoutOutputProblemSystem::Ably,
            System::Btp => LogoutOutputProblemSystem::Btp,
        },
        message,
    };
    output
        .problems
        .extend(signed_out.problems.into_iter().map(problem));
    output
        .unrevoked
        .extend(signed_out.unrevoked.into_iter().map(unrevoked));
}

/// Converts a credential that was not revoked for the result.
fn unrevoked(unrevoked: Unrevoked) -> LogoutOutputUnrevokedEntry {
    LogoutOutputUnrevokedEntry {
        account: unrevoked.account,
        token: match unrevoked.token {
            Token::Access => LogoutOutputUnrevokedEntryToken::Access,
            Token::Refresh => LogoutOutputUnrevokedEntryToken::Refresh,
            Token::AppKey => LogoutOutputUnrevokedEntryToken::AppKey,
        },
        reason: unrevoked.reason,
    }
}

/// Reports the outcome for a system.
fn describe(system: System, signed_out: &SignedOut, report: &Report) {
    let name = system.name();
    for session in &signed_out.removed {
        report.done(format_args!(
            "removed {name} `{}` from {}",
            plain(&session.account),
            session.location.name()
        ));
    }
    for unrevoked in signed_out
        .unrevoked
        .iter()
        .filter(|unrevoked| unrevoked.failed)
    {
        report.problem(format_args!(
            "{name}: the {} of `{}` could not be revoked: {}",
            unrevoked.token.name(),
            plain(&unrevoked.account),
            plain(&unrevoked.reason)
        ));
    }
    for problem in &signed_out.problems {
        report.problem(format_args!("{name}: {problem}"));
    }
    for note in &signed_out.notes {
        report.note(format_args!("{name}: {note}"));
    }
}

/// Converts a system to the value of the argument that names it.
fn argument(system: System) -> LogoutSystem {
    match system {
        System::Cargo => LogoutSystem::Cargo,
        System::Ably => LogoutSystem::Ably,
        System::Btp => LogoutSystem::Btp,
    }
}
