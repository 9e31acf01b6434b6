//! Candidates for the arguments of the command `config`: settings, and values of a setting.

use super::offers::{Heading, Offer, Offers};
use super::values::{At, values as values_of};
use crate::config::settings;
use crate::line::Line;
use crate::model::{Arg, Kind, Program};

/// Offers the names of settings, or the values of the setting that is named.
pub(super) fn values(offers: &mut Offers, at: At<'_>, program: &Program, line: &Line) {
    let settings = settings(program);
    if at.arg.id == "key" {
        let in_project = line.last("project").is_some();
        let settable = settings
            .into_iter()
            .filter(|(_, arg)| !(in_project && arg.users_own));
        let offer = |(key, arg): (&'static str, Arg)| {
            let is_hidden = arg.hidden || arg.deprecated.is_some();
            (is_hidden, Offer::new(key, arg.help, Heading::Values))
        };
        return offers.add_visible(at.token, settable.map(offer).collect());
    }
    let key = line.values_of("key").pop();
    let setting = settings
        .into_iter()
        .find(|(known, _)| key.is_some_and(|key| key == *known));
    // A secret is read from standard input, and only a list has several values.
    let is_open = |arg: &Arg| arg.repeat || line.values_of("value").is_empty();
    let arg = setting.map(|(_, arg)| arg).filter(is_open);
    if let Some(mut arg) = arg.filter(|arg| !matches!(arg.kind, Kind::Secret)) {
        if let Kind::Switch = arg.kind {
            arg.kind = Kind::Boolean;
        }
        // Here, each value is an argument of its own.
        arg.delimiter = None;
        values_of(offers, At { arg: &arg, ..at });
    }
}
