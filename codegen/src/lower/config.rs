//! Configuration files: their locations, and the command that shows and changes settings.

use super::files::Tree;
use super::{Inherited, Lower};
use crate::diagnostic::Code;
use crate::ir::{self, Name};
use crate::source::Spanned;
use crate::spec::{self, ConfigFiles, TextOr};
use crate::text::{Inline, Inlines};

impl Lower<'_> {
    /// Lowers the configuration files, and adds the command `config` to the program.
    pub(super) fn config_files(
        &mut self,
        written: Option<Spanned<ConfigFiles>>,
        root: &mut Tree,
    ) -> Option<ir::ConfigFiles> {
        let Spanned { value, span } = written?;
        let files = ir::ConfigFiles {
            span,
            project: value.project,
            user: value.user,
            system: value.system,
        };
        if files.all().next().is_none() {
            self.problems
                .error(Code::NotAConfigFile, span, "`config-files` names no file")
                .help("name at least one: `user: NAME/config.toml`");
        }
        for file in files.all() {
            let (text, span) = (file.value.as_str(), file.span);
            if !is_relative_file(text) {
                self.problems
                    .error(
                        Code::NotAConfigFile,
                        span,
                        format!("`{text}` is not a valid path for a configuration file"),
                    )
                    .help("use a relative path without `.` and `..`, such as `NAME/config.toml`");
            }
        }
        self.config_command(&files, root);
        Some(files)
    }

    /// Returns the setting of an option, if it has one.
    pub(super) fn setting(
        &mut self,
        written: Option<Spanned<TextOr<spec::Setting>>>,
    ) -> spec::Setting {
        let Some(written) = written else {
            return spec::Setting::default();
        };
        let setting = match written.value {
            TextOr::Plain(key) => spec::Setting {
                key: Some(key),
                ..spec::Setting::default()
            },
            TextOr::Map(setting) => setting,
        };
        if setting.key.is_none() {
            self.problems
                .error(
                    Code::NotASettingName,
                    written.span,
                    "this setting has no `key`",
                )
                .help("add it: `key: term.color`");
        }
        setting
    }

    /// Adds the command `config` to the program.
    fn config_command(&mut self, files: &ir::ConfigFiles, root: &mut Tree) {
        let Some(mut command) = self.built_in("config", "config-files", files.span, root) else {
            return;
        };
        let (user, project) = (files.user.is_some(), files.project.is_some());
        let changes = |name: &Name| matches!(name.as_str(), "set" | "unset");
        if !user && !project {
            command.commands.0.retain(|(name, _)| !changes(name));
        }
        if user != project {
            // There is only one file to change, so the options that choose one are not needed.
            for (_, subcommand) in &mut command.commands.0 {
                subcommand.options.0.clear();
            }
        }
        let name = Name::new("config".to_owned(), files.span);
        let mut tree = Tree::new(name, command);
        tree.built_in = Some("run_config");
        root.children.push(tree);
    }
}

/// Returns what the program itself inherits: the configuration files that it reads.
pub(super) fn inherited(files: Option<&ir::ConfigFiles>) -> Inherited {
    let mut inherited = Inherited::default();
    let Some(files) = files else { return inherited };
    let mut add = |prefix: &str, file: &Option<Name>, help: Inlines| {
        let named = |file: &Name| {
            (
                Name::new(format!("{prefix}{}", **file), file.span),
                help.clone(),
            )
        };
        inherited.files.extend(file.as_ref().map(named));
    };
    let text = |text: &str| Inline::Text(text.to_owned());
    let code = |code: &str| Inline::Code(code.to_owned());
    let nearest = "Settings of a project, in the current directory or the nearest parent directory \
                   with this file";
    add("", &files.project, vec![text(nearest)]);
    let user = vec![
        text("Settings of the user; in "),
        code("XDG_CONFIG_HOME"),
        text(" if that is set"),
    ];
    add("~/.config/", &files.user, user);
    let system = vec![
        text("Settings of all users; in the first directory of "),
        code("XDG_CONFIG_DIRS"),
        text(" with this file, if that is set"),
    ];
    add("/etc/xdg/", &files.system, system);
    inherited
}

/// Whether a path is relative and stays within its directory, on every operating system.
fn is_relative_file(path: &str) -> bool {
    let good = |part: &str| !matches!(part, "" | "." | "..");
    !path.is_empty() && path.split('/').all(good) && !path.contains(['\\', ':', '\n', '~'])
}
