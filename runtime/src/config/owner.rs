//! The owner of a configuration file: a file that another user controls is not read.

#[cfg(unix)]
use std::env;
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::files::Refusal;
#[cfg(unix)]
use crate::text::printable;

/// Returns whether a file with this owner is untrusted. Trusted are the user, root, who can write every
/// file anyway, and the user who called `sudo`.
#[cfg(unix)]
fn is_untrusted(owner: u32) -> bool {
    let me = rustix::process::geteuid();
    let caller = env::var("SUDO_UID").ok().filter(|_| me.is_root());
    owner != 0 && owner != me.as_raw() && caller != Some(owner.to_string())
}

#[cfg(unix)]
fn owned_by_another(owner: u32) -> Refusal {
    Refusal::Untrusted(format!("it belongs to another user (UID {owner})"))
}

/// Refuses a path that contains a symbolic link of another user, also as a directory: that user could
/// make the program read any of the user's own files.
#[cfg(unix)]
pub(super) fn check_links(path: &Path) -> Result<(), Refusal> {
    let parts = path
        .ancestors()
        .filter_map(|part| fs::symlink_metadata(part).ok());
    let mut owners = parts
        .filter(fs::Metadata::is_symlink)
        .map(|link| link.uid());
    match owners.find(|owner| is_untrusted(*owner)) {
        Some(owner) => Err(owned_by_another(owner)),
        None => Ok(()),
    }
}

/// Refuses a file that belongs to another user, or that other users can write to.
#[cfg(unix)]
pub(super) fn check(found: &fs::Metadata, path: &Path) -> Result<(), Refusal> {
    const GROUP: u32 = 0o020;
    const OTHERS: u32 = 0o002;
    if is_untrusted(found.uid()) {
        return Err(owned_by_another(found.uid()));
    }
    // A group with the same ID as the user is that user's private group.
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

/// Accepts every link: owners are not checked on this system.
#[cfg(not(unix))]
pub(super) fn check_links(_: &Path) -> Result<(), Refusal> {
    Ok(())
}

/// Accepts every file: owners are not checked on this system.
#[cfg(not(unix))]
pub(super) fn check(_: &fs::Metadata, _: &Path) -> Result<(), Refusal> {
    Ok(())
}
