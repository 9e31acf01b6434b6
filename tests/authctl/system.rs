//! The three systems, as tests need them: a file, and the commands that read and change it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use super::case::World;
use super::run::run;

/// A system.
pub struct System {
    /// Its name.
    pub name: &'static str,
    /// The directory of its file.
    pub directory: &'static str,
    /// The name of the file.
    pub file: &'static str,
    /// The command that shows who is signed in.
    pub status: &'static [&'static str],
    /// The command that signs out.
    pub logout: &'static [&'static str],
    /// The exit code of a logout if no one is signed in.
    pub nothing: i32,
    /// Whether the file is changed in place. Otherwise, it is replaced.
    pub in_place: bool,
    /// Returns the text of a file with this many other entries.
    pub text: fn(usize) -> String,
}

/// All systems.
pub const SYSTEMS: [System; 3] = [CARGO, ABLY, BTP];

/// cargo, signed in to crates.io and to other registries.
pub const CARGO: System = System {
    name: "cargo",
    directory: "home",
    file: "credentials.toml",
    status: &["cargo", "status"],
    logout: &["cargo", "logout", "--force"],
    nothing: 0,
    in_place: true,
    text: |others| {
        let mut text = "# mine\n[registry]\ntoken = \"SECRET-mine\"\n".to_owned();
        for at in 0..others {
            text += &format!("\n[registries.r{at}]\ntoken = \"SECRET-{at}\" # {at}\n");
        }
        text
    },
};

/// Ably, with accounts that were signed in with a token, so that no server is asked.
pub const ABLY: System = System {
    name: "ably",
    directory: "user/.ably",
    file: "config",
    status: &["ably", "accounts", "list"],
    logout: &["ably", "accounts", "logout", "--force"],
    nothing: 5,
    in_place: false,
    text: |others| {
        let mut text = "# mine\n[current]\naccount = \"work\"\n\n\
            [accounts.work]\naccessToken = \"SECRET-mine\"\n"
            .to_owned();
        for at in 0..others {
            text += &format!("\n[accounts.a{at}]\naccessToken = \"SECRET-{at}\"\n");
            text += &format!("[accounts.a{at}.apps.app]\napiKey = \"SECRET-key-{at}\"\n");
        }
        text
    },
};

/// btp, with other settings.
pub const BTP: System = System {
    name: "btp",
    directory: "user/.config/.btp",
    file: "config.json",
    status: &["btp", "status"],
    logout: &["btp", "logout", "--force"],
    nothing: 0,
    in_place: false,
    text: |others| {
        let mut text = "{\"ServerURL\":\"https://cli.example\",\"SubDomain\":\"sub\",\
            \"UserName\":\"ann@example.com\",\"RefreshToken\":\"SECRET-mine\",\"Settings\":{"
            .to_owned();
        for at in 0..others {
            text += &format!("\"a.setting.{at}\":\"some value {at}\",");
        }
        text + "\"format\":\"json\"}}"
    },
};

impl System {
    /// A world in which the file has this text.
    pub fn world(&self, text: &str) -> World {
        let world = World::new();
        self.write(&world, text.as_bytes());
        world
    }

    /// Writes the file.
    pub fn write(&self, world: &World, bytes: &[u8]) {
        world.write(&format!("{}/{}", self.directory, self.file), bytes);
    }

    /// The path of the file.
    pub fn path(&self, world: &World) -> PathBuf {
        world.path(self.directory).join(self.file)
    }

    /// The current content of the file.
    pub fn read(&self, world: &World) -> String {
        let bytes = fs::read(self.path(world)).expect("the file");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The names of all files in the directory, sorted.
    pub fn names(&self, world: &World) -> Vec<String> {
        let entries = fs::read_dir(world.path(self.directory)).expect("the directory");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(|e| name(e.expect("an entry"))).collect();
        names.sort();
        names
    }

    /// A logout that reports everything it does.
    pub fn logout(&self, world: &World) -> Command {
        self.logout_with(world, &[])
    }

    /// The same, started by the command `wrapper`.
    pub fn logout_with(&self, world: &World, wrapper: &[&str]) -> Command {
        let args = [self.logout, &["-vv"]].concat();
        wrapped(world, wrapper, &args)
    }

    /// The text after an undisturbed logout.
    pub fn after(&self, text: &str) -> String {
        let world = self.world(text);
        let run = run(self.logout(&world));
        assert_eq!(run.code, Some(0), "{}: {}", self.name, run.said);
        let after = self.read(&world);
        assert!(!after.contains("SECRET-mine"), "{}: {after}", self.name);
        after
    }

    /// The path of the session file, if the system has one.
    pub fn session(&self, world: &World) -> Option<PathBuf> {
        if self.name != BTP.name {
            return None;
        }
        let config = format!("{}/{}", self.directory, self.file);
        Some(world.path(&world.session(&config)))
    }

    /// Checks that the file has this text, only its owner can read it, and its directory has no other
    /// file.
    pub fn check(&self, world: &World, text: &str, what: &str) {
        let name = self.name;
        assert!(self.read(world) == text, "{name}: {what}: unexpected text");
        let mode = fs::metadata(self.path(world))
            .expect("the file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o7777, 0o600, "{name}: {what}");
        assert_eq!(self.names(world), [self.file], "{name}: {what}");
    }
}

/// `authctl` with these arguments, started by the command `wrapper`.
pub fn wrapped(world: &World, wrapper: &[&str], args: &[&str]) -> Command {
    let Some((first, rest)) = wrapper.split_first() else {
        return world.authctl(args);
    };
    let mut command = world.command(first, &BTreeMap::new());
    command.args(rest).arg(world.program()).args(args);
    // The wrapper's programs are in `PATH`.
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}
