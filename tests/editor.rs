//! The schemas in an editor: what yaml-language-server, which most editors use for YAML, makes of a
//! file that names its schema.

mod support;

use std::fs;

use clapspec::schema::{self, File};
use serde_json::{Value, json};
use support::lsp::Server;
use tempfile::TempDir;

/// The package of the server.
const SERVER: &str = "yaml-language-server";

/// An editor with the schemas beside its files.
struct Editor {
    directory: TempDir,
    server: Server,
    opened: usize,
}

impl Editor {
    /// `None` where there is no server.
    fn start() -> Option<Self> {
        let mut command = support::node(SERVER)?;
        let directory = tempfile::tempdir().expect("a directory");
        for &file in File::ALL {
            let path = directory.path().join(format!("{}.json", file.name()));
            fs::write(path, schema::json(file)).expect("written");
        }
        let program = support::node_modules()
            .join(SERVER)
            .join("bin")
            .join(SERVER);
        command.arg(program).arg("--stdio").current_dir(&directory);
        // Nothing is fetched: the catalogue of schemas is off.
        let settings = json!({
            "yaml": {
                "validate": true,
                "hover": true,
                "completion": true,
                "schemaStore": { "enable": false },
            },
        });
        let root = format!("file://{}", directory.path().display());
        let server = Server::start(&mut command, &root, settings);
        Some(Self {
            directory,
            server,
            opened: 0,
        })
    }

    /// Opens a file of some kind; its address, and what is wrong in it.
    fn open(&mut self, kind: File, text: &str) -> (String, Vec<Value>) {
        let name = kind.name();
        self.opened += 1;
        let path = self.directory.path().join(format!("{}.yaml", self.opened));
        let text = format!("# yaml-language-server: $schema={name}.json\n{text}");
        fs::write(&path, &text).expect("written");
        let uri = format!("file://{}", path.display());
        let errors = self.server.open(&uri, &text);
        (uri, errors)
    }
}

/// The entry of a list of completions for a key or word, and what is said about it.
fn documentation<'a>(items: &'a [Value], label: &str) -> &'a str {
    let item = items.iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no `{label}` in {items:#?}"));
    let text = &item["documentation"];
    text.as_str().or(text["value"].as_str()).unwrap_or_default()
}

/// The lines with errors, counted from 0, and what they are.
fn lines(errors: &[Value]) -> Vec<(u64, &str)> {
    let line = |error: &Value| error["range"]["start"]["line"].as_u64().expect("a line");
    errors
        .iter()
        .map(|error| (line(error), error["message"].as_str().expect("a text")))
        .collect()
}

#[test]
fn completion_of_keys_and_words() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let (uri, _) = editor.open(
        File::Program,
        "name: tool\nabout: Convert files\noptions:\n  json:\n    help: Print JSON\n    con\neffect: \n",
    );
    let keys = editor.server.completion(&uri, 6, 7);
    let said = documentation(&keys, "conflicts");
    assert_eq!(said, "Options and arguments that can't be given with it.");
    assert!(
        !keys.iter().any(|item| item["label"] == "about"),
        "an option has no `about`"
    );
    let words = editor.server.completion(&uri, 7, 8);
    assert_eq!(
        documentation(&words, "read"),
        "It looks and changes nothing."
    );
    assert_eq!(words.len(), 3, "{words:#?}");
}

#[test]
fn hover() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let (uri, errors) = editor.open(
        File::Set,
        "options:\n  json: { help: Print JSON, conflicts: yaml }\n  yaml: { help: Print YAML }\n",
    );
    assert_eq!(lines(&errors), []);
    let said = editor.server.hover(&uri, 2, 32);
    assert!(
        said.contains("Options and arguments that can't be given with it."),
        "{said}"
    );
}

#[test]
fn errors() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let (_, errors) = editor.open(
        File::Command,
        "about: Print it\noptions:\n  json:\n    help: Print JSON\n    confilcts: yaml\n  yaml:\n    help: Print YAML\n",
    );
    match lines(&errors)[..] {
        [(5, message)] => assert!(message.contains("confilcts"), "{message}"),
        _ => panic!("{errors:#?}"),
    }
    let (_, errors) = editor.open(
        File::Command,
        "about: Print it\neffect: nothing\noptions:\n  json: { short: j }\n",
    );
    match lines(&errors)[..] {
        [(2, word), (4, missing)] => {
            assert!(word.contains("read"), "{word}");
            assert!(missing.contains("help"), "{missing}");
        }
        _ => panic!("{errors:#?}"),
    }
}

/// Nothing is wrong with the specs of this repository, as an editor sees them.
#[test]
fn right_files() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let mut seen = 0;
    for (_, spec) in support::specs() {
        for (path, kind) in support::schema::files(&spec) {
            let text = fs::read_to_string(&path).expect("a file");
            let (_, errors) = editor.open(kind, &text);
            assert_eq!(lines(&errors), [], "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} files");
}
