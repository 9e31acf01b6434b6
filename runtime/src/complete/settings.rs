//! Candidates for the arguments of the command `config`: settings, and values of a setting.

use super::offers::{Group, Offer, Offers};
use super::values::{At, values as values_of};
use crate::config::settings;
use crate::line::Line;
use crate::model::{Kind, Program};

/// Offers the names of settings, or the values of the setting that is named.
pub(super) fn values(offers: &mut Offers, at: At<'_>, program: &Program, line: &Line) {
    let settings = settings(program);
    if at.arg.id == "key" {
        for (key, arg) in settings {
            offers.add(at.token, Offer::new(key, arg.help, Group::Values));
        }
        return;
    }
    let key = line.values_of("key").pop();
    let setting = settings
        .into_iter()
        .find(|(known, _)| key.is_some_and(|key| key == *known));
    if let Some((_, mut arg)) = setting {
        if let Kind::Switch = arg.kind {
            arg.kind = Kind::Boolean;
        }
        values_of(offers, At { arg: &arg, ..at });
    }
}
