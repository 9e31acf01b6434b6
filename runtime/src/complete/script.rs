//! The scripts that connect shells with programs.

/// A shell for which there is a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// bash 3.2 and later.
    Bash,
    /// Elvish 0.19 and later.
    Elvish,
    /// fish 3.1 and later.
    Fish,
    /// Nushell 0.101 and later.
    Nushell,
    /// PowerShell 5.1 and later.
    PowerShell,
    /// zsh 5.3 and later.
    Zsh,
}

/// Returns the words by which a file is recognized as a script for a program.
#[cfg(feature = "completions")]
pub(super) fn mark(program: &str) -> String {
    format!("made by clapspec for `{program}`")
}

impl Shell {
    /// All shells.
    pub const ALL: [Self; 6] = [
        Self::Bash,
        Self::Elvish,
        Self::Fish,
        Self::Nushell,
        Self::PowerShell,
        Self::Zsh,
    ];

    /// Returns its name, by which scripts and users call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Nushell => "nushell",
            Self::PowerShell => "powershell",
            Self::Zsh => "zsh",
        }
    }

    /// Finds a shell by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shell| shell.name() == name)
    }

    /// Returns the usual name of the file with its script, for a command with this name.
    pub fn file_name(self, name: &str) -> String {
        match self {
            Self::Bash => name.to_owned(),
            Self::Elvish => format!("{name}-completions.elv"),
            Self::Fish => format!("{name}.fish"),
            Self::Nushell => format!("{name}-completions.nu"),
            Self::PowerShell => format!("{name}-completions.ps1"),
            Self::Zsh => format!("_{name}"),
        }
    }

    /// Returns the script by which a shell completes the arguments of `program`, if it is called as
    /// `name`.
    pub fn script(self, program: &str, name: &str) -> String {
        let text = match self {
            Self::Bash => include_str!("scripts/bash.bash"),
            Self::Elvish => include_str!("scripts/elvish.elv"),
            Self::Fish => include_str!("scripts/fish.fish"),
            Self::Nushell => include_str!("scripts/nushell.nu"),
            Self::PowerShell => include_str!("scripts/powershell.ps1"),
            Self::Zsh => include_str!("scripts/zsh.zsh"),
        };
        // Two names must not have the same function.
        let letter = |c: char| match c.is_ascii_alphanumeric() {
            true => c.to_string(),
            false => format!("_{:02x}", u32::from(c)),
        };
        let function: String = name.chars().map(letter).collect();
        text.replace("@PROGRAM@", program)
            .replace("@NAME@", name)
            .replace("@FUNCTION@", &function)
    }
}

#[cfg(feature = "completions")]
/// Returns whether a script can be made for a name: no character of it has a meaning in a shell.
pub(super) fn is_usable(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.+".contains(c);
    !name.is_empty() && !name.starts_with(['-', '.']) && name.chars().all(plain)
}
