//! Settings in files: where these lie, and the command that shows and changes them.

use super::files::Tree;
use super::{Inherited, Lower};
use crate::diagnostic::Code;
use crate::ir::{self, Name};
use crate::source::{FileId, Spanned};
use crate::spec::{self, ConfigFiles, Scope, TextOr};
use crate::text::{Inline, Inlines};
use crate::yaml::{self, Others};

impl Lower<'_> {
    /// The files of settings. Puts the command `config` below the program.
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
                .error(Code::NotAConfigFile, span, "no configuration file is named")
                .help("name one at least: `user: NAME/config.toml`");
        }
        for file in files.all() {
            let (text, span) = (file.value.as_str(), file.span);
            if !is_relative_file(text) {
                self.problems
                    .error(
                        Code::NotAConfigFile,
                        span,
                        format!("`{text}` can't be the name of a configuration file"),
                    )
                    .help("it is a path below the directory of such files: `NAME/config.toml`, without `..`");
            }
        }
        self.config_command(&files, root);
        Some(files)
    }

    /// The name of an option's setting, and whose files may have it, if that is written.
    pub(super) fn setting(
        &mut self,
        written: Option<Spanned<TextOr<spec::Setting>>>,
    ) -> (Option<Name>, Option<Spanned<Scope>>) {
        let Some(written) = written else {
            return (None, None);
        };
        let setting = match written.value {
            TextOr::Text(key) => return (Some(key), None),
            TextOr::Map(setting) => setting,
        };
        if setting.key.is_none() {
            self.problems
                .error(
                    Code::NotASettingName,
                    written.span,
                    "this setting has no name",
                )
                .help("write it as `key: term.color`");
        }
        (setting.key, setting.scope)
    }

    fn config_command(&mut self, files: &ir::ConfigFiles, root: &mut Tree) {
        if let Some(own) = root.children.iter().find(|child| *child.name == "config") {
            self.problems
                .error(
                    Code::ReservedName,
                    own.name.span,
                    "a program with `config-files` has a command `config` already",
                )
                .related(files.span, "so says this key")
                .help("it lists, explains and changes settings; give this command another name");
            return;
        }
        if let Some((name, _)) = root.command.arguments.0.first() {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    files.span,
                    "a program that takes arguments has no command `config`, which this key brings",
                )
                .related(name.span, "this argument would be taken for a command")
                .help("put what it does into a command of its own");
            return;
        }
        if root.children.is_empty() {
            root.command.runnable = Some(Spanned::new(true, files.span));
        }
        let text = &self.sources.file(FileId::BUILT_IN).text;
        let Some(node) = yaml::parse(FileId::BUILT_IN, text, self.problems) else {
            return;
        };
        let mut command: spec::Command = yaml::read(&node, Others::default(), self.problems);
        let (user, project) = (files.user.is_some(), files.project.is_some());
        let changes = |name: &Name| matches!(name.as_str(), "set" | "unset");
        if !user && !project {
            command.commands.0.retain(|(name, _)| !changes(name));
        }
        if user != project {
            // There is one file to change, so nothing to choose from.
            for (_, below) in &mut command.commands.0 {
                below.options.0.clear();
            }
        }
        let name = Name::new("config".to_owned(), files.span);
        let mut tree = Tree::new(name, command);
        tree.built_in = true;
        root.children.push(tree);
    }
}

/// What the program hands down before anything else: the files that it reads.
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
    let nearest =
        "Settings of a project, in the current directory or the nearest above it that has such a file";
    add("", &files.project, vec![text(nearest)]);
    let user = vec![
        text("Settings of the user; below "),
        code("XDG_CONFIG_HOME"),
        text(" where that is set"),
    ];
    add("~/.config/", &files.user, user);
    let system = vec![
        text("Settings of all users; below the first directory of "),
        code("XDG_CONFIG_DIRS"),
        text(" that has such a file, where that is set"),
    ];
    add("/etc/xdg/", &files.system, system);
    inherited
}

/// Whether a path leads to a file below the directory where it begins, on every system.
fn is_relative_file(path: &str) -> bool {
    let good = |part: &str| !matches!(part, "" | "." | "..");
    !path.is_empty() && path.split('/').all(good) && !path.contains(['\\', ':', '\n', '~'])
}
