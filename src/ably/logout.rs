//! `logout`: taking the tokens of an account back, and the account out of the file.

use clapspec_runtime::{Done, Ended, Failure};

use super::removal::{Removal, remove};
use super::tokens::{
    Answer, Now, Seen, WEBSITE, default_host, made_by_hand, revoked_already, take_back,
};
use super::{Config, home, names, read};
use crate::cli::{
    AblyAccountsLogoutArgs, AblyAccountsLogoutExit as Exit, AblyAccountsLogoutOutput as Output,
    AblyAccountsLogoutOutputToken as OutputToken,
    AblyAccountsLogoutOutputUnrevokedEntry as Unrevoked, AblyAccountsLogoutQuestion,
};
use crate::error::plain;
use crate::file::Whole;
use crate::report::Report;
use crate::session::Token;

/// Logs out from an account.
pub fn logout(
    args: &AblyAccountsLogoutArgs,
    question: AblyAccountsLogoutQuestion,
) -> Ended<Exit, Output> {
    let report = &Report::new(&args.display, Some(&args.output));
    let default = default_host(&args.revocation.oauth_host)
        .map_err(|error| Failure::from(error).with_exit(Exit::Usage))?;
    let config = Config::load(report)?;
    Whole::tidy(&config.path, report)?;
    let account = config
        .find(args.account.as_deref())
        .map_err(|missing| missing.failure(Exit::UnknownAccount))?;
    let seen = Seen::new(&config.accounts, account);
    report.verbose(format_args!("the account `{}`", plain(&account.alias)));
    Whole::check(&config.path)?;
    question.ask(plain(&account.alias))?;
    // Read again: whoever was asked may have thought about it for a while.
    let accounts = read(&config.path, report)?;
    let answers = match seen.now(&accounts) {
        Now::Same if accounts.sharing(&seen.account).is_empty() => {
            take_back([&seen], &default, report)
        }
        _ => Vec::new(),
    };
    let removal = remove(std::slice::from_ref(&seen), &config.path, report).map_err(|error| {
        let failure = Failure::from(error);
        match revoked_already(&answers) {
            Some(help) => failure.help(help),
            None => failure,
        }
    })?;
    if !removal.changed.is_empty() {
        return Err(changed(&seen));
    }
    let mut output = output(&seen, &removal, &answers, config.path.display().to_string());
    describe(&seen, &output, report);
    if output.removed && seen.account.token.is_some() {
        output.unrevoked.push(Unrevoked {
            token: OutputToken::Access,
            reason: made_by_hand(),
        });
    }
    warn_about_variables(report);
    Ok(Done::new(Exit::Success, output))
}

/// The failure when somebody signed the account in again meanwhile.
fn changed(seen: &Seen) -> Failure<Exit> {
    let message = format!(
        "the Ably account `{}` was signed in again meanwhile; it is not removed",
        plain(&seen.account.alias)
    );
    Failure::new(Exit::Failure, message).help("run the command again to log out from it")
}

/// The result.
fn output(seen: &Seen, removal: &Removal, answers: &[Answer], file: String) -> Output {
    let after = &removal.after;
    let token = |token: Token| match token {
        Token::Access => OutputToken::Access,
        Token::Refresh => OutputToken::Refresh,
    };
    let is_there = |alias: &String| after.by_alias(alias).is_some();
    Output {
        account: seen.account.alias.clone(),
        file,
        removed: !removal.removed.is_empty(),
        revoked: answers
            .iter()
            .filter(|answer| answer.result.is_ok())
            .map(|answer| token(answer.token))
            .collect(),
        unrevoked: answers
            .iter()
            .filter_map(|answer| {
                let reason = answer.result.clone().err()?;
                let token = token(answer.token);
                Some(Unrevoked { token, reason })
            })
            .collect(),
        shared: after.sharing(&seen.account),
        remaining: after.aliases(),
        current: after.current.clone().filter(is_there),
    }
}

/// Says what came of it.
fn describe(seen: &Seen, output: &Output, report: &Report) {
    let name = plain(&output.account);
    let file = &output.file;
    if output.removed {
        report.done(format_args!(
            "logged out from the Ably account `{name}` in {file}"
        ));
    } else {
        report.done(format_args!(
            "the Ably account `{name}` is gone from {file} already"
        ));
    }
    let revoked: Vec<&str> = output.revoked.iter().copied().map(called).collect();
    if !revoked.is_empty() {
        report.done(format_args!("revoked its {}", revoked.join(" and its ")));
    }
    for Unrevoked { token, reason } in &output.unrevoked {
        report.problem(format_args!(
            "the {} could not be revoked ({}); it may be valid until it expires",
            called(*token),
            plain(reason)
        ));
    }
    if !output.removed {
        return;
    }
    if seen.account.token.is_some() {
        report.note(format_args!(
            "the access token stays valid on the server; to revoke it go to {WEBSITE}"
        ));
    }
    if !output.shared.is_empty() {
        describe_shared(output, report);
    }
    if output.remaining.is_empty() {
        report.note("no accounts are left; `ably accounts login` logs in to one");
    } else if output.current.is_none() {
        report.note(format_args!(
            "no account is selected now; `authctl ably accounts switch` selects one of {}",
            names(&output.remaining)
        ));
    }
}

/// Says what is with the other accounts of the session.
fn describe_shared(output: &Output, report: &Report) {
    let names = names(&output.shared);
    match output.revoked.is_empty() {
        true => report.note(format_args!(
            "its session is kept, because {names} has it too; nothing was revoked"
        )),
        false => report.warning(format_args!(
            "{names} has had the same session since this command began, and has to log in again"
        )),
    }
}

/// What a token is called.
fn called(token: OutputToken) -> &'static str {
    match token {
        OutputToken::Access => Token::Access.name(),
        OutputToken::Refresh => Token::Refresh.name(),
    }
}

/// Says what signs the Ably CLI in whatever the file says.
fn warn_about_variables(report: &Report) {
    for (name, what) in home::variables(report) {
        report.warning(format_args!(
            "the Ably CLI is still signed in by {what} in the environment variable {name}"
        ));
    }
}
