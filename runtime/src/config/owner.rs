//! Whose a configuration file is: what somebody else decides about is not read.

#[cfg(unix)]
use std::env;
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::files::Refusal;
#[cfg(unix)]
use crate::text::printable;

/// Whether somebody else than the user decides over what has this owner: nobody does over what is root's, who
/// may write everything anyway, nor, with `sudo`, over what is the caller's.
#[cfg(unix)]
fn is_anothers(owner: u32) -> bool {
    let me = rustix::process::geteuid();
    let caller = env::var("SUDO_UID").ok().filter(|_| me.is_root());
    owner != 0 && owner != me.as_raw() && caller != Some(owner.to_string())
}

#[cfg(unix)]
fn owned_by_another(owner: u32) -> Refusal {
    Refusal::Untrusted(format!("it belongs to another user (UID {owner})"))
}

/// Refuses what a link of another user leads to, that of a directory too: it would choose one of the user's own
/// files.
#[cfg(unix)]
pub(super) fn check_links(path: &Path) -> Result<(), Refusal> {
    let parts = path
        .ancestors()
        .filter_map(|part| fs::symlink_metadata(part).ok());
    let mut owners = parts
        .filter(fs::Metadata::is_symlink)
        .map(|link| link.uid());
    match owners.find(|owner| is_anothers(*owner)) {
        Some(owner) => Err(owned_by_another(owner)),
        None => Ok(()),
    }
}

/// Refuses a file of another user, and one that other users may write.
#[cfg(unix)]
pub(super) fn check(found: &fs::Metadata, path: &Path) -> Result<(), Refusal> {
    const GROUP: u32 = 0o020;
    const OTHERS: u32 = 0o002;
    if is_anothers(found.uid()) {
        return Err(owned_by_another(found.uid()));
    }
    // A group with the number of its user has no other members.
    let private = found.gid() == found.uid();
    let writers = match found.gid() == 0 || private {
        true => OTHERS,
        false => GROUP | OTHERS,
    };
    if found.mode() & writers != 0 {
        let shown = printable(&path.display().to_string()).replace('\'', r"'\''");
        let why =
            format!("other users can write to it; run `chmod go-w '{shown}'` to prevent that");
        return Err(Refusal::Untrusted(why));
    }
    Ok(())
}

/// Who owns a link is not known here.
#[cfg(not(unix))]
pub(super) fn check_links(_: &Path) -> Result<(), Refusal> {
    Ok(())
}

/// Who owns a file is not known here.
#[cfg(not(unix))]
pub(super) fn check(_: &fs::Metadata, _: &Path) -> Result<(), Refusal> {
    Ok(())
}
