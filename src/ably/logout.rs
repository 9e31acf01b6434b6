//! `logout`: revokes the tokens of an account, and removes the account from the file.

use clapspec_runtime::{Done, Ended, Failure};

use super::accounts::Account;
use super::remove::{Removal, remove};
use super::tokens::{
    Answer, Comparison, DASHBOARD, Snapshot, WEBSITE, app_key, created_manually, default_host,
    revoke_all, revoked_already,
};
use super::{Config, location, names, read};
use crate::cli::{
    AblyAccountsLogoutArgs, AblyAccountsLogoutExit as Exit, AblyAccountsLogoutOutput as Output,
    AblyAccountsLogoutOutputRevoked as Revoked,
    AblyAccountsLogoutOutputUnrevokedEntry as Unrevoked,
    AblyAccountsLogoutOutputUnrevokedEntryToken as UnrevokedToken, AblyAccountsLogoutQuestion,
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
    let snapshot = Snapshot::account(&config.accounts, account);
    report.verbose(format_args!("account `{}`", plain(&account.alias)));
    Whole::check(&config.path)?;
    question.ask(plain(&account.alias))?;
    // Read the file again, because the user may have taken a while to answer.
    let accounts = read(&config.path, report)?;
    let answers = match snapshot.compare(&accounts) {
        Comparison::Same if accounts.sharing(account).is_empty() => {
            revoke_all([&snapshot], Some(&default), report)
        }
        _ => Vec::new(),
    };
    let removal =
        remove(std::slice::from_ref(&snapshot), &config.path, report).map_err(|error| {
            let failure = Failure::from(error);
            match revoked_already(&answers) {
                Some(help) => failure.help(help),
                None => failure,
            }
        })?;
    if !removal.changed.is_empty() {
        return Err(changed(&snapshot));
    }
    let file = config.path.display().to_string();
    let output = output(account, &removal, &answers, file);
    describe(account, &output, &answers, report);
    warn_about_variables(report);
    Ok(Done::new(Exit::Success, output))
}

/// The failure if the account was signed in again in the meantime.
fn changed(snapshot: &Snapshot) -> Failure<Exit> {
    let message = format!(
        "the Ably account `{}` was signed in again since this command started; it was not removed",
        plain(snapshot.name())
    );
    Failure::new(Exit::Failure, message).help("run the command again to log out from it")
}

/// Returns the result of the command.
fn output(account: &Account, removal: &Removal, answers: &[Answer], file: String) -> Output {
    let after = &removal.after;
    let is_there = |alias: &String| after.by_alias(alias).is_some();
    let removed = !removal.removed.is_empty();
    let mut unrevoked = Vec::new();
    for answer in answers {
        if let Err(reason) = &answer.result {
            let reason = format!("{reason}; {}", answer.afterwards());
            unrevoked.push(entry(answer.token, reason));
        }
    }
    if removed && account.token.is_some() {
        unrevoked.push(entry(Token::Access, created_manually()));
    }
    if removed {
        let keys = account
            .apps
            .iter()
            .map(|app| entry(Token::AppKey, app_key(app)));
        unrevoked.extend(keys);
    }
    let is_revoked = |answer: &&Answer| answer.result.is_ok();
    Output {
        account: account.alias.clone(),
        file,
        removed,
        revoked: answers
            .iter()
            .filter(is_revoked)
            .map(|answer| revoked(answer.token))
            .collect(),
        unrevoked,
        shared: after.sharing(account),
        remaining: after.aliases(),
        current: after.current.clone().filter(is_there),
    }
}

/// Converts a credential that was not revoked for the result.
fn entry(token: Token, reason: String) -> Unrevoked {
    let token = match token {
        Token::Access => UnrevokedToken::Access,
        Token::Refresh => UnrevokedToken::Refresh,
        Token::AppKey => UnrevokedToken::AppKey,
    };
    Unrevoked { token, reason }
}

/// Converts a token that was revoked for the result. App keys are never revoked.
fn revoked(token: Token) -> Revoked {
    match token {
        Token::Access | Token::AppKey => Revoked::Access,
        Token::Refresh => Revoked::Refresh,
    }
}

/// Reports the outcome.
fn describe(account: &Account, output: &Output, answers: &[Answer], report: &Report) {
    let name = plain(&output.account);
    let file = &output.file;
    if output.removed {
        report.done(format_args!(
            "logged out from the Ably account `{name}` in {file}"
        ));
    } else {
        report.done(format_args!(
            "the Ably account `{name}` is already gone from {file}"
        ));
    }
    let revoked = answers.iter().filter(|answer| answer.result.is_ok());
    let revoked: Vec<&str> = revoked.map(|answer| answer.token.name()).collect();
    if !revoked.is_empty() {
        report.done(format_args!("revoked its {}", revoked.join(" and its ")));
    }
    for answer in answers {
        if let Err(reason) = &answer.result {
            report.problem(format_args!(
                "the {} could not be revoked ({}); {}",
                answer.token.name(),
                plain(reason),
                answer.afterwards()
            ));
        }
    }
    if output.removed {
        describe_what_stays(account, output, report);
    }
}

/// Reports which credentials stay valid on the server, and which accounts are left.
fn describe_what_stays(account: &Account, output: &Output, report: &Report) {
    if account.token.is_some() {
        report.note(format_args!(
            "the access token stays valid on the server; to revoke it, go to {WEBSITE}"
        ));
    }
    if !account.apps.is_empty() {
        report.note(format_args!(
            "the app keys of {} stay valid on the server; to revoke them, go to {DASHBOARD}",
            names(&account.apps)
        ));
    }
    if !output.shared.is_empty() {
        describe_shared(output, report);
    }
    if output.remaining.is_empty() {
        report.note("no accounts are left; run `ably accounts login` to log in to one");
    } else if output.current.is_none() {
        report.note(format_args!(
            "no account is selected now; run `authctl ably accounts switch ALIAS` to select one of \
             {}",
            names(&output.remaining)
        ));
    }
}

/// Reports what happens to the other accounts that use the session.
fn describe_shared(output: &Output, report: &Report) {
    let names = names(&output.shared);
    match output.revoked.is_empty() {
        true => report.note(format_args!(
            "its session is kept, because it is shared with {names}; nothing was revoked"
        )),
        false => report.warning(format_args!(
            "its session is now shared with {names}, but was already revoked; log in to {names} \
             again"
        )),
    }
}

/// Warns about environment variables that sign the Ably CLI in, regardless of the file.
fn warn_about_variables(report: &Report) {
    for variable in location::variables(report) {
        report.warning(format_args!(
            "the Ably CLI is still signed in through {} in the environment variable {}",
            variable.what, variable.name
        ));
    }
}
