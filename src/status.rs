//! `authctl status`: the sessions of all systems on this machine.

use clapspec_runtime::{Done, Ended};

use crate::cli::{
    StatusArgs, StatusExit, StatusOutput, StatusOutputPlace, StatusOutputPlaceSource,
    StatusOutputPlaceSystem, StatusOutputProblem, StatusOutputProblemSystem, StatusOutputVerdict,
};
use crate::report::Report;
use crate::session::{Location, Session, System, Verdict, entry, show};

/// Shows all sessions. If a location can't be read, the others are shown anyway.
pub fn status(args: &StatusArgs) -> Ended<StatusExit, StatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let mut all: Vec<(System, Session)> = Vec::new();
    let (mut places, mut problems) = (Vec::new(), Vec::new());
    for system in System::ALL {
        let found = system.look(report);
        all.extend(found.sessions.into_iter().map(|session| (system, session)));
        places.extend(found.locations.iter().map(|each| location(system, each)));
        for error in found.problems {
            let message = error.to_string();
            report.problem(format_args!("{}: {message}", system.name()));
            let system = problem_system(system);
            problems.push(StatusOutputProblem { system, message });
        }
    }
    let sessions = all.iter().map(|(_, session)| session);
    let verdict = Verdict::of(sessions, !problems.is_empty());
    let text = match args.check {
        true => line(verdict, &all),
        false => text(verdict, &all),
    };
    let output = StatusOutput {
        verdict: named(verdict),
        places,
        sessions: all
            .iter()
            .map(|(system, session)| entry::status(*system, session))
            .collect(),
        problems,
    };
    Ok(Done::new(exit(verdict, args.check, &output), output).text(text))
}

/// The exit code. Without `--check`, it only depends on whether everything could be read.
fn exit(verdict: Verdict, check: bool, output: &StatusOutput) -> StatusExit {
    match (check, verdict) {
        (false, _) if output.problems.is_empty() => StatusExit::Success,
        (false, _) | (true, Verdict::Incomplete) => StatusExit::Incomplete,
        (true, Verdict::Clean) => StatusExit::Success,
        (true, Verdict::SignedIn) => StatusExit::SignedIn,
        (true, Verdict::Possible) => StatusExit::Possible,
        (true, Verdict::LeftOver) => StatusExit::LeftOver,
    }
}

/// The sessions as a table, or a line that there are none.
fn text(verdict: Verdict, all: &[(System, Session)]) -> String {
    match verdict {
        Verdict::Clean => "signed in nowhere".to_owned(),
        Verdict::Incomplete if all.is_empty() => {
            "no sessions found, but not everything could be read".to_owned()
        }
        _ => show::all(all),
    }
}

/// The verdict and the sessions in one line.
fn line(verdict: Verdict, all: &[(System, Session)]) -> String {
    match (verdict, all.is_empty()) {
        (Verdict::Clean, _) => "clean: signed in nowhere".to_owned(),
        (Verdict::Incomplete, true) => "incomplete: not everything could be read".to_owned(),
        (Verdict::Incomplete, false) => {
            format!(
                "incomplete: not everything could be read; {}",
                show::line(all)
            )
        }
        _ => show::line(all),
    }
}

/// Converts a location for the result.
fn location(system: System, location: &Location) -> StatusOutputPlace {
    StatusOutputPlace {
        system: match system {
            System::Cargo => StatusOutputPlaceSystem::Cargo,
            System::Ably => StatusOutputPlaceSystem::Ably,
            System::Btp => StatusOutputPlaceSystem::Btp,
        },
        source: match location {
            Location::File(_) => StatusOutputPlaceSource::File,
            Location::Variable(_) => StatusOutputPlaceSource::Environment,
            Location::Provider(_) => StatusOutputPlaceSource::CredentialProvider,
        },
        place: location.name(),
    }
}

/// Converts the system of a problem for the result.
fn problem_system(system: System) -> StatusOutputProblemSystem {
    match system {
        System::Cargo => StatusOutputProblemSystem::Cargo,
        System::Ably => StatusOutputProblemSystem::Ably,
        System::Btp => StatusOutputProblemSystem::Btp,
    }
}

/// Converts the verdict for the result.
fn named(verdict: Verdict) -> StatusOutputVerdict {
    match verdict {
        Verdict::Clean => StatusOutputVerdict::Clean,
        Verdict::LeftOver => StatusOutputVerdict::LeftOver,
        Verdict::Possible => StatusOutputVerdict::Possible,
        Verdict::Incomplete => StatusOutputVerdict::Incomplete,
        Verdict::SignedIn => StatusOutputVerdict::SignedIn,
    }
}
