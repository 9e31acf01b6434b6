//! All accounts at once, for `authctl status` and `authctl logout`.

use std::collections::BTreeSet;

use super::accounts::Accounts;
use super::removal::remove;
use super::tokens::{
    Answer, Seen, WEBSITE, default_host, made_by_hand, revoked_already, take_back,
};
use super::{Config, home, names};
use crate::error::{Error, plain};
use crate::file::{self, Whole};
use crate::report::Report;
use crate::session::{Found, Place, Session, SignedOut, Token, Unrevoked, written};

/// All accounts, and the variables that sign the Ably CLI in without one.
pub fn sessions(report: &Report) -> Found {
    let mut found = Found::default();
    if let Err(error) = add_accounts(&mut found, report) {
        found.problems.push(error);
    }
    for (name, what) in home::variables(report) {
        let is_first = name == home::ACCESS_TOKEN;
        if is_first {
            found
                .sessions
                .iter_mut()
                .for_each(|session| session.current = false);
        }
        found.sessions.push(Session {
            account: in_place_of_account(what),
            place: Place::Variable(name.to_owned()),
            current: is_first,
            since: None,
            until: None,
            renews: None,
        });
    }
    found
}

/// What stands for the account of a variable: it holds a token of any.
fn in_place_of_account(what: &str) -> String {
    format!("({what})")
}

/// The accounts of the file. One without tokens counts too: it may have keys of its apps.
fn add_accounts(found: &mut Found, report: &Report) -> Result<(), Error> {
    let path = home::path(report)?;
    let Some(text) = file::read(&path, report)? else {
        return Ok(());
    };
    let (accounts, problems) = Accounts::read_each(&text, &path)?;
    found.problems.extend(problems);
    let since = written(&path);
    for account in &accounts.list {
        let session = accounts.session_of(account);
        found.sessions.push(Session {
            account: account.alias.clone(),
            place: Place::File(path.clone()),
            current: accounts.current.as_ref() == Some(&account.alias),
            since,
            until: session.and_then(|session| session.expires),
            renews: session.map(|session| session.refresh.is_some()),
        });
    }
    Ok(())
}

/// Logs out from these accounts: takes every session back once, and removes what was looked at.
pub fn sign_out(aliases: &[String], oauth_host: &str, report: &Report) -> Result<SignedOut, Error> {
    let default = default_host(oauth_host)?;
    let Config { path, accounts } = Config::load(report)?;
    Whole::tidy(&path, report)?;
    let mut signed_out = SignedOut {
        left: in_variables(report),
        ..SignedOut::default()
    };
    let chosen = accounts.list.iter();
    let chosen = chosen.filter(|account| aliases.contains(&account.alias));
    let seen: Vec<Seen> = chosen.map(|each| Seen::new(&accounts, each)).collect();
    if !seen.is_empty() {
        Whole::check(&path)?;
    }
    let stays = |alias: &String| !aliases.contains(alias);
    let mut keys = BTreeSet::new();
    let first = |each: &&Seen| match &each.account.session {
        Some(key) => !accounts.sharing(&each.account).iter().any(stays) && keys.insert(key.clone()),
        None => false,
    };
    let answers = take_back(seen.iter().filter(first), &default, report);
    let removal = match remove(&seen, &path, report) {
        Ok(removal) => removal,
        Err(error) => {
            let first = revoked_already(&answers).map_or(String::new(), |first| first + ": ");
            signed_out.left.push((None, format!("{first}{error}")));
            return Ok(signed_out);
        }
    };
    signed_out.unrevoked = refused(answers);
    let by_hand: Vec<String> = seen
        .iter()
        .filter(|each| each.account.token.is_some())
        .map(|each| each.account.alias.clone())
        .filter(|alias| removal.removed.contains(alias))
        .collect();
    signed_out.note = note(&by_hand);
    signed_out.unrevoked.extend(not_asked(by_hand));
    let with_file = |alias| (alias, path.clone());
    signed_out.removed = removal.removed.into_iter().map(with_file).collect();
    // What is in the file now was signed in since the accounts were looked at.
    for alias in removal.after.aliases() {
        let message = format!("`{}` was signed in meanwhile; run it again", plain(&alias));
        signed_out.left.push((Some(alias), message));
    }
    for key in removal.after.unused() {
        let file = path.display();
        let message = format!(
            "{file} has the session `{}`, which is of no account; remove its table from the file",
            plain(key)
        );
        signed_out.left.push((None, message));
    }
    Ok(signed_out)
}

/// What signs in whatever the file says, and stays.
fn in_variables(report: &Report) -> Vec<(Option<String>, String)> {
    let left = |(name, what)| {
        let message = format!("the environment variable {name} holds {what}");
        (Some(in_place_of_account(what)), message)
    };
    home::variables(report).into_iter().map(left).collect()
}

/// The tokens that their servers did not take back.
fn refused(answers: Vec<Answer>) -> Vec<Unrevoked> {
    let refused = |answer: Answer| {
        Some(Unrevoked {
            account: answer.account,
            token: answer.token,
            reason: answer.result.err()?,
            was_asked: true,
        })
    };
    answers.into_iter().filter_map(refused).collect()
}

/// The tokens that were made by hand, which no server was asked about.
fn not_asked(aliases: Vec<String>) -> impl Iterator<Item = Unrevoked> {
    aliases.into_iter().map(|account| Unrevoked {
        account,
        token: Token::Access,
        reason: made_by_hand(),
        was_asked: false,
    })
}

/// What to know of the tokens that were made by hand, which no server was asked to revoke.
fn note(aliases: &[String]) -> Option<String> {
    (!aliases.is_empty()).then(|| {
        format!(
            "the access tokens of {} stay valid on the server; to revoke them go to {WEBSITE}",
            names(aliases)
        )
    })
}
