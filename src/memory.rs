//! Keeps what is in memory to the program itself: it holds tokens.

use rustix::process::{Resource, Rlimit, setrlimit};

/// No core is dumped when the program dies, and on Linux no other program of the user may look into
/// this one. Where the system refuses that, the program goes on.
pub fn protect() {
    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, nothing);
    // Handlers such as systemd-coredump get cores whatever the limit above says.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
