//! Protects the memory of the program, which holds tokens.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Disables core dumps. On Linux, this also keeps other programs of the user from reading the memory of
/// this one. If the system refuses, the program continues without this protection.
pub fn protect() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
    // Handlers such as systemd-coredump receive core dumps in spite of the limit above.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
